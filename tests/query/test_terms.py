"""What a person types, in any usual spelling, becomes the thing meant, or one line that helps."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.query.display_names import describe, prefer
from mandata.query.source import Embedded
from mandata.query.terms import date, term, thing
from mandata.rdf.namespaces import expand

DOCUMENTS = {
    "72/7": "A_RES_72_7",
    "A/RES/72/7": "A_RES_72_7",
    "a/res/72/7": "A_RES_72_7",
    " A/RES/72/7 ": "A_RES_72_7",
    "id:A_RES_72_7": "A_RES_72_7",
    "A_RES_72_7": "A_RES_72_7",
    "https://w3id.org/mandata/id/A_RES_72_7": "A_RES_72_7",
    "<https://w3id.org/mandata/id/A_RES_72_7>": "A_RES_72_7",
    "A/71/982": "A_71_982-S_2017_600",
    "S/2017/600": "A_71_982-S_2017_600",
    "A/71/982-S/2017/600": "A_71_982-S_2017_600",
    "A/71/982‑S/2017/600": "A_71_982-S_2017_600",
    "Role of the Centre": "A_RES_75_272",
}
THINGS = [
    ("md:MemberState", "Kazakhstan", "state-KAZ"),
    ("md:MemberState", "kazakhstan", "state-KAZ"),
    ("md:MemberState", "KAZ", "state-KAZ"),
    ("md:MemberState", "state-KAZ", "state-KAZ"),
    ("md:MemberState", "Turkménistan", "state-TKM"),
    ("md:MemberState", "Kingdom  of Norway", "state-NOR"),
    ("md:Centre", "UNRCCA", "centre-UNRCCA"),
    ("md:Agent", "Central Asian States", "group-Central_Asian_States"),
    ("md:Topic", "diplomatie préventive", "topic-preventive_diplomacy"),
    ("owl:Thing", "OSCE", "org-OSCE"),
]
TERMS = {
    "a": "rdf:type",
    "md:cites": "md:cites",
    "recalls": "md:recalls",
    "Resolution": "md:Resolution",
    "72/7": "id:A_RES_72_7",
    "A/RES/72/7 op1": "id:A_RES_72_7.op1",
    "A/RES/72/7.op1": "id:A_RES_72_7.op1",
    "S/2007/279, p3.2": "id:S_2007_279.p3.2",
    "mandate-UNRCCA.f1": "id:mandate-UNRCCA.f1",
    "UNRCCA": "id:centre-UNRCCA",
    "op:recalling": "op:recalling",
}


@pytest.mark.parametrize(("text", "local"), DOCUMENTS.items())
def test_a_document_is_known_by_any_spelling_of_any_of_its_symbols(text: str, local: str, source: Embedded) -> None:
    assert thing(text, expand("md:Document"), "document", source).value == expand(f"id:{local}")


@pytest.mark.parametrize(("kind", "text", "local"), THINGS)
def test_a_thing_is_known_by_name_key_or_local_name(kind: str, text: str, local: str, source: Embedded) -> None:
    assert thing(text, expand(kind), "x", source).value == expand(f"id:{local}")


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("md:MemberState", "Kazakstan", "did you mean Kazakhstan"),
        ("md:Document", "A/RES/99/999", "nothing is known of"),
        ("md:Document", 'x" } # {', "nothing is known of"),
        ("md:Document", "<> a", "nothing is known of"),
        ("md:Document", "", "nothing is known of"),
    ],
)
def test_an_unknown_name_is_one_line(kind: str, text: str, says: str, source: Embedded) -> None:
    with pytest.raises(MandataError, match=says) as caught:
        thing(text, expand(kind), "x", source)
    assert caught.value.code == "not-found"


@pytest.mark.parametrize(("text", "curie"), TERMS.items())
def test_each_part_of_a_statement_may_be_written_short(text: str, curie: str, source: Embedded) -> None:
    assert term(text, source) == ox.NamedNode(expand(curie))


def test_a_literal_is_written_as_in_turtle(source: Embedded) -> None:
    assert term('"Ashgabat"@en', source) == ox.Literal("Ashgabat", language="en")
    day = ox.Literal("2017-11-17", datatype=ox.NamedNode(expand("xsd:date")))
    assert term(f'"2017-11-17"^^<{expand("xsd:date")}>', source) == day
    with pytest.raises(MandataError, match="is no literal"):
        term('"half', source)


@pytest.mark.parametrize(
    ("text", "kind"), [("2008-01-01", "xsd:date"), ("2007-12", "xsd:gYearMonth"), ("2007", "xsd:gYear")]
)
def test_a_date_may_be_a_day_a_month_or_a_year(text: str, kind: str) -> None:
    assert date(text, "date") == ox.Literal(text, datatype=ox.NamedNode(expand(kind)))


@pytest.mark.parametrize("text", ["", "today", "2008-13-01", "2008-1-1", "01/02/2008", "2008-01-01 } #"])
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(MandataError, match="is no date"):
        date(text, "date")


def test_a_thing_is_shown_in_the_language_asked_else_in_any(source: Embedded) -> None:
    ashgabat, resolution, part = (expand(f"id:{name}") for name in ("place-Ashgabat", "A_RES_72_7", "A_RES_72_7.pp2"))
    shown = {language: describe([ashgabat, resolution, part], source, language) for language in ("en", "fr", "ru")}
    assert [shown[language][ashgabat].label for language in shown] == ["Ashgabat", "Achgabat", "Ashgabat"]
    assert shown["en"][resolution].label == "Rôle du Centre régional"
    assert shown["en"][resolution].symbol == "A/RES/72/7"
    assert (shown["en"][part].symbol, shown["en"][part].label) == (None, "A/RES/72/7 pp2")


def test_no_literal_is_no_preference() -> None:
    assert prefer([], "en") is None
