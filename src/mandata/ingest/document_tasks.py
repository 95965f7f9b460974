"""What is done for one text or one document alone: functions of their arguments, in any process, on any machine.

``read_text`` is the first pass, ``write_document`` the second. Bytes go in, text comes out; no file is touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from mandata.citation.find import Citations
from mandata.document.model import Document
from mandata.errors import Fault, Issue, MandataError, internal_error
from mandata.graph.build import build_documents
from mandata.graph.record import doubts, record
from mandata.identity.headers import cited_headers, header
from mandata.identity.model import Identity
from mandata.identity.resolve import resolve_alone
from mandata.identity.serialization import to_json
from mandata.ingest.stored_reading import pack, unpack
from mandata.mandate.model import MandateParts
from mandata.mention.correspondence import Correspondence
from mandata.package_data import fingerprint
from mandata.rdf.attested_lines import attested_lines
from mandata.rdf.canonical import nquads
from mandata.rdf.turtle import trig, turtle
from mandata.reading import Reading, read
from mandata.text import source
from mandata.text.source import SourceText

Json = dict[str, Any]
ATTESTED: Final = "attested"
"""The form in which a knowledge base keeps documents: N-Quads, with the evidence of each statement."""
RDF = {"turtle": turtle, "trig": trig, "nquads": nquads}
RECORDS = frozenset({"json", "jsonl"})


@dataclass(frozen=True, slots=True)
class TextTask:
    """The bytes of a text that is to be read, their SHA-256, and the names of the files that hold them."""

    sha256: str
    paths: tuple[str, ...]
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TextResult:
    """What the first pass finds in a text: its header record, as JSON holds it, and its reading as bytes.

    A text that cannot be read has a fault in its header record, and no reading.
    """

    record: Json
    reading: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One text of a document: its checksum, the names of its files and, if its words are needed, its reading.

    If no reading of it was kept, as of a text that an earlier run wrote, its bytes are there to be read again.
    """

    sha256: str
    paths: tuple[str, ...]
    kind: str
    language: str | None
    reading: bytes | None = field(default=None, repr=False, compare=False)
    data: bytes | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """One document in all its texts, to be written in a form; all that what is written depends on."""

    form: str
    texts: tuple[DocumentText, ...]
    identities: Mapping[str, Identity]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """The local names of other documents that the evidence for its identity rests on, by short checksum."""

    def digest(self) -> str:
        """Return a checksum that changes if what is written of the document may change."""
        texts = [[text.sha256, text.paths, text.kind, text.language] for text in self.texts]
        identities = {key: to_json(identity) for key, identity in self.identities.items()}
        parts = [fingerprint(), self.form, texts, identities, dict(self.elsewhere)]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shard:
    """What is written of one document, the digest of its task, and by file the doubts that only its texts show."""

    text: str = field(repr=False)
    digest: str
    doubts: Mapping[str, list[Issue]] = field(default_factory=dict)

    def stamp(self) -> Json:
        """Return what is kept of it in a header record, to know whether it is whole and still true."""
        doubts = {path: [to_json(issue) for issue in issues] for path, issues in sorted(self.doubts.items())}
        return {"made_of": self.digest, "sha256": checksum(self.text), "doubts": doubts}


def checksum(text: str) -> str:
    """Return the SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_text(task: TextTask) -> TextResult:
    """Return what a text holds, be it nothing that can be read.

    Raises:
        MemoryError: there is not enough memory to read it; no other error for what it holds.
    """
    basis: Json = {"made_by": fingerprint(), "sha256": task.sha256}
    try:
        reading = read(source.decode(task.data, task.paths[0]))
        head = header(reading)
        cited = [to_json(description) for description in cited_headers(reading)]
    except MandataError as error:
        return TextResult(basis | {"fault": to_json(Fault.of(error))})
    except MemoryError:  # no fault of the text: with more memory, or a higher limit, it may be read
        raise
    except Exception as error:  # one bad text, or a rule that is wrong, never stops the others
        return TextResult(basis | {"fault": to_json(Fault.of(internal_error(error)))})
    document, identity = reading.document, resolve_alone(head)
    found = {"kind": document.kind, "language": document.language, "header": to_json(head), "cited": cited}
    known = {"identity": to_json(identity) if identity else None}
    return TextResult(basis | found | known | _doubts(reading, identity), pack(reading))


def _doubts(reading: Reading, identity: Identity | None) -> Json:
    """Return what the report says of a text, but for the doubts about its identity."""
    unknown = Identity(reading.document.source.sha256, identity.symbol if identity else None, None)
    return doubts(reading, unknown)


def write_document(task: DocumentTask) -> Shard:
    """Return what is written of a document; a text without reading or bytes is only stated to be held."""
    readings = [reading for text in task.texts for reading in _by_name(text)]
    if task.form in RECORDS:
        records = [record(reading, task.identities[reading.document.source.sha256]) for reading in readings]
        return Shard(as_json(records, task.form), task.digest())
    statements, doubts = build_documents(readings, task.identities, task.elsewhere)
    rdf = attested_lines(statements) if task.form == ATTESTED else RDF[task.form](s.quad for s in statements)
    return Shard(rdf, task.digest(), doubts)


def _by_name(text: DocumentText) -> list[Reading]:
    """Return a reading of each file that holds a text."""
    reading = _reading(text)
    document = reading.document
    sources = (replace(document.source, path=path) for path in text.paths)
    return [replace(reading, document=replace(document, source=one)) for one in sources]


def _reading(text: DocumentText) -> Reading:
    if text.reading is not None:
        return unpack(text.reading)
    if text.data is not None:
        return read(source.decode(text.data, text.paths[0]))
    empty = Document(SourceText(text.paths[0], text.sha256, ""), text.kind, text.language)
    return Reading(empty, (), Citations((), ()), MandateParts(), Correspondence())


def as_json(records: list[Json], form: str) -> str:
    """Return records as one JSON array (``json``), or each on a line of its own (``jsonl``)."""
    if form == "json":
        return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)


def unread_record(path: str, fault: Fault) -> Json:
    """Return the record of a file that holds nothing to read."""
    message = f"{fault.what} - {fault.mend}" if fault.mend else fault.what
    issue = {"code": fault.code, "message": message, "start": None, "end": None}
    return {"source": path, "kind": "other", "issues": [issue]}
