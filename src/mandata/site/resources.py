"""What a knowledge base states, read page by page: by subject, by object, and what was inferred."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple, Protocol

import pyoxigraph as ox

from mandata.rdf.evidence import Evidence
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import ID, PREFIXES, expand
from mandata.rdf.natural_order import natural
from mandata.reason.facts import Fact

TYPE: Final = "rdf:type"


class Words(NamedTuple):
    """The value of a literal; ``language`` and ``datatype`` are empty where it has none."""

    text: str
    language: str = ""
    datatype: str = ""

    @property
    def direction(self) -> str:
        """Where the words begin, ``ltr`` or ``rtl``, by their first letter that tells."""
        kinds = (unicodedata.bidirectional(letter) for letter in self.text)
        first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
        return "ltr" if first == "L" else "rtl"


Value = str | Words
"""An IRI, or the value of a literal."""


class Attested(NamedTuple):
    """A statement, its property by its prefixed name, and one place where words show it."""

    subject: str
    prop: str
    value: Value
    evidence: Evidence


class EvidenceReader(Protocol):
    """Where the evidence of statements is looked up, by the local names of parts and documents."""

    def in_part(self, part: str, /) -> list[tuple[Fact, Evidence]]:
        """Return what the words of a part show, in the order of the words."""

    def of_document(self, document: str, /) -> Iterator[tuple[Fact, list[Evidence]]]:
        """Yield the statements of a document that have evidence, each with its evidence."""


class Collection(ABC):
    """What a knowledge base states, read page by page; properties by their prefixed names, such as ``md:cites``.

    What is listed is in natural order: paragraph 2 stands before paragraph 10. Each is listed once, though several
    graphs state it. The evidence of statements is read from an index beside them; without one, from their own
    description as RDF, where that is among the statements (CONTRACT.md, "Evidence").
    """

    def __init__(self, evidence: EvidenceReader | None = None) -> None:
        self._evidence = evidence

    @property
    @abstractmethod
    def graphs(self) -> list[str]:
        """The named graphs, sorted."""

    @property
    @abstractmethod
    def size(self) -> int:
        """Of how many things something is stated."""

    @abstractmethod
    def __contains__(self, iri: str) -> bool:
        """Tell whether something is stated of a thing."""

    @abstractmethod
    def having(self, prop: str) -> Iterator[str]:
        """Yield the things of which a property is stated."""

    @abstractmethod
    def properties(self, subject: str) -> list[str]:
        """Return the properties of a thing."""

    @abstractmethod
    def values(self, subject: str, prop: str) -> list[Value]:
        """Return the values of a property."""

    @abstractmethod
    def bearers(self, prop: str, value: str) -> list[str]:
        """Return the things that have a thing as a value of a property."""

    @abstractmethod
    def pointing(self, thing: str) -> list[str]:
        """Return the properties by which others point to a thing."""

    @abstractmethod
    def concluded(self, subject: str) -> Sequence[ox.Triple]:
        """Return what was inferred of a thing."""

    def attested_in(self, part: str) -> list[Attested]:
        """Return what the words of a part show, in the order of the words."""
        if self._evidence:
            return [_attested(fact, evidence) for fact, evidence in self._evidence.in_part(local(part))]
        found = (one for place in self.bearers("md:inPart", part) for one in self._described(place))
        return sorted(found, key=lambda one: (one.evidence.part_start, one.evidence.part_end))

    def attested_by(self, document: str) -> list[Attested]:
        """Return what the words of all files of a document show."""
        if self._evidence:
            found = self._evidence.of_document(local(document))
            return [_attested(fact, one) for fact, evidence in found for one in evidence]
        files = (
            file for version in self.things(document, "md:realizedBy") for file in self.things(version, "md:embodiedBy")
        )
        places = (place for file in files for place in self.bearers("md:inFile", file))
        return [one for place in places for one in self._described(place)]

    def is_evidence(self, iri: str) -> bool:
        """Return whether an IRI is that of a piece of evidence."""
        name = read_name(local(iri))
        attested = self.attested_by(ID + name.document) if name.span else ()
        return any(one.evidence.iri.value == iri for one in attested)

    def _described(self, place: str) -> Iterator[Attested]:
        """Yield what a piece of evidence that is described among the statements attests."""
        part, file = (local(self.thing(place, prop)) for prop in ("md:inPart", "md:inFile"))
        offsets = (self.text(place, prop) for prop in ("md:partStart", "md:partEnd", "md:start", "md:end"))
        part_start, part_end, start, end = (int(offset) if offset.isdigit() else 0 for offset in offsets)
        for statement in self.bearers("md:evidence", place):
            subject, prop = self.thing(statement, "rdf:subject"), prefixed(self.thing(statement, "rdf:predicate"))
            for value in self.values(statement, "rdf:object"):
                yield Attested(subject, prop, value, Evidence(part, part_start, part_end, file, start, end))

    def number(self, prop: str, value: str) -> int:
        """Return how many things have a thing as a value of a property."""
        return len(self.bearers(prop, value))

    def things(self, subject: str, prop: str) -> list[str]:
        """Return the things among the values of a property."""
        return [value for value in self.values(subject, prop) if not isinstance(value, Words)]

    def words(self, subject: str, prop: str) -> list[Words]:
        """Return the literals among the values of a property."""
        return [value for value in self.values(subject, prop) if isinstance(value, Words)]

    def text(self, subject: str, prop: str) -> str:
        """Return the first literal's text; empty where there is none."""
        return next((one.text for one in self.words(subject, prop)), "")

    def thing(self, subject: str, prop: str) -> str:
        """Return the first thing; empty where there is none."""
        return next(iter(self.things(subject, prop)), "")

    def instances(self, cls: str) -> list[str]:
        """Return the things of a class, such as ``md:Mandate``."""
        return self.bearers(TYPE, expand(cls))


@cache
def prefixed(iri: str) -> str:
    """Return a property or class as ``md:cites``; the IRI itself where no prefix fits."""
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space) and iri != space]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


@lru_cache(maxsize=100_000)
def order(value: Value) -> tuple[object, ...]:
    """Return the key of natural order; words by their language first."""
    if isinstance(value, Words):
        return 1, value.language, natural(value.text), value.datatype
    return 0, natural(value)


def local(iri: str) -> str:
    """Return the local name of a thing of ours; the IRI as it is of another."""
    return iri.removeprefix(ID)


def _attested(fact: Fact, evidence: Evidence) -> Attested:
    subject, predicate, value = fact
    said = words_of(value) if isinstance(value, ox.Literal) else value.value
    return Attested(subject.value, prefixed(predicate.value), said, evidence)


def words_of(literal: ox.Literal) -> Words:
    """Return the value of a literal."""
    return Words(literal.value, literal.language or "", "" if literal.language else prefixed(literal.datatype.value))
