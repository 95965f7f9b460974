"""A document symbol, and what can be inferred from it alone, without any look-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile
from urllib.parse import quote

from mandata.errors import MandataError
from mandata.un.symbol import grammar
from mandata.un.symbol.grammar import Segments
from mandata.un.symbol.ranges import members
from mandata.un.symbol.suspicion import suspicion


class SymbolError(MandataError):
    """A text that is not a symbol, or whose meaning could only be guessed."""

    def __init__(self, what: str, where: str, mend: str = "write the symbol as the document bears it") -> None:
        super().__init__("symbol", what, where, mend)


@dataclass(frozen=True)
class Symbol:
    """One document's symbol; two are equal when their normal forms are, however they were written.

    ``parts`` holds the segments of each symbol of the document: one, or several for a joint document.
    ``repairs`` says what had to be corrected in ``raw``; typographic variants (spaces, dashes) are not errors.
    """

    parts: tuple[Segments, ...]
    raw: str = field(default="", compare=False)
    repairs: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return "-".join(self.halves)

    @cached_property
    def halves(self) -> tuple[str, ...]:
        """Every symbol of the document, in normal form: all of them identify it."""
        return tuple(grammar.normal_form(segments) for segments in self.parts)

    @property
    def local_name(self) -> str:
        """The name in an IRI: ``A_RES_53_243_A``; ``from_local_name`` is the inverse."""
        return "-".join("_".join(segments) for segments in self.parts)

    @property
    def organ(self) -> str:
        """Whose series the (first) symbol belongs to: A, S, E, UNEP."""
        return self.parts[0][0]

    @property
    def body(self) -> str:
        """The organ and the subsidiary bodies named after it: A/HRC, A/C.2, E/CN.4/Sub.2."""
        rest = takewhile(grammar.is_subsidiary, self._first[1:])
        return "/".join((self.organ, *rest))

    @property
    def main_committee(self) -> str | None:
        """The Main Committee of the General Assembly whose paper it is: ``C.2``."""
        second = self._first[1]
        return second if self.organ == "A" and second in {f"C.{number}" for number in range(1, 7)} else None

    @property
    def session(self) -> str | None:
        """The session: 72, S-10, ES-11, in old resolutions XXI or S-IV; ``None`` if the symbol states none."""
        period = self._period
        return None if period is None or grammar.is_year(period) else period

    @property
    def year(self) -> int | None:
        """The year that the symbol states: 2007 of S/2007/279, 2000 of S/RES/1325(2000)."""
        period = self._period
        return int(period) if period is not None and grammar.is_year(period) else None

    @property
    def number(self) -> str | None:
        """The number within the series, as printed: 7 of A/RES/72/7, 217 of A/RES/217(III), L.4 of A/72/L.4."""
        return self._main[-1] if len(self._main) > 1 else None

    @property
    def letters(self) -> str | None:
        """The letter of a resolution's part, or the range of letters: A, A-C."""
        first = self._first
        after = (at for at in range(1, len(first)) if grammar.separator(first, at) == " ")
        return next((first[at] for at in after), None)

    @property
    def is_resolution(self) -> bool:
        """Whether it is the symbol of a resolution."""
        return not self.is_draft and ("RES" in self._first or any(s.startswith("Res.") for s in self._first))

    @property
    def is_decision(self) -> bool:
        """Whether it is the symbol of a decision; A/DEC/... for the General Assembly's is used by this project only."""
        return not self.is_draft and ("DEC" in self._first or any(s.startswith("Dec.") for s in self._first))

    @property
    def is_draft(self) -> bool:
        """Whether it is the symbol of a document of limited distribution (L.), as drafts are."""
        return any(segment.startswith("L.") for segment in self._first)

    @property
    def is_statement(self) -> bool:
        """Whether it is the symbol of a presidential statement."""
        return "PRST" in self._first

    @property
    def is_meeting_record(self) -> bool:
        """Whether it is the symbol of a verbatim or summary record."""
        return any(segment.startswith(("PV.", "SR.")) for segment in self._first)

    @property
    def relation(self) -> str | None:
        """How it relates to its base: supplements, corrects, revises, amends; ``None`` if it has no modifier."""
        modifier = self._modifier
        return grammar.RELATIONS[modifier.partition(".")[0]] if modifier else None

    @property
    def base(self) -> Symbol | None:
        """The symbol without its last modifier, which the document supplements, corrects, revises or amends."""
        modifier = self._modifier
        if modifier is None:
            return None
        return Symbol(tuple(s[:-1] if s[-1] == modifier else s for s in self.parts), self.raw)

    @cached_property
    def suspicious(self) -> str | None:
        """Why no document can bear this symbol, though it can be parsed; ``None`` if there is no objection."""
        return next(filter(None, map(suspicion, self.parts)), None)

    def expand(self) -> tuple[Symbol, ...]:
        """Return the documents that a range stands for (Add.1-3, 254 A-C), in order; itself alone if it is no range."""
        spread = [members(segments) for segments in self.parts]
        if len({len(each) for each in spread}) != 1 or len(spread[0]) == 1:
            return (self,)
        return tuple(Symbol(parts, self.raw) for parts in zip(*spread, strict=True))

    def undocs(self, lang: str = "en") -> str:
        """Return the undocs.org URL of the document in a language (by its first symbol)."""
        return f"https://undocs.org/{quote(lang)}/{quote(self.halves[0], safe='/()')}"

    def akn(self, adopted: date) -> str | None:
        """Return the Akoma Ntoso IRI of a General Assembly resolution adopted since 1976 on that day; else ``None``."""
        first = self._first
        modern = len(first) > 3 and first[:2] == ("A", "RES") and grammar.separator(first, 3) == "/"
        if not modern or self._modifier or self.suspicious or len(self.expand()) > 1:
            return None
        number = f"{self.session}-{self.number}{self.letters or ''}"
        return f"/akn/un/statement/deliberation/unga/{adopted.isoformat()}/{number}"

    @property
    def _first(self) -> Segments:
        return self.parts[0]

    @cached_property
    def _main(self) -> Segments:
        """The first symbol's segments without letters, parenthesised parts and modifiers."""
        first = self._first
        return tuple(
            segment
            for at, segment in enumerate(first)
            if grammar.separator(first, at) in ("", "/") and not grammar.is_modifier(segment)
        )

    @cached_property
    def _period(self) -> str | None:
        first, main = self._first, self._main
        bracketed = [s for at, s in enumerate(first) if grammar.is_bracketed(first, at) and not grammar.is_part(s)]
        if bracketed:
            return bracketed[0]
        return next((s for s in main[1:-1] if s.isdigit() or grammar.is_session(s)), None)

    @property
    def _modifier(self) -> str | None:
        """The last modifier, if no two symbols of the document end in different ones."""
        last = {segments[-1] for segments in self.parts if grammar.is_modifier(segments[-1])}
        return last.pop() if len(last) == 1 else None
