"""Checks proofs without our engine: SPARQL runs the rule of each step on the axioms and premises of that step alone.

The rules are the table as W3C has it, and our own as their files have them. What our own ask the absence of is asked of
all that is known. A term for which RDF has no place, such as a literal as a subject, is put into an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, QueryTriples, Store, Triple

from mandata.package_data import shipped_path
from mandata.rdf.namespaces import OWL, PREFIXES, RDF
from mandata.reason.facts import Contradiction, Fact, Step, Term, text_of, triple_of
from mandata.reason.owl_rl.datatypes import is_of
from mandata.reason.owl_rl.rule_table import REFLEXIVITY, RULES, RuleRow
from mandata.reason.owl_rl.unique_names import RULE as UNIQUE_NAMES
from rule_queries import MADE, query_of

_LINKS: Final = frozenset({NamedNode(RDF + "first"), NamedNode(RDF + "rest")})
_COUNTS: Final = frozenset({NamedNode(OWL + "maxCardinality"), NamedNode(OWL + "maxQualifiedCardinality")})
_TABLE: Final = RULES + REFLEXIVITY
_SAME: Final = NamedNode(OWL + "sameAs")
_NOTHING_MADE: Final = re.compile(r"CONSTRUCT\s*\{\s*\}\s*WHERE")
_FALSE: Final = (NamedNode("x:false"), NamedNode("x:false"), NamedNode("x:false"))


def own_queries() -> dict[str, str]:
    """Return the query of each of our own rules, by its name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(shipped_path("ontology/rules").glob("*.rq"))}


def faults(steps: Mapping[Fact, Step], given: Iterable[Fact], computed: Mapping[Fact, Step] | None = None) -> list[str]:
    """Return what is wrong with the proofs, a line each; nothing where every one holds.

    ``computed`` has what was reached outside the rules, such as restatements by wording, computed again.
    """
    stated = set(given)
    known = stated | set(steps)
    right = set(computed.items() if computed else ()) & set(steps.items())
    follows = {fact for fact, _ in right} | _followed(steps, stated) | _constructed(steps, known)
    wrong = {fact: f"is no instance of {step.rule}" for fact, step in steps.items() if fact not in follows}
    wrong |= dict.fromkeys(_unfounded(steps, stated), "its proof rests on itself")
    loose = (fact for fact, step in steps.items() if not known.issuperset((*step.axioms, *step.premises)))
    wrong |= dict.fromkeys(loose, "rests on what is neither stated nor concluded")
    return [f"{text_of(fact)}: {wrong[fact]}" for fact in sorted(wrong, key=text_of)]


def false_alarms(found: Iterable[Contradiction], given: Iterable[Fact]) -> list[Contradiction]:
    """Return the contradictions that no rule makes of their own facts; those of literals are taken as they are told."""
    queries, stated = own_queries(), set(given)
    return [each for each in found if not _contradicts(each, queries, stated)]


def _contradicts(found: Contradiction, queries: Mapping[str, str], stated: set[Fact]) -> bool:
    step = Step(found.rule, found.axioms, found.premises)
    if found.rule in queries:
        asked = _NOTHING_MADE.sub("ASK", queries[found.rule], count=1)
        return bool(_holding(found.premises).query(asked))
    if found.rule == UNIQUE_NAMES:
        return any(fact[1] == _SAME and fact[0] != fact[2] for fact in found.premises)
    rows = [row for row in _TABLE if row.name == found.rule and not row.then]
    return not rows or bool(_made_by(rows, [_FALSE], {_FALSE: step}, _links(stated)))


def _links(stated: Iterable[Fact]) -> list[Quad]:
    return [_quad(fact, DefaultGraph()) for fact in stated if fact[1] in _LINKS]


def _unfounded(steps: Mapping[Fact, Step], stated: set[Fact]) -> list[Fact]:
    """Return the conclusions that cannot be reached from what is stated, by their own steps."""
    reached, waiting = set(stated), dict(steps)
    while ready := [f for f, step in waiting.items() if reached.issuperset((*step.axioms, *step.premises))]:
        reached.update(ready)
        waiting = {fact: step for fact, step in waiting.items() if fact not in reached}
    return list(waiting)


def _constructed(steps: Mapping[Fact, Step], known: set[Fact]) -> set[Fact]:
    """Return the conclusions that our own rules' queries make of the premises alone, and of all that is known."""
    queries = own_queries()
    whole = _holding(known) if any(step.rule in queries for step in steps.values()) else Store()
    made = {rule: _made(queries[rule], whole) for rule in {step.rule for step in steps.values()} & queries.keys()}

    def follows(fact: Fact, step: Step) -> bool:
        triple = next((quad.triple for quad in _holding([fact])), None)  # as a store writes it: 1.0 as 1
        return triple in made[step.rule] and triple in _made(queries[step.rule], _holding(step.premises))

    return {fact for fact, step in steps.items() if step.rule in made and follows(fact, step)}


def _made(query: str, store: Store) -> set[Triple]:
    result = store.query(query)
    return set(result) if isinstance(result, QueryTriples) else set()


def _holding(facts: Iterable[Fact]) -> Store:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in map(triple_of, facts) if t)
    return store


def _followed(steps: Mapping[Fact, Step], stated: Iterable[Fact]) -> set[Fact]:
    """Return the conclusions that some row of the table makes of the step's axioms and premises alone."""
    links = _links(stated)
    rows: dict[str, list[RuleRow]] = {}
    for row in _TABLE:
        rows.setdefault(row.name, []).extend([row] if row.then else [])
    by_rule: dict[str, list[Fact]] = {}
    for fact, step in steps.items():
        by_rule.setdefault(step.rule, []).append(fact)
    found = {fact for fact in by_rule.get("dt-type2", ()) if _typed(fact)}
    for rule in by_rule.keys() & rows.keys():
        found |= _made_by(rows[rule], by_rule[rule], steps, links)
    return found


def _made_by(rows: list[RuleRow], facts: list[Fact], steps: Mapping[Fact, Step], links: list[Quad]) -> set[Fact]:
    """Return those of one rule's conclusions that hold: each step is a graph, and one query looks at all of them."""
    store = Store()
    store.extend(links)
    for number, fact in enumerate(facts):
        graph, made = NamedNode(f"step:{number}"), NamedNode(f"made:{number}")
        store.extend(_quad(each, graph) for each in (*steps[fact].axioms, *steps[fact].premises))
        store.extend([_quad(fact, made), Quad(graph, NamedNode(MADE), made)])
    found: set[Fact] = set()
    for query in {query_of(row, len(steps[fact].premises)) for row in rows for fact in facts}:
        result = store.query(query, prefixes=PREFIXES)
        if isinstance(result, QuerySolutions):
            found |= {facts[int(str(row["step"].value).partition(":")[2])] for row in result}
    return found


def _typed(fact: Fact) -> bool:
    return isinstance(fact[0], Literal) and isinstance(fact[2], NamedNode) and is_of(fact[0], fact[2].value)


def _quad(fact: Fact, graph: NamedNode | DefaultGraph) -> Quad:
    subject, predicate, value = map(_named, fact)
    return Quad(subject, predicate, fact[2] if fact[1] in _COUNTS else value, graph)


def _named(term: Term) -> NamedNode:
    return term if isinstance(term, NamedNode) else NamedNode(f"{type(term).__name__}:{str(term).encode().hex()}")
