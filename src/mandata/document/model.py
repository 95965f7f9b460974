"""What a document is made of. All frozen; every value knows where it stands in the file as received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from mandata.document.place import Place, place_in
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
    start: int = 0
    """Where it starts there; words such as "In this context," may stand before it."""


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A note called within a paragraph: its number, and the position in the text behind which it is called."""

    number: str
    at: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, preambular, operative, letter, annex or plain by ``kind``; ``text`` is without number and calls."""

    kind: str
    position: int
    number: str | None
    text: MappedText
    calls: tuple[NoteCall, ...] = ()
    operator: Operator | None = None
    items: tuple[Paragraph, ...] = ()
    path: str = ""
    """Its local name within the document, such as ``pp2``, ``op1.a``, ``annex1.p7``; ``B.op1`` in part B."""
    section: str | None = None
    """The local name of the section that it stands in, such as ``section2``."""
    label: Span | None = None
    """Where its number is printed in the file, with its punctuation."""

    def place(self, start: int, end: int) -> Place:
        """Return the place of the characters of its words from one position to another."""
        return place_in(self.path, self.text, start, end)

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
class Section:
    """A division of a text by a heading: its number as printed ("II", "A"), its title; ``within`` a greater one."""

    position: int
    number: str | None
    title: MappedText | None
    path: str
    """Its local name within the document: ``section2``, ``section2.A``, ``heading3`` where no number is printed."""
    within: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class LetteredPart:
    """One of the resolutions that a document holds under one number, known by a letter: 53/243 A, 53/243 B.

    Its paragraphs are those of the document whose paths begin with the letter.
    """

    letter: Stated[str]
    title: MappedText | None
    enacting_formula: Stated[str]
    meeting: Stated[int] | None = None

    @property
    def path(self) -> str:
        """Its local name within the document."""
        return self.letter.value


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
    sections: tuple[Section, ...] = ()
    heading: MappedText | None = None
    """The line that opens it: "Annex to the letter dated 12 July 2017 ..."."""

    @property
    def path(self) -> str:
        """Its local name within the document."""
        return f"annex{self.position}"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes to whom, and when; capacities as printed, those of several addressees together."""

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
    enacted_by: Stated[str] | None = None
    """The organ that the enacting formula names: the Human Rights Council below the General Assembly's masthead."""
    named_last: Stated[str] | None = None
    session_of: Stated[str] | None = None
    """The organ named last above the session, whose session it is."""

    @property
    def acting(self) -> str | None:
        """The local name of the organ whose act or paper it is."""
        organ = self.enacted_by or next(iter(self.organs), None)
        return organ.value if organ else None

    @property
    def sitting(self) -> str | None:
        """The local name of the organ whose session it is."""
        return self.session_of.value if self.session_of else self.acting


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
    heading: MappedText | None = None
    """The line that tells what a paper is, such as "Report of the Secretary-General"."""
    title: MappedText | None = None
    enacting_formula: Stated[str] | None = None
    preambular: tuple[Paragraph, ...] = ()
    operative: tuple[Paragraph, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    annexes: tuple[Annex, ...] = ()
    letterhead: Letterhead | None = None
    meeting: Stated[int] | None = None
    delivered: Stated[date] | None = None
    """The day on which a statement was made at a meeting."""
    rapporteur: Stated[str] | None = None
    """Who wrote a report, as the line below its heading names them."""
    sponsors: Stated[str] | None = None
    """Those who submit a draft, as its heading names them."""
    sections: tuple[Section, ...] = ()
    """The sections of the body; those of an annex are its own."""
    parts: tuple[LetteredPart, ...] = ()
    """The resolutions, by their letters, that stand together under one number; none where it is one alone."""
    issues: tuple[Issue, ...] = ()
    links: tuple[Stated[str], ...] = ()
    """The symbols that mark-up links, and the words that link to them."""
    proceedings: Proceedings = field(default_factory=Proceedings)
    lines: tuple[MappedText, ...] = field(default=(), repr=False, compare=False)
    """Every line of the text, whatever part of the document it belongs to."""

    def body(self) -> Iterator[Paragraph]:
        """Yield all paragraphs, with their items, in the order of the text; those of annexes too."""
        own = (*self.preambular, *self.operative, *self.paragraphs)
        annexed = (p for annex in self.annexes for p in annex.paragraphs)
        if self.parts:  # the preamble of each stands behind the operative paragraphs of the one before
            own = tuple(sorted(own, key=lambda paragraph: paragraph.text.span))
        for paragraph in (*own, *annexed):
            yield from paragraph.walk()

    def all_sections(self) -> Iterator[Section]:
        """Yield the sections of the body, then those of the annexes."""
        yield from self.sections
        for annex in self.annexes:
            yield from annex.sections

    def notes_called(self, paragraph: Paragraph) -> list[tuple[NoteCall, Footnote]]:
        """Return the notes that a paragraph calls and the document has."""
        called = {call.number for call in paragraph.calls}
        by_number = {note.number: note for note in self.footnotes if note.number in called} if called else {}
        return [(call, by_number[call.number]) for call in paragraph.calls if call.number in by_number]
