"""One document's record against what is in it, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from .citations import Made, cannot_be, is_others, keys, made, of_same_number, said_of, stands
from .corpus import Sample
from .counts import Figures

Json = dict[str, Any]

_STATED = ("symbol", "adopted", "session", "title")
_PLACES = ("preambular", "operative")


def measure(sample: Sample, record: Json, raw: str, figures: Figures) -> None:
    """Count what a record gets right; ``raw`` is the text that its offsets count."""
    name = sample.path.name
    for key in _STATED:
        _one(figures, key, name, record[key], sample.expected[key])
    for place in _PLACES:
        mine, expected = record[place], sample.expected[place]
        _one(figures, f"{place} count", name, len(mine), len(expected))
        _paragraphs(figures, name, place, mine, expected)
    _notes(figures, name, record["footnotes"], sample.expected["footnotes"])
    _citations(figures, sample, record, raw)


def even(value: object) -> str:
    """Return a value as words with one kind of space, so that line ends and hard spaces make no difference."""
    return re.sub(r"\s+", " ", str(value)).strip()


def _one(figures: Figures, name: str, document: str, found: object, expected: object) -> None:
    if found is None and expected is None:  # the French masthead of A/RES/ES-11/4 states no session
        return
    right = found is not None and even(found) == even(expected)
    figures.add(name, int(right), int(found is not None), int(expected is not None))
    if not right:
        figures.miss(name, document, "", found, expected)


def _paragraphs(figures: Figures, document: str, place: str, mine: list[Json], expected: list[Json]) -> None:
    pairs = list(_paired(mine, expected))
    same = sum(1 for a, b in pairs if even(a["text"]) == even(b["text"]))
    figures.add("text", same, len(mine), len(expected))
    for b in expected:
        if not any(even(a["text"]) == even(b["text"]) for a, other in pairs if other is b):
            figures.miss(
                "text", document, f"{place} {b['n']}", next((a["text"] for a, o in pairs if o is b), None), b["text"]
            )
    judged = [(a, b) for a, b in pairs if _operator_stands(b)]
    for _, b in pairs:
        if not _operator_stands(b):
            figures.miss("operator, source's fault", document, f"{place} {b['n']}", "", b["operator"])
    broken = sum(1 for b in expected if not _operator_stands(b))
    figures.add(
        "operator", _agreeing(figures, "operator", document, place, judged), len(mine) - broken, len(expected) - broken
    )
    if place == "operative":
        figures.add("number", _agreeing(figures, "n", document, place, pairs), len(mine), len(expected))


def _operator_stands(expected: Json) -> bool:
    """Tell whether the operator that the source marks opens its paragraph; some lost a letter ("oulignant")."""
    return even(expected["text"]).startswith(even(expected["operator"] or "").rstrip(" ,"))


def _agreeing(figures: Figures, key: str, document: str, place: str, pairs: list[tuple[Json, Json]]) -> int:
    right = 0
    for mine, expected in pairs:
        a, b = (even("" if one[key] is None else one[key]).rstrip(" ,") for one in (mine, expected))
        right += a == b
        if a != b:
            figures.miss("number" if key == "n" else key, document, f"{place} {expected['n']}", a, b)
    return right


def _paired(mine: list[Json], expected: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each paragraph with the one that it should be: of equal words, else in the same gap between such."""
    a, b = [even(p["text"]) for p in mine], [even(p["text"]) for p in expected]
    for _, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield from zip(mine[i1:i2], expected[j1:j2], strict=False)


def _notes(figures: Figures, document: str, mine: Json, expected: Json) -> None:
    found = {str(number): even(note["text"]) for number, note in mine.items()}
    meant = {str(number): even(text) for number, text in expected.items()}
    right = [n for n, text in meant.items() if found.get(n) == text]
    figures.add("notes", len(right), len(found), len(meant))
    for n in sorted(meant.keys() - set(right)):
        figures.miss("notes", document, f"note {n}", found.get(n), meant[n])


def _citations(figures: Figures, sample: Sample, record: Json, raw: str) -> None:
    own = keys(sample.expected["symbol"])
    expected = {c: keys(c) for c in sample.expected["cites"] if not keys(c) & own}
    named = frozenset[str]().union(*(keys(c["id"]) for c in record["cites"]))
    mine: dict[frozenset[str], list[Made]] = {}
    for one in made(record, raw):
        if not keys(one.cited) & own:
            mine.setdefault(keys(one.cited), []).append(one)
    lacking = {c for c, key in expected.items() if not key & named}
    linked = frozenset[str]().union(*expected.values())
    surplus = {key: found for key, found in mine.items() if not key & linked}
    right, met = len(mine) - len(surplus), len(set(expected.values())) - len({expected[c] for c in lacking})
    figures.add("citations", right, len(mine), len(set(expected.values())), met)
    apart = _Apart(figures, sample, lacking)
    excused = sum(apart.surplus(found, raw) for found in surplus.values())
    ours = [m for found in surplus.values() for m in found]
    wrong = {expected[c] for c in sorted(lacking) if apart.lacking(c, ours, raw)}
    figures.add(
        "citations, faults of the source apart", right, len(mine) - excused, len(set(expected.values()) - wrong), met
    )


class _Apart:
    """Tells the source's own faults from ours, and keeps a line about each."""

    def __init__(self, figures: Figures, sample: Sample, lacking: set[str]) -> None:
        self.figures, self.sample, self.others = figures, sample, lacking

    def surplus(self, found: list[Made], raw: str) -> bool:
        """Tell whether a document that the source does not link is cited literally, where we say it is."""
        one = next((m for m in found if stands(m.cited, m.words, m.around)), found[0])
        rival = of_same_number(one.cited, self.others | (self.sample.elsewhere if self._elsewhere(one) else set()))
        ours = stands(one.cited, one.words, one.around) and (rival is None or self._settled(one, rival))
        if one.cited.startswith(("A/RES/", "A/DEC/")) and is_others(one.words, raw, one.end, self.sample.language):
            ours = False
        name = "citations, missing link of the source" if ours else "citations, precision"
        self.figures.miss(name, self.sample.path.name, f"{one.start}-{one.end} “{one.words}”", one.cited, rival)
        return ours

    def lacking(self, cited: str, made_instead: list[Made], raw: str) -> bool:
        """Tell whether a link of the source is wrong: nothing of it stands in the text, or another body's does."""
        rival = next((m for m in made_instead if of_same_number(cited, [m.cited])), None)
        wrong = cannot_be(cited) or (rival is not None and self._settled(rival, cited)) or not stands(cited, raw)
        name = "citations, wrong link of the source" if wrong else "citations, recall"
        self.figures.miss(name, self.sample.path.name, "", rival.cited if rival else None, cited)
        return wrong

    def _elsewhere(self, ours: Made) -> bool:
        """Tell whether no other language of the document links ours: then a rival there speaks against it."""
        return not any(keys(ours.cited) & keys(c) for c in self.sample.elsewhere)

    def _settled(self, ours: Made, theirs: str) -> bool:
        return cannot_be(theirs) or said_of(ours.cited, ours.around, self.sample.language)
