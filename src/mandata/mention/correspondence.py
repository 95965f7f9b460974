"""The sender and the addressees of a letter: the capacities named in its heading, and the person who signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandata.document.model import Document, Stated
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import Lexicon, lexicon_of
from mandata.mention.delegations import find_state
from mandata.mention.gazetteer import gazetteer
from mandata.text.mapped import Span
from mandata.un.entities import Entity, local_name, shipped_entities

FOR_A_STATE = {
    "permanent-representative": "Permanent Representative",
    "chargé-d'affaires": "Chargé d'affaires",
    "permanent-mission": "Permanent Mission",
}
"""The capacities that act for a State: the lexicon rule of each, and its name in records."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A capacity: the local name of its post, its name in records (``role``), the State represented, the person."""

    post: str
    role: str
    span: Span
    state: Entity | None = None
    person: str | None = None
    """The local name of the person, such as ``person-Ban_Ki-moon``."""
    name: str | None = None
    name_span: Span | None = None

    @property
    def title(self) -> str:
        """The capacity in full, such as "Permanent Representative of Turkmenistan"."""
        return f"{self.role} of {self.state.display_name}" if self.state else self.role


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The sender and addressees of a letter whose capacity is known. Identical letters have several addressees."""

    sender: Correspondent | None = None
    addressees: tuple[Correspondent, ...] = ()

    @property
    def addressee(self) -> Correspondent | None:
        """The first addressee."""
        return next(iter(self.addressees), None)


def find_correspondence(document: Document) -> Correspondence:
    """Return the sender and addressees of a letter; empty if the document is not a letter."""
    head = document.letterhead
    lexicon = lexicon_of(document.language)
    if head is None or lexicon is None:
        return Correspondence()
    sender = next(iter(_correspondents(head.sender, head.signature, lexicon)), None)
    return Correspondence(sender, tuple(_correspondents(head.addressee, None, lexicon)))


def _correspondents(stated: Stated[str], signature: Stated[str] | None, lexicon: Lexicon) -> list[Correspondent]:
    """Return the capacities that some words name: one that acts for a State, else each post once, in order."""
    words, person = fold(stated.value), _person(signature)
    for rule, role in FOR_A_STATE.items():
        if match := lexicon.search(rule, words):
            named = (f.entity for f in gazetteer(lexicon.language).find(match["state"]) if f.entity.kind == "state")
            state = find_state(match["state"]) or next(named, None)
            local = local_name("post", f"{role} of {state.display_name}") if state else ""
            return [Correspondent(local, role, stated.span, state, *person)] if state else []
    posts = {f.entity.local_name: f.entity for f in gazetteer(lexicon.language).find(words) if f.entity.kind == "post"}
    return [Correspondent(local, post.key, stated.span, None, *person) for local, post in posts.items()]


def _person(signature: Stated[str] | None) -> tuple[str | None, str | None, Span | None]:
    if signature is None:
        return None, None, None
    name = re.sub(r"\s+", " ", signature.value.strip(" .,"))
    for person in shipped_entities().of_kind("person"):
        if name in (n for names in person.names.values() for n in names):
            return person.local_name, person.key, signature.span
    return local_name("person", name), name, signature.span
