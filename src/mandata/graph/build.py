"""The asserted graphs of a collection: one for each document, one for the catalogue, one for the entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Quad

from mandata.catalogue import Record
from mandata.entities import Entities
from mandata.errors import Issue
from mandata.graph.citations import state_citations, state_mentions
from mandata.graph.document import state_document, state_version
from mandata.graph.evidence import Witness
from mandata.graph.facts import catalogue_quads, entity_quads
from mandata.graph.mandates import state_correspondence, state_events, state_identification, state_mandates
from mandata.graph.paragraphs import state_parts
from mandata.graph.statements import Statements
from mandata.identity.model import Identity
from mandata.iris import document_name
from mandata.reading import Reading


def build_documents(
    readings: Sequence[Reading], identities: Mapping[str, Identity]
) -> tuple[list[Quad], dict[str, list[Issue]]]:
    """Return the statements drawn from some texts, and by path the doubts that only the collection shows.

    Where two texts are the same document in the same language, the first by checksum speaks for it; of the other stands
    only that it is held, and an Issue says so.
    """
    named = {r.document.source.short_checksum: _local(r, identities) for r in readings}
    quads, issues, spoken = list[Quad](), dict[str, list[Issue]](), set[tuple[str, str | None]]()
    for reading in sorted(readings, key=lambda r: r.document.source.sha256):
        document, local = reading.document, named[reading.document.source.short_checksum]
        if document.kind == "other":
            continue
        statements = Statements(local)
        witness = Witness(statements, document.source, local, document.language or "und")
        if (local, document.language) in spoken:
            state_version(reading, local, witness)
            said = f"another text of {local} in this language is held and speaks for it; this one is listed as a file"
            issues.setdefault(document.source.path, []).append(Issue("another-file", said))
        else:
            _state_all(reading, identities[document.source.sha256], local, witness, named)
        spoken.add((local, document.language))
        quads += statements.quads()
    return quads, issues


def _local(reading: Reading, identities: Mapping[str, Identity]) -> str:
    checksum = reading.document.source.sha256
    return document_name(identities[checksum].symbol, checksum)


def _state_all(reading: Reading, identity: Identity, local: str, witness: Witness, named: Mapping[str, str]) -> None:
    state_document(reading, identity, local, witness)
    state_parts(reading, local, witness)
    state_citations(reading, identity, local, witness)
    state_mentions(reading, local, witness)
    state_mandates(reading, identity, local, witness)
    state_correspondence(reading, identity, local, witness)
    state_events(reading, witness)
    state_identification(identity, local, witness, named)


def build_facts(records: Iterable[Record], entities: Entities) -> list[Quad]:
    """Return the statements of the catalogue and of the entities."""
    return [*catalogue_quads(records, entities), *entity_quads(entities)]
