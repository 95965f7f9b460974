"""A knowledge base opens what is asked for and only that, and never answers from two of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.kb import layout
from mandata.kb.knowledge_base import KnowledgeBase, open_kb
from mandata.reason.facts import fact_of


@pytest.fixture
def own(kb: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kb, tmp_path / "kb"))


def test_each_part_is_handed_out(kb: Path) -> None:
    with open_kb(kb) as opened:
        assert opened.report["documents"] == 5
        assert len(opened.asserted) == opened.report["asserted_statements"]
        assert len(opened.inferred) == opened.report["inferred_statements"]
        conclusion = next(iter(opened.inferred))
        assert opened.step(fact_of(conclusion)) is not None
        assert opened.search_index.is_file()
        assert not opened.is_stale


def test_the_statements_of_a_document_are_those_of_its_graph(kb: Path) -> None:
    place = ox.NamedNode("https://w3id.org/mandata/graph/A_RES_72_7")
    with open_kb(kb) as opened:
        stated = {quad for quad in opened.asserted if quad.graph_name == place}
        assert stated and set(opened.statements_of("A_RES_72_7")) == stated


def test_a_part_that_is_missing_harms_only_those_who_ask_for_it(own: Path) -> None:
    (own / layout.STEPS).unlink()
    shutil.rmtree(own / layout.STORE)
    with open_kb(own) as opened:
        assert opened.report["documents"] == 5
        with pytest.raises(MandataError, match=r"there is no steps\.sqlite here - build the knowledge base again"):
            _ = opened.steps


def test_one_that_was_replaced_since_it_was_opened_is_not_read_further(own: Path, kb: Path) -> None:
    opened = open_kb(own)
    shutil.copytree(kb, own.with_name("new"))
    own.rename(own.with_name("old"))
    own.with_name("new").rename(own)
    with pytest.raises(MandataError, match="another knowledge base has taken its place"):
        _ = opened.report


def test_one_of_an_earlier_version_is_refused_in_one_line(own: Path) -> None:
    (own / layout.DESCRIPTION).unlink()
    with pytest.raises(MandataError, match=r"was built by mandata 0\.1 - build the knowledge base again") as caught:
        KnowledgeBase(own)
    assert caught.value.code == "old-build"


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1, "mandata": "0.9"}', '{"format": "2"}'])
def test_one_of_another_format_is_refused(text: str, own: Path) -> None:
    (own / layout.DESCRIPTION).write_text(text, encoding="utf-8")
    with pytest.raises(MandataError, match="build the knowledge base again"):
        KnowledgeBase(own)


def test_one_that_other_rules_built_is_stale(own: Path) -> None:
    path = own / layout.DESCRIPTION
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(said | {"fingerprint": "0" * 64}), encoding="utf-8")
    with open_kb(own) as opened:
        assert opened.is_stale and opened.built_by
