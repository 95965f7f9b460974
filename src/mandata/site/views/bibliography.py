"""How a document is cited in other works: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Shown
from mandata.site.resources import local
from mandata.site.views.citations import date_of

_LETTERS: Final = {sign: "\\" + sign for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""How TeX writes what it reads as more than a letter."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """A document in the forms of three kinds of bibliography."""

    bibtex: str
    ris: str
    csl: str


def quoting(shown: Shown, document: str) -> Quoting:
    """Return a document as bibliographies have it; who issued it, when, its symbol and its IRI."""
    told = shown.collection
    organs = told.things(document, "md:adoptedBy") or told.things(document, "md:issuedBy")
    authors = [shown.name(organ).text for organ in organs]
    title = shown.best(told.words(document, "md:title")) or shown.label(document) or shown.name(document)
    facts = _Facts(local(document), " ".join(title.text.split()), authors, date_of(shown, document), document)
    symbol = " ".join(shown.symbol(document).split())
    return Quoting(_bibtex(facts, symbol), _ris(facts, symbol), _csl(facts, symbol))


@dataclass(frozen=True, slots=True)
class _Facts:
    key: str
    title: str
    authors: list[str]
    date: str
    iri: str


def _bibtex(facts: _Facts, symbol: str) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in facts.authors),
        "title": f"{{{_tex(facts.title)}}}",
        "number": _tex(symbol),
        "year": facts.date[:4],
        "date": facts.date,
        "institution": "United Nations",
        "url": facts.iri,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{facts.key},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_LETTERS.get(letter, letter) for letter in text)


def _ris(facts: _Facts, symbol: str) -> str:
    lines = [
        ("TY", "GOVDOC"),
        *(("AU", author) for author in facts.authors),
        ("TI", facts.title),
        ("M1", symbol),
        ("PY", facts.date[:4]),
        ("DA", facts.date.replace("-", "/")),
        ("PB", "United Nations"),
        ("UR", facts.iri),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])


def _csl(facts: _Facts, symbol: str) -> str:
    value = {
        "id": facts.key,
        "type": "report",
        "title": facts.title,
        "author": [{"literal": author} for author in facts.authors],
        "number": symbol,
        "issued": {"date-parts": [[int(part) for part in facts.date.split("-")]]} if facts.date else None,
        "publisher": "United Nations",
        "URL": facts.iri,
    }
    return json.dumps([{key: each for key, each in value.items() if each}], ensure_ascii=False, indent=2)
