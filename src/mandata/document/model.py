"""What a document is made of. All frozen; every value knows where it stands in the file as received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from mandata.errors import Issue
from mandata.text.mapped import MappedText, Span
from mandata.text.source import SourceText

T = TypeVar("T")

ANNEX_KINDS = ("declaration", "communiqué", "plan", "statement")
"""What an annex may be; each the name of a rule of the lexicons that knows it by its title."""


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value that the text states, and where."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Operator:
    """The opening verb phrase of a paragraph, as printed, and the concept it stands for (None: not in the lexicon)."""

    words: str
    concept: str | None
    also: bool
    end: int
    """Where it ends in the paragraph's text."""


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A note called within a paragraph: its number, and the position in the text behind which it is called."""

    number: str
    at: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, preambular, operative, letter or annex by ``kind``; ``text`` is without number and calls."""

    kind: str
    position: int
    number: str | None
    text: MappedText
    calls: tuple[NoteCall, ...] = ()
    operator: Operator | None = None
    items: tuple[Paragraph, ...] = ()
    path: str = ""
    """Its local name within the document, such as ``pp2``, ``op1.a``, ``annex1.p7``."""

    def walk(self) -> Iterator[Paragraph]:
        """Yield the paragraph and all below it."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note by its number, as printed."""

    number: str
    text: MappedText

    @property
    def path(self) -> str:
        """Its local name within the document."""
        return f"fn{self.number}"


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex; ``kind`` is declaration, communiqué, plan or statement where its title says so."""

    position: int
    number: str | None
    kind: str | None
    title: MappedText | None
    original_language: Stated[str] | None
    adopted: Stated[date] | None
    paragraphs: tuple[Paragraph, ...]

    @property
    def path(self) -> str:
        """Its local name within the document."""
        return f"annex{self.position}"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes to whom, and when; capacities as printed, folded."""

    date: Stated[date]
    addressee: Stated[str]
    sender: Stated[str]
    signature: Stated[str] | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the title; None where the text does not say it."""

    symbol: Stated[str] | None = None
    organs: tuple[Stated[str], ...] = ()
    """Local names of the organs named, such as ``organ-GA``, then ``organ-GA-C2``."""
    session: Stated[int] | None = None
    special_session: Stated[int] | None = None
    """The number of a special or emergency session, which is none of the regular ones."""
    agenda_item: Stated[str] | None = None
    agenda_item_title: Stated[str] | None = None
    distribution_date: Stated[date] | None = None
    language: Stated[str] | None = None
    original_language: Stated[str] | None = None
    job_number: Stated[str] | None = None
    adopted: Stated[date] | None = None
    drafts: tuple[Stated[str], ...] = ()
    based_on: tuple[Stated[str], ...] = ()
    main_committee: Stated[str] | None = None
    number: Stated[str] | None = None
    """The number before the title of a resolution, such as "72/7"."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to adoption, as mark-up tells it: what came of it, in which document, when, by whom."""

    outcome: str
    document: Stated[str] | None
    day: Stated[date] | None
    by: Stated[str] | None


@dataclass(frozen=True, slots=True)
class Vote:
    """How a document was adopted: by a recorded vote or without one; counts and voters by choice (``against``)."""

    recorded: Stated[bool]
    counts: tuple[tuple[str, Stated[int]], ...] = ()
    voters: tuple[tuple[str, Stated[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is about, by a term of a vocabulary (``SDG``, ``UNBIS``, ``EuroVoc``, ``DHLAUTH``)."""

    scheme: str
    key: str
    label: str
    address: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What only mark-up tells: how a document came about, and what it is about."""

    steps: tuple[Step, ...] = ()
    vote: Vote | None = None
    subjects: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language, as its text states it."""

    source: SourceText = field(repr=False)
    kind: str
    language: str | None
    masthead: Masthead = field(default_factory=Masthead)
    title: MappedText | None = None
    enacting_formula: Stated[str] | None = None
    preambular: tuple[Paragraph, ...] = ()
    operative: tuple[Paragraph, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    annexes: tuple[Annex, ...] = ()
    letterhead: Letterhead | None = None
    meeting: Stated[int] | None = None
    issues: tuple[Issue, ...] = ()
    links: tuple[Stated[str], ...] = ()
    """The symbols that mark-up links, and the words that link to them."""
    proceedings: Proceedings = field(default_factory=Proceedings)

    def body(self) -> Iterator[Paragraph]:
        """Yield all paragraphs, with their items, in the order of the text; those of annexes too."""
        annexed = (p for annex in self.annexes for p in annex.paragraphs)
        for paragraph in (*self.preambular, *self.operative, *self.paragraphs, *annexed):
            yield from paragraph.walk()

    def notes_called(self, paragraph: Paragraph) -> list[tuple[NoteCall, Footnote]]:
        """Return the notes that a paragraph calls and the document has."""
        called = {call.number for call in paragraph.calls}
        by_number = {note.number: note for note in self.footnotes if note.number in called} if called else {}
        return [(call, by_number[call.number]) for call in paragraph.calls if call.number in by_number]
