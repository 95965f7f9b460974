"""The styles and the numbering of a DOCX file: what is emphasised or superscript, and list numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from mandata.text.list_numbers import numeral

OFF: Final = ("0", "false", "off", "none")
"""The values of ``val`` that switch a property off."""
_MAX_BASES: Final = 12  # styles based on styles: Word allows no more
_STYLES: Final = {
    "decimal": "decimal", "decimalZero": "decimal", "lowerLetter": "alpha", "upperLetter": "ALPHA",
    "lowerRoman": "roman", "upperRoman": "ROMAN",
}  # fmt: skip
_DASHES: Final = "-–—"


def property_value(parent: Element | None, path: str) -> str | None:
    """Return the ``val`` of the property at ``path`` ("" if it has none); None if the property is missing.

    Args:
        parent: the element that has the property, if any.
        path: the path from it to the property.
    """
    found = parent.find(path) if parent is not None else None
    return None if found is None else found.get("val", "")


@dataclass(slots=True)
class Level:
    """A level of a list: its first number, its numeral style, and the text around the number ("%1.")."""

    start: int = 1
    style: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _NumberingInstance:
    abstract: str
    starts: dict[int, int]


class Styles:
    """The styles of a file; a property set directly takes precedence over them."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.by_id = {e.get("styleId", ""): e for e in elements if e.tag == "style"}
        self.default = next((i for i, e in self.by_id.items() if _is_default(e)), "")

    def _chain(self, style: str | None) -> Iterator[Element]:
        for _ in range(_MAX_BASES):
            found = self.by_id.get(style or "")
            if found is None:
                return
            yield found
            style = property_value(found, "basedOn")

    def of_run(self, run: Element | None, paragraph: str | None, what: str) -> str | None:
        """Return a property of a run ("i", "b", "vertAlign"), from itself, its style, or its paragraph's style.

        Args:
            run: the properties of the run, if any.
            paragraph: the id of its paragraph's style; None for the default.
            what: the name of the property.
        """
        setting = property_value(run, what)
        styles = (*self._chain(property_value(run, "rStyle")), *self._chain(paragraph or self.default))
        for style in styles if setting is None else ():
            if (setting := property_value(style, f"rPr/{what}")) is not None:
                break
        return setting

    def is_on(self, run: Element | None, paragraph: str | None, what: str) -> bool:
        """Return whether a property of a run, such as "vanish", is on.

        Args:
            run: the properties of the run, if any.
            paragraph: the id of its paragraph's style; None for the default.
            what: the name of the property.
        """
        setting = self.of_run(run, paragraph, what)
        return setting is not None and setting not in OFF

    def of_paragraph(self, properties: Element | None, path: str) -> str | None:
        """Return the property at ``path`` ("numPr/numId") from a paragraph's properties or its style."""
        setting = property_value(properties, path)
        for style in self._chain(property_value(properties, "pStyle") or self.default) if setting is None else ():
            if (setting := property_value(style, f"pPr/{path}")) is not None:
                break
        return setting


def _is_default(style: Element) -> bool:
    return style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on")


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of lists in order, and returns the label that each shows."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, _NumberingInstance] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, elements: Iterable[Element]) -> Numbering:
        """Return the numbering that the elements of the numbering part define."""
        numbering = cls()
        for element in elements:
            if element.tag == "abstractNum":
                numbering.abstracts[element.get("abstractNumId", "")] = dict(map(_level, element.iterfind("lvl")))
            elif element.tag == "num":
                overrides = {
                    _parse_whole_number(o.get("ilvl")): property_value(o, "startOverride")
                    for o in element.iterfind("lvlOverride")
                }
                starts = {at: _parse_whole_number(setting) for at, setting in overrides.items() if setting is not None}
                numbering.lists[element.get("numId", "")] = _NumberingInstance(
                    property_value(element, "abstractNumId") or "", starts
                )
        return numbering

    def label(self, list_id: str, depth: int) -> str:
        """Count a paragraph of a list at ``depth`` and return its label, such as "1. " or "• ".

        Args:
            list_id: the ``numId`` of the list.
            depth: the level of the paragraph, from 0.
        """
        instance = self.lists.get(list_id)
        levels = self.abstracts.get(instance.abstract, {}) if instance else {}
        level = levels.get(depth)
        if instance is None or level is None:
            return ""
        counts = self.counts.setdefault(instance.abstract, {})
        if list_id not in self.used:
            self.used.add(list_id)
            counts.update({at: start - 1 for at, start in instance.starts.items()})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        label_text = level.text
        if level.style == "bullet":
            label_text = label_text if label_text in tuple(_DASHES) else "•"
        for at in range(depth + 1):
            parent_level = levels.get(at, Level())
            label_text = label_text.replace(
                f"%{at + 1}", numeral(counts.get(at, parent_level.start), parent_level.style)
            )
        return f"{label_text} " if label_text else ""


def _level(element: Element) -> tuple[int, Level]:
    setting = property_value(element, "numFmt") or "decimal"
    style = setting if setting in ("bullet", "none") else _STYLES.get(setting, "decimal")
    start = property_value(element, "start")
    text = "" if style == "none" else property_value(element, "lvlText") or ""
    return _parse_whole_number(element.get("ilvl")), Level(_parse_whole_number(start) if start else 1, style, text)


def _parse_whole_number(setting: str | None) -> int:
    return int(setting) if setting and setting.isascii() and setting.isdigit() and len(setting) < 9 else 0
