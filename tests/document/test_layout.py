"""What the layout of a text shows about its paragraphs, and what it does not."""

from __future__ import annotations

import pytest

from mandata.reading import read
from mandata.text.source import decode

OPENING = "The General Assembly,\n\n*Aware* of the apples,\n\n"

SAME_PARAGRAPHS = {  # layout -> the same operative part in it
    "plain": "1. *Calls upon* States:\n\n(a) To plant apples;\n\n(b) To eat them.\n",
    "items set in": "1. *Calls upon* States:\n\n    (a) To plant apples;\n\n    (b) To eat them.\n",
    "items of Markdown": "1. *Calls upon* States:\n\n    - (a) To plant apples;\n\n    - (b) To eat them.\n",
}


@pytest.mark.parametrize("layout", SAME_PARAGRAPHS)
def test_items_that_are_set_in_do_not_make_the_text_one_of_cut_lines(layout: str) -> None:
    """Where paragraphs are short, such a text looks like one whose lines extraction has cut."""
    found = read(decode((OPENING + SAME_PARAGRAPHS[layout]).encode(), "x.md")).document
    assert [p.text.chars for p in found.preambular] == ["Aware of the apples,"]
    assert [p.text.chars for p in found.operative] == ["Calls upon States:"]
    assert len(found.operative[0].items) == 2
