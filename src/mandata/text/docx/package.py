"""The parts of a DOCX file: a zip archive of XML, read with a limit on its decompressed size and without any DTD."""

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
_MAX_BYTES: Final = 96 * _MB  # of all parts together, decompressed: a report of 500 pages has 20 MB
_USUAL_RATIO, _MAX_RATIO = 20, 100  # of compression: texts have 13, tables of one value 60
_UNCHECKED_SIZE: Final = 4 * _MB  # smaller parts may have any ratio
_SECONDS_PER_MB: Final = 0.1  # most of it is used
_MAX_DEPTH: Final = 200
_CHUNK_SIZE: Final = 1 << 16
_BOMB = ("bomb", "unfolds to far more than a document holds", "", "check where it comes from")
_DAMAGED = ("damaged-file", "is a zip archive, but no DOCX that can be read", "", "open it in Word and save it anew")


class Package:
    """A DOCX file in memory.

    Raises:
        MandataError: it is not a zip archive, not DOCX, or protected by a password.
    """

    def __init__(self, data: bytes) -> None:
        self.decompressed = 0
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise MandataError(*_DAMAGED) from error
        self.names = {info.filename.lstrip("/"): info for info in self.archive.infolist()}
        self.main = next(iter(self.targets("", "officeDocument").values()), "")
        if self.main not in self.names or "document" not in posixpath.basename(self.main):
            raise MandataError("format", "is a zip archive, but no DOCX", "", "give the document itself")

    def targets(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts of a ``kind``, such as ``footnotes``, that a ``part`` refers to, by relationship id."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for relation in self.elements(relations, 2) if relations in self.names else ():
            if relation.get("Type", "").endswith(f"/{kind}"):
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
                found[relation.get("Id", "")] = target
        return found

    def related_elements(self, kind: str, depth: int) -> Iterator[Element]:
        """Yield the elements at ``depth`` in the part of a ``kind`` that the main part refers to, if there is one."""
        for target in self.targets(self.main, kind).values():
            if target in self.names:
                yield from self.elements(target, depth)

    def elements(self, part: str, depth: int) -> Iterator[Element]:
        """Yield each element at ``depth`` in a ``part`` (1: the root) when it ends; elements above are not built."""
        parser = _ElementParser(depth)
        for chunk in self._chunks(part):
            yield from parser.feed(chunk)
        yield from parser.feed(b"", last=True)

    def _chunks(self, part: str) -> Iterator[bytes]:
        info, size = self.names[part], 0
        if info.flag_bits & 1:
            raise MandataError("encrypted", "is protected by a password", "", "give a copy without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the DOCX standard allows no other
            raise MandataError(*_DAMAGED)
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(_CHUNK_SIZE):
                    size += len(chunk)
                    self.decompressed += len(chunk)
                    is_bomb = size > _UNCHECKED_SIZE and size > _MAX_RATIO * max(1, info.compress_size)
                    if is_bomb or self.decompressed > _MAX_BYTES:
                        raise MandataError(*_BOMB)
                    if size < _USUAL_RATIO * info.compress_size:
                        add_processor_time(_SECONDS_PER_MB * len(chunk) / _MB)
                    yield chunk
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
            raise MandataError(*_DAMAGED) from error


class _ElementParser:
    """Builds elements from XML, with names and attributes without namespaces; refuses a DTD, and so all entities."""

    def __init__(self, depth: int) -> None:
        self.target_depth, self.depth = depth, 0
        self.builder = TreeBuilder()
        self.completed: list[Element] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, last: bool = False) -> list[Element]:
        self.completed = []
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise MandataError(*_DAMAGED) from error
        return self.completed

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise MandataError(*_BOMB)
        if self.depth >= self.target_depth:
            self.builder.start(_local_name(name), {_local_name(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self.depth >= self.target_depth:
            element = self.builder.end(_local_name(name))
            if self.depth == self.target_depth:
                self.completed.append(element)
                self.builder = TreeBuilder()
        self.depth -= 1

    def _text(self, words: str) -> None:
        if self.depth >= self.target_depth:
            self.builder.data(words)

    @staticmethod
    def _refuse(*_: object) -> None:
        raise MandataError("bomb", "holds a DTD, which no DOCX has", "", "check where it comes from")


def _local_name(name: str) -> str:
    return name.rpartition(" ")[2]
