"""What is found: documents, other things by their names, paragraphs by their words, and the facets of each.

Everything is taken from statements alone: a thing with a symbol, a title or a label has names; what has ``md:text`` has
words, in each language of which a version is held. A paragraph has the organ, the year and the kind of its document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from mandata.query.search.tokens import lexicon
from mandata.rdf.namespaces import ID, MD, RDF, RDFS, SCHEME, SKOS
from mandata.un.symbol import Symbol, SymbolError, parse

FACETS: Final = ("organ", "year", "kind", "operator", "force", "topic", "addressee")
"""By what hits are narrowed."""
_TYPE, _SUBCLASS, _SYMBOL = RDF + "type", RDFS + "subClassOf", MD + "symbol"
_NAMINGS: Final = (MD + "title", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", MD + "shortName")
_M49: Final = MD + "m49"  # by which a State is known, and shown by its name
_TEXT, _VERSION, _PART = MD + "text", MD + "hasVersion", MD + "hasPart"
_DATES: Final = (MD + "adoptedOn", MD + "datedOn", MD + "distributedOn")  # the first that a document bears
_OWN: Final = {"operator": MD + "operator", "force": MD + "force", "addressee": MD + "addressedTo"}
_NAMED: Final = (MD + "mentions", MD + "about")
_ORGANS: Final = (MD + "adoptedBy", MD + "issuedBy")
_READ: Final = frozenset(
    (_TYPE, _SUBCLASS, _SYMBOL, *_NAMINGS, _M49, _TEXT, _VERSION, _PART, *_DATES, *_OWN.values(), *_NAMED, *_ORGANS)
)
_OURS: Final = (ID, SCHEME)
_NUMBERS: Final = re.compile(r"(\D*)(\d*)")

Words = tuple[str, str]
"""A language, empty where none is said, and words in it."""
Value = tuple[str, str]
"""What a facet is narrowed by, such as ``encourages``, and the IRI of that, empty where it has none."""


@dataclass(slots=True)
class Entry:
    """One thing that can be found; ``whole``: the document that it is part of."""

    iri: str
    whole: str = ""
    symbols: list[str] = field(default_factory=list)
    names: list[Words] = field(default_factory=list)
    texts: list[Words] = field(default_factory=list)
    facets: dict[str, set[Value]] = field(default_factory=lambda: defaultdict(set))

    @property
    def sort(self) -> int:
        """What comes first where words fit several: 0 a document, 1 another thing that has a name, 2 a paragraph."""
        is_document = any(value == "Document" for value, _ in self.facets["kind"])
        return 0 if is_document and not self.whole else 2 if self.texts else 1


class Told:
    """The statements that matter here, by property and subject."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._held: dict[str, dict[str, list[str | ox.Literal]]] = {name: {} for name in _READ}
        for quad in quads:
            held = self._held.get(quad.predicate.value)
            if held is not None and isinstance(quad.subject, ox.NamedNode):
                value = quad.object.value if isinstance(quad.object, ox.NamedNode) else quad.object
                if isinstance(value, str | ox.Literal):
                    held.setdefault(quad.subject.value, []).append(value)
        self._wholes = {
            str(part): whole for whole, parts in sorted(self._held[_PART].items(), reverse=True) for part in parts
        }
        above = self._held[_SUBCLASS]
        self._roots = {str(cls) for values in above.values() for cls in values if not self._ours(above.get(str(cls)))}
        self._topics = {iri for iri, types in self._held[_TYPE].items() if MD + "Topic" in types}
        self._organs = {table["thing"]: code for code, table in lexicon()["organs"].items()}

    @staticmethod
    def _ours(classes: Iterable[str | ox.Literal] | None) -> bool:
        return any(isinstance(cls, str) and cls.startswith(MD) for cls in classes or ())

    def entries(self) -> list[Entry]:
        """Return what can be found, each once: documents, things, paragraphs, each in natural order."""
        found = [entry for iri in self._subjects() if (entry := self._entry(iri))]
        _share(found)
        return sorted(found, key=lambda entry: (entry.sort, _natural(entry.iri)))

    def namings(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield how each thing is named: its IRI, the property, the language and the name, in order, each once."""
        for prop in sorted((_SYMBOL, *_NAMINGS, _M49)):
            for iri in sorted(self._held[prop]):
                yield from ((iri, prop, language, name) for language, name in self._words(iri, prop))

    def _subjects(self) -> list[str]:
        versions = {str(version) for each in self._held[_VERSION].values() for version in each}
        versions |= {iri for iri, types in self._held[_TYPE].items() if MD + "LanguageVersion" in types}
        named = {iri for name in (_SYMBOL, *_NAMINGS, _TEXT) for iri in self._held[name] if iri.startswith(_OURS)}
        return sorted(named - versions)

    def _entry(self, iri: str) -> Entry | None:
        whole = self._whole(iri)
        texts = {words for each in (iri, *self._things(iri, _VERSION)) for words in self._words(each, _TEXT)}
        names = {words for naming in _NAMINGS for words in self._words(iri, naming)}
        symbols = sorted(words for _, words in self._words(iri, _SYMBOL))
        entry = Entry(iri, "" if whole == iri else whole, symbols, sorted(names), sorted(texts))
        types = self._things(iri, _TYPE)
        for name, value in self._facets(iri, types, entry.symbols):
            entry.facets[name].add(value)
        return entry if types or iri.startswith(SCHEME) else None

    def _facets(self, iri: str, types: Iterable[str], symbols: Iterable[str]) -> Iterator[tuple[str, Value]]:
        for cls in types:
            if cls.startswith(MD) and cls not in self._roots:
                yield "kind", _value(cls)
        for name, prop in _OWN.items():
            for version in (iri, *self._things(iri, _VERSION)):
                yield from ((name, _value(thing)) for thing in self._things(version, prop))
        for prop in _NAMED:
            yield from (("topic", _value(thing)) for thing in self._things(iri, prop) if thing in self._topics)
        yield from (("organ", value) for value in self._organs_of(iri, symbols))
        if year := self._year(iri, symbols):
            yield "year", (year, "")

    def _organs_of(self, iri: str, symbols: Iterable[str]) -> set[Value]:
        """Return the organs in whose series a document is, by its symbols, and the one that adopted or issued it."""
        things = {thing.removeprefix(ID) for prop in _ORGANS for thing in self._things(iri, prop)}
        codes = {self._organs.get(thing, thing.removeprefix("organ-")) for thing in things}
        codes |= {symbol.organ for symbol in _parsed(symbols)}
        known = lexicon()["organs"]
        return {(code, ID + known[code]["thing"] if code in known else self._organ(code)) for code in codes}

    def _organ(self, code: str) -> str:
        thing = f"{ID}organ-{code}"
        return thing if thing in self._held[_TYPE] else ""

    def _year(self, iri: str, symbols: Iterable[str]) -> str:
        dates = (words for prop in _DATES for _, words in self._words(iri, prop))
        stated = (str(symbol.year) for symbol in _parsed(symbols) if symbol.year)
        return next((date[:4] for date in dates), "") or next(stated, "")

    def _whole(self, iri: str) -> str:
        seen = [iri]
        while (above := self._wholes.get(seen[-1])) and above not in seen:
            seen.append(above)
        return seen[-1]

    def _things(self, iri: str, prop: str) -> list[str]:
        return sorted({value for value in self._held[prop].get(iri, ()) if isinstance(value, str)})

    def _words(self, iri: str, prop: str) -> list[Words]:
        held = self._held[prop].get(iri, ())
        return sorted({(one.language or "", one.value) for one in held if isinstance(one, ox.Literal)})


def _share(found: Iterable[Entry]) -> None:
    """Give each paragraph what its document has, and each document what its paragraphs have."""
    by_iri = {entry.iri: entry for entry in found}
    for entry in by_iri.values():
        whole = by_iri.get(entry.whole)
        if whole is not None:
            for name in ("operator", "force", "topic", "addressee"):
                whole.facets[name] |= entry.facets[name]
            for name in ("organ", "year"):
                entry.facets[name] |= whole.facets[name]


def _parsed(symbols: Iterable[str]) -> Iterator[Symbol]:
    for symbol in symbols:
        try:
            yield parse(symbol)
        except SymbolError:
            continue


def _value(iri: str) -> Value:
    return re.split("[/#]", iri.removeprefix(ID))[-1], iri


def _natural(iri: str) -> list[tuple[str, int]]:
    return [(letters, int(figures or -1)) for letters, figures in _NUMBERS.findall(iri)]


def by_name(entry: Entry) -> Mapping[str, tuple[Value, ...]]:
    """Return the facets of an entry that have values, in order."""
    return {name: tuple(sorted(entry.facets[name])) for name in FACETS if entry.facets[name]}
