"""From lines to blocks: paragraphs that lines, page breaks and notes cut are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mandata.document.model import ANNEX_KINDS
from mandata.document.opening import HEADED_KINDS, find_opening
from mandata.lexicon.lexicon import Lexicon
from mandata.text.clean import CALL_SIGNS, NOTE_CALL, STRAY_SPACE, CleanLine, CleanText, note_number
from mandata.text.mapped import MappedText, join
from mandata.un import symbol

_WRAPPED_WIDTH = 130  # extraction wraps lines at about 80 to 100 characters; longer ones are whole paragraphs
_LONG = 60  # a heading is shorter, a paragraph cut by a page break is longer
_ALWAYS = ("signature", "annex-heading", "original-language")
_AFTER_A_SENTENCE = ("office-line", "place-and-date", "numbered", "bulleted", "lettered", "plenary-meeting")
FURNITURE = re.compile(
    r"^(?:(?:\d{1,3}/\d{1,3} ?|\d{1,3} )?(?:[A-Z]{1,3}\.)?\d{2}-\d{5}(?: ?\([A-Z]\))?(?: +\d{6}){0,3}"
    r"(?: ?\d{1,3}/\d{1,3}| \d{1,3})?|\d{1,3}/\d{1,3}|\*?\d{7}\*?)$"
)
"""What pages repeat in any language: "2/3 23-25985", "2 01-55743", "GE.18-05401(E)", the number of the bar code."""
_PAGE = re.compile(r"^\d{1,3}$")
_HEADINGS = ("title", "annex-heading", "adoption", "drafts", "letter-heading", *ANNEX_KINDS)
_PAPERS = tuple(f"{kind}-start" for kind in HEADED_KINDS)
_ITEM = ("numbered", "bulleted", "lettered")
_STRUCTURAL = ("plenary-meeting", "office-line", "place-and-date")
_INDENTED_ITEMS = ("bulleted", "lettered")
_HYPHEN_AT_END = re.compile(r"[^\W\d_]-\Z")
_UNRAISED_NOTE = re.compile(r"^(?P<number>\d{1,3}) (?=[^\W\d_]|[«“\[]|(?:19|20)\d\d )")
_LOWERED_CALL = re.compile(r"(?<=[,;:.])\d{1,3}$")  # "the 2030 Agenda for Sustainable Development,1"


@dataclass(frozen=True, slots=True)
class Blocks:
    """The lines above the body, the blocks of the body, and the notes with their numbers, all in text order."""

    head: tuple[CleanLine, ...]
    body: tuple[MappedText, ...]
    notes: tuple[tuple[str, MappedText], ...]


def assemble(clean: CleanText, lexicon: Lexicon, start: int | None = None) -> Blocks:
    """Return the blocks of a text, without page furniture, with notes separated and cut paragraphs rejoined.

    Args:
        clean: the repaired text.
        lexicon: its language.
        start: the line with which the body begins; by default it is found from the heading.
    """
    lines = clean.lines
    start = find_opening(lines, lexicon).start if start is None else start
    body = _without_furniture(lines[start:])
    blocks, notes = _without_notes(_blocks(body, lexicon, _is_wrapped(lines, lexicon)))
    return Blocks(lines[:start], tuple(_rejoin_cut(blocks, lexicon)), tuple(notes))


def _without_furniture(lines: Sequence[CleanLine]) -> list[CleanLine]:
    """Return the lines without page furniture; a number alone is a page number if it is next to other furniture."""
    repeated = [is_furniture(line) for line in lines]
    is_beside = [a or b for a, b in zip([False, *repeated], [*repeated[1:], False], strict=False)]
    return [
        line
        for line, is_repeated, is_near in zip(lines, repeated, is_beside, strict=True)
        if not is_repeated and not (is_near and is_page(line))
    ]


def is_page(line: CleanLine) -> bool:
    """Return whether a line may be a page number: it is only a number."""
    return bool(_PAGE.match(line.text.chars))


def _is_wrapped(lines: Sequence[CleanLine], lexicon: Lexicon) -> bool:
    """Return whether paragraphs are wrapped into lines and begin with an indent, as extraction leaves them.

    The indent of list items ("    - To teach ...", as in Markdown) does not count.
    """
    narrow = max((len(line.text.chars) for line in lines), default=0) <= _WRAPPED_WIDTH
    indented = (line.text.folded for line in lines if line.indent) if narrow else ()
    return any(not any(lexicon.search(rule, words) for rule in _INDENTED_ITEMS) for words in indented)


def is_furniture(line: CleanLine) -> bool:
    """Return whether a line is page furniture, which each page repeats: page number, job number, symbol."""
    words = line.text.folded
    return bool(FURNITURE.match(words)) or ("/" in words and symbol.is_normal(words))


def _blocks(lines: Iterable[CleanLine], lexicon: Lexicon, wrapped: bool) -> list[MappedText]:
    groups: list[list[MappedText]] = []
    for line in lines:
        if not groups or not wrapped or _starts_block(line, groups[-1][-1].folded, lexicon):
            groups.append([line.text])
        else:
            groups[-1].append(line.text)
    return [_join_lines(group, lexicon) for group in groups]


def _join_lines(parts: Sequence[MappedText], lexicon: Lexicon) -> MappedText:
    """Return lines as one text, joined by spaces; in a script without spaces only between Latin words.

    Lines that break within a word ("sous- | régionales", "l | ’appui") are joined without a space.
    """
    if len(parts) == 1:
        return parts[0]
    spaced = [[parts[0]]]
    for before, part in pairwise(parts):
        adjacent = before.chars[-1:] + part.chars[:1]
        needs_space = lexicon.spaced or (adjacent.isascii() and adjacent.isalpha())
        if needs_space and not (_HYPHEN_AT_END.search(before.chars[-2:]) and part.chars[:1].isalpha()):
            spaced[-1].append(part)
        else:
            spaced.append([part])
    return join(join(run, " ") for run in spaced).sub(STRAY_SPACE, "")


def _starts_block(line: CleanLine, before: str, lexicon: Lexicon) -> bool:
    words = line.text.folded
    number = lexicon.search("numbered", words)
    if line.indent or (number and number["number"] == "1") or lexicon.matches(_ALWAYS, words):
        return True
    ends = (*lexicon.sentence_ends, *lexicon.closing_punctuation)
    return before.endswith(ends) and lexicon.matches(_AFTER_A_SENTENCE, words)


def _without_notes(blocks: Iterable[MappedText]) -> tuple[list[MappedText], list[tuple[str, MappedText]]]:
    """Return the body and the notes: a note begins with a superscript number, or the next number in plain digits."""
    body: list[MappedText] = []
    notes: list[tuple[str, MappedText]] = []
    for block in blocks:
        if note_call := NOTE_CALL.match(block.chars):
            notes.append((note_number(note_call[0]), block[note_call.end() :].strip()))
        elif (plain_number := _UNRAISED_NOTE.match(block.chars)) and int(plain_number["number"]) == len(notes) + 1:
            notes.append((plain_number["number"], block[plain_number.end() :].strip()))
        else:
            body.append(block)
    return body, notes


def _rejoin_cut(blocks: Iterable[MappedText], lexicon: Lexicon) -> list[MappedText]:
    whole: list[list[MappedText]] = []
    enacted = False
    for block in blocks:
        enacted = enacted or bool(lexicon.search("enacting-formula", block.folded))
        if whole and _continues(whole[-1], block, lexicon, enacted):
            whole[-1].append(block)
        else:
            whole.append([block])
    return [_join_lines(parts, lexicon) for parts in whole]


def _continues(before: Sequence[MappedText], block: MappedText, lexicon: Lexicon, enacted: bool) -> bool:
    """Return whether a block continues those before it, as after a page break or a note.

    A lower-case letter continues ("tout en | tenant compte"), and so does a figure ("of 2012, | 69/44 of 2014"); a
    capital only if the block before it is long and ends without any punctuation ("la situation au | Mali").
    """
    text, words = _without_call(before[-1].folded.rstrip(CALL_SIGNS)), block.folded
    if lexicon.matches((*_ITEM, *_ALWAYS), words):
        return False
    if lexicon.search("enacting-formula", words) and not words[:1].islower():
        return False
    if lexicon.search("unfinished", text[text.rfind(" ") + 1 :]):
        return True
    if (lexicon.capitals and words[:1].islower()) or (words[:1].isdigit() and text.endswith(",")):
        return not text.endswith(lexicon.sentence_ends)
    if not _is_cut_off(text, words, lexicon) or lexicon.matches(_STRUCTURAL, words):
        return False
    opening = text if len(before) == 1 else before[0].folded
    length = len(text) + sum(map(len, before[: min(len(before) - 1, _LONG)]))  # no block is empty
    paragraph = length > _LONG or lexicon.matches(_ITEM, opening)
    if enacted:  # before, what opens as an operator may be a title: "Note du Secrétaire général"
        paragraph = paragraph or _opens(opening, lexicon)
    return paragraph and not lexicon.matches((*_HEADINGS, *_PAPERS), opening)


def _without_call(text: str) -> str:
    """Return a text without a lowered note call at its end."""
    call = _LOWERED_CALL.search(text, max(0, len(text) - 3))
    return text[: call.start()] if call else text


def _is_cut_off(text: str, words: str, lexicon: Lexicon) -> bool:
    """Return whether a text is cut off before the words that follow: it ends with a letter or a digit.

    In a language whose paragraphs need no capital, it may end with any punctuation that does not end a sentence, but
    with a comma only if no paragraph begins after it ("..., | что угрозы не знают границ").
    """
    if lexicon.capitals:
        return text[-1:].isalnum()
    if text.endswith(lexicon.clause_ends):
        return not (_opens(words, lexicon) or lexicon.search("preambular-shape", words))
    return not text.endswith(lexicon.sentence_ends)


def _opens(words: str, lexicon: Lexicon) -> bool:
    """Return whether words begin like a paragraph of a resolution: with an operator, or with a lead-in to one."""
    return bool(lexicon.operator(words) or lexicon.search("lead-in", words))
