"""What is done for one document alone: functions of their arguments, in any process, on any machine.

``read_alone`` is the first pass, ``write_document`` the second. Bytes go in, text comes out; no file is touched.
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
class Told:
    """One file of a document: its checksum, its names, and, where it is to be read, its bytes."""

    sha256: str
    paths: tuple[str, ...]
    kind: str
    language: str | None
    data: bytes | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Whole:
    """One document in all its files, to be written in a form; all that what is written depends on."""

    form: str
    told: tuple[Told, ...]
    identities: Mapping[str, Identity]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """The local names of other documents that the evidence for its identity rests on, by short checksum."""

    def digest(self) -> str:
        """Return what tells whether a shard was made of just this, by this program."""
        told = [[t.sha256, t.paths, t.kind, t.language] for t in self.told]
        identities = {key: to_json(one) for key, one in self.identities.items()}
        parts = [fingerprint(), self.form, told, identities, dict(self.elsewhere)]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shard:
    """What is written of one document, what it was made of, and by file the doubts that only its files show."""

    text: str = field(repr=False)
    made_of: str
    doubts: Mapping[str, list[Issue]] = field(default_factory=dict)

    def stamp(self) -> Json:
        """Return what is kept of it, to know it again."""
        doubts = {path: [to_json(issue) for issue in issues] for path, issues in sorted(self.doubts.items())}
        return {"made_of": self.made_of, "sha256": checksum(self.text), "doubts": doubts}


@dataclass(frozen=True, slots=True)
class Alone:
    """What the first pass finds: the header record, as JSON holds it, and the shard if it needs no other document."""

    record: Json
    shard: Shard | None = None


def checksum(text: str) -> str:
    """Return the SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_alone(task: tuple[str, str, tuple[str, ...], bytes]) -> Alone:
    """Return what the bytes of a file (form, checksum, names, bytes) hold, be it nothing that can be read.

    Raises:
        MemoryError: there is not enough memory to read it; no other error for what they hold.
    """
    form, sha256, paths, data = task
    record_: Json = {"made_by": fingerprint(), "sha256": sha256}
    try:
        reading = read(source.decode(data, paths[0]))
        head = header(reading)
        described = [to_json(one) for one in cited_headers(reading)]
    except MandataError as error:
        return Alone(record_ | {"fault": to_json(Fault.of(error))})
    except MemoryError:  # no fault of the text: with more memory, or a higher limit, it may be read
        raise
    except Exception as error:  # one bad text, or a rule that is wrong, never stops the others
        return Alone(record_ | {"fault": to_json(Fault.of(internal_error(error)))})
    document, identity = reading.document, resolve_alone(head)
    record_ |= {"kind": document.kind, "language": document.language, "header": to_json(head), "cited": described}
    record_ |= {"identity": to_json(identity) if identity else None} | _doubts(reading, identity)
    if identity is None or (form not in RECORDS and len(paths) > 1):
        return Alone(record_)
    told = (Told(sha256, paths, document.kind, document.language),)
    return Alone(record_, _written(Whole(form, told, {sha256: identity}), {sha256: reading}))


def _doubts(reading: Reading, identity: Identity | None) -> Json:
    """Return what the report says of a text, but for the doubts about its identity."""
    unknown = Identity(reading.document.source.sha256, identity.symbol if identity else None, None)
    return doubts(reading, unknown)


def write_document(whole: Whole) -> Shard:
    """Return what stands in the files of a document; those without bytes are only told to be held."""
    readings = {t.sha256: read(source.decode(t.data, t.paths[0])) for t in whole.told if t.data is not None}
    return _written(whole, readings)


def _written(whole: Whole, readings: Mapping[str, Reading]) -> Shard:
    named = [reading for told in whole.told for reading in _by_name(told, readings.get(told.sha256))]
    if whole.form in RECORDS:
        found = [record(one, whole.identities[one.document.source.sha256]) for one in named]
        return Shard(as_json(found, whole.form), whole.digest())
    stated, doubts = build_documents(named, whole.identities, whole.elsewhere)
    text = attested_lines(stated) if whole.form == ATTESTED else RDF[whole.form](one.quad for one in stated)
    return Shard(text, whole.digest(), doubts)


def _by_name(told: Told, reading: Reading | None) -> list[Reading]:
    """Return a reading of each file that holds some bytes; one with nothing in it where they are not read again."""
    if reading is None:
        text = SourceText(told.paths[0], told.sha256, "")
        empty = Document(text, told.kind, told.language)
        reading = Reading(empty, (), Citations((), ()), MandateParts(), Correspondence())
    document = reading.document
    sources = (replace(document.source, path=path) for path in told.paths)
    return [replace(reading, document=replace(document, source=one)) for one in sources]


def as_json(found: list[Json], form: str) -> str:
    """Return records as one JSON array, or each on a line of its own."""
    if form == "json":
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)


def unread(path: str, fault: Fault) -> Json:
    """Return the record of a file that holds nothing to read."""
    said = f"{fault.what} - {fault.mend}" if fault.mend else fault.what
    issue = {"code": fault.code, "message": said, "start": None, "end": None}
    return {"source": path, "kind": "other", "issues": [issue]}
