"""The settings of a server: the store that is served, and the limits of a query, which ``/limits`` reports."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Final

from mandata.query.guard import MAX_BYTES, MAX_NESTING


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many run at once; ``rows`` is 0 for no limit."""

    text: int = MAX_BYTES
    nesting: int = MAX_NESTING
    seconds: float = 10.0
    megabytes: int = 1024
    rows: int = 10_000
    concurrency: int = 16
    long: int = 12
    waiting: int = 256
    answer: int = 1 << 30

    def with_meanings(self) -> dict[str, tuple[float, str]]:
        """Return the value and the meaning of each limit, by name."""
        return {name: (value, MEANINGS[name]) for name, value in asdict(self).items()}


MEANINGS: Final = {
    "text": "bytes of the text of a query",
    "nesting": "groups, brackets and lists of a query within one another",
    "seconds": "seconds from the arrival of a query to the end of its answer",
    "megabytes": "megabytes of memory that a query may take",
    "rows": "rows or triples of an answer, which says where it was cut; 0: all",
    "concurrency": "queries that run at once",
    "long": "queries among them that take longer than a tenth of a second",
    "waiting": "queries that wait for their turn; more are turned away with 503",
    "answer": "bytes of an answer that is had from another store",
}


@dataclass(frozen=True, slots=True)
class ServedStore:
    """The store that the workers open: a folder, or a remote endpoint.

    ``is_kb``: the folder is that of a knowledge base. ``prefixes``: those that a query may use without declaring them.
    ``at``: the address of the endpoint; then ``folder`` is empty. ``services``: the endpoints that SERVICE may name.
    """

    folder: str
    is_kb: bool = False
    prefixes: dict[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    at: str = ""
    services: tuple[str, ...] = ()

    @property
    def reaches_out(self) -> bool:
        """Whether workers need the network, since they wait for another endpoint."""
        return bool(self.at or self.services)

    def to_json(self) -> str:
        """Return the settings as one line of JSON, which ``served_from_json`` reads."""
        return json.dumps(asdict(self))


def served_from_json(line: str) -> ServedStore:
    """Return the settings that ``ServedStore.to_json`` wrote."""
    values = json.loads(line)
    return ServedStore(**{**values, "limits": Limits(**values["limits"]), "services": tuple(values["services"])})
