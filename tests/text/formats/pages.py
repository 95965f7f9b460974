"""The five texts as paragraphs, to be written in other formats; and what a record says whatever the format."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from invented.papers import Page, Run
from mandata.document.blocks import assemble
from mandata.lexicon.lexicon import recognise
from mandata.text.clean import CALL_SIGNS, clean, note_number
from mandata.text.mapped import MappedText
from mandata.text.source import read


def page_of(path: Path) -> Page:
    """Return the paragraphs of a text, emphases and note calls kept."""
    text = clean(read(path))
    lexicon = recognise(text.source.raw)
    assert lexicon is not None
    blocks = assemble(text, lexicon)
    italic = {place for start, end in text.emphases for place in range(start, end)}
    paragraphs = [_runs(block, italic) for block in (*(line.text for line in blocks.head), *blocks.body)]
    return Page(paragraphs, [(number, words.chars) for number, words in blocks.notes])


def _runs(block: MappedText, italic: set[int]) -> list[Run]:
    kinds = [
        ("call" if char in CALL_SIGNS else "", start in italic)
        for char, start in zip(block.chars, block.starts, strict=True)
    ]
    runs = []
    for (call, slanted), group in groupby(zip(kinds, block.chars, strict=True), key=lambda pair: pair[0]):
        words = "".join(char for _, char in group)
        runs.append(Run("", call=note_number(words)) if call else Run(words, slanted))
    return runs


def plain(value: Any, apart: Iterable[str] = ()) -> Any:
    """Return a record without what depends on the file: its name, the places in it, and the doubts about them."""
    left_out = {"start", "end", "spans", "source", "issues", "extracted_by", *apart}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key not in left_out}
    return [plain(one) for one in value] if isinstance(value, list) else value
