"""Note calls of an HTML page: a link with digits to a place within the page calls a note; the note may link back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mandata.text.html.tokens import Token

_NUMBER = re.compile(r"^\s*+[\[(]?\s*+(\d{1,3})\s*+[\])]?\s*+$")
_BRACKETED = re.compile(r"^\s*[\[(]\s*\d{1,3}\s*[\])]\s*$")


@dataclass(frozen=True, slots=True)
class NoteLinks:
    """The links of a page that call notes: ``numbers`` by target; ``linked_places`` are all targets within the page."""

    numbers: Mapping[str, str]
    bracketed: frozenset[str]
    linked_places: frozenset[str]

    def is_call(self, link: Mapping[str, str], around: Mapping[str, str]) -> bool:
        """Return whether a link in an element ``around`` calls a note, or is a note's own number and links back."""
        target = _target(link)
        own = {_place(link), _place(around)} - {""}
        return target in self.numbers and (target in self.bracketed or bool(own & self.linked_places))

    def is_backlink(self, link: Mapping[str, str], words: str) -> bool:
        """Return whether a link with these words leads from a note back to its call and has no letters (an arrow)."""
        return _target(link) in self.linked_places and not any(c.isalnum() for c in words)


def find_note_links(tokens: Iterable[Token]) -> NoteLinks:
    """Return the links of a page that call notes."""
    numbers: dict[str, str] = {}
    bracketed: set[str] = set()
    targets: set[str] = set()
    places: set[str] = set()
    link, words = "", ""
    for token in tokens:
        if token.kind == "start":
            places.add(_place(token.attributes))
        if token.value == "a" and token.kind == "start":
            link, words = _target(token.attributes), ""
            targets.add(link)
        elif token.kind == "words" and link and len(words) < 16:
            words += token.value
        elif token.value == "a" and token.kind == "end" and link:
            if match := _NUMBER.match(words):
                numbers.setdefault(link, match[1])
                bracketed |= {link} if _BRACKETED.match(words) else set()
            link = ""
    known = (targets & places) - {""}
    return NoteLinks({t: n for t, n in numbers.items() if t in known}, frozenset(bracketed & known), frozenset(known))


def _target(link: Mapping[str, str]) -> str:
    return link.get("href", "").partition("#")[2]


def _place(attributes: Mapping[str, str]) -> str:
    return attributes.get("id") or attributes.get("name") or ""
