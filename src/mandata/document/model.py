"""The parts of a document. All are immutable; every value keeps its offsets in the file as received."""

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
"""The kinds of annexes; each is also the name of the lexicon rule that recognises its title."""


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value that the text states, and its span in the file."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Operator:
    """The opening verb phrase of a paragraph, as printed, and its concept (None if it is not in the lexicon)."""

    words: str
    concept: str | None
    also: bool
    end: int
    """Where it ends in the paragraph's text."""
    start: int = 0
    """Where it starts there; words such as "In this context," may precede it."""


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A note call in a paragraph: the number of the note, and the position in the text at which it is called."""

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
    """The local name of its section, such as ``section2``."""
    label: Span | None = None
    """Where its number is printed in the file, with its punctuation."""

    def place(self, start: int, end: int) -> Place:
        """Return the place of its characters from ``start`` to ``end``."""
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
    """A division of a text by a heading: its printed number ("II", "A"), its title; ``within`` is the parent path."""

    position: int
    number: str | None
    title: MappedText | None
    path: str
    """Its local name within the document: ``section2``, ``section2.A``, ``heading3`` if no number is printed."""
    within: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class LetteredPart:
    """One of several resolutions of a document that share a number and have letters: 53/243 A, 53/243 B.

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
    """An annex; ``kind`` is declaration, communiqué, plan or statement if its title says so."""

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
    """The date, addressee and sender of a letter; capacities as printed, those of several addressees together."""

    date: Stated[date]
    addressee: Stated[str]
    sender: Stated[str]
    signature: Stated[str] | None = None


@dataclass(frozen=True, slots=True)
class Masthead:
    """The values stated above the title; None for those that the text does not state."""

    symbol: Stated[str] | None = None
    organs: tuple[Stated[str], ...] = ()
    """Local names of the organs named, such as ``organ-GA``, then ``organ-GA-C2``."""
    session: Stated[int] | None = None
    special_session: Stated[int] | None = None
    """The number of a special or emergency session, which is not a regular one."""
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
    """The organ that the enacting formula names: the Human Rights Council under the General Assembly's masthead."""
    last_named_organ: Stated[str] | None = None
    session_of: Stated[str] | None = None
    """The organ named last above the session, whose session it is."""

    @property
    def acting(self) -> str | None:
        """The local name of the organ whose act or document it is."""
        organ = self.enacted_by or next(iter(self.organs), None)
        return organ.value if organ else None

    @property
    def sitting(self) -> str | None:
        """The local name of the organ whose session it is."""
        return self.session_of.value if self.session_of else self.acting


@dataclass(frozen=True, slots=True)
class AdoptionStep:
    """One step towards adoption, as mark-up states it: its outcome, document, day, and actor."""

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
    """A subject of a document, as a term of a vocabulary (``SDG``, ``UNBIS``, ``EuroVoc``, ``DHLAUTH``)."""

    scheme: str
    key: str
    label: str
    address: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Proceedings:
    """The history and the subjects of a document, which only mark-up states."""

    steps: tuple[AdoptionStep, ...] = ()
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
    """The line that states the kind of a document, such as "Report of the Secretary-General"."""
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
    """The rapporteur of a report, as named in the line below its heading."""
    sponsors: Stated[str] | None = None
    """The sponsors of a draft, as named in its heading."""
    sections: tuple[Section, ...] = ()
    """The sections of the body; those of an annex are its own."""
    parts: tuple[LetteredPart, ...] = ()
    """The lettered resolutions that share its number; empty if it is a single one."""
    issues: tuple[Issue, ...] = ()
    links: tuple[Stated[str], ...] = ()
    """The symbols to which mark-up links, with the spans of the words that link to them."""
    proceedings: Proceedings = field(default_factory=Proceedings)
    lines: tuple[MappedText, ...] = field(default=(), repr=False, compare=False)
    """Every line of the text, in any part of the document."""

    def body(self) -> Iterator[Paragraph]:
        """Yield all paragraphs, with their items, in the order of the text; those of annexes too."""
        own = (*self.preambular, *self.operative, *self.paragraphs)
        annexed = (p for annex in self.annexes for p in annex.paragraphs)
        if self.parts:  # the preamble of each follows the operative paragraphs of the one before
            own = tuple(sorted(own, key=lambda paragraph: paragraph.text.span))
        for paragraph in (*own, *annexed):
            yield from paragraph.walk()

    def all_sections(self) -> Iterator[Section]:
        """Yield the sections of the body, then those of the annexes."""
        yield from self.sections
        for annex in self.annexes:
            yield from annex.sections

    def notes_called(self, paragraph: Paragraph) -> list[tuple[NoteCall, Footnote]]:
        """Return the note calls of a paragraph with their notes, if the document has them."""
        called = {call.number for call in paragraph.calls}
        by_number = {note.number: note for note in self.footnotes if note.number in called} if called else {}
        return [(call, by_number[call.number]) for call in paragraph.calls if call.number in by_number]
