"""Where the same words stand three times in one paragraph, each is marked and proved at its own place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from mandata.ingest import build as building
from mandata.proof.forms.explanation import ExplanationOptions, why
from mandata.proof.knowledge import Knowledge
from mandata.query.source import Embedded
from mandata.rdf.local_names import term, thing
from mandata.rdf.namespaces import ID
from mandata.reason import Fact
from mandata.site import Site, SiteSettings, no_proof
from mandata.site.stored_resources import stored_collection
from mandata.site.views.document import document

TEXT = min((Path(__file__).parents[1] / "data" / "texts").glob("*.txt"))
GUIDED = "*Guidée* par la Charte des Nations Unies,"
RECEIVED = "*Rappelant* sa résolution 75/272, sa *résolution 75/272* et, de nouveau, sa résolution\n75/272,"
SAID = "Rappelant sa résolution 75/272, sa résolution 75/272 et, de nouveau, sa résolution 75/272,"
WORDS = "résolution 75/272"
PLACES = [match.span() for match in re.finditer(WORDS, SAID)]
PART = "A_RES_72_7.pp1"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text with another first paragraph, its mark-up and its line breaks not the same at each of the places."""
    path = tmp_path_factory.mktemp("copy") / TEXT.name
    text = TEXT.read_bytes().decode("utf-8")
    assert GUIDED in text
    path.write_bytes(text.replace(GUIDED, RECEIVED).encode("utf-8"))
    return path


@pytest.fixture(scope="module")
def knowledge(copy: Path) -> Knowledge:
    building.build([copy], copy.parent / "kb", lambda _: None)
    return Knowledge(copy.parent / "kb")


def fact(subject: str, predicate: str, value: str) -> Fact:
    return NamedNode(thing(subject)), NamedNode(term(predicate)), NamedNode(thing(value))


CITED = [
    fact(PART, "recalls", "A_RES_75_272"),
    fact(f"{PART}.cites-A_RES_75_272", "citedDocument", "A_RES_75_272"),
]


@pytest.mark.parametrize("cited", CITED, ids=["the direct edge", "the citation"])
def test_each_place_is_evidence(cited: Fact, knowledge: Knowledge, copy: Path) -> None:
    raw = copy.read_bytes().decode("utf-8")
    found = [one for one in knowledge.facts.evidence(cited) if (one.part_start, one.part_end) in PLACES]
    assert [(one.part_start, one.part_end) for one in found] == PLACES
    assert [" ".join(raw[one.start : one.end].split()) for one in found] == [WORDS] * 3
    assert len({one.start for one in found}) == 3


def test_each_place_is_marked(knowledge: Knowledge, copy: Path) -> None:
    collection = stored_collection(knowledge.store, evidence=knowledge.evidence)
    site = Site(collection, Embedded(knowledge.store), no_proof, SiteSettings())
    view = document(site.labels["en"], ID + "A_RES_72_7", no_proof)
    part = next(part for part in view.parts if part.anchor == "pp1")
    (version,) = part.versions
    assert version.words.text == SAID
    at, marked = 0, []
    for run in version.runs:
        marked += [(at, at + len(run.text))] if run.kind == "citation" else []
        at += len(run.text)
    assert marked == PLACES


def test_each_place_is_proved(knowledge: Knowledge, copy: Path) -> None:
    raw = copy.read_bytes().decode("utf-8")
    answer = why(knowledge, CITED[1], ExplanationOptions())
    source = answer.json["source"]
    for one in (source, *source["more"]):
        assert one["quotation"] == WORDS == " ".join(raw[one["start"] : one["end"]].split())
        assert f"“{WORDS}” ({TEXT.name}, characters {one['start']} to {one['end']})" in answer.text
    assert [(one["part_start"], one["part_end"]) for one in (source, *source["more"])] == PLACES
