"""An answer is cut behind a row, wherever the blocks of bytes part and whatever stands in the strings."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandata.server.row_boundaries import (
    JsonRowBoundaries,
    LineRowBoundaries,
    RowBoundaries,
    RowLimiter,
    TabRowBoundaries,
    XmlRowBoundaries,
    without_formulas,
)

BOUNDARIES: list[tuple[type[RowBoundaries], ox.QueryResultsFormat]] = [
    (JsonRowBoundaries, ox.QueryResultsFormat.JSON),
    (XmlRowBoundaries, ox.QueryResultsFormat.XML),
    (LineRowBoundaries, ox.QueryResultsFormat.CSV),
    (TabRowBoundaries, ox.QueryResultsFormat.TSV),
]
HARD = ["},{", '"},{"', "\\", '\\"},{\\', "a\nb", "\r\n", "</result><result>", ",", '""', "}}", "é\u2028", ""]


def answer(texts: list[str], form: ox.QueryResultsFormat) -> bytes:
    values = " ".join(f"({ox.Literal(text)} {'UNDEF' if number % 3 else 1})" for number, text in enumerate(texts))
    found = ox.Store().query(f"SELECT ?text ?b {{ VALUES (?text ?b) {{ {values} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=form) or b""


def cut(whole: bytes, boundaries: RowBoundaries, most: int, size: int) -> tuple[bytes, bool]:
    limiter, out = RowLimiter(boundaries, most), []
    for start in range(0, len(whole), size):
        if not limiter.is_full:
            out.append(limiter.feed(whole[start : start + size]))
    return b"".join([*out, limiter.rest()]), limiter.is_full


def texts_of(body: bytes, form: ox.QueryResultsFormat) -> list[str]:
    if form == ox.QueryResultsFormat.JSON:
        return [row["text"]["value"] for row in json.loads(body)["results"]["bindings"]]
    if form == ox.QueryResultsFormat.CSV:
        return [row[0] for row in csv.reader(io.StringIO(body.decode(), newline=""))][1:]
    read = ox.parse_query_results(body, format=form)
    assert isinstance(read, ox.QuerySolutions)
    return [row["text"].value for row in read]


@given(st.lists(st.sampled_from(HARD) | st.text(), max_size=9), st.integers(1, 9), st.integers(1, 60))
@pytest.mark.parametrize(("boundaries", "form"), BOUNDARIES)
def test_an_answer_has_the_first_rows_and_is_well_formed(
    boundaries: type[RowBoundaries], form: ox.QueryResultsFormat, texts: list[str], most: int, size: int
) -> None:
    texts = [text.replace("\x00", "").replace("\ufffe", "").replace("\uffff", "") for text in texts]
    if form == ox.QueryResultsFormat.XML:
        texts = ["".join(sign for sign in text if sign.isprintable()) for text in texts]
    whole = answer(texts, form)
    body, full = cut(whole, boundaries(), most, size)
    assert full == (len(texts) > most)
    assert texts_of(body, form) == texts_of(whole, form)[:most]
    if not full:
        assert body == whole


@pytest.mark.parametrize(("boundaries", "form"), BOUNDARIES[:2])
def test_a_cut_answer_says_so_where_its_format_has_room(
    boundaries: type[RowBoundaries], form: ox.QueryResultsFormat
) -> None:
    body, _ = cut(answer(["a", "b", "c"], form), boundaries(), 2, 1000)
    assert b"truncated: the answer has more than 2 rows" in body


@pytest.mark.parametrize(
    ("field", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("-x", "'-x"),
        ('"=a,b"', '"\'=a,b"'),
        ("-1", "-1"),
        ("+1.5e-3", "+1.5e-3"),
        ("a=b", "a=b"),
        ('"a,=b"', '"a,=b"'),
        ('"a\n=b"', '"a\n=b"'),
        ('"a"",=b"', '"a"",=b"'),
        ("", ""),
    ],
)
def test_no_field_is_a_formula(field: str, safe: str) -> None:
    table = f"x,y\r\n{field},z\r\n{field}\r\n"
    assert without_formulas(table.encode()).decode() == table.replace(field, safe) if field else table
