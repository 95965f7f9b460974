"""The same document read from its text and from its mark-up: where the two records differ, evidence apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_EVIDENCE = {"start", "end", "spans", "source", "issues", "proceedings", "linked"}
_ONLY_MARKED_UP = {"job_number": "the text was printed without it"}


@dataclass(frozen=True)
class Difference:
    """One value that differs: where in the record, what the text gives, what the mark-up; ``reason`` explains it."""

    place: str
    text: Any
    markup: Any
    reason: str | None = None

    def __str__(self) -> str:
        reason = f" ({self.reason})" if self.reason else ""
        return f"{self.place}: text {self.text!r}, mark-up {self.markup!r}{reason}"


def compare(text: dict[str, Any], markup: dict[str, Any]) -> list[Difference]:
    """Return where two records of one document differ; those without a reason break the promise that they agree."""
    return sorted(_Comparison(set(_linked(markup))).of("", text, markup), key=lambda d: d.place)


def _linked(found: Any) -> Iterator[str]:
    """Yield the documents that the mark-up alone makes a part of the record cite."""
    if isinstance(found, dict):
        if found.get("linked"):
            yield from [found["id"]] if found["linked"] is True else found["linked"]
        yield from (one for key in found for one in _linked(found[key]))
    elif isinstance(found, list):
        yield from (one for each in found for one in _linked(each))


@dataclass(frozen=True)
class _Comparison:
    linked: set[str]

    def of(self, place: str, text: Any, markup: Any) -> Iterator[Difference]:
        if isinstance(text, dict) and isinstance(markup, dict):
            for key in sorted((text.keys() | markup.keys()) - _EVIDENCE, key=str):
                yield from self.of(f"{place}.{key}".lstrip("."), text.get(key), markup.get(key))
        elif isinstance(text, list) and isinstance(markup, list):
            yield from self._lists(place, text, markup)
        elif text != markup:
            yield Difference(place, text, markup, _why(place, text, markup))

    def _lists(self, place: str, text: list[Any], markup: list[Any]) -> Iterator[Difference]:
        """Compare two lists, what only a link tells and what only a link settles set apart."""
        known = {_told(one) for one in text}
        more = [one for one in markup if _told(one) in self.linked - known]
        kept = {_told(one) for one in markup}
        fewer = [one for one in text if place == "unresolved" and _told(one) not in kept and self._is_settled(one)]
        if more or fewer:
            shown = [_told(one) for one in fewer], [_told(one) for one in more]
            yield Difference(place, *shown, "only a link of the mark-up tells it")
        ones, others = [o for o in text if o not in fewer], [o for o in markup if o not in more]
        if len(ones) != len(others):
            yield Difference(place, [_told(one) for one in ones], [_told(one) for one in others])
            return
        for number, (one, other) in enumerate(zip(ones, others, strict=True), 1):
            yield from self.of(f"{place}[{number}]", one, other)

    def _is_settled(self, doubt: dict[str, Any]) -> bool:
        """Tell whether a link is to a document of the number that the words left open."""
        numbers = re.findall(r"\d[\d/]*", doubt["words"])
        return any(re.search(rf"(?<!\d){re.escape(n)}(?!\d)", linked) for n in numbers for linked in self.linked)


def _why(place: str, text: Any, markup: Any) -> str | None:
    if text is None:
        return _ONLY_MARKED_UP.get(place)
    if place.endswith(".operator") and markup and (text.startswith(markup) or markup.startswith(text)):
        return "the text was printed without italics, which tell where an operator ends"
    return None


def _told(entry: Any) -> Any:
    """Return what tells an entry of a list apart."""
    if not isinstance(entry, dict):
        return entry
    return next((str(entry[key]) for key in ("id", "text", "words") if entry.get(key)), str(entry))
