"""Operators as phrases: matched at the start of a text, with modifiers before, within and after their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

_GAP = re.compile(",? ")
_FIRST = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class OperatorForm:
    """An operator as it is printed, such as ``Consciente``, and the concept of ``scheme:operators`` it stands for."""

    words: str
    concept: str
    place: str


@dataclass(frozen=True)
class Phrases:
    """The operators of one language, the longest first, and the words that may modify any of them.

    ``leading`` are the modifiers that may stand before an operator ("Also welcomes"), ``modifier`` is the pattern of a
    modifier after or within it.
    """

    forms: Mapping[str, tuple[OperatorForm, ...]]
    leading: Sequence[str]
    modifier: re.Pattern[str]
    spaced: bool

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[str, ...]]]:
        """The forms, whole and word by word, by their first word in lower case (first character if unspaced).

        A space stands before each word but the first.
        """
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for whole in sorted(self.forms, key=lambda words: (-len(words), words)):
            first, *others = whole.split(" ")
            found[self._key(whole)].append((whole, first, *(f" {word}" for word in others)))
        return found

    @cached_property
    def _lead(self) -> re.Pattern[str]:
        cases = {case for word in self.leading for case in (word, word[:1].upper() + word[1:])}
        alternatives = "|".join(re.escape(word) for word in sorted(cases, key=lambda word: (-len(word), word)))
        return re.compile(f"(?:{alternatives})")

    def match(self, text: str) -> tuple[tuple[OperatorForm, ...], int] | None:
        """Return the possible readings of the operator that opens a text, and where it ends; None if none opens it.

        ``text`` is folded, and without the signs that its script may omit.
        """
        if found := self._form_at(text, 0, small=False):
            return found
        leading = self._lead.match(text) if self.leading else None
        while leading:  # "Further deeply concerned": as few modifiers as lead to an operator
            gap = _GAP.match(text, leading.end()) if self.spaced else None
            if found := self._form_at(text, gap.end() if gap else leading.end(), small=True):
                return found
            leading = self.modifier.match(text, leading.end())
        return None

    def _form_at(self, text: str, at: int, *, small: bool) -> tuple[tuple[OperatorForm, ...], int] | None:
        modified: dict[int, int] = {}
        for whole, first, *others in self._by_first.get(self._key(text[at : at + 40]), ()):
            if text.startswith(first[:1].lower() + first[1:] if small else first, at):
                end = self._end(others, text, at + len(first), modified)
                if end is not None:
                    return self.forms[whole], end
        return None

    def _end(self, words: Iterable[str], text: str, at: int, modified: dict[int, int]) -> int | None:
        """Return the end of a form's later words, which begin at a position, with modifiers before each; else None.

        ``modified`` caches the end of a modifier by its start: forms with the same first word look at the same places.
        """
        for word in words:
            while not text.startswith(word, at):
                if at not in modified:
                    within = self.modifier.match(text, at)
                    modified[at] = within.end() if within else at
                if modified[at] == at:
                    return None
                at = modified[at]
            at += len(word)
        return None if self.spaced and text[at : at + 1].isalnum() else at

    def _key(self, words: str) -> str:
        first = _FIRST.match(words)
        key = first[0] if first else words[:1]
        return key.lower() if self.spaced else key[:1]
