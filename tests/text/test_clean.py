"""Repair takes away what extraction put in, and nothing that a writer wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandata.errors import MandataError
from mandata.package_data import read_yaml
from mandata.text.clean import NOTE_CALL, CleanText, clean, note_number
from mandata.text.source import decode

TABLE: list[dict[str, str]] = read_yaml(Path(__file__).parents[1] / "tables" / "clean.yaml")


def cleaned(raw: str) -> CleanText:
    return clean(decode(raw.encode(), "a text"))


def rendered(text: CleanText) -> str:
    """Show lines with their note calls as {1}."""
    lines = "\n".join(line.text.chars for line in text.lines)
    return NOTE_CALL.sub(lambda m: "{" + note_number(m[0]) + "}", lines)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: str(case["remark"]))
def test_what_extraction_left_is_mended(case: dict[str, str]) -> None:
    assert rendered(cleaned(case["raw"])) == case["clean"]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: str(case["remark"]))
def test_repair_of_a_repaired_text_changes_nothing(case: dict[str, str]) -> None:
    once = "\n".join(NOTE_CALL.sub("", line.text.chars) for line in cleaned(case["raw"]).lines)
    assert "\n".join(line.text.chars for line in cleaned(once).lines) == once


@pytest.mark.parametrize("case", TABLE, ids=lambda case: str(case["remark"]))
def test_each_letter_keeps_its_place(case: dict[str, str]) -> None:
    raw = case["raw"]
    for line in cleaned(raw).lines:
        for char, start, end in zip(line.text.chars, line.text.starts, line.text.ends, strict=True):
            assert char == raw[start:end] or not char.isalnum() or end - start > 1, (char, raw[start:end])


@given(st.text(alphabet="ab é'’-*^{}[]()<>sup/12¹²#\n\t\r \u0301\u00ad\u200b\u00a0", max_size=80))
def test_no_text_is_too_odd(raw: str) -> None:
    """Any characters come out as lines without white space at their ends, within the file."""
    if not raw.strip():
        return
    for line in cleaned(raw).lines:
        assert line.text.chars
        assert line.text.chars == line.text.chars.strip()
        left, right = line.text.span
        assert 0 <= left < right <= len(raw)


def test_a_word_rejoined_is_reported_with_its_place() -> None:
    raw = "la diplomatie préventi ve\nla diplomatie préventive"
    (issue,) = cleaned(raw).issues
    assert issue.code == "word-rejoined"
    assert raw[slice(issue.start, issue.end)] == "préventi ve"


def test_lines_keep_their_indent_and_lose_the_signs_of_headings_and_rules() -> None:
    lines = cleaned("# Titre\nsuite\n\n  retrait\n---\nfin").lines
    assert [(x.text.chars, x.indent) for x in lines] == [("Titre", 0), ("suite", 0), ("retrait", 2), ("fin", 0)]


def test_what_was_emphasised_is_remembered_by_its_place() -> None:
    raw = "*Notant  avec*\nsatisfaction **vive**"
    assert [raw[a:b] for a, b in cleaned(raw).emphases] == ["Notant  avec", "vive"]


def test_a_text_that_is_not_unicode_is_read_and_reported() -> None:
    text = decode("Assemblée générale".encode("cp1252"), "a text")
    assert text.raw == "Assemblée générale"
    assert [issue.code for issue in text.issues] == ["encoding"]


@pytest.mark.parametrize(("data", "code"), [(b"", "empty-file"), (b" \n", "empty-file"), (b"\0\1\2\3", "binary-file")])
def test_what_is_no_text_is_refused_in_a_line(data: bytes, code: str) -> None:
    with pytest.raises(MandataError) as caught:
        decode(data, "a file")
    assert caught.value.code == code
    assert "\n" not in str(caught.value)
