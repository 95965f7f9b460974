"""How things are shown to a reader of one language: what they are called, and where that leads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mandata.rdf.namespaces import ID, MD, PREFIXES
from mandata.site.addresses import Address, Addresses, openable
from mandata.site.dates import in_words
from mandata.site.interface import DEFAULT, interface
from mandata.site.resources import TYPE, Collection, Value, Words, local, prefixed

_NAMING: Final = ("rdfs:label", "skos:prefLabel", "md:title", "dcterms:title")
_DATES: Final = frozenset({"xsd:date", "xsd:gYearMonth", "xsd:gYear"})
_PRINTED: Final = re.compile(r"(?<=\.)(?:pp|op|p|fn)(\d+)$")
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: to a page of ours, to an outside address, or, with neither, nowhere."""

    words: Words
    address: Address | None = None
    outside: str = ""


class Shown:
    """Names and links in one language; each thing is looked up once."""

    def __init__(self, collection: Collection, addresses: Addresses, language: str) -> None:
        self.collection, self.addresses, self.language = collection, addresses, language
        self.say = interface(language)
        self.link = lru_cache(maxsize=200_000)(self._link)
        self.classes = lru_cache(maxsize=200_000)(self._classes)
        self._above: dict[str, set[str]] = {}

    def _link(self, iri: str) -> Link:
        """Return the name of a thing, leading to its page; of another's, to where its IRI leads."""
        address = self.addresses.of(iri) if iri in self.collection else None
        return Link(self.name(iri), address, "" if address else openable(iri))

    def links(self, iris: Iterable[str]) -> tuple[Link, ...]:
        """Return the links to several things."""
        return tuple(map(self.link, iris))

    def value(self, value: Value) -> Link:
        """Return a value: a thing as a link, words as they are, and an address within words as one to follow."""
        if not isinstance(value, Words):
            return self.link(value)
        if value.datatype in _DATES:
            return Link(Words(in_words(value.text, self.say)))
        return Link(value, None, openable(value.text) if " " not in value.text else "")

    def best(self, words: Iterable[Words]) -> Words | None:
        """Return the words in the reader's language, else in the default one, else without one, else the first."""
        wanted = (self.language, DEFAULT, "")
        rank = {language: at for at, language in reversed(list(enumerate(wanted)))}
        return min(words, key=lambda one: (rank.get(one.language, len(rank)), one.language, one.text), default=None)

    def label(self, iri: str) -> Words | None:
        """Return the name a thing bears; None where it bears none."""
        for naming in _NAMING:
            if found := self.best(self.collection.words(iri, naming)):
                return found._replace(text=" ".join(found.text.split()))
        return None

    def symbol(self, iri: str) -> str:
        """Return the symbol of a document, of a joint document the joint one; empty where it has none."""
        symbols = (one.text for one in self.collection.words(iri, "md:symbol"))
        return max(symbols, key=lambda symbol: (len(symbol), symbol), default="")

    def name(self, iri: str) -> Words:
        """Return what a thing is called: its symbol, its name, or its place in what it is part of."""
        if symbol := self.symbol(iri):
            return Words(symbol)
        if whole := next(iter(self.collection.bearers("md:hasPart", iri)), ""):
            return Words(f"{self.name(whole).text}, {self.place(iri)}", self.language)
        return self.label(iri) or self._unnamed(iri)

    def place(self, iri: str) -> str:
        """Return which part of its whole a part is, such as "operative paragraph 3"."""
        kind = self.kind(iri)
        number = self.collection.text(iri, "md:number") or self.collection.text(iri, "md:position")
        if not number and (printed := _PRINTED.search(iri)):
            number = printed[1]
        return f"{kind.text if kind else ''} {number}".strip() or local(iri)

    def _unnamed(self, iri: str) -> Words:
        if iri.startswith(ID):
            address = self.addresses.of(iri)
            whole = ID + address.page.removeprefix("id/") if address and address.anchor else ""
            kind = self.kind(iri)
            if kind and (document := self.collection.thing(iri, "md:actDocument")):
                return Words(f"{kind.text}, {self.name(document).text}", kind.language)
            if whole in self.collection and kind:
                return Words(f"{self.name(whole).text}, {kind.text}", self.language)
        return Words(local(iri) if iri.startswith(ID) else prefixed(iri))

    def term(self, prop: str) -> Link:
        """Return a property or class, given as ``md:cites``, by the ontology's name for it."""
        prefix, _, name = prop.partition(":")
        iri = PREFIXES[prefix] + name if prefix in PREFIXES else prop
        said = self.say["properties"].get(prop)
        return Link(Words(said, self.language), None, openable(iri)) if said else self.link(iri)

    def kind(self, iri: str) -> Words | None:
        """Return the name of the narrowest class of a thing."""
        return next((label for cls in self.classes(iri) if (label := self.label(cls))), None)

    def _classes(self, iri: str) -> tuple[str, ...]:
        """Return the classes of a thing, the narrower before the wider."""
        found = self.collection.things(iri, TYPE)
        depth = {cls: sum(1 for other in found if cls in self._wider(other)) for cls in found}
        return tuple(sorted(found, key=lambda cls: (depth[cls], cls)))

    def is_a(self, iri: str, *classes: str) -> bool:
        """Tell whether a thing is of one of some classes, given by their local names in the ontology."""
        return any(MD + cls in self.classes(iri) for cls in classes)

    def is_narrower(self, prop: str, wider: str) -> bool:
        """Tell whether a property is directly below another, as ``md:recalls`` is below ``md:cites``."""
        prefix, _, name = prop.partition(":")
        above = self.collection.things(PREFIXES.get(prefix, "") + name, "rdfs:subPropertyOf")
        return prop == wider or wider in map(prefixed, above)

    def _wider(self, cls: str) -> set[str]:
        if cls not in self._above:
            found: set[str] = set()
            todo = self.collection.things(cls, "rdfs:subClassOf")
            while todo:
                if (wider := todo.pop()) not in found:
                    found.add(wider)
                    todo += self.collection.things(wider, "rdfs:subClassOf")
            self._above[cls] = found
        return self._above[cls]


def cut(words: Words, most: int = _LONGEST) -> Words:
    """Return words cut at a space where they are longer than ``most`` characters."""
    flat = " ".join(words.text.split())
    return words._replace(text=flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + " …")
