"""The entries of the search index: documents, other things by name and paragraphs by text, with their facets.

They are made from statements alone: a symbol, a title or a label is a name; ``md:text`` is a text, in each language of
which the knowledge base has a version. A paragraph has the organ, the year and the kind of its document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from mandata.query.search.tokens import search_vocabulary
from mandata.rdf.namespaces import ID, MD, RDF, RDFS, SCHEME, SKOS
from mandata.un.symbol import Symbol, SymbolError, parse

FACETS: Final = ("organ", "year", "kind", "operator", "force", "topic", "addressee")
"""The facets by which matches are filtered."""
_TYPE, _SUBCLASS, _SYMBOL = RDF + "type", RDFS + "subClassOf", MD + "symbol"
_NAME_PROPERTIES: Final = (MD + "title", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", MD + "shortName")
_M49: Final = MD + "m49"  # only States and territories have it, which are displayed by their names
_TEXT, _VERSION, _PART = MD + "text", MD + "hasVersion", MD + "hasPart"
_DATE_PROPERTIES: Final = (MD + "adoptedOn", MD + "datedOn", MD + "distributedOn")  # in order of preference
_VALUE_PROPERTIES: Final = {"operator": MD + "operator", "force": MD + "force", "addressee": MD + "addressedTo"}
_TOPIC_PROPERTIES: Final = (MD + "mentions", MD + "about")
_ORGAN_PROPERTIES: Final = (MD + "adoptedBy", MD + "issuedBy")
_INDEXED: Final = frozenset(
    (
        *(_TYPE, _SUBCLASS, _SYMBOL, *_NAME_PROPERTIES, _M49, _TEXT, _VERSION, _PART, *_DATE_PROPERTIES),
        *(*_VALUE_PROPERTIES.values(), *_TOPIC_PROPERTIES, *_ORGAN_PROPERTIES),
    )
)
_OURS: Final = (ID, SCHEME)
_LETTERS_AND_DIGITS: Final = re.compile(r"(\D*)(\d*)")

TaggedText = tuple[str, str]
"""A language tag, empty if there is none, and a text."""
FacetValue = tuple[str, str]
"""A value of a facet, such as ``encourages``, and its IRI, which is empty if it has none."""


@dataclass(slots=True)
class IndexEntry:
    """A thing that can be found; ``document`` is the document that it is a part of, empty if it is none."""

    iri: str
    document: str = ""
    symbols: list[str] = field(default_factory=list)
    names: list[TaggedText] = field(default_factory=list)
    texts: list[TaggedText] = field(default_factory=list)
    facets: dict[str, set[FacetValue]] = field(default_factory=lambda: defaultdict(set))

    @property
    def sort(self) -> int:
        """The sort of thing, in the order in which matches are listed: 0 document, 1 other named thing, 2 paragraph."""
        is_document = any(value == "Document" for value, _ in self.facets["kind"])
        return 0 if is_document and not self.document else 2 if self.texts else 1


class IndexedStatements:
    """The statements from which entries are made, by property and subject."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._values: dict[str, dict[str, list[str | ox.Literal]]] = {name: {} for name in _INDEXED}
        for quad in quads:
            by_subject = self._values.get(quad.predicate.value)
            if by_subject is not None and isinstance(quad.subject, ox.NamedNode):
                value = quad.object.value if isinstance(quad.object, ox.NamedNode) else quad.object
                if isinstance(value, str | ox.Literal):
                    by_subject.setdefault(quad.subject.value, []).append(value)
        self._parents = {
            str(part): whole for whole, parts in sorted(self._values[_PART].items(), reverse=True) for part in parts
        }
        superclasses = self._values[_SUBCLASS]
        self._root_classes = {
            str(cls) for values in superclasses.values() for cls in values if not _has_ours(superclasses.get(str(cls)))
        }
        self._topics = {iri for iri, types in self._values[_TYPE].items() if MD + "Topic" in types}
        self._organs = {table["thing"]: code for code, table in search_vocabulary()["organs"].items()}

    def entries(self) -> list[IndexEntry]:
        """Return all entries: documents, then other things, then paragraphs, each in natural order of their IRIs."""
        entries = [entry for iri in self._subjects() if (entry := self._entry(iri))]
        _share_facets(entries)
        return sorted(entries, key=lambda entry: (entry.sort, _natural_sort_key(entry.iri)))

    def name_statements(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield the names of each thing in order: its IRI, the property, the language and the name."""
        for prop in sorted((_SYMBOL, *_NAME_PROPERTIES, _M49)):
            for iri in sorted(self._values[prop]):
                yield from ((iri, prop, language, name) for language, name in self._texts(iri, prop))

    def _subjects(self) -> list[str]:
        versions = {str(version) for each in self._values[_VERSION].values() for version in each}
        versions |= {iri for iri, types in self._values[_TYPE].items() if MD + "LanguageVersion" in types}
        named = {
            iri for name in (_SYMBOL, *_NAME_PROPERTIES, _TEXT) for iri in self._values[name] if iri.startswith(_OURS)
        }
        return sorted(named - versions)

    def _entry(self, iri: str) -> IndexEntry | None:
        document = self._root_document(iri)
        texts = {text for each in (iri, *self._iris(iri, _VERSION)) for text in self._texts(each, _TEXT)}
        names = {text for prop in _NAME_PROPERTIES for text in self._texts(iri, prop)}
        symbols = sorted(symbol for _, symbol in self._texts(iri, _SYMBOL))
        entry = IndexEntry(iri, "" if document == iri else document, symbols, sorted(names), sorted(texts))
        types = self._iris(iri, _TYPE)
        for name, value in self._facets(iri, types, entry.symbols):
            entry.facets[name].add(value)
        return entry if types or iri.startswith(SCHEME) else None

    def _facets(self, iri: str, types: Iterable[str], symbols: Iterable[str]) -> Iterator[tuple[str, FacetValue]]:
        for cls in types:
            if cls.startswith(MD) and cls not in self._root_classes:
                yield "kind", _facet_value(cls)
        for name, prop in _VALUE_PROPERTIES.items():
            for version in (iri, *self._iris(iri, _VERSION)):
                yield from ((name, _facet_value(thing)) for thing in self._iris(version, prop))
        for prop in _TOPIC_PROPERTIES:
            yield from (("topic", _facet_value(thing)) for thing in self._iris(iri, prop) if thing in self._topics)
        yield from (("organ", value) for value in self._organs_of(iri, symbols))
        if year := self._year(iri, symbols):
            yield "year", (year, "")

    def _organs_of(self, iri: str, symbols: Iterable[str]) -> set[FacetValue]:
        """Return the organs in whose series a document is, by its symbols, and the organ that adopted or issued it."""
        things = {thing.removeprefix(ID) for prop in _ORGAN_PROPERTIES for thing in self._iris(iri, prop)}
        codes = {self._organs.get(thing, thing.removeprefix("organ-")) for thing in things}
        codes |= {symbol.organ for symbol in _parse_symbols(symbols)}
        organs = search_vocabulary()["organs"]
        return {(code, ID + organs[code]["thing"] if code in organs else self._organ(code)) for code in codes}

    def _organ(self, code: str) -> str:
        iri = f"{ID}organ-{code}"
        return iri if iri in self._values[_TYPE] else ""

    def _year(self, iri: str, symbols: Iterable[str]) -> str:
        dates = (date for prop in _DATE_PROPERTIES for _, date in self._texts(iri, prop))
        years = (str(symbol.year) for symbol in _parse_symbols(symbols) if symbol.year)
        return next((date[:4] for date in dates), "") or next(years, "")

    def _root_document(self, iri: str) -> str:
        """Return the last of the wholes that a thing is a part of, or the thing itself."""
        ancestors = [iri]
        while (parent := self._parents.get(ancestors[-1])) and parent not in ancestors:
            ancestors.append(parent)
        return ancestors[-1]

    def _iris(self, iri: str, prop: str) -> list[str]:
        return sorted({value for value in self._values[prop].get(iri, ()) if isinstance(value, str)})

    def _texts(self, iri: str, prop: str) -> list[TaggedText]:
        values = self._values[prop].get(iri, ())
        return sorted({(value.language or "", value.value) for value in values if isinstance(value, ox.Literal)})


def _has_ours(classes: Iterable[str | ox.Literal] | None) -> bool:
    """Return whether one of the classes is of our ontology."""
    return any(isinstance(cls, str) and cls.startswith(MD) for cls in classes or ())


def _share_facets(entries: Iterable[IndexEntry]) -> None:
    """Give each paragraph the organ and year of its document, and each document the other facets of its paragraphs."""
    by_iri = {entry.iri: entry for entry in entries}
    for entry in by_iri.values():
        document = by_iri.get(entry.document)
        if document is not None:
            for name in ("operator", "force", "topic", "addressee"):
                document.facets[name] |= entry.facets[name]
            for name in ("organ", "year"):
                entry.facets[name] |= document.facets[name]


def _parse_symbols(symbols: Iterable[str]) -> Iterator[Symbol]:
    for symbol in symbols:
        try:
            yield parse(symbol)
        except SymbolError:
            continue


def _facet_value(iri: str) -> FacetValue:
    return re.split("[/#]", iri.removeprefix(ID))[-1], iri


def _natural_sort_key(iri: str) -> list[tuple[str, int]]:
    return [(letters, int(digits or -1)) for letters, digits in _LETTERS_AND_DIGITS.findall(iri)]


def ordered_facets(entry: IndexEntry) -> Mapping[str, tuple[FacetValue, ...]]:
    """Return the facets of an entry that have values, with the values sorted."""
    return {name: tuple(sorted(entry.facets[name])) for name in FACETS if entry.facets[name]}
