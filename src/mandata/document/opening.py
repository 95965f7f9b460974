"""Where the body of a text begins, and what kind of document its heading says that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mandata.lexicon.lexicon import Lexicon
from mandata.text.clean import CleanLine

HEADED = ("draft", "statement", "letter", "note", "report")
"""The kinds that a heading tells; the rules of the lexicons for it are named ``draft-start`` and so on."""

_FULL_STOPS = (".", "!", "?", "。", "！", "？", "؟")
_LONGEST_HEADING_WITH_A_STOP = 40  # "75/12. Peace." is one; what is longer and ends with a full stop is a paragraph


@dataclass(frozen=True, slots=True)
class Opening:
    """The number of the line with which the body begins; ``kind`` is None where the body itself must tell it."""

    start: int
    kind: str | None = None


def find_opening(lines: Sequence[CleanLine], lexicon: Lexicon) -> Opening:
    """Return where the body begins: at the heading of the document, which no title of an agenda item is taken for.

    Agenda items bear titles such as "Letter dated 28 February 2014 from ...", "Report of the Security Council"; they
    stand above the heading proper, so the last heading of the masthead counts, and the line of a resolution ends it.
    """
    top = list(_top(lines, lexicon))
    told = [(number, kind) for number in top if (kind := kind_told(lines[number].text.folded, lexicon))]
    headed = {number for number, _ in told}
    others = (n for n in top if n not in headed and lexicon.search("body-start", lines[n].text.folded))
    resolution = next(others, None)
    adopted = any(lexicon.search("adoption", lines[n].text.folded) for n in top)
    if not adopted and (draft := next((n for n, kind in reversed(told) if kind == "draft"), None)) is not None:
        return Opening(_first_of_list(lines, draft), "draft")
    if resolution is not None:
        return Opening(resolution)
    if told:
        return Opening(*told[-1])
    return Opening(next((n for n, line in enumerate(lines) if _starts_anything(line, lexicon)), 0))


def kind_told(words: str, lexicon: Lexicon) -> str | None:
    """Return which kind of document begins with a line of folded words; None where the words tell none."""
    return next((kind for kind in HEADED if lexicon.search(f"{kind}-start", words)), None)


def _starts_anything(line: CleanLine, lexicon: Lexicon) -> bool:
    words = line.text.folded
    return bool(lexicon.search("body-start", words) or kind_told(words, lexicon))


def _top(lines: Sequence[CleanLine], lexicon: Lexicon) -> Iterator[int]:
    """Yield the lines down to the first paragraph, behind which no heading stands: a number or a sentence opens it."""
    headed = False
    for number, line in enumerate(lines):
        words = line.text.folded
        if any(lexicon.search(rule, words) for rule in ("numbered", "annex-heading")):
            return
        yield number
        headed = headed or kind_told(words, lexicon) is not None
        ended = headed and words.endswith(_FULL_STOPS) and len(words) > _LONGEST_HEADING_WITH_A_STOP
        if ended or lexicon.search("enacting-formula", words):
            return


def _first_of_list(lines: Sequence[CleanLine], number: int) -> int:
    """Return the line where the list of sponsors begins that ends in a line: each line before it ends with a comma."""
    while number and lines[number - 1].text.folded.endswith((",", "，", "،", "、")):
        number -= 1
    return number
