"""The parts of mandates that texts state."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.document.model import Paragraph, Stated
from mandata.entities import Entity
from mandata.text.mapped import Span


@dataclass(frozen=True, slots=True)
class Function:
    """One function that a document gives to a centre; ``counterparts`` are those with whom it is to be carried out."""

    position: int
    item: Paragraph
    verb: str | None
    counterparts: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class MandateStatement:
    """The list of functions of one centre, and what the same document says of its seat and of who proposed it."""

    centre: Entity
    path: str
    functions: tuple[Function, ...]
    seat: Stated[Entity] | None = None
    proposed_by: Stated[Entity] | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act upon a centre's mandate that a paragraph tells; ``day`` is ISO 8601, a day or only its month."""

    kind: str
    path: str
    centre: Entity
    day: str
    span: Span


@dataclass(frozen=True, slots=True)
class Tie:
    """A paragraph tied to an entity: it addresses it, proclaims it, announces its closure."""

    kind: str
    path: str
    entity: Entity
    span: Span


@dataclass(frozen=True, slots=True)
class ToldProclamation:
    """A proclamation by another document, told in this one."""

    path: str
    document: str
    entity: Entity
    year: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class AgendaPlacing:
    """An item placed on the agenda of a later session."""

    path: str
    session: int
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class MandateParts:
    """All of these in one document."""

    statement: MandateStatement | None = None
    acts: tuple[Act, ...] = ()
    ties: tuple[Tie, ...] = ()
    proclaimed_before: tuple[ToldProclamation, ...] = ()
    placings: tuple[AgendaPlacing, ...] = ()
