"""The search index of the static site: a row for each page, with its names in all languages, folded."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator

from mandata.site.addresses import href
from mandata.site.labels import Labels

_NAME_PROPERTIES = ("md:symbol", "md:title", "rdfs:label", "skos:altLabel", "md:shortName")


def index(labels: Labels, things: Iterable[str]) -> str:
    """Return the index of ``things`` as JSON: rows of page, name, title, its language, kind, words and symbols.

    Args:
        labels: the labels of a language.
        things: the IRIs of the things that have pages.
    """
    return json.dumps(list(_rows(labels, things)), ensure_ascii=False, separators=(",", ":"))


def _rows(labels: Labels, things: Iterable[str]) -> Iterator[list[str]]:
    for iri in things:
        link, kind, title = labels.link(iri), labels.kind(iri), labels.label(iri)
        if link.address is None:
            continue
        names = [name.text for prop in _NAME_PROPERTIES for name in labels.collection.literals(iri, prop)]
        kinds = [name.text for cls in labels.classes(iri)[:1] for name in labels.collection.literals(cls, "rdfs:label")]
        subtitle = title if title and title.text != link.words.text else None
        words = dict.fromkeys(word for text in (*names, *kinds) for word in fold(text).split())
        yield [
            href(f"{link.address.page}.html"),
            link.words.text,
            subtitle.text if subtitle else "",
            (subtitle or link.words).language,
            kind.text if kind else "",
            " ".join(words),
            " ".join("".join(fold(name.text).split()) for name in labels.collection.literals(iri, "md:symbol")),
        ]


def fold(text: str) -> str:
    """Return text as lower-case letters and digits without diacritics, with single spaces, as ``search.js`` does."""
    plain = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).lower().split())
