"""One text read to the very end, by the clock: record, statements, N-Quads, and back."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pyoxigraph as ox

from mandata.errors import MandataError, internal_error
from mandata.graph.build import build_documents
from mandata.graph.record import record
from mandata.identity.headers import catalogue_headers, cited_headers, header
from mandata.identity.resolve import resolve
from mandata.rdf.canonical import nquads
from mandata.reading import Reading, read
from mandata.text.source import decode
from mandata.un.catalogue import shipped_catalogue

LONGEST = 10
"""Seconds after which a text counts as hung."""

FAILED = internal_error(Exception()).code
"""What a process apart says of a reader that raised an error which none should raise."""


def trial(data: bytes) -> str:
    """Read some bytes as a user's file would be; return what came of it in a word.

    Any error but MandataError goes through, and so does the time-out. Offsets must lie within the text, the statements
    must be N-Quads that can be read again.
    """
    with within(LONGEST):
        try:
            reading = read(decode(data, "x.txt"))
        except MandataError as error:
            assert "\n" not in str(error) and error.code != FAILED, str(error)
            return error.code
        shown, text = written(reading)
        assert not list(astray(shown, len(reading.document.source.raw)))
        json.dumps(shown, ensure_ascii=False).encode("utf-8")
        assert len(list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))) == text.count("\n")
        return reading.document.kind


def written(reading: Reading) -> tuple[dict[str, Any], str]:
    """Return the record and the N-Quads of a reading."""
    described = [*catalogue_headers(shipped_catalogue()), *cited_headers(reading)]
    identities = resolve([header(reading)], described)
    stated, _ = build_documents([reading], identities)
    quads = [one.quad for one in stated]
    return record(reading, identities[reading.document.source.sha256]), nquads(quads)


def astray(value: object, length: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of a record that do not lie within a text of a length."""
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if isinstance(start, int) and isinstance(end, int) and not 0 <= start <= end <= length:
            yield start, end
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from astray(each, length)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what takes more seconds of the processor; a busy machine makes nothing hang."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        message = f"takes longer than {seconds} s"
        raise TimeoutError(message)

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
