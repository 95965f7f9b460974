"""How a thing is displayed: its IRI, its symbol in normal form, its name in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from mandata.query.source import Source, select
from mandata.rdf.namespaces import ID, MD, RDFS, SKOS, prefixed_name

SYMBOL = MD + "symbol"
LABELS = (RDFS + "label", SKOS + "prefLabel", MD + "title")
"""The properties that name a thing, the best first."""

_SHORT = MD + "shortName"
_M49 = MD + "m49"  # only States and territories have it: they are displayed by name, not by the code in md:shortName
_BATCH = 400  # IRIs in one query


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing in an answer; ``symbol`` is None if it has none, ``label`` is never empty."""

    iri: str
    symbol: str | None
    label: str
    short: str | None = None

    def json(self) -> dict[str, str | None]:
        """Return the thing as JSON answers describe it."""
        return {"iri": self.iri, "symbol": self.symbol, "label": self.label}

    def __str__(self) -> str:
        return self.symbol or self.short or self.label


_ACT = re.compile(r"\.act-(.+)$")
"""The local name of an act on a mandate: the mandate before ``.act-``, the document or paragraph after it."""

Names = Mapping[str, list[ox.Literal]]
"""The literals of each property that names a thing."""
NameLookup = Callable[[list[str]], Mapping[str, Names]]
"""Returns for each IRI the literals of each property that names it."""


def describe(iris: Iterable[str], source: Source, language: str) -> dict[str, Thing]:
    """Return the thing that each IRI names, with its name in a language; a part is named by its document's symbol.

    Args:
        iris: the things.
        source: the store or endpoint that holds their names.
        language: the preferred language.

    Raises:
        MandataError: the source does not answer.
    """
    return describe_by(iris, lambda requested: _names(requested, source), language)


def describe_by(iris: Iterable[str], lookup: NameLookup, language: str) -> dict[str, Thing]:
    """Return the thing that each IRI names, as ``describe``.

    Args:
        iris: the things.
        lookup: returns the names of these things and of those that they may be part of.
        language: the preferred language.
    """
    distinct = sorted(set(iris))
    names = lookup(sorted({whole for iri in distinct for whole in _wholes(iri)}))
    return {iri: _thing(iri, names, language) for iri in distinct}


def prefer(literals: Iterable[ox.Literal], language: str) -> ox.Literal | None:
    """Return the literal that a reader prefers; None if there is none.

    Args:
        literals: the literals to choose from.
        language: the preferred language; else English is taken, else a literal without a language, else the first
            by its language tag.
    """
    return min(
        literals, key=lambda each: (_rank(each.language, language), each.language or "", each.value), default=None
    )


def _rank(language: str | None, preferred: str) -> int:
    order = (preferred, "en", None)
    return order.index(language) if language in order else len(order)


def _wholes(iri: str) -> list[str]:
    """Return the IRI and those that it may be a part of, the longest first: ``.pp2`` of ``A_C.2_72_3.pp2``."""
    if not iri.startswith(ID):
        return [iri]
    parts = iri.removeprefix(ID).split(".")
    wholes = [ID + ".".join(parts[:end]) for end in range(len(parts), 0, -1)]
    return wholes + (_wholes(ID + act[1]) if (act := _ACT.search(iri)) else [])


def _names(iris: list[str], source: Source) -> dict[str, dict[str, list[ox.Literal]]]:
    """Return for each IRI the literals of each property that names it."""
    names: dict[str, dict[str, list[ox.Literal]]] = {}
    properties = " ".join(f"<{iri}>" for iri in (SYMBOL, _SHORT, _M49, *LABELS))
    for start in range(0, len(iris), _BATCH):
        things = " ".join(str(ox.NamedNode(iri)) for iri in iris[start : start + _BATCH])
        pattern = f"VALUES ?thing {{ {things} }} VALUES ?naming {{ {properties} }} ?thing ?naming ?name"
        for row in select(source, f"SELECT ?thing ?naming ?name {{ {pattern} }}"):
            thing, property_, name = row["thing"], row["naming"], row["name"]
            if isinstance(name, ox.Literal) and isinstance(thing, ox.NamedNode) and isinstance(property_, ox.NamedNode):
                names.setdefault(thing.value, {}).setdefault(property_.value, []).append(name)
    return names


def _thing(iri: str, names: Mapping[str, Names], language: str) -> Thing:
    own = names.get(iri, {})
    symbol = _symbol(own)
    if label := _label(own, language) or symbol:
        return Thing(iri, symbol, label, _short(own))
    return _part(iri, names, language)


def _short(names: Names) -> str | None:
    """Return the short name of an organization, by which it is better known; None for a State or territory."""
    short = min((literal.value for literal in names.get(_SHORT, ())), default=None)
    return None if _M49 in names else short


def _symbol(names: Names) -> str | None:
    """Return the symbol; for a joint document the joint one, which is longer than its halves."""
    symbols = [literal.value for literal in names.get(SYMBOL, ())]
    return max(symbols, key=lambda symbol: (len(symbol), symbol), default=None)


def _label(names: Names, language: str) -> str:
    for property_ in LABELS:
        if literal := prefer(names.get(property_, ()), language):
            return " ".join(literal.value.split())
    return ""


def _part(iri: str, names: Mapping[str, Names], language: str) -> Thing:
    """Return a thing without a name of its own, named by the symbol or name of its whole: ``A/RES/72/7 pp2``."""
    if act := _ACT.search(iri):
        mandate, text = ID + iri.removeprefix(ID)[: act.start() - len(ID)], ID + act[1]
        return Thing(iri, None, f"{_thing(mandate, names, language)}, {_thing(text, names, language)}", shorten(iri))
    wholes = [(iri.removeprefix(whole + "."), names.get(whole, {})) for whole in _wholes(iri)[1:]]
    for part, own in wholes:
        if symbol := _symbol(own):
            return Thing(iri, None, f"{symbol} {part}")
    for part, own in wholes:
        if label := _label(own, language):
            return Thing(iri, None, f"{label} {part}", shorten(iri))
    return Thing(iri, None, shorten(iri))


def shorten(iri: str) -> str:
    """Return the local name of a thing under our base, the prefixed name of another, else the IRI as it is."""
    return iri.removeprefix(ID) if iri.startswith(ID) else prefixed_name(iri)
