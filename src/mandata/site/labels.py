"""Labels and links of things in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mandata.rdf.namespaces import ID, MD, PREFIXES, prefixed_name
from mandata.site.addresses import Address, Addresses, openable
from mandata.site.dates import in_words
from mandata.site.interface import DEFAULT, interface
from mandata.site.resources import TYPE, Collection, LiteralText, Value, local_name

_LABEL_PROPERTIES: Final = ("rdfs:label", "skos:prefLabel", "md:title", "dcterms:title")
_DATES: Final = frozenset({"xsd:date", "xsd:gYearMonth", "xsd:gYear"})
_PRINTED_NUMBER: Final = re.compile(r"(?<=\.)(?:pp|op|p|fn)(\d+)$")
_MAX_LENGTH: Final = 160


@dataclass(frozen=True, slots=True)
class Link:
    """Text with the address of a page, or with an external URL; with neither, it is no hyperlink."""

    words: LiteralText
    address: Address | None = None
    external_url: str = ""


class Labels:
    """The labels and links of things in one language, cached.

    Args:
        collection: the statements about the things.
        addresses: the pages of the things.
        language: a language of the interface.
    """

    def __init__(self, collection: Collection, addresses: Addresses, language: str) -> None:
        self.collection, self.addresses, self.language = collection, addresses, language
        self.texts = interface(language)
        self.link = lru_cache(maxsize=200_000)(self._link)
        self.classes = lru_cache(maxsize=200_000)(self._classes)
        self._superclasses_by_class: dict[str, set[str]] = {}

    def _link(self, iri: str) -> Link:
        """Return the name of a thing with its page; without a page, with its IRI as an external URL."""
        address = self.addresses.of(iri) if iri in self.collection else None
        return Link(self.name(iri), address, "" if address else openable(iri))

    def links(self, iris: Iterable[str]) -> tuple[Link, ...]:
        """Return the links to several things."""
        return tuple(map(self.link, iris))

    def value(self, value: Value) -> Link:
        """Return a value as a link: a thing with its page, a URL with itself, a date in words, other text unchanged."""
        if not isinstance(value, LiteralText):
            return self.link(value)
        if value.datatype in _DATES:
            return Link(LiteralText(in_words(value.text, self.texts)))
        return Link(value, None, openable(value.text) if " " not in value.text else "")

    def preferred_text(self, literals: Iterable[LiteralText]) -> LiteralText | None:
        """Return the literal in this language, else in the default language, else without language, else the first."""
        preferred = (self.language, DEFAULT, "")
        rank = {language: at for at, language in reversed(list(enumerate(preferred)))}
        return min(
            literals,
            key=lambda literal: (rank.get(literal.language, len(rank)), literal.language, literal.text),
            default=None,
        )

    def label(self, iri: str) -> LiteralText | None:
        """Return the label of a thing; None if it has none."""
        for prop in _LABEL_PROPERTIES:
            if label := self.preferred_text(self.collection.literals(iri, prop)):
                return label._replace(text=" ".join(label.text.split()))
        return None

    def symbol(self, iri: str) -> str:
        """Return the symbol of a document, the longest if it has several; empty if it has none."""
        symbols = (one.text for one in self.collection.literals(iri, "md:symbol"))
        return max(symbols, key=lambda symbol: (len(symbol), symbol), default="")

    def name(self, iri: str) -> LiteralText:
        """Return the name of a thing: its symbol, else its place in its whole, else its label, else its IRI."""
        if symbol := self.symbol(iri):
            return LiteralText(symbol)
        if whole := next(iter(self.collection.subjects("md:hasPart", iri)), ""):
            return LiteralText(f"{self.name(whole).text}, {self.place(iri)}", self.language)
        return self.label(iri) or self._fallback_name(iri)

    def place(self, iri: str) -> str:
        """Return the place of a part in its whole, such as "operative paragraph 3"."""
        kind = self.kind(iri)
        number = self.collection.text(iri, "md:number") or self.collection.text(iri, "md:position")
        if not number and (printed := _PRINTED_NUMBER.search(iri)):
            number = printed[1]
        return f"{kind.text if kind else ''} {number}".strip() or local_name(iri)

    def _fallback_name(self, iri: str) -> LiteralText:
        if iri.startswith(ID):
            address = self.addresses.of(iri)
            whole = ID + address.page.removeprefix("id/") if address and address.anchor else ""
            kind = self.kind(iri)
            if kind and (document := self.collection.thing(iri, "md:actDocument")):
                return LiteralText(f"{kind.text}, {self.name(document).text}", kind.language)
            if whole in self.collection and kind:
                return LiteralText(f"{self.name(whole).text}, {kind.text}", self.language)
        return LiteralText(local_name(iri) if iri.startswith(ID) else prefixed_name(iri))

    def term(self, prop: str) -> Link:
        """Return a property or class, such as ``md:cites``, as a link with its label in the ontology."""
        prefix, _, name = prop.partition(":")
        iri = PREFIXES[prefix] + name if prefix in PREFIXES else prop
        label = self.texts["properties"].get(prop)
        return Link(LiteralText(label, self.language), None, openable(iri)) if label else self.link(iri)

    def kind(self, iri: str) -> LiteralText | None:
        """Return the label of the most specific class of a thing."""
        return next((label for cls in self.classes(iri) if (label := self.label(cls))), None)

    def _classes(self, iri: str) -> tuple[str, ...]:
        """Return the classes of a thing, subclasses before superclasses."""
        found = self.collection.things(iri, TYPE)
        depth = {cls: sum(1 for other in found if cls in self._superclasses(other)) for cls in found}
        return tuple(sorted(found, key=lambda cls: (depth[cls], cls)))

    def is_a(self, iri: str, *classes: str) -> bool:
        """Return whether a thing is an instance of one of some classes, given by their local names in the ontology."""
        return any(MD + cls in self.classes(iri) for cls in classes)

    def is_narrower(self, prop: str, wider: str) -> bool:
        """Return whether ``prop`` is ``wider`` or a direct subproperty of it, as ``md:recalls`` is of ``md:cites``."""
        prefix, _, name = prop.partition(":")
        parents = self.collection.things(PREFIXES.get(prefix, "") + name, "rdfs:subPropertyOf")
        return prop == wider or wider in map(prefixed_name, parents)

    def _superclasses(self, cls: str) -> set[str]:
        if cls not in self._superclasses_by_class:
            found: set[str] = set()
            todo = self.collection.things(cls, "rdfs:subClassOf")
            while todo:
                if (wider := todo.pop()) not in found:
                    found.add(wider)
                    todo += self.collection.things(wider, "rdfs:subClassOf")
            self._superclasses_by_class[cls] = found
        return self._superclasses_by_class[cls]


def truncate(text: LiteralText, limit: int = _MAX_LENGTH) -> LiteralText:
    """Return a text truncated at a space to at most ``limit`` characters."""
    flat = " ".join(text.text.split())
    return text._replace(text=flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + " …")
