"""HTML keeps its words, and shows what a browser shows: list numbers, notes, emphases."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandata.text.clean import NOTE_CALL, clean, note_number
from mandata.text.detect import is_html
from mandata.text.html.reader import read_html
from mandata.text.source import SourceText, decode

CASES = [  # mark-up, the lines that a reader sees, calls as {1}
    ("<p>Un <b>mot</b></p>deux", ["Un mot", "deux"]),
    ("<p>R&D, &eacute;t&#233;, &#xE9;, AT&amp;T &nosuch;", ["R&D, été, é, AT&T &nosuch;"]),
    ("<p>Une\n  ligne<br>puis une autre", ["Une ligne", "puis une autre"]),
    ("<ol><li>Encourage;<li value=5>Prie</ol>", ["1. Encourage;", "5. Prie"]),
    ("<ol start=3><li><p>Encourage</p><p>suite</p></li></ol>", ["3. Encourage", "suite"]),
    ("<ol><li>1. Encourage<li>2. Prie</ol>", ["1. Encourage", "2. Prie"]),
    ("<ol type=a><li>De faire<li>D'aller</ol>", ["a) De faire", "b) D'aller"]),
    ('<ol style="list-style-type: lower-roman"><li>De faire</ol>', ["i) De faire"]),
    ('<ul><li>Suivre<li>- Aller</ul><ul style="list-style:none"><li>Rien</ul>', ["• Suivre", "- Aller", "Rien"]),
    ("<table><tr><td>1.<td>Encourage<tr><td>a)<td>Prie</table>", ["1. Encourage", "a) Prie"]),
    ("<p>La 55<sup>e</sup> séance<sup>2</sup>,", ["La 55e séance{2},"]),
    ('<p>Paix<a id=r href="#n">[3]</a><p id=n><a href="#r">[3]</a> Voir', ["Paix{3}", "{3} Voir"]),
    ('<p>Paix<sup><a href="#n">1</a></sup><ol><li id=n>Ibid.</ol>', ["Paix{1}", "{1} Ibid."]),
    ('<p>Voir <a href="#p">3</a><p id=p>Trois', ["Voir 3", "Trois"]),
    ("<p>Paix<ins> sûre</ins><del> ancienne</del>", ["Paix sûre"]),
    ("<p>Paix<script>p('<p>')</script><style>p{}</style><!-- <p>rien --><nav>Menu</nav>", ["Paix"]),
    ('<p>Paix<span style="display:none">rien</span><b hidden>rien</b>', ["Paix"]),
    ("<pre>un\n deux</pre>", ["un", "deux"]),
    ("<div><p>Paix<div>durable", ["Paix", "durable"]),
    ("<p>Paix *et* [joie](x) ^{2} # non", ["Paix *et* [joie](x) ^{2} # non"]),
]


def rendered(raw: str) -> list[str]:
    formatted, _ = read_html(raw)
    lines = clean(SourceText("x", "0" * 64, raw, (), formatted)).lines
    return [NOTE_CALL.sub(lambda m: "{" + note_number(m[0]) + "}", line.text.chars) for line in lines]


@pytest.mark.parametrize(("raw", "lines"), CASES, ids=[raw[:40] for raw, _ in CASES])
def test_a_page_shows_its_lines(raw: str, lines: list[str]) -> None:
    assert rendered(raw) == lines


def test_emphases_are_places_in_the_file() -> None:
    raw = '<p><i>Rappelant <b>&eacute;galement</b></i> cela, <span style="font-style:italic">et</span></p>'
    formatted, _ = read_html(raw)
    assert [raw[start:end] for start, end in formatted.emphases] == ["Rappelant <b>&eacute;galement", "et"]


def test_a_heading_is_a_line() -> None:
    text = clean(decode("<h2>I. Généralités</h2><p>Un</p>".encode(), "x"))
    assert [line.text.chars for line in text.lines] == ["I. Généralités", "Un"]


def test_words_deleted_and_a_file_cut_short_are_reported() -> None:
    assert [issue.code for issue in decode(b"<p>Paix<del>x</del> <a href='", "x").issues] == [
        "tracked-deletion",
        "cut-short",
    ]


@pytest.mark.parametrize(
    ("raw", "is_one"),
    [
        ("<!DOCTYPE html><p>", True), ("\ufeff\n<?xml version='1.0'?><!-- a -- b --><HTML lang=fr>", True),
        ("<p>Paix", True), ("<table>", True), ("<sup>1</sup> Voir", False), ("Paix <p>", False), ("<param", False),
        ("<akomaNtoso><body><p>", False), ("", False), ("# Paix\n<div>", False),
    ],
)  # fmt: skip
def test_html_is_told_by_what_stands_in_it(raw: str, is_one: bool) -> None:
    assert is_html(raw) == is_one


def test_the_encoding_is_the_declared_one_where_the_file_is_no_utf_8() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Мир'
    assert decode(page.encode("cp1251"), "x").raw == page
    assert decode(page.encode("utf-8"), "x").raw == page
    assert decode(("<p>Paix é").encode("utf-16"), "x").raw.endswith("Paix é")


ODD = "<p><li><sup>1</sup><a href='#n' id=n>[1]</a><ol><td>&eacute; é\n<!--<b></b><br>\"=/"


@given(st.lists(st.sampled_from([*ODD, "<p>", "<li>", "<a href='#n'>", "</a>", "<sup>", "</sup>", "1"]), max_size=60))
def test_no_page_is_too_odd(parts: list[str]) -> None:
    """Any mark-up gives characters within the file, in the order of the file."""
    raw = "<p>" + "".join(parts)
    text = read_html(raw)[0].text
    assert len(text.chars) == len(text.starts) == len(text.ends)
    assert all(0 <= start <= end <= len(raw) for start, end in zip(text.starts, text.ends, strict=True))
    assert all(left <= right for left, right in pairwise(text.starts))


TOWERS = ["<!--", "<a href='", "<b>", "<b><li>", "&", "<p>", "</p>", "<script>", "<x y=1 ", "<ol><li>", "<td>",
          "<sup>1", "<a href=#x>1", "<em>a<br>", "<p \t", "<del>", "<li id=x>"]  # fmt: skip


@pytest.mark.timed
@pytest.mark.parametrize("tower", TOWERS)
def test_time_grows_no_faster_than_the_page(tower: str) -> None:
    def seconds(size: int) -> float:
        raw = "<p>" + tower * (size // len(tower))
        begin = time.process_time()
        read_html(raw)
        return time.process_time() - begin

    def least(size: int) -> float:
        return min(seconds(size) for _ in range(3))  # other tests run beside this one

    assert least(200_000) < 10**1.2 * max(least(20_000), 0.01)
