"""What an index answers: the best first, the same each time, whatever is typed."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.kb import layout
from mandata.query.search.entries import FACETS
from mandata.query.search.find import SearchIndex, SearchRequest
from mandata.query.search.index import write_index
from mandata.query.search.typed_query import MAX_WORDS, fts_query, phrases
from mandata.rdf.namespaces import ID

FOUND = [
    ("90/4", ["A_90_4 symbol", "A_RES_90_4 symbol"]),
    ("wells", ["centre-WELLS name", "A_90_4 name", "A_RES_90_4 name", "A_RES_90_4.op2 text"]),
    ("puits", ["A_RES_90_4 name", "A_RES_90_4.op1 text"]),
    ("ETE", ["A_RES_90_4.op1 text"]),
    ("l'été", ["A_RES_90_4.op1 text"]),
    ("encour", ["encourages name", "A_RES_90_4.op1 text"]),
    ("encour ", []),
    ('"deeper wells"', ["A_RES_90_4.op1 text"]),
    ('"wells deeper"', []),
    ("wells deeper", ["A_RES_90_4.op1 text"]),
    ("مركز", ["A_RES_90_4.op1 text"]),
    ("للآبار", ["A_RES_90_4.op1 text"]),
    ("колодцы елки", ["A_RES_90_4.op1 text"]),
    ("深的井", ["A_RES_90_4.op1 text"]),
    ("井深", []),
    ("eau", ["topic-water name"]),
    ("nothing of this kind", []),
]


def shown(index: SearchIndex, search: SearchRequest) -> list[str]:
    matches = index.find(search).matches
    return [f"{match.iri.removeprefix(ID).rpartition('/')[2]} {match.matched}".strip() for match in matches]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_words_find_things_the_best_first(text: str, expected: list[str], index: SearchIndex) -> None:
    assert shown(index, SearchRequest(text, limit=4)) == expected


def test_of_equals_the_first_in_natural_order_comes_first(index: SearchIndex) -> None:
    assert shown(index, SearchRequest("takes note")) == ["A_RES_90_4.op2 text", "A_RES_90_4.op10 text"]


NARROWED = [
    ({"operator": ["encourages"]}, ["A_RES_90_4", "A_RES_90_4.op1"]),
    ({"operator": ["https://w3id.org/mandata/scheme/operators/encourages"]}, ["A_RES_90_4", "A_RES_90_4.op1"]),
    ({"force": ["invites-encourages"], "year": ["2035"]}, ["A_RES_90_4", "A_RES_90_4.op1"]),
    ({"topic": ["topic-water"]}, ["A_RES_90_4", "A_RES_90_4.op1"]),
    ({"addressee": ["centre-wells"]}, ["A_RES_90_4", "A_RES_90_4.op1"]),
    ({"organ": ["E"]}, ["E_RES_1325_L"]),
    ({"organ": ["E", "S"], "kind": ["Resolution"]}, ["E_RES_1325_L", "S_RES_1325_2000"]),
    ({"year": ["2000"]}, ["S_RES_1325_2000"]),
    ({"kind": ["Centre"]}, ["centre-WELLS"]),
]


@pytest.mark.parametrize(("facets", "expected"), NARROWED)
def test_facets_narrow(facets: dict[str, list[str]], expected: list[str], index: SearchIndex) -> None:
    assert shown(index, SearchRequest(facets=facets)) == expected


@pytest.mark.parametrize(("sort", "number"), [("documents", 2), ("things", 1), ("paragraphs", 3), ("", 6)])
def test_one_sort_is_found_where_it_is_asked_for(sort: str, number: int, index: SearchIndex) -> None:
    assert index.find(SearchRequest("wells", sort=sort)).total == number


def test_facets_count_what_narrowing_by_them_finds(index: SearchIndex) -> None:
    for text in ("", "wells", "90/4"):
        counted = index.find(SearchRequest(text)).facets
        assert set(counted) == set(FACETS)
        for facet, values in counted.items():
            for value in values:
                assert index.find(SearchRequest(text, {facet: [value.name]})).total == value.count


def test_pages_make_the_whole(index: SearchIndex) -> None:
    whole = shown(index, SearchRequest("wells", limit=100))
    paged = [one for offset in range(0, 12, 2) for one in shown(index, SearchRequest("wells", limit=2, offset=offset))]
    assert paged == whole and len(whole) == 6


@pytest.mark.parametrize(
    ("invalid", "code"),
    [
        (SearchRequest(facets={"colour": ["red"]}), "unknown-facet"),
        (SearchRequest(facets={"organ": ["Z"]}), "unknown-value"),
        (SearchRequest(sort="all"), "unknown-sort"),
    ],
)
def test_what_is_unknown_is_reported(invalid: SearchRequest, code: str, index: SearchIndex) -> None:
    with pytest.raises(MandataError) as caught:
        index.find(invalid)
    assert caught.value.code == code and caught.value.mend


@pytest.mark.parametrize(("text", "language"), [("centre", "fr"), ("centre", "en"), ("حفر", "ar"), ("更深", "zh")])
def test_a_snippet_shows_the_words_in_their_language(text: str, language: str, index: SearchIndex) -> None:
    match = index.find(SearchRequest(text, {"kind": ["Paragraph"]}, language=language)).matches[0]
    assert match.snippet is not None and match.snippet.language == language
    ((start, end),) = match.snippet.highlights
    assert match.snippet.text[start:end].casefold() == text


HOSTILE = [
    '"' * 65_536,
    "'" * 65_536,
    "NEAR(a b, 3) AND OR NOT",
    'symbol : "a" * ^ + - {text}',
    "a* OR *",
    "{symbol name} : a",
    "\x00",
    "a\x00b; DROP TABLE entry; --",
    "\ud800 wells",
    "%s %d {0}",
    "(" * 1000,
    "a " * 100_000,
    "1 " * 40,
    "/" * 10_000,
    "٩٠/٤",
    "\u202e\u200f",
    "A/RES/" + "9" * 5000,
    "".join(map(chr, range(1, 2000))),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_is_a_fault(text: str, index: SearchIndex) -> None:
    found = index.find(SearchRequest(text))
    assert found.total >= len(found.matches)
    assert index.documents_named(text) is not None


def test_random_signs_are_no_fault(index: SearchIndex) -> None:
    signs = random.Random(6)
    for _ in range(2000):
        length = signs.randrange(1, 40)
        index.find(SearchRequest("".join(signs.choice('aA1/" *-:^(){}+NEAROT\x00é井م\n') for _ in range(length))))


def test_what_is_left_out_is_told() -> None:
    found, cut = phrases(" ".join(f"w{number}" for number in range(MAX_WORDS + 1)))
    assert cut and len(found) == MAX_WORDS and not found[-1].is_prefix
    assert not phrases("a few words")[1]


def test_words_are_quoted_for_the_index() -> None:
    assert fts_query(phrases('NOT "a OR b" c*d ef')[0]) == '"not" AND "a or b" AND "c d" AND "ef" *'


def test_the_same_statements_make_the_same_bytes(statements: list[ox.Quad], tmp_path: Path) -> None:
    sums = set()
    for seed in range(3):
        mixed = [*statements, *statements[:5]]
        random.Random(seed).shuffle(mixed)
        write_index(tmp_path / layout.SEARCH, mixed)
        sums.add(hashlib.sha256((tmp_path / layout.SEARCH).read_bytes()).hexdigest())
    assert len(sums) == 1


def test_an_index_that_is_not_there_or_of_another_form_says_so(index: SearchIndex, tmp_path: Path) -> None:
    with pytest.raises(MandataError, match="no-index"):
        SearchIndex(tmp_path)
    sqlite3.connect(tmp_path / layout.SEARCH).executescript("CREATE TABLE a (b); PRAGMA user_version = 99").close()
    with pytest.raises(MandataError, match="another version"):
        SearchIndex(tmp_path)


def test_the_knowledge_base_of_the_five_texts_is_found_in(kb: Path) -> None:
    index = SearchIndex(kb)
    assert shown(index, SearchRequest("résolution 72/7")) == ["A_RES_72_7 symbol"]
    assert "A_RES_72_7.pp2 text" in shown(index, SearchRequest("échange de lettres"))
    assert shown(index, SearchRequest("المركز"))[0] == "centre-UNRCCA name"
