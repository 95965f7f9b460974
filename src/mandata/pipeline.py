"""The stages in order: a text is read, its collection identified, its statements built, closed, stored, asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mandata.catalogue import shipped_catalogue
from mandata.graph.record import record
from mandata.identity.headers import catalogued, cited, header
from mandata.identity.model import Identity
from mandata.identity.resolve import resolve
from mandata.reading import Reading, read
from mandata.text import source


def records(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the record of each text, in the order given."""
    readings = [read(source.read(path)) for path in paths]
    identities = identify(readings)
    return [record(reading, identities[reading.document.source.sha256]) for reading in readings]


def identify(readings: Sequence[Reading]) -> dict[str, Identity]:
    """Return which document each reading is, by checksum, from all their headers, citations, and the catalogue."""
    described = [*catalogued(shipped_catalogue()), *(d for reading in readings for d in cited(reading))]
    return resolve([header(reading) for reading in readings], described)
