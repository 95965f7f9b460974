"""Every question file is complete, runs as it stands, and finds in the small collection the rows of expected.yaml."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from rdflib.plugins.sparql import prepareQuery

from mandata.errors import MandataError
from mandata.query.answer import Answer, Cell, answer
from mandata.query.queryfile import Question, find, load, parse
from mandata.query.remote import Endpoint
from mandata.query.source import Embedded, Solutions
from mandata.rdf.namespaces import expand
from mandata.rdf.turtle import turtle

QUESTIONS = load()
EXPECTED: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("expected.yaml").read_text(encoding="utf-8"))
EVERY = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
NARROWED_AWAY = ("anachronisms", "annexes", "proclamations", "agenda-follow-up", "inferred-identity")
NAMES = [
    "founding-letter-citers",
    "founding-letter-chain",
    "mandate-functions",
    "function-restatements",
    "mandate-history",
    "mandate-status",
    "mandate-beneficiaries",
    "mandate-basis",
    "provisions",
    "provisions-addressed-to",
    "citations-of",
    "cited-by",
    "citation-intents",
    "missing-documents",
    "documents-on-topic",
    "documents-mentioning",
    "states-mentioned",
    "letters-by-sender",
    "annexes",
    "events",
    "proclamations",
    "agenda-follow-up",
    "named-instruments",
    "cooperation-partners",
    "drafts",
    "inferred-identity",
    "timeline",
    "anachronisms",
    "things-mentioned",
    "documents-recalling",
    "decision-words",
    "roles-of-persons",
    "current-roles",
    "document-statuses",
    "steps-to-adoption",
    "mandates-in-force",
    "mandate-priorities",
    "what-ended",
    "exercised-mandates",
    "reports-due",
    "provisions-with-deadline",
]


def shown(answer: Answer) -> list[str]:
    def cell(value: Cell) -> str:
        if isinstance(value, list):
            return "; ".join(map(str, value)) or "-"
        return "-" if value is None else str(value)

    return [" | ".join(cell(row[name]) for name in answer.question.columns) for row in answer.rows]


def asked(setting: str) -> tuple[Question, dict[str, str]]:
    """Read ``name key=value, key=value``."""
    name, _, settings = setting.partition(" ")
    pairs = (pair.split("=", 1) for pair in settings.split(", ") if pair)
    return QUESTIONS[name], dict(pairs)


def test_every_question_of_the_issue_is_there() -> None:
    assert sorted(NAMES) == list(QUESTIONS)


@EVERY
def test_a_question_file_bears_its_own_name_and_speaks_both_languages(question: Question) -> None:
    for words in (question.words, *(one.meaning for one in question.parameters)):
        assert words["en"] and words["fr"] and words["en"] != words["fr"]
    assert question.words["en"].endswith("?") and question.words["fr"].endswith("?")


@EVERY
def test_every_parameter_has_its_place_and_every_place_its_parameter(question: Question) -> None:
    term = ox.NamedNode("https://w3id.org/mandata/id/x")
    values: dict[str, ox.NamedNode | ox.Literal] = {one.name: term for one in question.parameters}
    narrowed = question.query_with(values)
    assert narrowed.count("{ <https://w3id.org/mandata/id/x> }") == len(question.parameters)
    assert "#@" not in narrowed


@EVERY
def test_a_question_file_is_plain_sparql_that_another_engine_parses(question: Question) -> None:
    assert prepareQuery(question.query)


@EVERY
def test_every_column_is_asked_for(question: Question, store: ox.Store) -> None:
    result = store.query(question.query)
    assert isinstance(result, ox.QuerySolutions)
    assert sorted(variable.value for variable in result.variables) == sorted(question.columns)


@pytest.mark.parametrize("setting", EXPECTED)
def test_a_question_finds_the_rows_expected(setting: str, source: Embedded) -> None:
    question, settings = asked(setting)
    assert shown(answer(question, settings, source)) == EXPECTED[setting]


@EVERY
def test_every_question_has_expected_rows_and_every_example_narrows(question: Question, source: Embedded) -> None:
    assert EXPECTED[question.name]
    for parameter in question.parameters:
        whole = shown(answer(question, {}, source))
        narrowed = shown(answer(question, {parameter.name: parameter.example}, source))
        assert narrowed or question.name in NARROWED_AWAY
        counts = question.name in ("citation-intents", "mandate-status")
        assert counts or set(narrowed) <= set(whole)


@EVERY
def test_an_asserted_question_needs_nothing_inferred(question: Question, source: Embedded, asserted: Embedded) -> None:
    same = shown(answer(question, {}, source)) == shown(answer(question, {}, asserted))
    assert same or question.regime == "inferred"


@EVERY
def test_an_endpoint_far_away_gives_the_same_rows(question: Question, source: Embedded, endpoint: str) -> None:
    far = Endpoint(endpoint)
    assert answer(question, {}, far).json() == answer(question, {}, source).json()


def test_an_answer_in_json_has_things_literals_lists_and_nulls(source: Embedded) -> None:
    found: Any = answer(QUESTIONS["mandate-functions"], {"centre": "unrcca"}, source, "fr").json()
    centre = {
        "iri": "https://w3id.org/mandata/id/centre-UNRCCA",
        "symbol": None,
        "label": "Centre régional des Nations Unies pour la diplomatie préventive en Asie centrale",
    }
    assert found["question"] == "mandate-functions"
    assert found["parameters"] == {"centre": centre}
    assert found["rows"][1]["centre"] == centre
    assert found["rows"][1]["number"] == 2
    assert found["rows"][1]["text"] == "Entretenir des contacts"
    assert [one["label"] for one in found["rows"][0]["with"]] == ["États d'Asie centrale"]
    letters: Any = answer(QUESTIONS["letters-by-sender"], {}, source).json()
    assert letters["rows"][1]["sender"] is None
    assert letters["rows"][0]["letter"]["symbol"] == "A/71/982-S/2017/600"


@pytest.mark.parametrize(
    ("name", "says"), [("founding-letter", "did you mean founding-letter-chain"), ("zzz", "lists them all")]
)
def test_an_unknown_question_names_those_like_it(name: str, says: str) -> None:
    with pytest.raises(MandataError, match=says):
        find(name, QUESTIONS)


def test_an_unknown_parameter_names_those_that_are_taken(source: Embedded) -> None:
    with pytest.raises(MandataError, match=r'"dat" is no parameter of mandate-status - it takes centre, date'):
        answer(QUESTIONS["mandate-status"], {"dat": "2008"}, source)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            ("# name: ", "# nome: "),
            "x.rq:1: this line of the header is unknown: # nome.*line 1: the header has no 'name'",
        ),
        (("# says@fr: ", "# says@de: "), "line 3: this line of the header is unknown"),
        (("# regime: inferred\n", ""), "the header has no 'regime'"),
        (("inferred", "guessed"), "x.rq:6: regime: guessed: is none of asserted, inferred"),
        (("md:Agent", "xx:Agent"), "parameter: .*: 'xx' is no prefix that is known"),
        (("| md:Agent ", ""), r"parameter: .*: write name \| md:Class"),
        (("# regime:", "# name: again\n# regime:"), "x.rq:6: 'name' stands twice"),
    ],
)
def test_a_faulty_header_is_told_with_its_line(change: tuple[str, str], says: str) -> None:
    text = QUESTIONS["mandate-status"].query.replace(*change)
    with pytest.raises(MandataError, match=says):
        parse(text, "x.rq")


def test_all_faults_of_a_header_are_told_at_once() -> None:
    text = "# name: x\n# says: x\n# colour: red\n# regime: guessed\n# parameter: centre\n\nSELECT * { ?s ?p ?o }\n"
    with pytest.raises(MandataError) as caught:
        parse(text, "x.rq", "y")
    told = "has no 'says@fr'; * has no 'columns'; * another name than the file: x; line 3: *; line 4: *; line 5: *"
    assert fnmatch(caught.value.what, f"*{told}*")
    assert (caught.value.code, caught.value.where) == ("question-header", "x.rq:1")
    assert all(key in caught.value.mend for key in ("name", "says@fr", "parameter"))


def test_a_value_is_never_more_than_one_term() -> None:
    hostile = ox.Literal('"} DROP ALL #\n@en')
    narrowed = QUESTIONS["mandate-status"].query_with({"date": hostile})
    assert f"VALUES ?given {{ {hostile} }}\n" in narrowed


@EVERY
def test_another_engine_finds_the_same_rows(question: Question, store: ox.Store, source: Embedded) -> None:
    graph = rdflib.Graph().parse(data=turtle(store), format="turtle")
    date = ox.Literal("2007-12-10", datatype=ox.NamedNode(expand("xsd:date")))
    for values in ({}, {"date": date}):
        query = question.query_with(values)
        found = source.run(query)
        assert isinstance(found, Solutions)
        ours = [[row[name].value if name in row else None for name in found.variables] for row in found.rows]
        theirs = [[None if term is None else str(term) for term in row] for row in graph.query(query)]  # type: ignore[union-attr]
        assert sorted(map(str, theirs)) == sorted(map(str, ours))
