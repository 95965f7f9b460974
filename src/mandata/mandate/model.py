"""The parts of mandates, and of what resolutions ask, that texts state."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.document.model import Paragraph
from mandata.document.place import Place, Placed
from mandata.errors import Issue
from mandata.un.entities import Entity


@dataclass(frozen=True, slots=True)
class Function:
    """One function that a document gives to a body; ``counterparts`` are those with whom it is to be carried out.

    ``heading`` is what the list puts above it, as "Protection of civilians"; the number of the item may stand there.
    """

    position: int
    item: Paragraph
    verb: str | None
    counterparts: tuple[Entity, ...]
    topics: tuple[Entity, ...] = ()
    heading: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class StatedEntity(Placed):
    """A thing that a paragraph states, as the seat of a body."""

    value: Entity
    place: Place


@dataclass(frozen=True, slots=True)
class MandateStatement:
    """The list of functions of one body, and what the same document says of its seat and of who proposed it."""

    bearer: Entity
    path: str
    functions: tuple[Function, ...]
    seat: StatedEntity | None = None
    proposed_by: StatedEntity | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """How long a mandate shall last, as the text says it: until a day, for a period (ISO 8601), from a day.

    ``until`` is computed from the period only where the text says from when it runs; else it runs at the earliest from
    the adoption, and lasts ``at_least`` until a day.
    """

    until: str | None = None
    at_least: str | None = None
    period: str | None = None
    start: str | None = None


@dataclass(frozen=True, slots=True)
class Act(Placed):
    """An act upon a body's mandate that a paragraph performs or tells.

    ``day`` is ISO 8601, a day or only its month; None where the act is of the day on which the document is adopted.
    """

    kind: str
    place: Place
    bearer: Entity
    day: str | None
    term: Term = Term()
    successor: Entity | None = None


@dataclass(frozen=True, slots=True)
class Tie(Placed):
    """A paragraph tied to an entity: it addresses it, proclaims it, says that it closes or that its mandate is used."""

    kind: str
    place: Place
    entity: Entity


@dataclass(frozen=True, slots=True)
class Naming(Placed):
    """A body that the text itself names, where it is named: it is among no entities that are known."""

    place: Place
    entity: Entity


@dataclass(frozen=True, slots=True)
class DocumentTie(Placed):
    """A paragraph tied to a document, or to one numbered paragraph of it, by what it says of it."""

    kind: str
    place: Place
    document: str
    paragraph: str | None = None
    report: str | None = None
    """The report that is told to answer, where the paragraph cites one alone."""


@dataclass(frozen=True, slots=True)
class ToldProclamation(Placed):
    """A proclamation by another document, told in this one."""

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
    """By when what a paragraph asks is to be done: a day, month or year, at an organ's session, or every so often."""

    place: Place
    day: str | None = None
    session: int | None = None
    organ: Entity | None = None
    every: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRequest(Placed):
    """A paragraph asks for a report."""

    place: Place


@dataclass(frozen=True, slots=True)
class MandateParts:
    """All of these in one document."""

    statements: tuple[MandateStatement, ...] = ()
    acts: tuple[Act, ...] = ()
    ties: tuple[Tie, ...] = ()
    namings: tuple[Naming, ...] = ()
    document_ties: tuple[DocumentTie, ...] = ()
    proclaimed_before: tuple[ToldProclamation, ...] = ()
    placings: tuple[AgendaPlacing, ...] = ()
    due: tuple[Due, ...] = ()
    reports: tuple[ReportRequest, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def statement(self) -> MandateStatement | None:
        """The first list of functions, if there is one."""
        return next(iter(self.statements), None)

    def founds(self, bearer: Entity) -> bool:
        """Tell whether the document announces or establishes a body, so that the functions it states are the first."""
        return any(act.bearer == bearer and act.kind in ("Announcement", "Establishment") for act in self.acts)
