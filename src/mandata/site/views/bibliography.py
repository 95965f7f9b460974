"""How a document is cited in other works: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Labels
from mandata.site.resources import local
from mandata.site.views.citations import date_of

_LETTERS: Final = {sign: "\\" + sign for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""How TeX writes what it reads as more than a letter."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A document in the forms of three kinds of bibliography."""

    bibtex: str
    ris: str
    csl: str


def bibliography(labels: Labels, document: str) -> Bibliography:
    """Return a document as bibliographies have it; who issued it, when, its symbol and its IRI."""
    collection = labels.collection
    organs = collection.things(document, "md:adoptedBy") or collection.things(document, "md:issuedBy")
    authors = [labels.name(organ).text for organ in organs]
    title = labels.best(collection.words(document, "md:title")) or labels.label(document) or labels.name(document)
    reference = _Reference(local(document), " ".join(title.text.split()), authors, date_of(labels, document), document)
    symbol = " ".join(labels.symbol(document).split())
    return Bibliography(_bibtex(reference, symbol), _ris(reference, symbol), _csl(reference, symbol))


@dataclass(frozen=True, slots=True)
class _Reference:
    key: str
    title: str
    authors: list[str]
    date: str
    iri: str


def _bibtex(reference: _Reference, symbol: str) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in reference.authors),
        "title": f"{{{_tex(reference.title)}}}",
        "number": _tex(symbol),
        "year": reference.date[:4],
        "date": reference.date,
        "institution": "United Nations",
        "url": reference.iri,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{reference.key},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_LETTERS.get(letter, letter) for letter in text)


def _ris(reference: _Reference, symbol: str) -> str:
    lines = [
        ("TY", "GOVDOC"),
        *(("AU", author) for author in reference.authors),
        ("TI", reference.title),
        ("M1", symbol),
        ("PY", reference.date[:4]),
        ("DA", reference.date.replace("-", "/")),
        ("PB", "United Nations"),
        ("UR", reference.iri),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])


def _csl(reference: _Reference, symbol: str) -> str:
    value = {
        "id": reference.key,
        "type": "report",
        "title": reference.title,
        "author": [{"literal": author} for author in reference.authors],
        "number": symbol,
        "issued": {"date-parts": [[int(part) for part in reference.date.split("-")]]} if reference.date else None,
        "publisher": "United Nations",
        "URL": reference.iri,
    }
    return json.dumps([{key: each for key, each in value.items() if each}], ensure_ascii=False, indent=2)
