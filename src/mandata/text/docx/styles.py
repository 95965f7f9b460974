"""The styles and the numbering of a DOCX file: what is emphasised, raised or a heading, and which number is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from mandata.text.list_numbers import numeral

OFF: Final = ("0", "false", "off", "none")
"""What the ``val`` of a property says where the property is off."""
_BASES: Final = 12  # styles based on styles: Word allows for no more
_HEADING_LEVELS: Final = 9
_STYLES: Final = {
    "decimal": "decimal", "decimalZero": "decimal", "lowerLetter": "alpha", "upperLetter": "ALPHA",
    "lowerRoman": "roman", "upperRoman": "ROMAN",
}  # fmt: skip
_DASHES: Final = "-–—"


def value(parent: Element | None, path: str) -> str | None:
    """Return what the ``val`` of a property says ("" where it has none); None where the property is not there."""
    found = parent.find(path) if parent is not None else None
    return None if found is None else found.get("val", "")


@dataclass(slots=True)
class Level:
    """A level of a list: where it starts, how it shows its number, what stands around it."""

    start: int = 1
    style: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int]


class Styles:
    """What the styles say; a property set directly wins over them."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.by_id = {e.get("styleId", ""): e for e in elements if e.tag == "style"}
        self.default = next((i for i, e in self.by_id.items() if _is_default(e)), "")

    def _chain(self, style: str | None) -> Iterator[Element]:
        for _ in range(_BASES):
            found = self.by_id.get(style or "")
            if found is None:
                return
            yield found
            style = value(found, "basedOn")

    def of_run(self, run: Element | None, paragraph: str | None, what: str) -> str | None:
        """Return a property of a run ("i", "b", "vertAlign", "vanish"), from itself, its style, its paragraph's."""
        said = value(run, what)
        styles = (*self._chain(value(run, "rStyle")), *self._chain(paragraph or self.default))
        for style in styles if said is None else ():
            if (said := value(style, f"rPr/{what}")) is not None:
                break
        return said

    def is_on(self, run: Element | None, paragraph: str | None, what: str) -> bool:
        """Tell whether a property that is on or off is on."""
        said = self.of_run(run, paragraph, what)
        return said is not None and said not in OFF

    def of_paragraph(self, properties: Element | None, path: str) -> str | None:
        """Return a property of a paragraph ("outlineLvl", "numPr/numId"), from itself or its style."""
        said = value(properties, path)
        for style in self._chain(value(properties, "pStyle") or self.default) if said is None else ():
            if (said := value(style, f"pPr/{path}")) is not None:
                break
        return said

    def is_heading(self, properties: Element | None) -> bool:
        """Tell whether a paragraph stands in the outline of the document."""
        level = self.of_paragraph(properties, "outlineLvl")
        return level is not None and level.isdigit() and int(level) < _HEADING_LEVELS


def _is_default(style: Element) -> bool:
    return style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on")


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of lists as they come, and tells the number that each shows."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, _List] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, elements: Iterable[Element]) -> Numbering:
        """Return what the numbering part of a file says."""
        made = cls()
        for element in elements:
            if element.tag == "abstractNum":
                made.abstracts[element.get("abstractNumId", "")] = dict(map(_level, element.iterfind("lvl")))
            elif element.tag == "num":
                overrides = {_whole(o.get("ilvl")): value(o, "startOverride") for o in element.iterfind("lvlOverride")}
                starts = {at: _whole(said) for at, said in overrides.items() if said is not None}
                made.lists[element.get("numId", "")] = _List(value(element, "abstractNumId") or "", starts)
        return made

    def label(self, list_id: str, depth: int) -> str:
        """Count a paragraph of a list and return what stands before its words, such as "1. " or "• "."""
        known = self.lists.get(list_id)
        levels = self.abstracts.get(known.abstract, {}) if known else {}
        level = levels.get(depth)
        if known is None or level is None:
            return ""
        counts = self.counts.setdefault(known.abstract, {})
        if list_id not in self.used:
            self.used.add(list_id)
            counts.update({at: start - 1 for at, start in known.starts.items()})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        shown = level.text
        if level.style == "bullet":
            shown = shown if shown in tuple(_DASHES) else "•"
        for at in range(depth + 1):
            one = levels.get(at, Level())
            shown = shown.replace(f"%{at + 1}", numeral(counts.get(at, one.start), one.style))
        return f"{shown} " if shown else ""


def _level(element: Element) -> tuple[int, Level]:
    said = value(element, "numFmt") or "decimal"
    style = said if said in ("bullet", "none") else _STYLES.get(said, "decimal")
    start = value(element, "start")
    text = "" if style == "none" else value(element, "lvlText") or ""
    return _whole(element.get("ilvl")), Level(_whole(start) if start else 1, style, text)


def _whole(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 9 else 0
