"""HTML tokens, each with its exact place; any characters at all give tokens, in linear time.

The parser of the standard library is not used: its handling of broken mark-up differs between releases of Python, and
some of it takes quadratic time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from html.entities import html5
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

_TOKEN = re.compile(
    r"(?P<comment><!--(?:>|->|.*?(?:--!?>|\Z)))"
    r"|(?P<other><[!?][^>]*(?:>|\Z)|</[^a-zA-Z>][^>]*(?:>|\Z)|</>)"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?)"
    r"|(?P<words>(?:[^<&]+|[<&](?![a-zA-Z#/!?]))+|[<&])",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(?P<end>>)|(?P<name>[^\s/>=][^\s/>=]*|=[^\s/>=]*)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)(?:\"|\Z)|'(?P<single>[^']*)(?:'|\Z)|(?P<bare>[^\s>\"'][^\s>]*)))?)"
)
_RAW: Final = frozenset({
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"
})  # fmt: skip
_NO_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType({})


class Token(NamedTuple):
    """A start tag, an end tag, or words, and their place; ``cut``: the file ends within a tag."""

    kind: Literal["start", "end", "words", "cut"]
    value: str
    """The name of the tag in lower case, or the decoded characters."""
    start: int
    end: int
    attributes: Mapping[str, str] = _NO_ATTRIBUTES
    entity: bool = False
    """Whether the words are one character reference, such as ``&eacute;``: all of them then have its place."""


def tokens(raw: str) -> Iterator[Token]:
    """Yield the tokens of a page; comments, declarations, and the contents of scripts and styles are omitted."""
    at = 0
    while match := _TOKEN.match(raw, at):
        at = match.end()
        if match["words"]:
            yield Token("words", match["words"], *match.span())
        elif match["entity"]:
            yield _entity(match)
        elif match["tag"]:
            name = match["tag"].lower()
            attributes, end = _attributes(raw, at)
            if end is None:
                yield Token("cut", name, match.start(), len(raw))
                return
            at = end
            yield Token("end" if match["close"] else "start", name, match.start(), at, attributes)
            if name in _RAW and not match["close"]:
                at = _after_raw(raw, at, name)
                yield Token("end", name, at, at)


def _entity(match: re.Match[str]) -> Token:
    known = match[0][1] == "#" or match[0][1:] in html5  # "R&D" contains none
    return Token("words", html.unescape(match[0]) if known else match[0], *match.span(), entity=known)


def _attributes(raw: str, at: int) -> tuple[dict[str, str], int | None]:
    """Return the attributes from a place within a tag on, and where the tag ends; None if the text ends before that."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(raw, at):
        at = match.end()
        if match["end"]:
            return found, at
        value = next((v for v in (match["double"], match["single"], match["bare"]) if v is not None), "")
        found.setdefault(match["name"].lower(), html.unescape(value))
    return found, None


def _after_raw(raw: str, at: int, name: str) -> int:
    closing = re.compile(rf"</{re.escape(name)}(?=[\s/>])[^>]*(?:>|\Z)", re.IGNORECASE).search(raw, at)
    return closing.end() if closing else len(raw)
