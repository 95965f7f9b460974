"""Whose resolution or decision a number is: the words before and behind it tell, else the document it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.un.entities import Entity, shipped_entities

_COUNCIL_NUMBER = re.compile(r"\d+ ?\(\d{4}\)")  # "1325 (2000)": only the Security Council numbers so

_REACH: Final = 600
"""Characters before a number within which the words stand that tell whose it is."""

OTHER: Final = "other"
"""What stands for a body that is named, but whose symbols are not known here."""


@dataclass(frozen=True, slots=True)
class Issuers:
    """What one text tells of the issuers of the numbers in it; ``own`` is the local name of its document's organ."""

    words: str
    own: str | None
    lexicon: Lexicon

    def behind(self, number: str, end: int, start: int) -> str | None:
        """Return how the symbols of the body begin that is named behind a number which ends at ``end``.

        ``OTHER`` for a body that is not known, None where none is named there; a number that only one organ gives tells
        it too. ``start`` is where the word that opens the enumeration stands: "sa résolution" is no other body's.
        """
        behind = self.words[end:]
        if named := self.lexicon.search("of-organ", behind):
            return self._prefix(named["organ"])
        if self.by_format(number) or self.lexicon.search("possessive", self.words[:start]):
            return None
        return OTHER if self.lexicon.search("of-other-body", behind) else None

    def by_format(self, number: str) -> str | None:
        """Return the issuer that a number by itself tells: "1325 (2000)" can be the Security Council's alone."""
        return "S" if _COUNCIL_NUMBER.fullmatch(number) else None

    def before(self, opening: re.Match[str]) -> tuple[str, ...]:
        """Return how the symbols of the body begin that the words before the numbers tell; else the document's own.

        ``opening`` is the word for resolutions, with what stands between it and the first number. More than one where
        two organs adopted the same: "General Assembly and Security Council resolutions".
        """
        before = self.words[max(0, opening.start() - _REACH) : opening.start()]
        within = opening.groupdict()
        if any(within.values()):
            return (self._called(within["short"], before),) if within.get("short") else self._named(opening)
        for rule in ("body-before", "adopter-before", "possessor-before"):
            if named := self.lexicon.search(rule, before):
                return self._named(named)
        if short := self.lexicon.search("short-body-before", before):
            return (self._called(short["short"], before),)
        return (OTHER,) if self.lexicon.search("other-body-before", before) else self._around(before)

    def last_named(self, at: int) -> str | None:
        """Return how the symbols of the body begin that is named last before a position; None where none is."""
        before = self.words[max(0, at - _REACH) : at]
        last = max(((before.rfind(name), name) for name in _bodies(self.lexicon.language)), default=(-1, ""))
        return self._prefix(last[1]) if last[0] >= 0 else None

    def _around(self, before: str) -> tuple[str, ...]:
        """Return the issuers that the wider text before a number tells; "sa résolution" is of its own organ."""
        if not self.lexicon.search("possessive", before):
            if self.lexicon.search("part-of-report", before):
                return (self._reporting(before),)
            if named := self.lexicon.search("issuer-before", before):
                return self._named(named)
        return self._own()

    def _named(self, match: re.Match[str]) -> tuple[str, ...]:
        groups = match.groupdict()
        named = tuple(self._prefix(groups[name]) for name in ("first", "organ") if groups.get(name))
        return named or (OTHER,)

    def _own(self) -> tuple[str, ...]:
        entity = shipped_entities().by_name.get(self.own or "")
        prefix = entity.facts.get("prefix") if entity else None
        return (str(prefix),) if prefix else ()

    def _prefix(self, words: str) -> str:
        return str(_bodies(self.lexicon.language)[strip_optional_signs(words)].facts["prefix"])

    def _called(self, short: str, before: str) -> str:
        """Return the body that a word such as "Council" stands for: its only bearer, the last one named, or the own."""
        bodies = {name: body for name, body in _bodies(self.lexicon.language).items() if _may_stand_for(short, name)}
        organs = {body.local_name for body in bodies.values() if body.kind == "organ"}
        if len(organs) == 1:
            return next(str(body.facts["prefix"]) for body in bodies.values() if body.local_name in organs)
        named = max(((before.rfind(name), name) for name in sorted(bodies) if name in before), default=None)
        if named:
            return self._prefix(named[1])
        return next(iter(self._own()), OTHER) if self.own in organs else OTHER

    def _reporting(self, before: str) -> str:
        """Return the body whose report to the General Assembly, told by the number of its supplement, is cited."""
        supplements = list(self.lexicon.finditer("supplement", before))
        last = supplements[-1]["supplement"] if supplements else None
        bodies = _bodies(self.lexicon.language).values()
        return next((str(b.facts["prefix"]) for b in bodies if last and b.facts.get("supplement") == last), OTHER)


def _may_stand_for(short: str, name: str) -> bool:
    return name.startswith(f"{short} ") or name.endswith(f" {short}")


@cache
def _bodies(language: str) -> Mapping[str, Entity]:
    """Return the bodies whose documents' symbols are known, by each of their names in a language, folded."""
    return {
        strip_optional_signs(fold(name)): body
        for body in shipped_entities()
        if body.facts.get("prefix")
        for name in body.names.get(language, ())
    }
