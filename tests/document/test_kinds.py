"""The heading of a text decides its kind, whatever the titles above it say. All texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from mandata.document.model import Document
from mandata.reading import read
from mandata.text.source import decode

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "kinds.yaml").read_text(encoding="utf-8"))
HEAD, TITLES, BODY, FORMULA = (TABLE[name] for name in ("mastheads", "titles", "texts", "resolutions"))
ENACTED = ("draft", "resolution", "decision")


def words(language: str, title: str, heading: str, kind: str) -> Document:
    body = FORMULA[language] if kind in ENACTED else BODY[language]
    text = "\n\n".join([HEAD[language], title, heading, body])
    return read(decode(text.encode(), "invented")).document


@pytest.mark.parametrize(("language", "kind", "heading"), TABLE["headings"])
@pytest.mark.parametrize("number", range(3))
def test_the_heading_tells_the_kind(language: str, kind: str, heading: str, number: int) -> None:
    """And what stands above it is the title of the agenda item, even where that begins like a heading."""
    title = TITLES[language][number]
    document = words(language, title, heading, kind)
    assert document.kind == kind
    assert document.masthead.agenda_item_title
    assert document.masthead.agenda_item_title.value == title


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("A/99/L.5", "draft"),
        ("A/DEC/99/405", "decision"),
        ("A/RES/99/5", "resolution"),
        ("A/C.3/99/L.7/Rev.1", "draft"),
    ],
)
def test_where_the_form_is_a_resolutions_the_symbol_tells_the_kind(symbol: str, kind: str) -> None:
    text = f"{symbol}\n\nThe General Assembly,\n\n{FORMULA['en'].partition(',')[2].strip()}"
    assert read(decode(text.encode(), "invented")).document.kind == kind


def test_a_report_that_recommends_a_resolution_is_a_report() -> None:
    body = (
        f"I. Introduction\n\n1. {BODY['en']}\n\nII. Recommendation\n\n2. The Committee recommends:\n\n{FORMULA['en']}"
    )
    text = f"{HEAD['en']}\n\nReport of the Third Committee\n\n{body}"
    document = read(decode(text.encode(), "invented")).document
    assert (document.kind, document.preambular, document.operative) == ("report", (), ())
    assert [p.number for p in document.paragraphs] == ["1", "2", None, None, "1"]


def test_a_heading_that_does_not_say_who_writes_to_whom_is_reported() -> None:
    text = f"{HEAD['en']}\n\nLetter dated 5 May 2044 to all whom it may concern\n\n{BODY['en']}"
    document = read(decode(text.encode(), "invented")).document
    assert (document.kind, document.letterhead) == ("letter", None)
    assert [issue.code for issue in document.issues] == ["letter-heading-unread"]


@pytest.mark.parametrize(
    ("lines", "session", "special"),
    [
        ("Assemblée générale\nOnzième session extraordinaire d’urgence", None, 11),
        ("Assemblée générale\nTrente-deuxième session extraordinaire", None, 32),
        ("Assemblée générale Distr. générale\nQuatre-vingt-dix-neuvième session", 99, None),
    ],
)
def test_a_session_is_regular_or_not(lines: str, session: int | None, special: int | None) -> None:
    head = read(decode(f"{lines}\n\n{FORMULA['fr']}".encode(), "invented")).document.masthead
    assert (head.session and head.session.value, head.special_session and head.special_session.value) == (
        session,
        special,
    )


def test_the_session_is_that_of_the_organ_named_last_above_it() -> None:
    above = "General Assembly\nHuman Rights Council\nNinety-seventh session"
    text = f"{above}\n\nReport of the Secretary-General\n\n{BODY['en']}"
    head = read(decode(text.encode(), "invented")).document.masthead
    assert (head.acting, head.sitting) == ("organ-GA", "organ-HRC")
