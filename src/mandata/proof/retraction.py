"""What falls if a paragraph is withdrawn: the stated facts that are drawn from it, and what rests on them alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.proof.rederivation import Rederivation, Remaining
from mandata.proof.rule_instances import Instances
from mandata.rdf.namespaces import ID, MD
from mandata.reason.engine.fact_index import Known
from mandata.reason.facts import Closure, Fact, Step, Term, fact_of, is_trivial, text_of, triple_of
from mandata.reason.steps import StepFile

_CITING_PART, _HAS_PART, _HAS_VERSION = (NamedNode(MD + local) for local in ("citingPart", "hasPart", "hasVersion"))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What became of the conclusions: ``fallen`` have no support left, ``kept`` lost one and hold by another.

    ``arisen`` follow only now: where a rule asks for an absence, such as that of a direct citation.
    """

    withdrawn: tuple[Fact, ...]
    fallen: tuple[Fact, ...]
    kept: tuple[Fact, ...]
    arisen: tuple[Fact, ...]


def drawn_from(part: NamedNode, facts: Facts) -> tuple[Fact, ...]:
    """Return the stated facts that would not be stated without a part of a document, sorted.

    They are those that only the words of the part, its sub-parts and their versions show, and that one graph alone
    states; of what no words show, as in a record, those about these parts and about the citations that stand in them.
    """
    parts = _with_parts(part, facts)
    shown = {fact for each in parts for fact in _shown_in(each, facts)}
    only_here = {fact for fact in shown if len(list(facts.graphs(fact))) == 1 and _stands_in(parts, fact, facts)}
    things = parts | {citation for each in parts for citation in facts.subjects(_CITING_PART, each)}
    patterns = (pattern for one in things for pattern in ((one, None, None), (None, None, one)))
    about = {fact for pattern in patterns for fact in facts.stated(*pattern)}
    unshown = (fact for fact in about - shown if not facts.evidence(fact))
    return tuple(sorted({*only_here, *unshown}, key=text_of))


def _shown_in(part: Term, facts: Facts) -> Iterator[Fact]:
    """Yield the stated facts that the words of a part show, their literals as the store has them."""
    if isinstance(part, NamedNode):
        for fact, _ in facts.shown_in(part):
            yield from facts.stated(*fact)


def _with_parts(part: NamedNode, facts: Facts) -> set[Term]:
    """Return a part, all that it has as parts, and the versions of these in other languages."""
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
    over: Callable[[Remaining], Instances],
    steps: StepFile,
) -> Withdrawal:
    """Return what becomes of the conclusions without some stated facts: exactly what building anew would give.

    Args:
        withdrawn: the facts that are no longer stated.
        lost: the conclusions of something other than rules that are no longer reached, such as likeness in wording.
        known: all that is known, of which every match is given.
        over: returns the rule instances over the facts that are left.
        steps: the recorded steps.
    """
    gone, lost = set(withdrawn), set(lost)
    touched = set(steps.depending_on(gone))
    removed = gone | lost | touched | set(steps.depending_on(lost))
    left = Remaining(known)
    instances = over(left)
    encode, decode = instances.terms.encode, instances.terms.decode
    left.removed.update(map(encode, removed))
    Rederivation(instances, left).run()
    fallen = {fact for fact in removed - gone if not left.holds(encode(fact))}
    arisen = (decode(ids) for ids in left.derived.known if not known.holds(ids))
    return Withdrawal(_sorted(gone), _told(fallen), _told(touched - fallen), _told(arisen))


def _told(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that are RDF and say something, sorted, as the inferred statements are."""
    return _sorted(fact for fact in facts if triple_of(fact) is not None and not is_trivial(fact))


def withdraw_by_closing(
    withdrawn: Iterable[Fact], stated: Iterable[Fact], before: Closure, close: Callable[[set[Fact]], Closure]
) -> Withdrawal:
    """Return the same by closing anew all that is left, at the cost of the whole.

    ``close`` closes facts as ``before`` was closed.
    """
    gone, all_stated = set(withdrawn), set(stated)
    left = all_stated - gone
    after = close(left)
    concluded, now = (set(map(fact_of, closure.inferred)) for closure in (before, after))
    fallen = concluded - now - left
    return Withdrawal(
        _sorted(gone),
        _sorted(fallen),
        _sorted(_touched(before.steps, gone) & concluded - fallen),
        _sorted(now - concluded - all_stated),
    )


def _sorted(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=text_of))


def _touched(steps: Mapping[Fact, Step], gone: set[Fact]) -> set[Fact]:
    """Return the conclusions whose recorded proof rests on something withdrawn."""
    users: dict[Fact, list[Fact]] = {}
    for fact, step in steps.items():
        for premise in step.premises:
            users.setdefault(premise, []).append(fact)
    touched: set[Fact] = set()
    todo = list(gone)
    while todo:
        for fact in users.get(todo.pop(), ()):
            if fact not in touched:
                touched.add(fact)
                todo.append(fact)
    return touched
