"""Symbols: what is written, its normal form and its local name are bound to each other."""

from __future__ import annotations

import json
import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandata.package_data import read_yaml
from mandata.un.symbol import (
    RESOLUTION_NUMBER,
    Symbol,
    SymbolError,
    arabic,
    decision,
    find,
    from_local_name,
    parse,
    resolution,
    roman,
)

TABLE: dict[str, list[Any]] = read_yaml(Path(__file__).parent / "tables" / "symbols.yaml")
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "texts"
LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")  # legal in Turtle as it stands


def hold(symbol: Symbol) -> None:
    """Assert the round trips that every symbol must stand."""
    again = parse(str(symbol))
    assert again == symbol
    assert again.repairs == ()
    assert str(again) == str(symbol)
    assert from_local_name(symbol.local_name) == symbol
    assert LOCAL.fullmatch(symbol.local_name)


@pytest.mark.parametrize(("found", "normal", "local"), TABLE["single"] + TABLE["joint"])
def test_a_sound_symbol_is_read_without_mending(found: str, normal: str, local: str) -> None:
    symbol = parse(found)
    assert (str(symbol), symbol.local_name, symbol.raw, symbol.repairs) == (normal, local, found, ())
    assert symbol.suspicious is None
    hold(symbol)


@pytest.mark.parametrize(("found", "normal", "local", "remark"), TABLE["dirty"])
def test_a_dirty_symbol_is_mended_aloud_or_refused(
    found: str, normal: str | None, local: str | None, remark: str
) -> None:
    if normal is None:
        with pytest.raises(SymbolError, match=remark) as caught:
            parse(found)
        assert caught.value.code == "symbol"
        assert found in caught.value.where
        return
    symbol = parse(found)
    assert (str(symbol), symbol.local_name, symbol.raw) == (normal, local, found)
    assert symbol.repairs == ((remark,) if remark else ())
    hold(symbol)


def test_the_whole_reference_is_in_the_table() -> None:
    assert [len(TABLE[kind]) for kind in ("single", "joint", "dirty")] == [98, 12, 23]


@pytest.mark.parametrize(("found", "normal", "local"), TABLE["joint"])
def test_a_joint_symbol_gives_both_halves(found: str, normal: str, local: str) -> None:
    symbol = parse(found)
    assert len(symbol.halves) == 2
    assert "-".join(symbol.halves) == normal
    assert parse(symbol.halves[0]).local_name + "-" == local[: len(symbol.halves[0]) + 1]


@pytest.mark.parametrize("written", TABLE["variants"])
def test_variants_of_one_symbol_are_equal(written: str) -> None:
    assert parse(written) == parse("S/RES/1325(2000)")
    assert hash(parse(written)) == hash(parse("S/RES/1325(2000)"))


def test_typography_is_no_fault() -> None:
    """Spaces, dashes and a reissue's asterisk are not noted; what was wrong is."""
    assert parse("A/51/889\u2011S/1997/357*").repairs == parse("A/CONF.157/24\u00a0(Part\u00a0I)").repairs == ()
    assert parse("S/RES/1325/2000").repairs == ("what stands before 2000",)


@pytest.mark.parametrize("text", [*TABLE["refused"], "A/" * 10_000])
def test_what_is_no_symbol_is_refused(text: str) -> None:
    with pytest.raises(SymbolError):
        parse(text)


@pytest.mark.parametrize(("text", "reason"), TABLE["suspicious"])
def test_a_symbol_that_no_document_can_bear_is_suspicious(text: str, reason: str) -> None:
    assert reason in (parse(text).suspicious or "")
    hold(parse(text))


@pytest.mark.parametrize("text", TABLE["sound"])
def test_nothing_speaks_against_its_neighbours(text: str) -> None:
    assert parse(text).suspicious is None


@pytest.mark.parametrize("facts", TABLE["facts"], ids=lambda facts: str(facts["symbol"]))
def test_a_symbol_tells_its_facts(facts: dict[str, object]) -> None:
    symbol = parse(str(facts["symbol"]))
    for name, due in facts.items():
        if name == "base":
            assert (str(symbol.base) if symbol.base else None) == due
        elif name != "symbol":
            assert getattr(symbol, name) == due, name


