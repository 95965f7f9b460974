"""An invented document on paper: the layouts in which texts come, their widths, and where their pages break."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from .documents import Block, Invented

_CALL = re.compile("\x01(\\d+)\x02")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CALLS = {"sup": "<sup>{}</sup>", "caret": "^{{{}}}", "raised": "{}", "lowered": "{}"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is set: emphasis or none, how notes are called, wrapped or not, how many characters a page holds.

    ``page`` 0: all on one page. ``emphasis``, ``calls`` and ``wrap`` as the texts of the corpus have them.
    """

    emphasis: bool = True
    calls: str = "sup"
    wrap: int = 0
    page: int = 0


def render(document: Invented, style: Style | None = None) -> str:
    """Return the text of a document in a style."""
    style = style or Style()
    return _Printer(document, style).text()


class _Printer:
    def __init__(self, document: Invented, style: Style) -> None:
        self.document, self.style = document, style
        self.waiting: list[str] = []  # notes called on this page
        self.out: list[str] = []
        self.printed, self.page = 0, 1

    def text(self) -> str:
        for block in self.document.blocks:
            for part in self._pieces(block):
                self._put(part)
                if block.kind != "head" and self._is_full():
                    self._break()
        self._notes()
        return "\n".join(self.out) + "\n"

    def _pieces(self, block: Block) -> Iterator[str]:
        """Yield the block, in two pieces where the page ends within it."""
        words, room = block.text, self.style.page - self.printed
        cut = words.find(" ", max(room, 20)) if self.style.page and block.kind in ("preambular", "operative") else -1
        if 0 < cut < len(words) - 20:
            self.printed += self.style.page
            yield words[:cut]
            words = words[cut + 1 :]
        yield words

    def _is_full(self) -> bool:
        return bool(self.style.page) and self.printed >= self.style.page

    def _put(self, words: str) -> None:
        self.waiting += _CALL.findall(words)
        self.printed += len(words)
        shown = _CALL.sub(lambda m: self._call(m[1]), words)
        self._line(shown if self.style.emphasis else shown.replace("*", ""))

    def _call(self, number: str) -> str:
        raised = number.translate(_RAISED) if self.style.calls == "raised" else number
        return _CALLS[self.style.calls].format(raised)

    def _line(self, words: str) -> None:
        if not self.style.wrap:
            self.out += [words, ""]
            return
        lines = textwrap.wrap(words, self.style.wrap, break_long_words=False, break_on_hyphens=False)
        for indent, line in zip((" ", *("" for _ in lines)), lines, strict=False):
            self.out += [f"{indent}{line} ", ""]
        self.out += [""]

    def _notes(self) -> None:
        for number in self.waiting:
            if number not in self.document.notes:  # the document has lost it
                continue
            call = number if self.style.wrap and self.style.calls == "lowered" else self._call(number)
            self._line(f"{call} {self.document.notes[number]}")
        self.waiting = []

    def _break(self) -> None:
        self._notes()
        if self.style.wrap:
            self._line(f"{self.page}/9")
            self._line(self.document.symbol)
        else:
            self.out += [""]
        self.page, self.printed = self.page + 1, 0
