"""The parts of mandates, and of the requests of resolutions, that texts state."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.document.model import Paragraph
from mandata.document.place import Place, Placed
from mandata.errors import Issue
from mandata.un.entities import Entity


@dataclass(frozen=True, slots=True)
class MandateFunction:
    """One function that a document gives to a body; ``counterparts`` are the entities with which to carry it out.

    ``heading`` is the item that introduces it, such as "Protection of civilians"; it may have the number of the item.
    """

    position: int
    item: Paragraph
    verb: str | None
    counterparts: tuple[Entity, ...]
    topics: tuple[Entity, ...] = ()
    heading: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class StatedEntity(Placed):
    """An entity that a paragraph states, such as the seat of a body."""

    value: Entity
    place: Place


@dataclass(frozen=True, slots=True)
class MandateStatement:
    """The list of functions of one body, and its seat and proposer according to the same document."""

    bearer: Entity
    path: str
    functions: tuple[MandateFunction, ...]
    seat: StatedEntity | None = None
    proposed_by: StatedEntity | None = None


@dataclass(frozen=True, slots=True)
class MandateTerm:
    """The term of a mandate as the text states it: until a day, for a period (ISO 8601), from a day.

    ``until`` is computed from the period only if the text states its start; else the period starts with the adoption at
    the earliest, and the mandate lasts ``at_least`` until a day.
    """

    until: str | None = None
    at_least: str | None = None
    period: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class MandateAct(Placed):
    """An act on a body's mandate that a paragraph performs or reports.

    ``day`` is in ISO 8601, a day or a month; None if the act has the date of adoption of the document.
    """

    kind: str
    place: Place
    bearer: Entity
    day: str | None
    term: MandateTerm = MandateTerm()
    successor: Entity | None = None


@dataclass(frozen=True, slots=True)
class Tie(Placed):
    """A relation of a paragraph to an entity that it addresses or proclaims, or says to close or use its mandate."""

    kind: str
    place: Place
    entity: Entity


@dataclass(frozen=True, slots=True)
class Naming(Placed):
    """A place where the text names a body that is not among the known entities."""

    place: Place
    entity: Entity


@dataclass(frozen=True, slots=True)
class DocumentTie(Placed):
    """A relation of a paragraph to a document, or to one numbered paragraph of it."""

    kind: str
    place: Place
    document: str
    paragraph: str | None = None
    report: str | None = None
    """The report said to answer a request, if the paragraph cites exactly one."""


@dataclass(frozen=True, slots=True)
class ReportedProclamation(Placed):
    """A proclamation by another document, reported in this one."""

    place: Place
    document: str
    entity: Entity
    year: int | None


@dataclass(frozen=True, slots=True)
class AgendaPlacing(Placed):
    """An item placed on the agenda of a later session."""

    place: Place
    session: int
    title: str | None


@dataclass(frozen=True, slots=True)
class Due(Placed):
    """The due date of a request: a day, month or year, a session of an organ, or a frequency (``every``)."""

    place: Place
    day: str | None = None
    session: int | None = None
    organ: Entity | None = None
    every: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRequest(Placed):
    """A request for a report in a paragraph."""

    place: Place


@dataclass(frozen=True, slots=True)
class MandateParts:
    """All parts of mandates and requests in one document."""

    statements: tuple[MandateStatement, ...] = ()
    acts: tuple[MandateAct, ...] = ()
    ties: tuple[Tie, ...] = ()
    namings: tuple[Naming, ...] = ()
    document_ties: tuple[DocumentTie, ...] = ()
    proclaimed_before: tuple[ReportedProclamation, ...] = ()
    placings: tuple[AgendaPlacing, ...] = ()
    due: tuple[Due, ...] = ()
    reports: tuple[ReportRequest, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def statement(self) -> MandateStatement | None:
        """The first list of functions, if there is one."""
        return next(iter(self.statements), None)

    def founds(self, bearer: Entity) -> bool:
        """Return whether the document announces or establishes a body, so that it states the first functions."""
        return any(act.bearer == bearer and act.kind in ("Announcement", "Establishment") for act in self.acts)
