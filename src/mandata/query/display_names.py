"""How a thing is shown: its IRI, its symbol in normal form, its name in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from mandata.query.source import Source, select
from mandata.rdf.namespaces import ID, MD, PREFIXES, RDFS, SKOS

SYMBOL = MD + "symbol"
LABELS = (RDFS + "label", SKOS + "prefLabel", MD + "title")
"""The properties that name a thing, the best first."""

_SHORT = MD + "shortName"
_M49 = (
    MD + "m49"
)  # what only States and territories have: they are shown by name, not by the code that is their short one
_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing in an answer; ``symbol`` is None where it has none, ``label`` is never empty."""

    iri: str
    symbol: str | None
    label: str
    short: str | None = None

    def json(self) -> dict[str, str | None]:
        """Return it as the JSON answers have it."""
        return {"iri": self.iri, "symbol": self.symbol, "label": self.label}

    def __str__(self) -> str:
        return self.symbol or self.short or self.label


_ACT = re.compile(r"\.act-(.+)$")
"""What an act upon a mandate is called after: the mandate before, the document or paragraph behind."""

Names = Mapping[str, list[ox.Literal]]
Look = Callable[[list[str]], Mapping[str, Names]]
"""Returns for each IRI the literals of each property that names it."""


def describe(iris: Iterable[str], source: Source, language: str) -> dict[str, Thing]:
    """Return the thing that each IRI names; a part is called by its document's symbol and its own name."""
    return describe_by(iris, lambda wanted: _names(wanted, source), language)


def describe_by(iris: Iterable[str], look: Look, language: str) -> dict[str, Thing]:
    """Return the thing that each IRI names, by the names that are looked up for it and for what it may be part of."""
    wanted = sorted(set(iris))
    names = look(sorted({whole for iri in wanted for whole in _wholes(iri)}))
    return {iri: _thing(iri, names, language) for iri in wanted}


def prefer(literals: Iterable[ox.Literal], language: str) -> ox.Literal | None:
    """Return the literal in the language, else in English, else in none, else the first by its language."""
    return min(literals, key=lambda one: (_rank(one.language, language), one.language or "", one.value), default=None)


def _rank(found: str | None, wanted: str) -> int:
    order = (wanted, "en", None)
    return order.index(found) if found in order else len(order)


def _wholes(iri: str) -> list[str]:
    """Return the IRI and those that it may be a part of, the longest first: ``.pp2`` of ``A_C.2_72_3.pp2``."""
    if not iri.startswith(ID):
        return [iri]
    parts = iri.removeprefix(ID).split(".")
    wholes = [ID + ".".join(parts[:end]) for end in range(len(parts), 0, -1)]
    return wholes + (_wholes(ID + act[1]) if (act := _ACT.search(iri)) else [])


def _names(iris: list[str], source: Source) -> dict[str, dict[str, list[ox.Literal]]]:
    """Return for each IRI the literals of each property that names it."""
    found: dict[str, dict[str, list[ox.Literal]]] = {}
    naming = " ".join(f"<{iri}>" for iri in (SYMBOL, _SHORT, _M49, *LABELS))
    for start in range(0, len(iris), _AT_A_TIME):
        things = " ".join(str(ox.NamedNode(iri)) for iri in iris[start : start + _AT_A_TIME])
        wanted = f"VALUES ?thing {{ {things} }} VALUES ?naming {{ {naming} }} ?thing ?naming ?name"
        for row in select(source, f"SELECT ?thing ?naming ?name {{ {wanted} }}"):
            thing, property_, name = row["thing"], row["naming"], row["name"]
            if isinstance(name, ox.Literal) and isinstance(thing, ox.NamedNode) and isinstance(property_, ox.NamedNode):
                found.setdefault(thing.value, {}).setdefault(property_.value, []).append(name)
    return found


def _thing(iri: str, names: Mapping[str, Names], language: str) -> Thing:
    own = names.get(iri, {})
    symbol = _symbol(own)
    if label := _label(own, language) or symbol:
        return Thing(iri, symbol, label, _short(own))
    return _part(iri, names, language)


def _short(names: Names) -> str | None:
    """Return the short name of an organisation, by which it is better known than by its name."""
    short = min((literal.value for literal in names.get(_SHORT, ())), default=None)
    return None if _M49 in names else short


def _symbol(names: Names) -> str | None:
    """Return the symbol; of a joint document the joint one, which is longer than its halves."""
    symbols = [literal.value for literal in names.get(SYMBOL, ())]
    return max(symbols, key=lambda symbol: (len(symbol), symbol), default=None)


def _label(names: Names, language: str) -> str:
    for naming in LABELS:
        if literal := prefer(names.get(naming, ()), language):
            return " ".join(literal.value.split())
    return ""


def _part(iri: str, names: Mapping[str, Names], language: str) -> Thing:
    """Return what has no name of its own: ``A/RES/72/7 pp2`` by the symbol, else by the name, of what it is part of."""
    if act := _ACT.search(iri):
        of, by = ID + iri.removeprefix(ID)[: act.start() - len(ID)], ID + act[1]
        return Thing(iri, None, f"{_thing(of, names, language)}, {_thing(by, names, language)}", shorten(iri))
    wholes = [(iri.removeprefix(whole + "."), names.get(whole, {})) for whole in _wholes(iri)[1:]]
    for part, own in wholes:
        if symbol := _symbol(own):
            return Thing(iri, None, f"{symbol} {part}")
    for part, own in wholes:
        if label := _label(own, language):
            return Thing(iri, None, f"{label} {part}", shorten(iri))
    return Thing(iri, None, shorten(iri))


def shorten(iri: str) -> str:
    """Return the local name of a thing of ours, the prefixed name of another, else the IRI as it is."""
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space) and iri != space]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
