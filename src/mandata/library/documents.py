"""A document as ``mandata convert`` prints it, as a typed record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from mandata.ingest.conversion import records


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A cited document: its symbol, or the local name of an instrument; how the text cites it; which part of it."""

    id: str
    via: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """A paragraph, or an item of one; ``start`` and ``end`` are offsets in characters into the file as received."""

    n: int | str | None
    text: str
    operator: str | None
    addressee: str | None
    cites: tuple[CitedDocument, ...]
    items: tuple[ParagraphRecord, ...]
    start: int | None
    end: int | None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Return the paragraph that a record of ``convert`` describes."""
        return cls(
            n=record["n"],
            text=record["text"],
            operator=record["operator"],
            addressee=record["addressee"],
            cites=_cited_documents(record["cites"]),
            items=tuple(map(cls.of, record["items"])),
            start=record.get("start"),
            end=record.get("end"),
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """An issue of ``convert``: what is doubtful in a text, and where, in characters of the file as received."""

    code: str
    message: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document; ``record`` holds every key that ``mandata convert`` prints of it."""

    kind: str
    symbol: str | None
    language: str | None
    title: str | None
    body: str | None
    session: int | str | None
    adopted: date | None
    preambular: tuple[ParagraphRecord, ...]
    operative: tuple[ParagraphRecord, ...]
    paragraphs: tuple[ParagraphRecord, ...]
    cites: tuple[CitedDocument, ...]
    issues: tuple[Doubt, ...]
    record: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Return the document that a record of ``convert`` describes."""
        adopted = record.get("adopted")
        return cls(
            kind=record["kind"],
            symbol=record.get("symbol"),
            language=record.get("language"),
            title=record.get("title"),
            body=record.get("body"),
            session=record.get("session"),
            adopted=date.fromisoformat(adopted) if adopted else None,
            preambular=_paragraphs(record, "preambular"),
            operative=_paragraphs(record, "operative"),
            paragraphs=_paragraphs(record, "paragraphs"),
            cites=_cited_documents(record.get("cites", ())),
            issues=tuple(
                Doubt(issue["code"], issue["message"], issue["start"], issue["end"]) for issue in record["issues"]
            ),
            record=record,
        )


def read(source: str | PathLike[str] | bytes, name: str = "document") -> DocumentRecord:
    """Read one document, and leave nothing on disk.

    >>> read(b"not of the United Nations").kind
    'other'

    Args:
        source: the path of a file, or the bytes of one.
        name: the file name that the record gives to bytes; an ending such as ``.html`` states their format.

    Raises:
        MandataError: the file is missing, or cannot be read.
    """
    if not isinstance(source, bytes):
        return DocumentRecord.of(records([Path(source)])[0])
    with TemporaryDirectory(prefix="mandata-") as folder:
        file = Path(folder, Path(name).name)
        file.write_bytes(source)
        return DocumentRecord.of(records([file])[0] | {"source": name})


def _paragraphs(record: Mapping[str, Any], key: str) -> tuple[ParagraphRecord, ...]:
    return tuple(map(ParagraphRecord.of, record.get(key, ())))


def _cited_documents(citations: Iterable[Mapping[str, Any]]) -> tuple[CitedDocument, ...]:
    return tuple(CitedDocument(each["id"], each["via"], each.get("part")) for each in citations)
