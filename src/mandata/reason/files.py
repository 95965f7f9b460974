"""Reads facts from files of RDF: Turtle, N-Triples, RDF/XML, TriG, N-Quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, cast

from pyoxigraph import Quad, RdfFormat, parse

from mandata.errors import MandataError
from mandata.rdf.without_doctype import WithoutDoctype

Count: TypeAlias = Callable[[str, int, int], object]
"""Is told now and then what is being done, how much is done, and of how much."""

FORMATS: Final = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".owl": None,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}
"""What files of a folder end in that are read; None, as for any other file that is named: its beginning tells."""
_ENOUGH: Final = 4096
_BETWEEN: Final = 20_000  # statements between two words of how far it is


def read_facts(paths: Sequence[Path], count: Count = lambda _stage, _done, _total: None) -> Iterator[Quad]:
    """Yield what is stated in files, and in the files of folders, of all graphs together.

    Blank nodes of two files are two. What is relative is resolved against the file's own place.

    Raises:
        MandataError: a file is missing, cannot be opened, is not of its format, which the first fault shows, or is
            RDF/XML with a document type.
    """
    for path in _files(paths):
        try:
            with path.open("rb") as file:
                yield from _parsed(path, file, count)
        except SyntaxError as error:
            where = ":".join(str(each) for each in (path, error.lineno, error.offset) if each is not None)
            raise MandataError("rdf", _said(error), where, "mend it there; the rest was not read") from None
        except OSError as error:
            raise MandataError("rdf", error.strerror or str(error), str(path), "name a file that can be read") from None


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = [each for each in sorted(path.rglob("*")) if each.suffix.lower() in FORMATS and each.is_file()]
        if not found:
            endings = ", ".join(FORMATS)
            raise MandataError("rdf", "no file of RDF is in this folder", str(path), f"its files must end in {endings}")
        yield from found


def _parsed(path: Path, file: BinaryIO, count: Count) -> Iterator[Quad]:
    form = FORMATS.get(path.suffix.lower()) or _form(file.read(_ENOUGH))
    size = file.seek(0, 2)
    file.seek(0)
    base = path.absolute().as_uri()
    read = cast("BinaryIO", WithoutDoctype(file, str(path))) if form == RdfFormat.RDF_XML else file
    for number, quad in enumerate(parse(read, form, base_iri=base, rename_blank_nodes=True)):
        if number % _BETWEEN == 0:
            count(f"reading {path.name}, bytes", file.tell(), size)
        yield quad


def _form(start: bytes) -> RdfFormat:
    """Return the format of a file by its first bytes: N-Quads alone has a fourth term that stands in no braces."""
    text = start.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith(("<?xml", "<!", "<rdf:", "<RDF")):
        return RdfFormat.RDF_XML
    try:
        list(parse(text.rpartition("\n")[0] or text, RdfFormat.N_QUADS))
    except SyntaxError:
        return RdfFormat.TRIG
    return RdfFormat.N_QUADS


def _said(error: SyntaxError) -> str:
    """Return what a parser says, without the place, which stands before it."""
    before, _, said = str(error.msg).partition(": ")
    return said if before.startswith("Parser error at") else str(error.msg)
