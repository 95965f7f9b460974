"""The bibliographic reference to a document as BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Labels
from mandata.site.resources import local_name
from mandata.site.views.citations import date_of

_LETTERS: Final = {sign: "\\" + sign for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""The TeX commands for characters that are special in TeX."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The reference to a document in three formats."""

    bibtex: str
    ris: str
    csl: str


def bibliography(labels: Labels, document: str) -> Bibliography:
    """Return the reference to a document with its issuing organs, title, symbol, date and IRI, in one language.

    Args:
        labels: the labels of a language.
        document: the IRI of the document.
    """
    collection = labels.collection
    organs = collection.things(document, "md:adoptedBy") or collection.things(document, "md:issuedBy")
    authors = [labels.name(organ).text for organ in organs]
    title = (
        labels.preferred_text(collection.literals(document, "md:title"))
        or labels.label(document)
        or labels.name(document)
    )
    record = _BibliographicRecord(
        local_name(document), " ".join(title.text.split()), authors, date_of(labels, document), document
    )
    symbol = " ".join(labels.symbol(document).split())
    return Bibliography(_bibtex(record, symbol), _ris(record, symbol), _csl(record, symbol))


@dataclass(frozen=True, slots=True)
class _BibliographicRecord:
    key: str
    title: str
    authors: list[str]
    date: str
    iri: str


def _bibtex(record: _BibliographicRecord, symbol: str) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in record.authors),
        "title": f"{{{_tex(record.title)}}}",
        "number": _tex(symbol),
        "year": record.date[:4],
        "date": record.date,
        "institution": "United Nations",
        "url": record.iri,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{record.key},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_LETTERS.get(letter, letter) for letter in text)


def _ris(record: _BibliographicRecord, symbol: str) -> str:
    lines = [
        ("TY", "GOVDOC"),
        *(("AU", author) for author in record.authors),
        ("TI", record.title),
        ("M1", symbol),
        ("PY", record.date[:4]),
        ("DA", record.date.replace("-", "/")),
        ("PB", "United Nations"),
        ("UR", record.iri),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])


def _csl(record: _BibliographicRecord, symbol: str) -> str:
    value = {
        "id": record.key,
        "type": "report",
        "title": record.title,
        "author": [{"literal": author} for author in record.authors],
        "number": symbol,
        "issued": {"date-parts": [[int(part) for part in record.date.split("-")]]} if record.date else None,
        "publisher": "United Nations",
        "URL": record.iri,
    }
    return json.dumps([{key: each for key, each in value.items() if each}], ensure_ascii=False, indent=2)
