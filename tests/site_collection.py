"""A site's collection of any statements, in a store that is gone with the process."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from mandata.kb.statements import Statements, axioms
from mandata.kb.store import in_memory
from mandata.site import stored_collection
from mandata.site.resources import EvidenceReader
from mandata.site.stored_resources import StoredCollection


def collected(statements: Statements, evidence: EvidenceReader | None = None) -> StoredCollection:
    """Return what a release and the ontology state."""
    return of_quads((*statements.asserted, *statements.inferred, *statements.deprecated, *axioms()), evidence)


def of_quads(quads: Iterable[ox.Quad], evidence: EvidenceReader | None = None) -> StoredCollection:
    """Return what some statements state."""
    return stored_collection(in_memory(quads), evidence=evidence)
