"""A knowledge base that was changed is the one that would have been built anew."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.ingest import build as building
from mandata.kb import layout
from mandata.kb.evidence import evidence_graphs
from mandata.kb.knowledge_base import open_kb
from mandata.package_data import shipped_path
from mandata.rdf.namespaces import RDF

TEXTS = sorted(shipped_path("data/texts").glob("*.txt"))
LATER = """United Nations A/RES/80/999
General Assembly
Distr.: General
3 December 2025
Eightieth session
Agenda item 14

Resolution adopted by the General Assembly on 3 December 2025

80/999. Wells of the high valleys

The General Assembly,

Recalling its resolution 72/7 of 17 November 2017,

1. Takes note of the letter of the Secretary-General, S/2007/279;

2. Decides to remain seized of the matter.

70th plenary meeting
3 December 2025
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("later") / "later.txt"
    path.write_text(LATER, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def with_later(later: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    kb = tmp_path_factory.mktemp("anew") / "kb"
    building.build([*TEXTS, later], kb)
    return kb


@pytest.fixture(scope="module")
def without_later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kb = tmp_path_factory.mktemp("five") / "kb"
    building.build(TEXTS, kb)
    return kb


@pytest.fixture
def changing(without_later: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(without_later, tmp_path / "kb"))


def state(kb: Path) -> dict[str, str]:
    """Return the checksum of each file of a knowledge base; the store's own files bear numbers of their own."""
    found = {}
    for folder, folders, files in os.walk(kb):
        folders[:] = [one for one in folders if one != "store"]
        for name in files:
            path = Path(folder, name)
            found[str(path.relative_to(kb))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def beside(kb: Path) -> list[str]:
    """Return what stands beside a knowledge base, its lock apart, which stays."""
    return sorted(path.name for path in kb.parent.iterdir() if path.name != f".{kb.name}.lock")


def test_added_is_built_anew(changing: Path, later: Path, with_later: Path) -> None:
    change = building.add([later], changing)
    assert [text["symbol"] for text in change.added] == ["A/RES/80/999"] and not change.removed
    assert state(changing) == state(with_later)


def test_removed_is_built_anew(with_later: Path, without_later: Path, tmp_path: Path) -> None:
    kb = Path(shutil.copytree(with_later, tmp_path / "kb"))
    change = building.remove("80/999", kb)
    assert [text["symbol"] for text in change.removed] == ["A/RES/80/999"] and not change.added
    assert state(kb) == state(without_later)


def test_what_others_told_of_a_text_is_forgotten_with_them(with_later: Path, tmp_path: Path) -> None:
    """The letters state no symbol; that one is A/71/982 is known from what A/RES/72/7 says of it, among others."""
    kb = Path(shutil.copytree(with_later, tmp_path / "kb"))
    building.remove("72/7", kb)
    building.remove("80/999", kb)
    building.build([text for text in TEXTS if not _is_72_7(text)], tmp_path / "anew")
    assert state(kb) == state(tmp_path / "anew")


def _is_72_7(text: Path) -> bool:
    return "72/7" in text.read_text(encoding="utf-8")[:400]


def test_what_is_held_already_changes_nothing(changing: Path, without_later: Path) -> None:
    change = building.add(TEXTS[:2], changing)
    assert not change.added and not change.removed
    assert state(changing) == state(without_later)


def test_a_file_read_under_two_names_is_held_under_both(changing: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copyfile(TEXTS[0], tmp_path / "copy.txt"))
    change = building.add([copy], changing)
    assert [text["file"] for text in change.added] == ["copy.txt"]
    anew = tmp_path / "anew"
    building.build([*TEXTS, copy], anew)
    assert state(changing) == state(anew)


@pytest.mark.parametrize(("data", "code"), [(b"", "empty-file"), (b"PK\x03\x04 and no more", "damaged-file")])
def test_a_text_that_holds_nothing_is_refused_and_nothing_changes(
    data: bytes, code: str, changing: Path, without_later: Path
) -> None:
    new, before = changing.parent / "new.docx", sorted([*beside(changing), "new.docx"])
    new.write_bytes(data)
    with pytest.raises(MandataError, match=code):
        building.add([new], changing)
    assert state(changing) == state(without_later) and beside(changing) == before


@pytest.mark.parametrize("name", ["75/999", "A/RES/60/288", "no such thing"])
def test_what_is_not_held_is_not_removed(name: str, changing: Path, without_later: Path) -> None:
    with pytest.raises(MandataError) as caught:
        building.remove(name, changing)
    assert caught.value.code == "not-found"
    assert state(changing) == state(without_later)


def test_the_last_document_stays(tmp_path: Path, later: Path) -> None:
    building.build([later], tmp_path / "kb")
    with pytest.raises(MandataError, match="no other document"):
        building.remove("A/RES/80/999", tmp_path / "kb")


def test_a_knowledge_base_that_keeps_no_texts_says_so(changing: Path, later: Path) -> None:
    shutil.rmtree(changing / "texts")
    with pytest.raises(MandataError, match="build the knowledge base again"):
        building.add([later], changing)
    assert (changing / layout.REPORT).is_file()


def test_no_knowledge_base_no_change(tmp_path: Path, later: Path) -> None:
    with pytest.raises(MandataError, match="no knowledge base"):
        building.add([later], tmp_path / "kb")


def test_a_store_may_hold_the_evidence_of_each_statement_and_goes_on_to(tmp_path: Path, later: Path) -> None:
    """The statements it names are those of the index, and a text that comes later has its evidence there too."""
    kb = tmp_path / "kb"
    building.build(TEXTS[:2], kb, evidence_in_store=True)
    before = named_in_store(kb)
    building.add([later], kb)
    assert before < named_in_store(kb)


def named_in_store(kb: Path) -> set[str]:
    """Return the nodes of statements in the store of a knowledge base, which must be those that its index makes."""
    asked = "SELECT ?st WHERE { ?st a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    with open_kb(kb) as opened:
        rows = opened.store.query(f"PREFIX rdf: <{RDF}> {asked}")
        assert isinstance(rows, ox.QuerySolutions)
        found = {str(row[0]) for row in rows}
        made = evidence_graphs(opened.evidence)
        assert found == {str(quad.subject) for quad in made if quad.object == ox.NamedNode(RDF + "Statement")} != set()
    return found
