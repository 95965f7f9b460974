"""What a server serves and what a query may take: settings, told at ``/limits``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Final

from mandata.query.guard import MAX_BYTES, MAX_NESTING


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many run at once; no limit of rows where ``rows`` is 0."""

    text: int = MAX_BYTES
    nesting: int = MAX_NESTING
    seconds: float = 10.0
    megabytes: int = 1024
    rows: int = 10_000
    concurrency: int = 16
    long: int = 12
    waiting: int = 256
    answer: int = 1 << 30

    def told(self) -> dict[str, tuple[float, str]]:
        """Return each limit by its name, with what it means."""
        return {name: (value, MEANING[name]) for name, value in asdict(self).items()}


MEANING: Final = {
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
class Served:
    """What the workers open: the store in a folder, and how prefixes are understood.

    ``prefixes``: declared for every query.
    ``is_kb``: the folder that the store is in is a knowledge base.
    ``at``: the endpoint that is asked instead; then there is no folder. ``services``: the endpoints that SERVICE may
    name.
    """

    folder: str
    is_kb: bool = False
    prefixes: dict[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    at: str = ""
    services: tuple[str, ...] = ()

    @property
    def reaches_out(self) -> bool:
        """Whether workers need a network, where what they wait for is computed elsewhere."""
        return bool(self.at or self.services)

    def written(self) -> str:
        """Return it as one line, which ``read`` reads."""
        return json.dumps(asdict(self))


def read(line: str) -> Served:
    """Return what ``Served.written`` wrote."""
    held = json.loads(line)
    return Served(**{**held, "limits": Limits(**held["limits"]), "services": tuple(held["services"])})
