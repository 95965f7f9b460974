"""The asserted graphs of a collection: one for each document, one for the catalogue, one for the entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import Quad

from mandata.errors import Issue
from mandata.graph.citations import state_citations, state_mentions
from mandata.graph.correspondence import state_correspondence, state_events
from mandata.graph.divisions import state_divisions
from mandata.graph.document import state_document, state_file, state_own_words
from mandata.graph.evidence import Witness, file_name
from mandata.graph.identification import state_identification
from mandata.graph.mandates import state_mandates
from mandata.graph.paragraphs import state_parts
from mandata.graph.proceedings import state_proceedings
from mandata.graph.provisions import state_provisions
from mandata.graph.reference_facts import catalogue_quads, entity_quads
from mandata.graph.statements import GraphStatements
from mandata.graph.versions import difference, leading, state_other
from mandata.graph.words import Words
from mandata.identity.model import Identity
from mandata.rdf.evidence import Statement
from mandata.reading import Reading
from mandata.un.catalogue import Record
from mandata.un.document_names import document_name
from mandata.un.entities import Entities

_ANOTHER = "another text of {} in this language is held and speaks for it; this one is listed as a file"


def build_documents(
    readings: Sequence[Reading], identities: Mapping[str, Identity], elsewhere: Mapping[str, str] | None = None
) -> tuple[list[Statement], dict[str, list[Issue]]]:
    """Return the statements drawn from some texts with their evidence, and by path the doubts the collection shows.

    The language versions of a document are one: that of its original language speaks for it, else the first by
    checksum; of the others stand the words in their language, and Issues say where they differ. Where two texts are the
    same document in the same language, the first by checksum speaks for it; of the other stands only that it is held,
    and an Issue says so. ``elsewhere`` gives the local names of documents that are not among these and that an identity
    rests on, by the short checksum of a file.
    """
    named = dict(elsewhere or {}) | {r.document.source.short_checksum: _local(r, identities) for r in readings}
    versions: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.document.kind != "other":
            versions[named[reading.document.source.short_checksum]].append(reading)
    stated, issues = list[Statement](), dict[str, list[Issue]]()
    for local, found in versions.items():
        statements = GraphStatements(local)
        for path, doubts in _state_versions(found, identities, local, statements, named):
            issues.setdefault(path, []).extend(doubts)
        stated += statements.statements()
    return stated, {path: doubts for path, doubts in issues.items() if doubts}


def _state_versions(
    found: Sequence[Reading],
    identities: Mapping[str, Identity],
    local: str,
    statements: GraphStatements,
    named: Mapping[str, str],
) -> Iterator[tuple[str, list[Issue]]]:
    """State all language versions of a document; yield the doubts that they show together, by path."""
    leader, spoken, paths = leading(found), set[str | None](), set[str]()
    for reading in sorted(found, key=lambda r: (r is not leader, r.document.source.sha256)):
        document = reading.document
        identity, path = identities[document.source.sha256], document.source.path
        if document.language in spoken:
            state_file(document, local, statements)
            yield path, [Issue("another-file", _ANOTHER.format(local))]
            continue
        language = document.language or "und"
        words = Words(document, local, file_name(local, language, document.source), paths)
        witness = Witness(statements, document.source, local, language, words)
        if reading is leader:
            _state_all(reading, identity, local, witness, named)
        else:
            state_other(reading, identity, local, witness, paths)
            yield path, list(difference(reading, leader))
        state_own_words(document.language, witness)
        spoken.add(document.language)
        paths |= {p.path for p in document.body()} | {note.path for note in document.footnotes}
        paths |= {section.path for section in document.all_sections()}


def _local(reading: Reading, identities: Mapping[str, Identity]) -> str:
    checksum = reading.document.source.sha256
    return document_name(identities[checksum].symbol, checksum)


def _state_all(reading: Reading, identity: Identity, local: str, witness: Witness, named: Mapping[str, str]) -> None:
    state_document(reading, identity, local, witness)
    state_parts(reading, local, witness)
    state_divisions(reading, identity, local, witness)
    state_citations(reading, identity, local, witness)
    state_mentions(reading, local, witness)
    state_mandates(reading, identity, local, witness)
    state_provisions(reading, local, witness)
    state_correspondence(reading, identity, local, witness)
    state_events(reading, witness)
    state_proceedings(reading, identity, local, witness)
    state_identification(identity, local, witness, named)


def build_facts(records: Iterable[Record], entities: Entities) -> list[Quad]:
    """Return the statements of the catalogue and of the entities."""
    return [*catalogue_quads(records, entities), *entity_quads(entities)]
