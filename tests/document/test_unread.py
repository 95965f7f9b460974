"""What is read into no value is reported, with its place, and nothing else is."""

from __future__ import annotations

import pytest

from mandata.errors import Issue
from mandata.reading import read
from mandata.text.source import decode

HEAD = "United Nations\n\nA/RES/99/1\n\nGeneral Assembly\n\nDistr.: General\n\n3 March 2045\n\nNinety-ninth session\n\n"
BODY = "99/1. Apples\n\nThe General Assembly,\n\n*Aware* of the apples,\n\n1. *Decides* to plant them.\n"
STRAY = "Kept in the cellar"


def find_unread_lines(text: str) -> list[Issue]:
    document = read(decode(text.encode(), "x.txt")).document
    assert document.kind == "resolution"
    return [issue for issue in document.issues if issue.code == "unread-text"]


def test_of_a_text_that_is_read_nothing_is_reported() -> None:
    assert find_unread_lines(HEAD + BODY) == []


@pytest.mark.parametrize("at", [text + "\n\n" for text in ("United Nations", "A/RES/99/1", "General Assembly")])
def test_a_line_from_which_nothing_is_read_is_told_where_it_stands(at: str) -> None:
    text = (HEAD + BODY).replace(at, f"{at}{STRAY}\n\n")
    (issue,) = find_unread_lines(text)
    assert text[issue.start : issue.end] == STRAY
    assert STRAY in issue.message


def test_lines_side_by_side_are_told_once() -> None:
    text = HEAD.replace("General Assembly\n\n", f"General Assembly\n\n{STRAY}\n\n{STRAY} too\n\n") + BODY
    (issue,) = find_unread_lines(text)
    assert text[issue.start : issue.end] == f"{STRAY}\n\n{STRAY} too"


def test_long_words_are_quoted_in_part() -> None:
    (issue,) = find_unread_lines(
        HEAD.replace("General Assembly\n\n", f"General Assembly\n\n{STRAY} {'x' * 500}\n\n") + BODY
    )
    assert len(issue.message) < 100


@pytest.mark.parametrize("furniture", ["2/5", "45-12345 (E)", "*4512345*", "A/RES/99/1"])
def test_what_each_page_repeats_is_no_loss(furniture: str) -> None:
    assert find_unread_lines((HEAD + BODY).replace("1. *Decides*", f"{furniture}\n\n1. *Decides*")) == []
