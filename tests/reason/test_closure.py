"""The closure as a whole: equal to owlrl's, the same each time, every proof well founded, rules as SPARQL has them."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad, QueryTriples, Store, Triple, parse

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.reason import Closure, Fact, Step, fact_of, read_rules
from mandata.reason.close import close
from mandata.reason.facts import triple_of
from step_checker import faults
from turtle_text import fact, facts, triples

RULES = shipped_path("ontology/rules")
KB = Path(__file__).with_name("kb.ttl")


def ontology() -> list[Quad]:
    return list(parse(path=shipped_path("ontology/mandata.ttl")))


def statements() -> list[Quad]:
    return list(parse(path=KB))


def synthetic(documents: int, seed: int = 7) -> list[Triple]:
    """Invent a collection: resolutions with parts that recall, note or cite earlier ones and letters with an annex."""
    chance = random.Random(seed)
    lines = []
    for number in range(documents):
        kind = chance.choice(["Resolution", "Letter", "Report"])
        lines.append(
            f'id:d{number} a md:{kind} ; md:symbol "D/{number}" ; md:hasPart id:d{number}.p1 , id:d{number}.annex1 .'
        )
        lines.append(f"id:d{number}.p1 a md:Paragraph ; md:position 1 ; md:mentions id:state-{number % 5} .")
        for _ in range(3 if number else 0):
            verb = chance.choice(["recalls", "notes", "welcomes", "cites"])
            target = f"id:d{chance.randrange(number)}" + chance.choice(["", ".annex1"])
            lines.append(f"id:d{number}.p1 md:{verb} {target} .")
    return triples("\n".join(lines))


@cache
def closure() -> Closure:
    return close(statements(), ontology(), RULES)


def difference(asserted: list[Quad] | list[Triple], rules: Path | None) -> tuple[set[Triple], set[Triple]]:
    """Return what only owlrl finds, and what only the native engine finds."""
    native, oracle = (set(close(asserted, ontology(), rules, engine).inferred) for engine in ("native", "owlrl"))
    return oracle - native, native - oracle


def test_closure_equals_that_of_owlrl_with_our_rules() -> None:
    assert difference(statements(), RULES) == (set(), set())


def test_closure_equals_that_of_owlrl_on_an_invented_collection() -> None:
    assert difference(synthetic(60), None) == (set(), set())


def test_equality_of_things_gives_what_owlrl_gives() -> None:
    """sameAs between things, classes and properties, lists and restrictions, without our ontology."""
    given = triples(
        """:p a owl:FunctionalProperty , owl:ObjectProperty . :a :p :b , :c . :b :q 1 . :C owl:sameAs :D . :a a :C .
        :r owl:sameAs :q . :b a [ owl:onProperty :q ; owl:hasValue 5 ] . :E owl:unionOf (:C :F) . :f a :F .
        :G a owl:Class ; owl:equivalentClass [ owl:onProperty :q ; owl:someValuesFrom :H ] . :H a owl:Class .
        :I owl:equivalentClass [ owl:onProperty :q ; owl:someValuesFrom :H ] .

        :x :q :h . :h a :H . :p owl:inverseOf :s ."""
    )
    native, oracle = (set(close(given, engine=engine).inferred) for engine in ("native", "owlrl"))
    assert (oracle - native, native - oracle) == (set(), set())


def test_every_conclusion_has_one_well_founded_proof() -> None:
    """The independent checker, which shares no code with the engine, accepts every step of the closure."""
    assert set(map(fact_of, closure().inferred)) <= set(closure().steps)
    assert faults(closure().steps, _given()) == []


def test_the_checker_refuses_forged_proofs() -> None:
    """A premise that is not known, a rule that does not give this, and a proof in a circle are all seen."""
    given = facts(":a :p :b .")
    one, two = facts(":b :p :a . :a :q :b .")
    assert faults({one: Step("prp-symp", (), tuple(facts(":z :p :z .")))}, given)
    assert faults({one: Step("prp-symp", (), tuple(given))}, given)
    assert faults({one: Step("wording", (), (two,)), two: Step("wording", (), (one,))}, given)


def test_closure_is_the_same_whatever_the_order() -> None:
    """Blank nodes of the ontology apart (they are numbered in its order), order of the input leaves no trace."""
    shuffled = statements()
    random.Random(1).shuffle(shuffled)
    other = close(shuffled, ontology(), RULES)
    assert [str(t) for t in other.inferred] == [str(t) for t in closure().inferred]
    assert dict(other.steps) == dict(closure().steps)


def test_the_invented_collection_is_consistent_and_a_draft_that_is_a_letter_is_not() -> None:
    assert closure().contradictions == ()
    found = close(triples("id:x a md:Draft , md:Letter ."), ontology(), RULES).contradictions
    assert {each.rule for each in found} & {"cax-dw", "cax-adc"}


def test_nothing_inferred_is_asserted_or_blank() -> None:
    assert not {fact_of(t) for t in closure().inferred} & set(_given())
    assert all(not isinstance(term, BlankNode) for t in closure().published for term in fact_of(t))


@pytest.mark.parametrize("path", sorted(RULES.glob("*.rq")), ids=lambda path: path.stem)
def test_rule_concludes_what_sparql_constructs(path: Path) -> None:
    """Run as real SPARQL over the finished closure, the rule adds nothing; and every step of it is so constructed."""
    answer = _store().query(path.read_text(encoding="utf-8"))
    assert isinstance(answer, QueryTriples)
    constructed = set(answer)
    known = {triple_of(f) for f in (*_given(), *closure().steps)}
    assert constructed <= known
    rule = path.stem
    drawn = {triple_of(f) for f, step in closure().steps.items() if step.rule == rule}
    assert drawn <= constructed


@pytest.mark.parametrize("rule", [rule.name for rule in read_rules(RULES) if rule.head])
def test_rule_is_used_on_the_invented_collection(rule: str) -> None:
    """No rule is there that nothing shows; those that conclude nothing tell contradictions (tests/proof)."""
    assert rule in {step.rule for step in closure().steps.values()}


EXPECTED = [
    ("id:S_1999_10", "rdf:type", "md:FoundingLetter"),
    ("id:S_1999_11", "rdf:type", "md:FoundingLetter"),
    ("id:mandate-LAKE", "md:foundedBy", "id:S_1999_10"),
    ("id:mandate-LAKE", "md:foundedBy", "id:S_1999_11"),
    ("id:mandate-LAKE", "md:hasAct", "id:mandate-LAKE.act-S_1999_11"),
    ("id:mandate-LAKE.act-S_1999_11", "rdf:type", "md:Acceptance"),
    ("id:mandate-LAKE.act-S_1999_11", "md:actBy", "id:post-President_of_the_Security_Council"),
    ("id:mandate-LAKE.act-A_RES_60_3.pp3", "rdf:type", "md:Reaffirmation"),
    ("id:mandate-LAKE.act-A_RES_59_7.pp1", "md:actPart", "id:A_RES_59_7.pp1"),
    ("id:A_RES_59_7", "md:restsOn", "id:S_1999_10"),
    ("id:A_RES_61_1", "md:restsOn", "id:S_1999_11"),
    ("id:A_RES_61_1.rests-on-S_1999_10", "md:nextDocument", "id:A_RES_60_3"),
    ("id:A_RES_62_1.rests-on-S_1999_10", "md:nextDocument", "id:A_RES_61_1"),
    ("id:mandate-LAKE", "md:serves", "id:state-AAA"),
    ("id:mandate-LAKE", "md:serves", "id:state-BBB"),
    ("id:mandate-LAKE", "md:hasBasis", "id:A_50_1"),
    ("id:mandate-LAKE", "md:hasBasis", "id:S_1999_11"),
    ("id:A_RES_59_7.op1", "rdf:type", "md:Provision"),
    ("id:A_RES_59_7", "md:cites", "id:A_55_9"),
]
UNEXPECTED = [
    ("id:S_1999_10", "md:restsOn", "id:S_1999_10"),
    ("id:S_1999_11", "md:restsOn", "id:S_1999_10"),
    ("id:A_RES_60_3.pp3", "md:restsOn", "id:S_1999_10"),
    ("id:mandate-LAKE", "md:serves", "id:state-CCC"),
    ("id:A_RES_60_3.rests-on-S_1999_10", "md:nextDocument", "id:S_1999_11"),
    ("id:A_55_9", "rdf:type", "md:FoundingLetter"),
]


@pytest.mark.parametrize("statement", EXPECTED, ids=" ".join)
def test_follows(statement: tuple[str, str, str]) -> None:
    assert fact(*statement) in closure().steps


@pytest.mark.parametrize("statement", UNEXPECTED, ids=" ".join)
def test_does_not_follow(statement: tuple[str, str, str]) -> None:
    assert fact(*statement) not in closure().steps


def test_without_the_announcement_nothing_is_founded() -> None:
    """The conclusions hang on the words: take the announcement out, and no letter founds, no document rests."""
    left = [q for q in statements() if not str(q.object).endswith("#Announcement>")]
    rules = {step.rule for step in close(left, ontology(), RULES).steps.values()}
    assert not rules & {"founding-letter", "founding-letter-reply", "rests-on-direct"}


def test_computed_conclusions_enter_the_closure_with_their_step() -> None:
    """A restatement found by wording is a conclusion like any other, and rules go on from it."""
    restates = fact("id:A_RES_59_7.op1", "md:restates", "id:mandate-LAKE.f1")
    premises = tuple(
        fact_of(q)
        for q in statements()
        if str(q.predicate).endswith("#text>") and str(q.subject)[-4:] in ("op1>", ".f1>")
    )
    act = "id:mandate-LAKE.act-A_RES_59_7"
    modified = triples(f"id:mandate-LAKE md:hasAct {act} . {act} a md:Modification ; md:actPart id:A_RES_59_7.op1 .")
    given: list[Quad | Triple] = [*statements(), *modified]
    result = close(given, ontology(), RULES, computed={restates: Step("wording", (), premises)})
    assert result.steps[restates] == Step("wording", (), premises)
    assert restates in result.steps[fact(act, "md:modifies", "id:mandate-LAKE.f1")].premises
    assert triple_of(restates) in result.inferred


def test_a_computed_conclusion_on_unknown_ground_is_refused() -> None:
    one, two = facts(":a :p :b . :c :p :d .")
    with pytest.raises(MandataError, match="what is not known"):
        close([], computed={one: Step("wording", (), (two,))})


def test_an_unknown_engine_is_refused_in_one_line() -> None:
    with pytest.raises(MandataError, match="native, owlrl"):
        close([], engine="fast")


RULE = """# name: r
# says: x
# says@fr: x
# stage: {stage}
PREFIX : <https://example.org/>
CONSTRUCT {{ {head} }} WHERE {{ {where} }}
"""


def run_rule(tmp_path: Path, given: str, head: str, where: str, stage: int = 1) -> set[str]:
    (tmp_path / "r.rq").write_text(RULE.format(head=head, where=where, stage=stage), encoding="utf-8")
    return {re.sub(r"https://example.org/", ":", str(t)) for t in close(triples(given), rules=tmp_path).inferred}


def test_a_rule_may_mint_test_and_ask_for_an_absence(tmp_path: Path) -> None:
    head, where = (
        "?new :of ?x , ?y",
        (
            "?x :p ?y ; :n ?n . FILTER(?n > 1 && !(?x = ?y)) FILTER NOT EXISTS { ?y :q ?z . ?z :q ?x }"
            ' BIND(IRI(CONCAT(STR(?x), "-", STRAFTER(STR(?y), "org/"))) AS ?new)'
        ),
    )
    given = ":a :p :b ; :n 2 . :c :p :d ; :n 1 . :e :p :e ; :n 3 . :f :p :g ; :n 4 . :g :q :h . :h :q :f ."
    assert run_rule(tmp_path, given, head, where, stage=2) == {"<:a-b> <:of> <:a>", "<:a-b> <:of> <:b>"}


def test_an_absence_that_an_axiom_fills_later_is_refused(tmp_path: Path) -> None:
    given = ":q rdfs:subPropertyOf :r . :a :p :b . :b :p :a ."
    with pytest.raises(MandataError, match="absence of what follows later"):
        run_rule(tmp_path, given, "?y :q ?x", "?x :p ?y . FILTER NOT EXISTS { ?x :r ?y }", stage=2)


def test_an_absence_that_the_rule_itself_fills_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MandataError, match="absence of what stage 2 concludes"):
        run_rule(tmp_path, ":a :p :b . :b :p :a .", "?y :q ?x", "?x :p ?y . FILTER NOT EXISTS { ?x :q ?y }", stage=2)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("?x ?p ?y", "a predicate must be named"),
        ("?x :p ?y . OPTIONAL { ?x :q ?z }", "expected a term, found OPTIONAL"),
        ("?x :p ?y . FILTER(REGEX(?x, ?y))", "rules do not use REGEX"),
        ("?x :p ?z", "is bound by no pattern"),
        ("?x :p ?y . FILTER NOT EXISTS { ?x :q ?y }", "stage: 2"),
        ("?x other:p ?y", "prefix other: is not declared"),
        ("?x :p ?y . }", "expected the end"),
        ("?x :p ?y . BIND(STR(?x) AS ?y)", "bound twice"),
    ],
)
def test_a_rule_out_of_form_is_refused_with_its_line(tmp_path: Path, where: str, says: str) -> None:
    with pytest.raises(MandataError, match=re.escape(says)) as error:
        run_rule(tmp_path, "", "?x :q ?y", where)
    assert "r.rq:" in str(error.value)


def _given() -> list[Fact]:
    """Return what was given, its blank nodes numbered as the closure numbers them."""
    names: dict[BlankNode, BlankNode] = {}
    quads = [fact_of(q) for q in [*_ontology_once(), *statements()]]
    return [_numbered(f, names) for f in quads]


@cache
def _ontology_once() -> tuple[Quad, ...]:
    return tuple(ontology())


def _numbered(given: Fact, names: dict[BlankNode, BlankNode]) -> Fact:
    subject, predicate, value = (
        names.setdefault(t, BlankNode(f"b{len(names)}")) if isinstance(t, BlankNode) else t for t in given
    )
    return subject, predicate, value


@cache
def _store() -> Store:
    store = Store()
    for each in (*_given(), *closure().steps):
        triple = triple_of(each)
        if triple is not None:
            store.add(Quad(triple.subject, triple.predicate, triple.object))
    return store