@pytest.mark.parametrize(("found", "expanded"), TABLE["ranges"])
def test_a_range_stays_one_symbol_and_gives_its_members(found: str, expanded: list[str]) -> None:
    hold(parse(found))
    assert [str(member) for member in parse(found).expand()] == expanded


@pytest.mark.parametrize(("number", "organ", "normal"), TABLE["numbers"])
def test_a_resolution_is_known_by_its_number_and_its_organ(number: str, organ: str, normal: str | None) -> None:
    if normal is None:
        with pytest.raises(SymbolError):
            resolution(number, organ)
        return
    symbol = resolution(number, organ)
    assert (str(symbol), symbol.raw, symbol.suspicious) == (normal, number, None)
    assert bool(symbol.repairs) == ("l" in number)
    matched = RESOLUTION_NUMBER.search(f"la résolution {number}, datée")
    assert matched
    assert matched[0] == number


def test_a_number_is_completed_by_what_is_given_apart() -> None:
    assert str(resolution("7", session="72")) == "A/RES/72/7"
    assert str(resolution("53/243", letter="B")) == "A/RES/53/243 B"
    assert str(resolution("1325", "S", year=2000)) == "S/RES/1325(2000)"
    assert str(decision("60/519")) == "A/DEC/60/519"
    assert decision("60/519").is_decision


def test_a_number_in_prose_ends_where_the_prose_goes_on() -> None:
    text = "Résolutions 53/243\nA et B; 72/7\nA. Titre; 75/272, 77/273, 56/24 S du 29, A/72/8, 2/5/6, 60/288¹, 70/1号"
    found = [match[0] for match in RESOLUTION_NUMBER.finditer(text)]
    assert found == ["53/243\nA et B", "72/7", "75/272", "77/273", "56/24 S", "60/288", "70/1"]


@pytest.mark.parametrize("row", TABLE["texts"], ids=lambda row: str(row[0])[:40])
def test_symbols_are_found_in_running_text(row: list[Any]) -> None:
    text, *due = row
    found = list(find(text))
    assert [[text[one.start : one.end], str(one.symbol)] for one in found] == due
    assert all(one.symbol.raw == text[one.start : one.end] for one in found)


@pytest.mark.parametrize("normal", [normal for _, normal, _ in TABLE["single"] + TABLE["joint"]])
def test_every_symbol_is_found_whole_in_a_sentence(normal: str) -> None:
    for before, after in (("Voir ", ", annexe."), ("(", ")"), ("voir ", ". Fin"), ("[", "](#)"), ("", "¹ et")):
        found = list(find(before + normal + after))
        assert [(str(one.symbol), one.start, one.end) for one in found] == [
            (normal, len(before), len(before) + len(normal))
        ]


@pytest.mark.parametrize(
    "name", ["", "A", "A_RES", "A_res_72_7", "A__72", "A/72/7", "A_CONF.l57_24", "X_1", "A_72_7_", "A_C3_1"]
)
def test_a_name_that_no_symbol_has_is_refused(name: str) -> None:
    with pytest.raises(SymbolError):
        from_local_name(name)


def test_addresses_follow_the_united_nations() -> None:
    assert parse("A/RES/72/7").undocs("fr") == "https://undocs.org/fr/A/RES/72/7"
    assert parse("A/RES/53/243 A").undocs() == "https://undocs.org/en/A/RES/53/243%20A"
    assert parse("A/71/982-S/2017/600").undocs() == "https://undocs.org/en/A/71/982"


def test_the_akoma_ntoso_name_needs_the_date_of_adoption() -> None:
    day = date(2023, 2, 24)
    base = "/akn/un/statement/deliberation/unga/2023-02-24/"
    assert parse("A/RES/77/273").akn(day) == base + "77-273"
    assert parse("A/RES/77/290 B").akn(day) == base + "77-290B"
    assert parse("A/RES/ES-11/4").akn(day) == base + "ES-11-4"
    for other in (
        "A/RES/217(III)",
        "S/RES/1325(2000)",
        "A/72/7",
        "A/RES/72/7/Corr.1",
        "A/RES/77/290 A-B",
        "A/RES/72/L.69",
    ):
        assert parse(other).akn(day) is None


