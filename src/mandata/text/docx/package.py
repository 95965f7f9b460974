"""The parts of a DOCX file: a zip archive of XML, read with a limit on what it unfolds to and without any DTD."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from mandata.errors import MandataError
from mandata.isolation.limits import add_processor_time

_MB: Final = 1 << 20
_MOST_BYTES: Final = 96 * _MB  # of all parts together, unfolded: a report of 500 pages has 20 MB
_USUAL_FOLD, _MOST_FOLD = 20, 100  # times smaller than its contents: texts fold 13 times, tables of one value 60
_FREE: Final = 4 * _MB  # smaller parts may fold as they like
_SECONDS_A_MB: Final = 0.1  # most of it is taken
_DEEPEST: Final = 200
_CHUNK: Final = 1 << 16
_BOMB = ("bomb", "unfolds to far more than a document holds", "", "check where it comes from")
_DAMAGED = ("damaged-file", "is a zip archive, but no DOCX that can be read", "", "open it in Word and save it anew")


class Package:
    """A DOCX file in memory.

    Raises:
        MandataError: it is no zip archive, no DOCX, or protected by a password.
    """

    def __init__(self, data: bytes) -> None:
        self.unfolded = 0
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise MandataError(*_DAMAGED) from error
        self.names = {info.filename.lstrip("/"): info for info in self.archive.infolist()}
        self.main = next(iter(self.targets("", "officeDocument").values()), "")
        if self.main not in self.names or "document" not in posixpath.basename(self.main):
            raise MandataError("format", "is a zip archive, but no DOCX", "", "give the document itself")

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts of a kind, such as ``footnotes``, that a part refers to, by the id of the relation."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for one in self.elements(relations, 2) if relations in self.names else ():
            if one.get("Type", "").endswith(f"/{kind}"):
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                found[one.get("Id", "")] = target
        return found

    def related(self, kind: str, depth: int) -> Iterator[Element]:
        """Yield the elements at a depth of the part of a kind that the main part refers to; nothing where none is."""
        for target in self.targets(self.main, kind).values():
            if target in self.names:
                yield from self.elements(target, depth)

    def elements(self, part: str, depth: int) -> Iterator[Element]:
        """Yield the elements at a depth of a part (1: the root) as each ends; those above hold nothing of them."""
        reader = _Reader(depth)
        for chunk in self._chunks(part):
            yield from reader.feed(chunk)
        yield from reader.feed(b"", last=True)

    def _chunks(self, part: str) -> Iterator[bytes]:
        info, size = self.names[part], 0
        if info.flag_bits & 1:
            raise MandataError("encrypted", "is protected by a password", "", "give a copy without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the norm of DOCX knows no other
            raise MandataError(*_DAMAGED)
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self.unfolded += len(chunk)
                    folded = size > _FREE and size > _MOST_FOLD * max(1, info.compress_size)
                    if folded or self.unfolded > _MOST_BYTES:
                        raise MandataError(*_BOMB)
                    if size < _USUAL_FOLD * info.compress_size:
                        add_processor_time(_SECONDS_A_MB * len(chunk) / _MB)
                    yield chunk
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
            raise MandataError(*_DAMAGED) from error


class _Reader:
    """Turns XML into elements, names and attributes without their namespaces; refuses a DTD, and so all entities."""

    def __init__(self, depth: int) -> None:
        self.wanted, self.depth = depth, 0
        self.builder = TreeBuilder()
        self.done: list[Element] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, last: bool = False) -> list[Element]:
        self.done = []
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise MandataError(*_DAMAGED) from error
        return self.done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise MandataError(*_BOMB)
        if self.depth >= self.wanted:
            self.builder.start(_bare(name), {_bare(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self.depth >= self.wanted:
            element = self.builder.end(_bare(name))
            if self.depth == self.wanted:
                self.done.append(element)
                self.builder = TreeBuilder()
        self.depth -= 1

    def _words(self, words: str) -> None:
        if self.depth >= self.wanted:
            self.builder.data(words)

    @staticmethod
    def _refuse(*_: object) -> None:
        raise MandataError("bomb", "holds a DTD, which no DOCX has", "", "check where it comes from")


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]
