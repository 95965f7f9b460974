"""What the search looks in: a line for each page, with its names in all languages folded to plain letters."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator

from mandata.site.addresses import href
from mandata.site.labels import Shown

_NAMED_BY = ("md:symbol", "md:title", "rdfs:label", "skos:altLabel", "md:shortName")


def index(shown: Shown, things: Iterable[str]) -> str:
    """Return the index as JSON: a row of page, name, title, language of the title, kind and folded words for each."""
    return json.dumps(list(_rows(shown, things)), ensure_ascii=False, separators=(",", ":"))


def _rows(shown: Shown, things: Iterable[str]) -> Iterator[list[str]]:
    for iri in things:
        link, kind, title = shown.link(iri), shown.kind(iri), shown.label(iri)
        if link.address is None:
            continue
        said = [one.text for prop in _NAMED_BY for one in shown.collection.words(iri, prop)]
        kinds = [one.text for cls in shown.classes(iri)[:1] for one in shown.collection.words(cls, "rdfs:label")]
        other = title if title and title.text != link.words.text else None
        words = dict.fromkeys(word for each in (*said, *kinds) for word in folded(each).split())
        yield [
            href(f"{link.address.page}.html"),
            link.words.text,
            other.text if other else "",
            (other or link.words).language,
            kind.text if kind else "",
            " ".join(words),
            " ".join("".join(folded(one.text).split()) for one in shown.collection.words(iri, "md:symbol")),
        ]


def folded(text: str) -> str:
    """Return text in plain lower-case letters and figures with single spaces, as ``search.js`` folds what is typed."""
    plain = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).lower().split())
