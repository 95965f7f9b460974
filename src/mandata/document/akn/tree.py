"""XML trees whose character data and attributes keep their offsets in the file.

Nothing is fetched or expanded: a document type declaration, and so every entity except the five predefined ones and
character references, is refused before anything in it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from mandata.document.model import Stated
from mandata.errors import Issue, MandataError
from mandata.text.mapped import MappedText
from mandata.text.source import SourceText

MAX_DEPTH: Final = 200
"""The greatest depth of nested elements; no document of the United Nations comes near it."""
MAX_ELEMENTS: Final = 100_000
_PAIR = re.compile(r"""(?<![^\s=<>/"'])([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class CharacterData:
    """Characters of an element, and their span in the file; a reference such as ``&amp;`` is one character."""

    chars: str
    start: int
    end: int

    def as_mapped_text(self) -> MappedText:
        """Return the characters, each with its offsets."""
        if len(self.chars) == self.end - self.start:
            return MappedText.of(self.chars, self.start)
        return MappedText.standing_for(self.chars, self.start, self.end)


@dataclass(slots=True)
class Element:
    """An element by its local name; ``start`` is the start of its start tag, ``end`` the end of its content."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    children: list[Element | CharacterData] = field(default_factory=list)

    def elements(self, *names: str) -> Iterator[Element]:
        """Yield the child elements; only those with one of the given names, if any."""
        for child in self.children:
            if isinstance(child, Element) and (not names or child.name in names):
                yield child

    def walk(self, *names: str) -> Iterator[Element]:
        """Yield this element and its descendants; only those with one of the given names, if any."""
        if not names or self.name in names:
            yield self
        for child in self.elements():
            yield from child.walk(*names)

    def first(self, *path: str) -> Element | None:
        """Return the first element at a path of child element names; None if there is none."""
        if not path:
            return self
        return next((found for child in self.elements(path[0]) if (found := child.first(*path[1:]))), None)

    def get(self, attribute: str) -> str:
        """Return the value of an attribute by its local name; empty if there is none."""
        return self.attributes.get(attribute, "")


@dataclass(frozen=True, slots=True)
class Tree:
    """The root element of a file, and the issues found in parsing it."""

    source: SourceText = field(repr=False)
    root: Element
    issues: tuple[Issue, ...] = ()

    def stated_attribute(self, element: Element, attribute: str) -> Stated[str] | None:
        """Return the value of an element's ``attribute`` with its span; None if it is empty or missing."""
        value = " ".join(element.get(attribute).split())
        if not value:
            return None
        for pair in _PAIR.finditer(self.source.raw, element.start):
            if pair[1].rpartition(":")[2] == attribute:
                return Stated(value, (pair.start(2) + 1, pair.end(2) - 1))
        return None


def read_tree(source: SourceText) -> Tree:
    """Return the elements of a file; of one that is not well-formed, those before the error, with an Issue.

    Raises:
        MandataError: there is no element before the error, there is a document type declaration, or there are more
            elements, or more deeply nested ones, than any document has.
    """
    builder = _TreeBuilder(source)
    try:
        builder.parser.Parse(builder.data, True)
    except expat.ExpatError as error:
        place = builder.offsets.of(builder.parser.ErrorByteIndex)
        where = f"{source.path}:{error.lineno}:{error.offset + 1}"
        fault = expat.ErrorString(error.code)
        if builder.root is None:
            mend = "give a file that is well-formed XML"
            raise MandataError("xml-broken", f"is no well-formed XML: {fault}", where, mend) from error
        message = f"is no well-formed XML from here on ({fault}, line {error.lineno}); what follows is not read"
        builder.close(place)
        return Tree(source, builder.root, (Issue("xml-broken", message, place, len(source.raw)),))
    assert builder.root is not None, "a well-formed document has a root"
    return Tree(source, builder.root)


class _OffsetConverter:
    """Converts increasing byte offsets to character offsets in the file."""

    def __init__(self, data: bytes, begin: int) -> None:
        self._data, self._byte, self._char = data, 0, begin

    def of(self, byte: int) -> int:
        if byte > self._byte:
            passed = self._data[self._byte : byte]
            self._char += len(passed.decode(errors="ignore"))
            self._byte = byte
        return self._char


class _TreeBuilder:
    """Builds the elements from the events of the parser."""

    def __init__(self, source: SourceText) -> None:
        begin = 1 if source.raw.startswith(_BOM) else 0
        self.source, self.data = source, source.raw[begin:].encode()
        self.offsets = _OffsetConverter(self.data, begin)
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words

    def _place(self) -> int:
        return self.offsets.of(self.parser.CurrentByteIndex)

    def _refuse_doctype(self, *_: object) -> None:
        what = "has a document type declaration, which can make a small file a huge one; it is not read"
        where = f"{self.source.path}:{self.parser.CurrentLineNumber}:{self.parser.CurrentColumnNumber + 1}"
        raise MandataError("xml-doctype", what, where, "take the <!DOCTYPE ...> out")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            what = f"has more than {MAX_ELEMENTS} elements, or more than {MAX_DEPTH} within one another"
            raise MandataError("xml-too-large", what, self.source.path, "give a document of the United Nations")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(" ")[2], plain, self._place())
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop().end = self._place()

    def _words(self, chars: str) -> None:
        if not self._open:
            return
        start, byte = self._place(), self.parser.CurrentByteIndex
        end = start + len(chars)
        if self.data[byte : byte + 1] == b"&":
            end = start + self.data.index(b";", byte) + 1 - byte
        elif self.data[byte : byte + 2] == b"\r\n" and chars == "\n":
            end = start + 2
        self._open[-1].children.append(CharacterData(chars, start, end))

    def close(self, place: int) -> None:
        """Close the elements left open by an error, at an offset."""
        for element in self._open:
            element.end = place
