"""A site's collection of any statements, in a store that is gone with the process."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from mandata.kb.statements import Statements, axioms
from mandata.kb.store import in_memory
from mandata.site import stored
from mandata.site.stored_resources import StoredCollection


def collected(statements: Statements) -> StoredCollection:
    """Return what a release and the ontology state."""
    return of_quads((*statements.asserted, *statements.inferred, *statements.deprecated, *axioms()))


def of_quads(quads: Iterable[ox.Quad]) -> StoredCollection:
    """Return what some statements state."""
    return stored(in_memory(quads))
