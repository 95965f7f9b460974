"""A SPARQL endpoint elsewhere, asked in a process that is ended if its answer takes too much time or memory.

What an endpoint sends may not only come slowly, which the HTTP client bounds, but be hard to parse: triple terms within
one another, of 15 MB, end the process by a fault of the parser; RDF/XML of 16 MB keeps it busy for minutes.
"""

from __future__ import annotations

import json
import os
import time
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.isolation.call import CallLimits, call
from mandata.query.source import Result, solutions

SECONDS: Final = 60.0
"""How long one answer may take, from the request until its last byte is parsed."""
MEMORY: Final = 1 << 30
"""Bytes of memory that one answer may take in the process that parses it."""

_MODULE: Final = "mandata.query.endpoint_process"
_GRACE: Final = 1.0  # seconds in which the process says itself that its time is over, and what it knows of the reason
_CREDENTIALS: Final = ("MANDATA_TOKEN", "MANDATA_STORE_USER", "MANDATA_STORE_PASSWORD")


class IsolatedEndpoint:
    """A remote endpoint as a source, which answers as ``remote.Endpoint`` does.

    Args:
        url: the address of the endpoint.
        seconds: how long one answer may take.
        memory: bytes of memory that one answer may take.
    """

    def __init__(self, url: str, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._url, self._seconds = url, seconds
        self._limits = CallLimits(seconds + _GRACE, seconds + _GRACE, memory)
        self._keeps_each_once: bool | None = None

    def run(self, query: str) -> Result:
        """Ask; raises MandataError if the query is refused, or the endpoint fails or takes too much."""
        request = {
            "url": self._url,
            "seconds": self._seconds,
            "query": query,
            "keeps_each_once": self._keeps_each_once,
            "environment": {name: os.environ.get(name, "") for name in _CREDENTIALS},
        }
        begun = time.monotonic()
        try:
            answer = call(_MODULE, json.dumps(request).encode(), self._limits)
        except OSError as error:
            what, mend = f"no process can be started that asks it: {error}", "free memory, or install mandata anew"
            raise MandataError("endpoint", what, self._url, mend) from error
        if answer is None:
            raise self._no_answer(time.monotonic() - begun)
        head, _, body = answer.partition(b"\n")
        return self._result(json.loads(head), body)

    def _result(self, head: dict[str, object], body: bytes) -> Result:
        if isinstance(fault := head.get("fault"), list):
            raise MandataError(*fault)
        self._keeps_each_once = bool(head["keeps_each_once"]) if head["keeps_each_once"] is not None else None
        if head["form"] == "triples":
            return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        results = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        return bool(results) if isinstance(results, ox.QueryBoolean) else solutions(results)

    def _no_answer(self, seconds: float) -> MandataError:
        """Return the fault of a process that was ended after so many seconds."""
        if seconds >= self._seconds:
            what = f"no answer in time: none after {self._seconds:g} s"
            return MandataError("endpoint-time", what, self._url, "ask for less, or later")
        what = "its answer takes too much memory, or makes the parser fail"
        return MandataError("endpoint-memory", what, self._url, "ask for less, or check the address")
