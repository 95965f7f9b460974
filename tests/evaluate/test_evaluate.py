"""The measure measures rightly, and the converter is nowhere worse on the corpus than was recorded."""

from __future__ import annotations

import pytest

from . import table
from .citations import cannot_be, is_others, keys, of_same_number, stands
from .corpus import CORPUS, MISSING, Sample, layout
from .counts import Figures
from .measure import measure
from .run import evaluate


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A/RES/53/243 A", "A/RES/53/243"),
        ("A/hrc/RES/39/3", "A/HRC/RES/39/3"),
        ("A/RES/2200A(XXI)", "A/RES/2200(XXI)"),
        ("A/RES/217(III) A", "A/RES/217(III)"),
        ("E/CN.4/2001/2", "E/CN.4/2001/2-E/CN.4/Sub.2/2000/46"),
        ("NPT/CONF.2000/28(partsiandii)", "NPT/CONF.2000/28(PartsIandII)"),
    ],
)
def test_symbols_written_differently_are_one_document(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(("one", "other"), [("A/RES/72/7", "A/HRC/RES/72/7"), ("A/RES/72/7", "A/RES/72/70")])
def test_other_documents_stay_others(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


@pytest.mark.parametrize(
    ("cited", "words", "yes"),
    [
        ("A/RES/72/7", "sa résolution 72/7", True),
        ("A/RES/72/7", "sa résolution 72/70", False),
        ("A/RES/72/7", "le 7 du mois, page 72", False),
        ("A/RES/217(III) A", "Résolution 217 A (III)", True),
        ("S/RES/1718(2006)", "résolutions 1718 (2006)", True),
        ("NPT/CONF.2000/28(PartsIandII)", "NPT/CONF.2000/28 (Parts I and II)", True),
        ("S/2007/279", "S/2007/ 279", True),
    ],
)
def test_a_citation_stands_where_its_number_does(cited: str, words: str, yes: bool) -> None:
    assert stands(cited, words) is yes


def test_an_elided_modifier_stands_beside_its_base() -> None:
    assert stands("A/49/587/Corr.1", "Corr.1", "voir A/49/587 et Corr.1")
    assert not stands("A/49/587/Corr.1", "Corr.1", "voir A/49/588 et Corr.1")


def test_what_cannot_be_or_is_anothers_is_told() -> None:
    assert cannot_be("A/RES/27/17") and not cannot_be("A/RES/31/1")
    assert of_same_number("A/RES/72/7", ["A/RES/72/8", "E/ESCAP/RES/72/7"]) == "E/ESCAP/RES/72/7"
    raw = "la résolution 4/1 de la Conférence ; la résolution 70/1 de l’Assemblée"
    assert is_others("résolution 4/1", raw, 17, "fr")
    assert not is_others("résolution 70/1", raw, raw.index("70/1") + 4, "fr")


def test_layouts_are_told_apart() -> None:
    assert layout("*Rappelant* sa résolution<sup>1</sup>") == "light"
    assert layout(" Rappelant sa \n\n résolution") == "wrapped"
    assert layout("Rappelant " * 30) == "plain"


def paragraph(text: str, operator: str, number: int | None = None, *cites: str) -> dict[str, object]:
    cited = [{"id": c, "via": "symbol", "note": None, "start": 0, "end": 10} for c in cites]
    return {"n": number, "text": text, "operator": operator, "cites": cited, "items": []}


def test_a_record_is_counted_field_by_field(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A lost paragraph, a wrong operator, a link that the source lacks and one that we lack."""
    expected = {
        "symbol": "A/RES/72/7",
        "adopted": "2017-11-17",
        "session": 72,
        "title": "Rôle du Centre",
        "preambular": [paragraph("Rappelant ceci,", "Rappelant"), paragraph("Notant cela,", "Notant")],
        "operative": [paragraph("Prie le Secrétaire général ;", "Prie", 1)],
        "footnotes": {"1": "A/72/1."},
        "cites": ["A/72/1", "A/RES/70/1"],
    }
    record = expected | {
        "session": None,
        "preambular": [paragraph("Notant cela,", "Notant que", None, "A/72/1", "A/RES/71/2")],
        "paragraphs": [],
        "annexes": [],
        "footnotes": {"1": {"text": "A/72/1."}},
        "cites": [{"id": "A/72/1"}, {"id": "A/RES/71/2"}],
    }
    figures = Figures()
    sample = Sample(tmp_path_factory.getbasetemp() / "x.txt", "fr", "txt", expected)
    measure(sample, record, "résolution 71/2, 70/1", figures)
    counts = {name: [c.right, c.found, c.met, c.expected] for name, c in figures}
    assert counts["session"] == [0, 0, 0, 1]
    assert counts["preambular count"] == [0, 1, 0, 1]
    assert counts["text"] == [2, 2, 2, 3]
    assert counts["operator"] == [1, 2, 1, 3]
    assert counts["number"] == [1, 1, 1, 1]
    assert counts["citations"] == [1, 2, 1, 2]
    assert counts["citations, faults of the source apart"] == [1, 2, 1, 2]  # “résolution” holds no 71/2: ours is wrong


def test_the_table_shows_gain_and_loss() -> None:
    now = {"fr txt": {"text": [9, 10, 9, 10], "title": [5, 5, 5, 5]}}
    before = {"fr txt": {"text": [10, 10, 10, 10], "title": [4, 5, 4, 5]}}
    lines = "\n".join(table.rows(now, before))
    assert "-10.00" in lines and "+20.00" in lines and "below 99.5" in lines
    assert [loss.split(":")[0] for loss in table.losses(now, before)] == ["fr txt, text"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_nothing_is_lost_against_the_recorded_figures() -> None:
    """``make evaluate`` shows the table, ``make evaluate RECORD=1`` records a change that is meant."""
    groups, _ = evaluate()
    assert not table.losses(table.plain(groups), table.load())
