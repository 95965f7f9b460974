"""Which document a text is follows from evidence; with the evidence taken away it stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from mandata.identity.headers import catalogue_headers, cited_headers, header
from mandata.identity.model import DocumentDescription, HeaderRecord, Identity
from mandata.identity.resolve import resolve
from mandata.reading import Reading, read
from mandata.text.source import decode
from mandata.un.catalogue import Record, shipped_catalogue

TEXTS = Path(__file__).parents[2] / "data" / "texts"
ANNOUNCEMENT, DECLARATION, ROLE = "004_663fb785056b1583", "003_40d9d7b23b095542", "000_7f83ad6d9a316033"
Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    """Return the change of some words for others."""
    return lambda text: text.replace(old, new)


@cache
def raw(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def identified(
    name: str, *others: str, records: Iterable[Record] = (), change: Change = str, change_others: Change = str
) -> Identity:
    """Return the identity of one of the five texts, changed, among others and with some of the catalogue."""
    one = read(decode(change(raw(name)).encode(), name))
    readings: list[Reading] = [one, *(read(decode(change_others(raw(o)).encode(), o)) for o in others)]
    described = [*catalogue_headers(records), *(d for reading in readings for d in cited_headers(reading))]
    return resolve([header(r) for r in readings], described)[one.document.source.sha256]


def said(identity: Identity) -> str:
    return " ".join(issue.message for issue in identity.issues if issue.code == "symbol-unknown")


def test_by_catalogue_and_citing_document() -> None:
    found = identified(ANNOUNCEMENT, ROLE, records=shipped_catalogue())
    assert (found.symbol, found.certainty, found.inferred, found.issues) == ("S/2007/279", "strong", True, ())
    agreed = {e.description.source.split()[-1]: e.agrees for e in found.evidence}
    assert {"dated", "sent_by", "sent_to", "distributed", "year", "organs"} <= agreed["catalogue"]
    assert "correspondents" in agreed["pp2"]


def test_by_the_catalogue_alone() -> None:
    assert identified(ANNOUNCEMENT, records=shipped_catalogue()).symbol == "S/2007/279"
    assert identified(DECLARATION, records=shipped_catalogue()).symbol == "A/71/982-S/2017/600"


def test_by_the_citing_document_alone_where_it_is_decisive() -> None:
    """A named annex of a known day in papers of the right organs and session: nothing else can be meant."""
    found = identified(DECLARATION, ROLE)
    assert (found.symbol, found.certainty) == ("A/71/982-S/2017/600", "strong")
    (evidence,) = found.evidence
    assert {"annex_title", "annex_adopted", "session", "organs"} <= evidence.agrees


def test_an_exchange_cited_as_two_letters_does_not_tell_which_is_which() -> None:
    found = identified(ANNOUNCEMENT, ROLE)
    assert (found.symbol, found.certainty, found.inferred) == (None, None, False)
    assert "S/2007/279 or S/2007/280" in said(found)


@pytest.mark.parametrize("name", [ANNOUNCEMENT, DECLARATION])
def test_without_evidence_it_stays_unknown(name: str) -> None:
    found = identified(name)
    assert (found.symbol, found.evidence) == (None, ())
    assert "no document on record fits" in said(found)


CONTRADICTIONS: list[tuple[str, str, Change]] = [
    ("another date", ANNOUNCEMENT, swap("datée du 7 mai 2007", "datée du 8 mai 2007")),
    ("another year", ANNOUNCEMENT, swap("2007", "2008")),
    ("another sender", ANNOUNCEMENT, swap("par le Secrétaire général", "par le Vice-Secrétaire général")),
    (
        "another addressee",
        ANNOUNCEMENT,
        swap("adressée au Président  \ndu Conseil de sécurité", "adressée au Président  \nde l'Assemblée générale"),
    ),
    ("another organ", ANNOUNCEMENT, swap("**Conseil de sécurité**", "**Assemblée générale**")),
    ("another day of the letter", DECLARATION, swap("12 juillet 2017", "13 juillet 2017")),
    ("another State", DECLARATION, swap("permanente du Turkménistan", "permanente du Kazakhstan")),
    ("another session", DECLARATION, swap("soixante et onzième", "soixante-douzième")),
    ("another annex", DECLARATION, swap("  Déclaration d’Achgabat \n", "  Déclaration de Tachkent \n")),
    ("another day of adoption", DECLARATION, swap("Adoptée le 13 juin", "Adoptée le 14 juin")),
]


@pytest.mark.parametrize(("name", "change"), [c[1:] for c in CONTRADICTIONS], ids=[c[0] for c in CONTRADICTIONS])
def test_one_contradiction_and_it_stays_unknown(name: str, change: Change) -> None:
    assert change(raw(name)) != raw(name)
    assert identified(name, ROLE, records=shipped_catalogue(), change=change).symbol is None


def test_the_number_in_the_citing_note_is_what_comes_out() -> None:
    """Where the note is changed and the catalogue is away, the changed symbol is inferred: nothing is written down."""
    found = identified(DECLARATION, ROLE, change_others=swap("A/71/982-S/2017/600", "A/71/777-S/2017/555"))
    assert found.symbol is None  # the entities say which document carries the Declaration, and this is another
    unnamed = identified(DECLARATION, ROLE, change_others=swap("<sup>3</sup> A/71", "<sup>3</sup> A/70"))
    assert unnamed.symbol is None


LETTER = HeaderRecord(
    "c", "letter", None, organs=("organ-SC",), dated=date(2010, 5, 3), sent_by="post-a", sent_to="post-b"
)  # fmt: skip
RECORD = DocumentDescription("S/2010/100", "catalogue", dated=date(2010, 5, 3), sent_by="post-a", sent_to="post-b")


def alone(head: HeaderRecord, *descriptions: DocumentDescription) -> Identity:
    return resolve([head], descriptions)[head.checksum]


def test_two_equally_good_candidates_leave_it_unknown() -> None:
    found = alone(LETTER, RECORD, replace(RECORD, symbol="S/2010/101"))
    assert found.symbol is None
    assert "S/2010/100 or S/2010/101" in said(found)


def test_order_does_not_matter() -> None:
    other = replace(RECORD, symbol="S/2010/101")
    assert alone(LETTER, RECORD, other) == alone(LETTER, other, RECORD)


@pytest.mark.parametrize(
    "head", [replace(LETTER, dated=None), replace(LETTER, sent_by=None), replace(LETTER, sent_to=None)]
)
def test_each_field_of_the_decisive_is_needed(head: HeaderRecord) -> None:
    assert alone(LETTER, RECORD).symbol == "S/2010/100"
    assert alone(head, RECORD).symbol is None


def test_two_sources_are_weighed_together_and_one_may_contradict() -> None:
    """What a citing paragraph says may add to the record, and may rule it out."""
    dated = replace(RECORD, sent_by=None)
    sent = DocumentDescription("S/2010/100", "1a2b3c4d pp1", sent_by="post-a")
    assert alone(LETTER, dated).symbol is None
    assert alone(LETTER, dated, sent).symbol == "S/2010/100"
    assert alone(LETTER, dated, sent, replace(sent, dated=date(2010, 5, 4))).symbol is None


def test_a_symbol_of_another_year_or_organ_contradicts() -> None:
    assert alone(LETTER, replace(RECORD, symbol="S/2011/100")).symbol is None
    assert alone(LETTER, replace(RECORD, symbol="A/65/100")).symbol is None
    assert alone(replace(LETTER, organs=()), replace(RECORD, symbol="A/65/100")).symbol == "A/65/100"


def test_a_stated_symbol_stands_against_all_evidence() -> None:
    found = alone(replace(LETTER, stated="S/2010/99"), RECORD)
    assert (found.symbol, found.certainty, found.inferred, found.evidence) == ("S/2010/99", "stated", False, ())


def test_masthead_and_number_that_disagree_are_reported() -> None:
    head = HeaderRecord("c", "resolution", "A/RES/72/8", number="72/7", organs=("organ-GA",))
    found = alone(head)
    assert found.symbol == "A/RES/72/8"
    assert [issue.code for issue in found.issues] == ["symbols-disagree"]
    assert alone(replace(head, stated="A/RES/72/7")).issues == ()


@pytest.mark.parametrize(
    ("number", "organ", "symbol"),
    [
        ("72/7", "organ-GA", "A/RES/72/7"),
        ("53/243 A", "organ-GA", "A/RES/53/243 A"),
        ("1325 (2000)", "organ-SC", "S/RES/1325(2000)"),
        ("2015/5", "organ-ECOSOC", "E/RES/2015/5"),
        ("72/7", "organ-ECOSOC", None),
        ("72/7", "organ-SC", None),
        ("72/7", "organ-TC", None),
    ],
)
def test_a_resolution_is_known_by_organ_and_number(number: str, organ: str, symbol: str | None) -> None:
    found = alone(HeaderRecord("c", "resolution", None, number=number, organs=(organ,)))
    assert found.symbol == symbol
    assert bool(found.issues) is (symbol is None)


def test_a_text_that_is_no_document_is_no_one() -> None:
    assert alone(HeaderRecord("c", "other", None), RECORD) == Identity("c", None, None)


def test_a_record_and_a_letter_name_a_post_alike() -> None:
    """Accents in the name of a State do not part a record from the letter it describes."""
    record = Record("S/2010/100", "Letter", "invented", sent_by="Permanent Representative of Türkiye")
    (description,) = catalogue_headers([record])
    heading = "Lettre datée du 3 mai 2010, adressée au Secrétaire général par le Représentant permanent de la Türkiye"
    reading = read(
        decode(f"Conseil de sécurité\n\n{heading} auprès de l'Organisation\n\nLe texte de la lettre.".encode(), "x")
    )
    assert header(reading).sent_by == description.sent_by == "post-Permanent_Representative_of_Turkiye"
