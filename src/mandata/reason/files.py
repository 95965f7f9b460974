"""Reads facts from files of RDF: Turtle, N-Triples, RDF/XML, TriG, N-Quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, cast

from pyoxigraph import Quad, RdfFormat, parse

from mandata.errors import MandataError
from mandata.rdf.xml_doctype import DoctypeRefusingStream

Count: TypeAlias = Callable[[str, int, int], object]
"""A callback for progress: what is being done, how much is done, and how much there is."""

FORMATS: Final = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".owl": None,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}
"""The formats of the files that are read from a folder, by suffix; None: the format is detected from the content."""
_SAMPLE: Final = 4096  # bytes from which the format is detected
_BETWEEN: Final = 20_000  # statements between two calls of the callback for progress


def read_facts(paths: Sequence[Path], count: Count = lambda _stage, _done, _total: None) -> Iterator[Quad]:
    """Yield the statements of files of RDF, of all graphs.

    Blank nodes are kept apart by file. Relative IRIs are resolved against the file's own IRI.

    Args:
        paths: files, or folders of files.
        count: is called from time to time with what is read, how many bytes were read, and of how many.

    Raises:
        MandataError: a file is missing, cannot be opened or parsed, or is RDF/XML with a document type declaration.
    """
    for path in _files(paths):
        try:
            with path.open("rb") as file:
                yield from _parse(path, file, count)
        except SyntaxError as error:
            where = ":".join(str(each) for each in (path, error.lineno, error.offset) if each is not None)
            raise MandataError("rdf", _message(error), where, "mend it there; the rest was not read") from None
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


def _parse(path: Path, file: BinaryIO, count: Count) -> Iterator[Quad]:
    form = FORMATS.get(path.suffix.lower()) or _format(file.read(_SAMPLE))
    size = file.seek(0, 2)
    file.seek(0)
    base = path.absolute().as_uri()
    read = cast("BinaryIO", DoctypeRefusingStream(file, str(path))) if form == RdfFormat.RDF_XML else file
    for number, quad in enumerate(parse(read, form, base_iri=base, rename_blank_nodes=True)):
        if number % _BETWEEN == 0:
            count(f"reading {path.name}, bytes", file.tell(), size)
        yield quad


def _format(start: bytes) -> RdfFormat:
    """Return the format of a file by its first bytes: only N-Quads has a fourth term outside braces."""
    text = start.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith(("<?xml", "<!", "<rdf:", "<RDF")):
        return RdfFormat.RDF_XML
    try:
        list(parse(text.rpartition("\n")[0] or text, RdfFormat.N_QUADS))
    except SyntaxError:
        return RdfFormat.TRIG
    return RdfFormat.N_QUADS


def _message(error: SyntaxError) -> str:
    """Return the message of a parser without the position that precedes it."""
    prefix, _, message = str(error.msg).partition(": ")
    return message if prefix.startswith("Parser error at") else str(error.msg)
