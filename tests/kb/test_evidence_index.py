"""Evidence is found again by statement, by part and by document; the same evidence makes the same file."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from mandata.errors import MandataError
from mandata.kb.evidence import EvidenceIndex, write_evidence
from mandata.rdf.evidence import Evidence
from mandata.rdf.local_names import graph, term, thing
from mandata.rdf.namespaces import XSD
from mandata.reason import fact_of
from release.surroundings import make_locales

FILE = "A_RES_72_7.fr.1a2b3c4d"
PARAGRAPH = "A_RES_72_7.pp2"


def stated(document: str, subject: str, prop: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(thing(subject)), NamedNode(term(prop)), value, NamedNode(graph(document)))


def decimal(words: str) -> Literal:
    return Literal(words, datatype=NamedNode(XSD + "decimal"))


CITES = stated("A_RES_72_7", PARAGRAPH, "cites", NamedNode(thing("S_2007_279")))
WORDS = stated("A_RES_72_7", PARAGRAPH, "text", Literal('Rappelant « la "lettre"\nde mai »' * 9, language="fr"))
SCORE = stated("A_RES_72_7", "A_RES_72_7", "score", decimal("1.0"))
OTHER = stated("A_RES_76_299", "A_RES_76_299.op1", "cites", NamedNode(thing("S_2007_279")))
RECORD = stated("A_RES_72_7", "A_RES_72_7", "symbol", Literal("A/RES/72/7"))
FIRST, SECOND = Evidence(PARAGRAPH, 3, 14, FILE, 103, 114), Evidence(PARAGRAPH, 30, 41, FILE, 150, 161)
WHOLE = Evidence(PARAGRAPH, 0, 252, FILE, 100, 352)
TITLE = Evidence("A_RES_72_7.fr", 7, 9, FILE, 17, 19)
FAR = Evidence("A_RES_76_299.op1", 0, 5, "A_RES_76_299.en.00ff00ff", 8, 13)
STATEMENTS = [
    (CITES, (SECOND, FIRST)),
    (WORDS, (WHOLE,)),
    (SCORE, (TITLE,)),
    (OTHER, (FAR,)),
    (RECORD, ()),
]


@pytest.fixture
def index(tmp_path: Path) -> EvidenceIndex:
    write_evidence(tmp_path / "evidence.sqlite", STATEMENTS)
    return EvidenceIndex(tmp_path / "evidence.sqlite")


def test_a_statement_has_its_evidence_in_the_order_of_the_words(index: EvidenceIndex) -> None:
    assert index.of(CITES) == [FIRST, SECOND]
    assert index.of(fact_of(WORDS)) == [WHOLE]
    assert index.of(RECORD) == []


def test_a_statement_that_differs_in_one_term_has_none(index: EvidenceIndex) -> None:
    words = WORDS.object
    assert isinstance(words, Literal)
    cut = stated("A_RES_72_7", PARAGRAPH, "text", Literal(words.value[:-1], language="fr"))
    assert [
        index.of(one) for one in (cut, stated("A_RES_72_7", PARAGRAPH, "cites", NamedNode(thing("S_2007_27"))))
    ] == [
        [],
        [],
    ]


def test_a_literal_is_found_by_its_value(index: EvidenceIndex) -> None:
    """A store writes 1.0 as 1."""
    assert index.of(stated("", "A_RES_72_7", "score", decimal("1"))) == [TITLE]
    assert index.of(stated("", "A_RES_72_7", "score", decimal("1.5"))) == []
    assert index.of(stated("", "A_RES_72_7", "score", Literal("1"))) == []


def test_a_part_lists_what_its_words_show_in_their_order(index: EvidenceIndex) -> None:
    expected = [(fact_of(WORDS), WHOLE), (fact_of(CITES), FIRST), (fact_of(CITES), SECOND)]
    assert index.in_part(PARAGRAPH) == expected
    assert index.in_part(NamedNode(thing(PARAGRAPH))) == expected
    assert index.in_part("A_RES_72_7.pp") == []


def test_a_document_yields_each_statement_once(index: EvidenceIndex) -> None:
    found = dict(index.of_document("A_RES_72_7"))
    assert found == {fact_of(CITES): [FIRST, SECOND], fact_of(WORDS): [WHOLE], fact_of(SCORE): [TITLE]}
    assert list(index.of_document("A_RES_76_299")) == [(fact_of(OTHER), [FAR])]
    assert list(index.of_document("A_RES_7")) == []


def test_two_documents_that_state_the_same_keep_each_its_own_evidence(tmp_path: Path) -> None:
    again = stated("A_RES_76_299", PARAGRAPH, "cites", NamedNode(thing("S_2007_279")))
    write_evidence(tmp_path / "e", [(CITES, (FIRST,)), (again, (FAR,))])
    with closing(EvidenceIndex(tmp_path / "e")) as index:
        assert index.of(CITES) == [FIRST, FAR]
        assert list(index.of_document("A_RES_76_299")) == [(fact_of(CITES), [FAR])]


def test_the_same_evidence_makes_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write_evidence(one, STATEMENTS)
    two.write_bytes(b"what stood there before")
    write_evidence(two, [(CITES, (FIRST,)), *reversed(STATEMENTS)])
    assert one.read_bytes() == two.read_bytes()


WRITE = """
import locale, sys
from pathlib import Path
sys.path[:0] = map(str, Path(sys.argv[2]).parents[:2])
locale.setlocale(locale.LC_ALL, "")
from test_evidence_index import STATEMENTS, write_evidence
write_evidence(Path(sys.argv[1]), STATEMENTS)
"""


def test_a_turkish_locale_changes_nothing(tmp_path: Path) -> None:
    """There the small letter of I is no i, which some readings of SQL stumble over."""
    locales = make_locales(tmp_path / "locales", [("tr_TR", "ISO-8859-9")])
    name = next((path.name for path in locales.iterdir()), "C")
    write_evidence(tmp_path / "one", STATEMENTS)
    command = [sys.executable, "-c", WRITE, str(tmp_path / "two"), __file__]
    subprocess.run(command, env=os.environ | {"LC_ALL": name, "LOCPATH": str(locales)}, check=True)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_missing_evidence_is_reported_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(MandataError, match="build the knowledge base again"):
        EvidenceIndex(tmp_path / "none")
