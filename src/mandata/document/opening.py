"""Where the body of a text begins, and the kind of document that its heading states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mandata.lexicon.lexicon import Lexicon
from mandata.text.clean import CleanLine

HEADED_KINDS = ("draft", "statement", "letter", "note", "report")
"""The kinds that a heading may state; the lexicon rules for them are named ``draft-start`` and so on."""

_FULL_STOPS = (".", "!", "?", "。", "！", "？", "؟")
_MAX_HEADING_WITH_STOP = 40  # "75/12. Peace." is one; what is longer and ends with a full stop is a paragraph


@dataclass(frozen=True, slots=True)
class Opening:
    """The index of the line with which the body begins; ``kind`` is None if the heading does not state it."""

    start: int
    kind: str | None = None


def find_opening(lines: Sequence[CleanLine], lexicon: Lexicon) -> Opening:
    """Return where the body begins: at the heading of the document, not at the title of an agenda item.

    Agenda items have titles such as "Letter dated 28 February 2014 from ...", "Report of the Security Council"; they
    precede the heading proper, so the last heading of the masthead counts; the adoption line of a resolution ends it.

    Args:
        lines: the lines of the text.
        lexicon: their language.
    """
    top = list(_lines_above_body(lines, lexicon))
    headings = [(number, kind) for number in top if (kind := kind_from_heading(lines[number].text.folded, lexicon))]
    headed = {number for number, _ in headings}
    others = (n for n in top if n not in headed and lexicon.search("body-start", lines[n].text.folded))
    resolution = next(others, None)
    adopted = any(lexicon.search("adoption", lines[n].text.folded) for n in top)
    if not adopted and (draft := next((n for n, kind in reversed(headings) if kind == "draft"), None)) is not None:
        return Opening(_first_of_list(lines, draft), "draft")
    if resolution is not None:
        return Opening(resolution)
    if headings:
        return Opening(*headings[-1])
    return Opening(next((n for n, line in enumerate(lines) if _may_start_body(line, lexicon)), 0))


def kind_from_heading(words: str, lexicon: Lexicon) -> str | None:
    """Return the kind of document that begins with a line of folded words; None if the words do not state one.

    Args:
        words: the folded line.
        lexicon: its language.
    """
    return next((kind for kind in HEADED_KINDS if lexicon.search(f"{kind}-start", words)), None)


def _may_start_body(line: CleanLine, lexicon: Lexicon) -> bool:
    words = line.text.folded
    return bool(lexicon.search("body-start", words) or kind_from_heading(words, lexicon))


def _lines_above_body(lines: Sequence[CleanLine], lexicon: Lexicon) -> Iterator[int]:
    """Yield the lines down to the first paragraph (opened by a number or a sentence), which no heading follows."""
    headed = False
    for number, line in enumerate(lines):
        words = line.text.folded
        if any(lexicon.search(rule, words) for rule in ("numbered", "annex-heading")):
            return
        yield number
        headed = headed or kind_from_heading(words, lexicon) is not None
        is_paragraph = headed and words.endswith(_FULL_STOPS) and len(words) > _MAX_HEADING_WITH_STOP
        if is_paragraph or lexicon.search("enacting-formula", words):
            return


def _first_of_list(lines: Sequence[CleanLine], number: int) -> int:
    """Return the first line of a list of sponsors that ends in line ``number``: lines before it end with a comma."""
    while number and lines[number - 1].text.folded.endswith((",", "，", "،", "、")):
        number -= 1
    return number
