"""From lines to blocks: what belongs together although lines, pages and notes cut it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mandata.document.model import ANNEX_KINDS
from mandata.document.opening import HEADED, find_opening
from mandata.lexicon.lexicon import Lexicon
from mandata.text.clean import CALL_SIGNS, NOTE_CALL, STRAY_SPACE, CleanLine, CleanText, note_number
from mandata.text.mapped import MappedText, join
from mandata.un import symbol

_WRAPPED_WIDTH = 130  # extraction wraps lines at some 80 to 100 characters; longer ones hold whole paragraphs
_LONG = 60  # a heading is shorter, a paragraph that a page break cuts is longer
_ALWAYS = ("signature", "annex-heading", "original-language")
_AFTER_A_SENTENCE = ("office-line", "place-and-date", "numbered", "bulleted", "lettered", "plenary-meeting")
FURNITURE = re.compile(
    r"^(?:(?:\d{1,3}/\d{1,3} ?|\d{1,3} )?(?:[A-Z]{1,3}\.)?\d{2}-\d{5}(?: ?\([A-Z]\))?(?: +\d{6}){0,3}"
    r"(?: ?\d{1,3}/\d{1,3}| \d{1,3})?|\d{1,3}/\d{1,3}|\*?\d{7}\*?)$"
)
"""What pages repeat in any language: "2/3 23-25985", "2 01-55743", "GE.18-05401(E)", the number of the bar code."""
_PAGE = re.compile(r"^\d{1,3}$")
_HEADINGS = ("title", "annex-heading", "adoption", "drafts", "letter-heading", *ANNEX_KINDS)
_PAPERS = tuple(f"{kind}-start" for kind in HEADED)
_ITEM = ("numbered", "bulleted", "lettered")
_STRUCTURAL = ("plenary-meeting", "office-line", "place-and-date")
_SET_IN = ("bulleted", "lettered")
_HYPHEN_AT_END = re.compile(r"[^\W\d_]-\Z")
_BARE_NOTE = re.compile(r"^(?P<number>\d{1,3}) (?=[^\W\d_]|[«“\[]|(?:19|20)\d\d )")
_LOWERED_CALL = re.compile(r"(?<=[,;:.])\d{1,3}$")  # "the 2030 Agenda for Sustainable Development,1"


@dataclass(frozen=True, slots=True)
class Blocks:
    """The lines above the body, the blocks of the body, and the notes by number, all in the order of the text."""

    head: tuple[CleanLine, ...]
    body: tuple[MappedText, ...]
    notes: tuple[tuple[str, MappedText], ...]


def assemble(clean: CleanText, lexicon: Lexicon, start: int | None = None) -> Blocks:
    """Return the blocks of a text: page furniture left out, notes apart, cut paragraphs whole.

    ``start`` is the line with which the body begins, as its heading tells unless it is known.
    """
    lines = clean.lines
    start = find_opening(lines, lexicon).start if start is None else start
    body = _without_furniture(lines[start:])
    blocks, notes = _without_notes(_blocks(body, lexicon, _is_wrapped(lines, lexicon)))
    return Blocks(lines[:start], tuple(_made_whole(blocks, lexicon)), tuple(notes))


def _without_furniture(lines: Sequence[CleanLine]) -> list[CleanLine]:
    """Return the lines without what each page repeats; a number alone is that of a page beside the rest of it."""
    repeated = [is_furniture(line) for line in lines]
    beside = [a or b for a, b in zip([False, *repeated], [*repeated[1:], False], strict=False)]
    return [
        line
        for line, known, near in zip(lines, repeated, beside, strict=True)
        if not known and not (near and is_page(line))
    ]


def is_page(line: CleanLine) -> bool:
    """Tell whether a line may be the number of a page: it is a number alone."""
    return bool(_PAGE.match(line.text.chars))


def _is_wrapped(lines: Sequence[CleanLine], lexicon: Lexicon) -> bool:
    """Tell whether paragraphs are cut into lines, each opening with an indent, as extraction leaves them.

    An indent that only sets in the items of a list ("    - To teach ...", as Markdown has it) tells nothing.
    """
    narrow = max((len(line.text.chars) for line in lines), default=0) <= _WRAPPED_WIDTH
    indented = (line.text.folded for line in lines if line.indent) if narrow else ()
    return any(not any(lexicon.search(rule, words) for rule in _SET_IN) for words in indented)


def is_furniture(line: CleanLine) -> bool:
    """Tell whether a line is what each page repeats: its number, the job number, the symbol."""
    words = line.text.folded
    return bool(FURNITURE.match(words)) or ("/" in words and symbol.is_normal(words))


def _blocks(lines: Iterable[CleanLine], lexicon: Lexicon, wrapped: bool) -> list[MappedText]:
    groups: list[list[MappedText]] = []
    for line in lines:
        if not groups or not wrapped or _starts_block(line, groups[-1][-1].folded, lexicon):
            groups.append([line.text])
        else:
            groups[-1].append(line.text)
    return [_together(group, lexicon) for group in groups]


def _together(parts: Sequence[MappedText], lexicon: Lexicon) -> MappedText:
    """Return lines as one text, with a space between; none where a language has none, save between Latin words.

    None either where a line breaks within a word ("sous- | régionales", "l | ’appui").
    """
    if len(parts) == 1:
        return parts[0]
    spaced = [[parts[0]]]
    for before, part in pairwise(parts):
        sides = before.chars[-1:] + part.chars[:1]
        apart = lexicon.spaced or (sides.isascii() and sides.isalpha())
        if apart and not (_HYPHEN_AT_END.search(before.chars[-2:]) and part.chars[:1].isalpha()):
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
    """Part the notes from the text: a raised number opens one, or the next bare one where extraction lowered it."""
    body: list[MappedText] = []
    notes: list[tuple[str, MappedText]] = []
    for block in blocks:
        if raised := NOTE_CALL.match(block.chars):
            notes.append((note_number(raised[0]), block[raised.end() :].strip()))
        elif (bare := _BARE_NOTE.match(block.chars)) and int(bare["number"]) == len(notes) + 1:
            notes.append((bare["number"], block[bare.end() :].strip()))
        else:
            body.append(block)
    return body, notes


def _made_whole(blocks: Iterable[MappedText], lexicon: Lexicon) -> list[MappedText]:
    whole: list[list[MappedText]] = []
    enacted = False
    for block in blocks:
        enacted = enacted or bool(lexicon.search("enacting-formula", block.folded))
        if whole and _goes_on(whole[-1], block, lexicon, enacted):
            whole[-1].append(block)
        else:
            whole.append([block])
    return [_together(parts, lexicon) for parts in whole]


def _goes_on(before: Sequence[MappedText], block: MappedText, lexicon: Lexicon, enacted: bool) -> bool:
    """Tell whether a block is the rest of those before it, as behind a page break or a note.

    A small letter goes on ("tout en | tenant compte"), and so does a figure ("of 2012, | 69/44 of 2014"); a capital
    only where the block before it is long and has no punctuation at its end at all ("la situation au | Mali").
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
    if not _breaks_off(text, words, lexicon) or lexicon.matches(_STRUCTURAL, words):
        return False
    opening = text if len(before) == 1 else before[0].folded
    length = len(text) + sum(map(len, before[: min(len(before) - 1, _LONG)]))  # no block is empty
    paragraph = length > _LONG or lexicon.matches(_ITEM, opening)
    if enacted:  # before, what opens as an operator may be a title: "Note du Secrétaire général"
        paragraph = paragraph or _opens(opening, lexicon)
    return paragraph and not lexicon.matches((*_HEADINGS, *_PAPERS), opening)


def _without_call(text: str) -> str:
    """Return a text without the note call at its end that extraction lowered."""
    call = _LOWERED_CALL.search(text, max(0, len(text) - 3))
    return text[: call.start()] if call else text


def _breaks_off(text: str, words: str, lexicon: Lexicon) -> bool:
    """Tell whether a text breaks off before the words behind it: it ends with a letter or a digit.

    Where no capital tells a beginning, it may end with any mark but that of a sentence, and with a comma only if no
    paragraph opens behind it ("..., | что угрозы не знают границ").
    """
    if lexicon.capitals:
        return text[-1:].isalnum()
    if text.endswith(lexicon.clause_ends):
        return not (_opens(words, lexicon) or lexicon.search("preambular-shape", words))
    return not text.endswith(lexicon.sentence_ends)


def _opens(words: str, lexicon: Lexicon) -> bool:
    """Tell whether words open as a paragraph of a resolution does: with an operator, or with what may lead to one."""
    return bool(lexicon.operator(words) or lexicon.search("lead-in", words))