INTEGER = st.integers(1, 9999).map(str)
PERIOD = st.one_of(
    st.integers(31, 99).map(str),
    st.integers(1994, 2040).map(str),
    st.integers(1, 32).map("S-{}".format),
    st.integers(1, 11).map("ES-{}".format),
)
MODIFIER = st.builds("/{}.{}".format, st.sampled_from(["Add", "Corr", "Rev", "Amend"]), st.integers(1, 30))
LETTER = st.sampled_from(["", " A", " B", " I", " V", " A-C"])
PAPER = st.builds(
    "{}{}/{}/{}{}".format,
    st.sampled_from(["A", "E", "ST", "UNEP", "ISBA", "FCCC"]),
    st.sampled_from(["", "/C.2", "/AC.109", "/CN.4/Sub.2", "/HRC", "/CP", "/INF"]),
    PERIOD,
    st.one_of(INTEGER, INTEGER.map("L.{}".format), INTEGER.map("PV.{}".format)),
    st.sampled_from(["", "(PartI)", "(Vol.II)", "(Sect.29G)", "(PartsIandII)"]),
)
RESOLUTION = st.one_of(
    st.builds("A/RES/{}/{}{}".format, PERIOD, INTEGER, LETTER),
    st.builds("A/RES/{}({}){}".format, INTEGER, st.sampled_from(["I", "XXI", "S-IV", "ES-V"]), LETTER),
    st.builds("S/RES/{}({})".format, INTEGER, st.integers(1946, 2040)),
    st.builds("UNEP/EA.{}/Res.{}".format, st.integers(1, 9), INTEGER),
)
SINGLE = st.builds("{}{}".format, st.one_of(PAPER, RESOLUTION), st.lists(MODIFIER, max_size=2).map("".join))
ANY = st.lists(SINGLE, min_size=1, max_size=3, unique=True).map("-".join)


@given(ANY)
def test_every_symbol_of_the_grammar_turns_back(text: str) -> None:
    symbol = parse(text)
    assert str(symbol) == text
    assert symbol.repairs == ()
    hold(symbol)


PIECES = """A S E RES/ / . - ( ) 72 7 1325 (2000) XXI PartI Add.1 et L. l C AC COP GC ICCD HRC S-"""
TEXT = st.one_of(
    st.text(),
    st.text("ASECRNTUDGlIVX/.-() 0123456789_abr", max_size=30),
    st.lists(st.sampled_from(PIECES.split()), max_size=10).map("".join),
    st.lists(st.sampled_from(PIECES.split()), max_size=10).map("/".join),
    ANY.flatmap(st.permutations).map("".join),
)


@given(TEXT)
@settings(max_examples=1000, deadline=None)
def test_whatever_is_read_turns_back(text: str) -> None:
    """Any text is a symbol that stands the round trips, or is refused; nothing else happens."""
    for one in find(text):
        hold(one.symbol)
    try:
        symbol = parse(text)
    except SymbolError:
        return
    hold(symbol)
    for member in symbol.expand()[:3]:
        hold(member)


def test_roman_figures_are_read_back_as_they_were_printed() -> None:
    """Up to the largest number that they can write; what they cannot write stays in Arabic figures."""
    assert [arabic(roman(number)) for number in range(1, 4000)] == list(range(1, 4000))
    assert [roman(number) for number in (0, 4000)] == ["0", "4000"]


@pytest.mark.timed
@pytest.mark.parametrize("unit", TABLE["hostile"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    """A hundred thousand characters made to mislead the patterns take a few seconds at most."""
    text = (unit * 100_000)[:100_000]
    begun = time.process_time()
    for _ in find(text):
        pass
    for _ in RESOLUTION_NUMBER.finditer(text):
        pass
    with pytest.raises(SymbolError):
        parse(text)
    assert time.process_time() - begun < 8


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real texts is not beside the project")
def test_every_symbol_that_real_resolutions_link_is_read() -> None:
    for path in sorted(CORPUS.glob("fr/*.json")):
        for cited in json.loads(path.read_text(encoding="utf-8")).get("cites", ()):
            hold(parse(cited))
