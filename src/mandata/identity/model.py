"""Header records of documents, the evidence for an identity, and the identity itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mandata.errors import Issue

CERTAINTIES = ("stated", "strong", "weak")
"""Whether the text states its symbol, decisive evidence agrees on one, or some evidence points to one."""


@dataclass(frozen=True, slots=True)
class HeaderRecord:
    """The fields of one text that help to identify its document; entities by local name."""

    checksum: str
    kind: str
    stated: str | None
    number: str | None = None
    organs: tuple[str, ...] = ()
    acting: str | None = None
    """The organ whose act it is: the one that the enacting formula names, else the first."""
    session: int | None = None
    dated: date | None = None
    distributed: date | None = None
    sent_by: str | None = None
    sent_to: str | None = None
    annex_titles: tuple[str, ...] = ()
    annexed: tuple[str, ...] = ()
    """Local names of the named instruments whose names are titles of its annexes."""
    annex_adopted: date | None = None
    names: frozenset[str] = frozenset()
    """Local names of the centres, organisations and events it names."""


@dataclass(frozen=True, slots=True)
class DocumentDescription:
    """What one source says of a document by its symbol: a catalogue record, or the paragraph that cites it."""

    symbol: str
    source: str
    """``catalogue``, or the checksum and path of the citing paragraph (``7f83ad6d pp8``)."""
    dated: date | None = None
    distributed: date | None = None
    sent_by: str | None = None
    sent_to: str | None = None
    between: frozenset[str] = frozenset()
    """The posts said to have exchanged the letters."""
    annex_titles: tuple[str, ...] = ()
    annexed: tuple[str, ...] = ()
    annex_adopted: date | None = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IdentityEvidence:
    """The fields on which a text and a description agree, or contradict each other."""

    description: DocumentDescription
    agrees: frozenset[str]
    conflicts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document a text is: its symbol (None: not known), how certain, and the evidence."""

    checksum: str
    symbol: str | None
    certainty: str | None
    evidence: tuple[IdentityEvidence, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def inferred(self) -> bool:
        """Whether the symbol was inferred rather than stated."""
        return self.symbol is not None and self.certainty != "stated"
