"""The notes of a page of HTML: a link of digits to a place within the page calls one; the place may link back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mandata.text.html.tokens import Token

_NUMBER = re.compile(r"^\s*+[\[(]?\s*+(\d{1,3})\s*+[\])]?\s*+$")
_BRACKETED = re.compile(r"^\s*[\[(]\s*\d{1,3}\s*[\])]\s*$")


@dataclass(frozen=True, slots=True)
class Notes:
    """What the links of a page tell: ``numbers`` by the place they lead to; all places that links lead to."""

    numbers: Mapping[str, str]
    bracketed: frozenset[str]
    led_to: frozenset[str]

    def is_call(self, link: Mapping[str, str], around: Mapping[str, str]) -> bool:
        """Tell whether a link calls a note, or is the number with which a note begins and that leads back."""
        target = _target(link)
        own = {_place(link), _place(around)} - {""}
        return target in self.numbers and (target in self.bracketed or bool(own & self.led_to))

    def is_way_back(self, link: Mapping[str, str], words: str) -> bool:
        """Tell whether a link leads from a note to its call and says nothing, as an arrow does."""
        return _target(link) in self.led_to and not any(c.isalnum() for c in words)


def find_notes(tokens: Iterable[Token]) -> Notes:
    """Return what the links of a page tell of its notes."""
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
    return Notes({t: n for t, n in numbers.items() if t in known}, frozenset(bracketed & known), frozenset(known))


def _target(link: Mapping[str, str]) -> str:
    return link.get("href", "").partition("#")[2]


def _place(attributes: Mapping[str, str]) -> str:
    return attributes.get("id") or attributes.get("name") or ""
