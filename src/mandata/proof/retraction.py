"""What becomes of the conclusions if a paragraph is withdrawn, and with it the stated facts drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.proof.rederivation import Rederivation, RemainingFacts
from mandata.proof.rule_instances import Instances
from mandata.rdf.namespaces import ID, MD
from mandata.reason.engine.fact_index import Known
from mandata.reason.facts import Closure, Fact, Step, Term, fact_of, is_trivial, text_of, triple_of
from mandata.reason.steps import StepFile

_CITING_PART, _HAS_PART, _HAS_VERSION = (NamedNode(MD + local) for local in ("citingPart", "hasPart", "hasVersion"))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What becomes of the conclusions: ``fallen`` have no support left, ``kept`` lost one and follow by another.

    ``arisen`` follow only now, by a rule that requires an absence, such as that of a direct citation.
    """

    withdrawn: tuple[Fact, ...]
    fallen: tuple[Fact, ...]
    kept: tuple[Fact, ...]
    arisen: tuple[Fact, ...]


def facts_drawn_from(part: NamedNode, facts: Facts) -> tuple[Fact, ...]:
    """Return the stated facts that would not be stated without a part of a document, sorted.

    They are those in one graph only whose evidence is all in the part, its sub-parts and their versions; and, of facts
    without evidence, as in a record, those about these parts and the citations in them.
    """
    parts = _with_parts(part, facts)
    evidenced = {fact for each in parts for fact in _stated_in(each, facts)}
    only_here = {fact for fact in evidenced if len(list(facts.graphs(fact))) == 1 and _stands_in(parts, fact, facts)}
    things = parts | {citation for each in parts for citation in facts.subjects(_CITING_PART, each)}
    patterns = (pattern for one in things for pattern in ((one, None, None), (None, None, one)))
    about = {fact for pattern in patterns for fact in facts.stated_facts(*pattern)}
    without_evidence = (fact for fact in about - evidenced if not facts.evidence(fact))
    return tuple(sorted({*only_here, *without_evidence}, key=text_of))


def _stated_in(part: Term, facts: Facts) -> Iterator[Fact]:
    """Yield the stated facts whose evidence is in a part, with the literals of the store."""
    if isinstance(part, NamedNode):
        for fact, _ in facts.facts_in_part(part):
            yield from facts.stated_facts(*fact)


def _with_parts(part: NamedNode, facts: Facts) -> set[Term]:
    """Return a part, all its sub-parts, and their versions in other languages."""
    found: set[Term] = set()
    todo: list[Term] = [part]
    while todo:
        if (each := todo.pop()) not in found:
            found.add(each)
            todo += [*facts.objects(each, _HAS_PART), *facts.objects(each, _HAS_VERSION)]
    return found


def _stands_in(parts: set[Term], fact: Fact, facts: Facts) -> bool:
    return all(NamedNode(ID + one.part) in parts for one in facts.evidence(fact))


def withdraw(
    withdrawn: Iterable[Fact],
    lost: Iterable[Fact],
    known: Known,
    over: Callable[[RemainingFacts], Instances],
    steps: StepFile,
) -> Withdrawal:
    """Return what becomes of the conclusions without some stated facts: exactly what building again would give.

    Args:
        withdrawn: the facts that are no longer stated.
        lost: the conclusions computed outside the engine that are no longer found, such as similar wordings.
        known: all known facts, with every match of a pattern.
        over: returns the rule instances over the facts that are left.
        steps: the recorded steps.
    """
    gone, lost = set(withdrawn), set(lost)
    dependents = set(steps.depending_on(gone))
    removed = gone | lost | dependents | set(steps.depending_on(lost))
    left = RemainingFacts(known)
    instances = over(left)
    encode, decode = instances.terms.encode, instances.terms.decode
    left.removed.update(map(encode, removed))
    Rederivation(instances, left).run()
    fallen = {fact for fact in removed - gone if not left.holds(encode(fact))}
    arisen = (decode(ids) for ids in left.derived.known if not known.holds(ids))
    return Withdrawal(
        _in_order(gone), _inferred_facts(fallen), _inferred_facts(dependents - fallen), _inferred_facts(arisen)
    )


def _inferred_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that are RDF triples and not trivial, sorted, as in the file of inferred statements."""
    return _in_order(fact for fact in facts if triple_of(fact) is not None and not is_trivial(fact))


def withdraw_by_closing(
    withdrawn: Iterable[Fact], stated: Iterable[Fact], before: Closure, close: Callable[[set[Fact]], Closure]
) -> Withdrawal:
    """Return the same as ``withdraw`` by closing all facts that are left, at the cost of the whole.

    Args:
        withdrawn: the facts that are no longer stated.
        stated: all stated facts.
        before: their closure.
        close: returns the closure of some facts, computed as ``before`` was.
    """
    gone, all_stated = set(withdrawn), set(stated)
    left = all_stated - gone
    after = close(left)
    concluded, now = (set(map(fact_of, closure.inferred)) for closure in (before, after))
    fallen = concluded - now - left
    return Withdrawal(
        _in_order(gone),
        _in_order(fallen),
        _in_order(_dependents(before.steps, gone) & concluded - fallen),
        _in_order(now - concluded - all_stated),
    )


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=text_of))


def _dependents(steps: Mapping[Fact, Step], gone: set[Fact]) -> set[Fact]:
    """Return the conclusions whose recorded proof depends on a withdrawn fact."""
    users: dict[Fact, list[Fact]] = {}
    for fact, step in steps.items():
        for premise in step.premises:
            users.setdefault(premise, []).append(fact)
    dependents: set[Fact] = set()
    todo = list(gone)
    while todo:
        for fact in users.get(todo.pop(), ()):
            if fact not in dependents:
                dependents.add(fact)
                todo.append(fact)
    return dependents
