"""The organ that issued a numbered resolution: named in the words around the number, else the citing document's own."""

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
"""In characters: how far before a number the words that name its issuer may begin."""

OTHER: Final = "other"
"""Stands for a body that is named, but whose symbols are not known here."""


@dataclass(frozen=True, slots=True)
class Issuers:
    """The issuers of the numbers in one folded text, each as its symbol prefix (A, S, A/HRC).

    ``own`` is the local name of the organ of its document.
    """

    words: str
    own: str | None
    lexicon: Lexicon

    def named_after(self, number: str, end: int, start: int) -> str | None:
        """Return the issuer named after a number; ``OTHER`` for a body that is not known, None if none is named there.

        Args:
            number: the number as printed; a format that only one organ uses excludes other bodies.
            end: where the number ends.
            start: where the enumeration opens: a number after "sa résolution" is not another body's.
        """
        words_after = self.words[end:]
        if named := self.lexicon.search("of-organ", words_after):
            return self._prefix(named["organ"])
        if self.by_format(number) or self.lexicon.search("possessive", self.words[:start]):
            return None
        return OTHER if self.lexicon.search("of-other-body", words_after) else None

    def by_format(self, number: str) -> str | None:
        """Return the issuer that the format of a number implies: "1325 (2000)" can only be the Security Council's."""
        return "S" if _COUNCIL_NUMBER.fullmatch(number) else None

    def named_before(self, opening: re.Match[str]) -> tuple[str, ...]:
        """Return the issuers named before the numbers; else the document's own.

        ``opening`` is the match of the word for resolutions up to the first number. There are two if two organs adopted
        the resolutions: "General Assembly and Security Council resolutions".
        """
        before = self.words[max(0, opening.start() - _REACH) : opening.start()]
        within = opening.groupdict()
        if any(within.values()):
            return (
                (self._resolve_short_name(within["short"], before),)
                if within.get("short")
                else self._prefixes_in(opening)
            )
        for rule in ("body-before", "adopter-before", "possessor-before"):
            if named := self.lexicon.search(rule, before):
                return self._prefixes_in(named)
        if short := self.lexicon.search("short-body-before", before):
            return (self._resolve_short_name(short["short"], before),)
        return (OTHER,) if self.lexicon.search("other-body-before", before) else self._from_context(before)

    def last_named_before(self, at: int) -> str | None:
        """Return the issuer named last before a position; None if none is."""
        before = self.words[max(0, at - _REACH) : at]
        last = max(((before.rfind(name), name) for name in _bodies(self.lexicon.language)), default=(-1, ""))
        return self._prefix(last[1]) if last[0] >= 0 else None

    def _from_context(self, before: str) -> tuple[str, ...]:
        """Return the issuers named in the wider text before a number; "sa résolution" is the document's own organ's."""
        if not self.lexicon.search("possessive", before):
            if self.lexicon.search("part-of-report", before):
                return (self._reporting_body(before),)
            if named := self.lexicon.search("issuer-before", before):
                return self._prefixes_in(named)
        return self._own()

    def _prefixes_in(self, match: re.Match[str]) -> tuple[str, ...]:
        groups = match.groupdict()
        named = tuple(self._prefix(groups[name]) for name in ("first", "organ") if groups.get(name))
        return named or (OTHER,)

    def _own(self) -> tuple[str, ...]:
        entity = shipped_entities().by_name.get(self.own or "")
        prefix = entity.facts.get("prefix") if entity else None
        return (str(prefix),) if prefix else ()

    def _prefix(self, words: str) -> str:
        return str(_bodies(self.lexicon.language)[strip_optional_signs(words)].facts["prefix"])

    def _resolve_short_name(self, short: str, before: str) -> str:
        """Return the body that a word such as "Council" stands for: the only or the last one so named, or its own."""
        bodies = {name: body for name, body in _bodies(self.lexicon.language).items() if _may_stand_for(short, name)}
        organs = {body.local_name for body in bodies.values() if body.kind == "organ"}
        if len(organs) == 1:
            return next(str(body.facts["prefix"]) for body in bodies.values() if body.local_name in organs)
        named = max(((before.rfind(name), name) for name in sorted(bodies) if name in before), default=None)
        if named:
            return self._prefix(named[1])
        return next(iter(self._own()), OTHER) if self.own in organs else OTHER

    def _reporting_body(self, before: str) -> str:
        """Return the body whose report to the General Assembly is cited, from the number of the supplement."""
        supplements = list(self.lexicon.finditer("supplement", before))
        last = supplements[-1]["supplement"] if supplements else None
        bodies = _bodies(self.lexicon.language).values()
        return next((str(b.facts["prefix"]) for b in bodies if last and b.facts.get("supplement") == last), OTHER)


def _may_stand_for(short: str, name: str) -> bool:
    return name.startswith(f"{short} ") or name.endswith(f" {short}")


@cache
def _bodies(language: str) -> Mapping[str, Entity]:
    """Return the bodies whose symbol prefix is known, by each of their folded names in a language."""
    return {
        strip_optional_signs(fold(name)): body
        for body in shipped_entities()
        if body.facts.get("prefix")
        for name in body.names.get(language, ())
    }
