"""The sponsors of drafts and the votes of States, as marked up; a name that is not a known State becomes an Issue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mandata.document.model import Document, Stated
from mandata.errors import Issue
from mandata.lexicon.folding import fold
from mandata.text.mapped import Span
from mandata.un.entities import Entity, shipped_entities

CHOICES = ("inFavour", "against", "abstaining")
"""How a State may vote, as the mark-up names it."""

_LATER = "draftResolutionAdditionalSponsors"
_DRAFT = "draftResolution"
_GAP = re.compile(r"[,\s]+|[a-z]{1,4}(?=\s)")
_REMARK = re.compile(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)")
_ENDS = re.compile(r"\s*(?:,|$)|\s+[a-z]")


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A State that sponsored a draft; ``later`` is true if it joined after the draft had been submitted."""

    draft: str
    state: Entity
    later: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Ballot:
    """The vote of a State."""

    choice: str
    state: Entity
    span: Span


@dataclass(frozen=True, slots=True)
class Delegations:
    """The sponsors and votes in a document, and the Issues found."""

    sponsors: tuple[Sponsor, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    issues: tuple[Issue, ...] = ()


def find_delegations(document: Document) -> Delegations:
    """Return the sponsors and votes that the heading of a draft, or the proceedings of a document, state."""
    issues: list[Issue] = []
    sponsors = tuple(_sponsors(document, issues))
    ballots = tuple(_ballots(document, issues))
    return Delegations(sponsors, ballots, tuple(issues))


def _sponsors(document: Document, issues: list[Issue]) -> Iterator[Sponsor]:
    own, named = document.masthead.symbol, document.sponsors
    if own and named:
        yield from _read_sponsors(own.value, named, False, issues)
    draft: Stated[str] | None = None
    for step in document.proceedings.steps:
        if step.outcome not in (_DRAFT, _LATER):
            continue
        draft = step.document or draft
        if step.by is None or draft is None:
            continue
        yield from _read_sponsors(draft.value, step.by, step.outcome == _LATER, issues)


def _read_sponsors(draft: str, named: Stated[str], later: bool, issues: list[Issue]) -> Iterator[Sponsor]:
    states, rest = parse_state_list(named.value)
    if rest:
        issues.append(Issue("sponsor-open", f"“{rest}” is no State that is known", *named.span))
    yield from (Sponsor(draft, state, later, named.span) for state in states)


def _ballots(document: Document, issues: list[Issue]) -> Iterator[Ballot]:
    vote = document.proceedings.vote
    if vote is None or not vote.voters:  # a line that only counts the votes names no State
        return
    tally = dict.fromkeys(CHOICES, 0)
    for choice, name in vote.voters:
        state = find_state(name.value)
        tally[choice] = tally.get(choice, 0) + 1
        if state is None or choice not in CHOICES:
            issues.append(Issue("voter-open", f"“{name.value}” is no State that is known", *name.span))
        else:
            yield Ballot(choice, state, name.span)
    for choice, count in vote.counts:
        if count.value != tally.get(choice, 0):
            message = f"{count.value} votes are counted ({choice}), {tally.get(choice, 0)} States are named"
            issues.append(Issue("vote-count", message, *count.span))


def parse_state_list(words: str) -> tuple[list[Entity], str]:
    """Return the States in a list, and the words of it that do not name exactly one State.

    One that speaks for others ("Guyana (on behalf of the Group of 77 and China)") is not a sponsor for itself, so it is
    among these words; at the first name that is not a State, reading ends.
    """
    even = _even(words)
    plain, at = _plain(even), 0
    found, unrecognised = list[Entity](), list[str]()
    while at < len(plain):
        at = _skip_connecting_words(even, plain, at)
        match = _names_pattern().match(plain, at)
        remark = _REMARK.match(plain, match.end()) if match else None
        if match is None or not _ENDS.match(plain, remark.end() if remark else match.end()):
            return found, "; ".join([*unrecognised, even[at:]])
        if remark:
            unrecognised.append(even[at : remark.end()])
        else:
            found.append(_states()[match[0]])
        at = (remark or match).end()
    return found, "; ".join(unrecognised)


def find_state(words: str) -> Entity | None:
    """Return the State with a name in the use of the United Nations, even one that is ambiguous in running text."""
    return _states().get(_plain(words))


def _skip_connecting_words(even: str, plain: str, at: int) -> int:
    """Return where the next name may begin: after a comma and words without a capital, such as "and the"."""
    while at < len(plain) and (gap := _GAP.match(even, at)) and not _names_pattern().match(plain, at):
        at = gap.end()
    return at


@cache
def _states() -> Mapping[str, Entity]:
    """Return the States by each of their names, without case and accents."""
    states = shipped_entities().of_kind("state")
    return {_plain(name): state for state in states for names in state.names.values() for name in names}


@cache
def _names_pattern() -> re.Pattern[str]:
    """Return a pattern of all these names, the longest first: "Democratic Republic of the Congo" is matched whole."""
    names = sorted(_states(), key=lambda name: (-len(name), name))
    return re.compile("(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


def _plain(words: str) -> str:
    """Return words in lower case without accents, letter for letter: lists of votes are in capitals."""
    return "".join(unicodedata.normalize("NFKD", letter)[0].lower() for letter in _even(words))


def _even(words: str) -> str:
    composed = unicodedata.normalize("NFC", fold(" ".join(words.split())))
    return "".join(letter for letter in composed if not unicodedata.combining(letter))
