"""What falls if a paragraph is withdrawn: the stated facts that are drawn from it, and what rests on them alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from mandata.proof.fact_lookup import Facts
from mandata.proof.fact_source import Sources
from mandata.proof.rederivation import Rederivation, Remaining
from mandata.proof.rule_instances import Instances
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import GRAPH, ID, MD
from mandata.reason.engine.fact_index import Known
from mandata.reason.facts import Closure, Fact, Step, Term, fact_of, text_of, triple_of, trivial
from mandata.reason.steps import StepFile

_POINTING_TO: Final = tuple(
    NamedNode(MD + local) for local in ("citingPart", "actPart", "statedIn", "versionOf", "restatingParagraph")
)
_POINTED_TO_BY: Final = tuple(NamedNode(MD + local) for local in ("hasPart", "hasVersion", "evidence"))


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

    They are those about the part, about what it holds and about what is drawn from it alone (its citations, the acts
    and functions that stand in it), and those whose quoted words stand in it, unless another graph states them too.
    """
    things, sources = _drawn(part, facts), Sources(facts)
    own = NamedNode(GRAPH + read_name(part.value.removeprefix(ID)).document)

    def falls(fact: Fact) -> bool:
        if fact[0] in things or fact[2] in things:
            return True
        graphs = list(facts.graphs(fact))
        return graphs == [own] and sources.of(fact).part in things

    about = (facts.stated(*pattern) for one in things for pattern in ((one, None, None), (None, None, one)))
    candidates = set(map(fact_of, facts.quads(graph=own))).union(*about)
    return tuple(sorted(filter(falls, candidates), key=text_of))


def _drawn(part: NamedNode, facts: Facts) -> set[Term]:
    """Return a part and all that is there because of it alone."""
    things: set[Term] = {part}
    todo: list[Term] = [part]
    while todo:
        each = todo.pop()
        near = [one for predicate in _POINTING_TO for one in facts.subjects(predicate, each)]
        near += [one for predicate in _POINTED_TO_BY for one in facts.objects(each, predicate)]
        for one in near:
            if one not in things and _only_from(one, things, facts):
                things.add(one)
                todo.append(one)
    return things


def _only_from(one: Term, things: set[Term], facts: Facts) -> bool:
    """Tell whether all that a thing is drawn from is among some things."""
    from_ = {of for predicate in _POINTING_TO for of in facts.objects(one, predicate)}
    from_ |= {of for predicate in _POINTED_TO_BY for of in facts.subjects(predicate, one)}
    document = read_name(one.value.removeprefix(ID)).document if isinstance(one, NamedNode) else ""
    return from_ - {NamedNode(ID + document)} <= things


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
    touched = set(steps.resting_on(gone))
    removed = gone | lost | touched | set(steps.resting_on(lost))
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
    return _sorted(fact for fact in facts if triple_of(fact) is not None and not trivial(fact))


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
