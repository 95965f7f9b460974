"""The words of a search within SPARQL: ``?thing md:matches "regional centre"`` stands for what the index finds.

The statement is taken out of the text before the engine sees it, and VALUES of what was found stands in its place. So
only a statement of its own is taken: a variable, the property, a plain string. Any other use is a fault that teaches,
and what stands in strings, comments and IRIs is no use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.guard import TOKEN
from mandata.query.search.find import Index
from mandata.rdf.namespaces import MD

MATCHES: Final = MD + "matches"
"""The property that things have whose words are found."""
MOST: Final = 10_000
"""So many things may be found by one use; where there are more, the words are too few."""
_MEND: Final = 'write it as a statement of its own: ?thing md:matches "regional centre" .'
_BEFORE: Final = "{}.)"  # what ends before a statement begins
_AFTER: Final = ".;}{"
_MORE: Final = re.compile(r"(?:\s|#[^\n]*(?:\n|$))*;")  # what else is stated of the same subject
_VARIABLE: Final = re.compile(r"[?$]\w+")

_Token = re.Match[str]


def matched(query: str, prefixes: Mapping[str, str], index: Index | None) -> str:
    """Return the query with what the index finds in the place of each use of the property.

    Raises:
        MandataError: it is used in another way, finds too many things, or there is no index.
    """
    if "matches" not in query:
        return query
    tokens = [token for token in TOKEN.finditer(query) if not token[0].startswith("#")]
    names = _names(tokens, prefixes)
    pieces, done = [], 0
    for at, token in enumerate(tokens):
        in_path = "/" in token[0] and token[0][0] not in "<\"'" and not names.isdisjoint(token[0].split("/"))
        if not in_path and (token[0] not in names or _is_named(query, tokens, at)):
            continue
        subject, words, end = _statement(query, tokens, at)
        pieces += [query[done : subject.start()], _values(subject[0], _text(words), index)]
        pieces += ["\n" * query.count("\n", subject.start(), end)]  # so that faults behind it keep their line
        done = end
        if more := _MORE.match(query, end):
            pieces.append(f" {subject[0]}")
            done = more.end()
    return "".join([*pieces, query[done:]])


def _names(tokens: Sequence[_Token], prefixes: Mapping[str, str]) -> set[str]:
    """Return how the property may be written in this query."""
    declared = dict(prefixes)
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (word["word"] or "").upper() == "PREFIX" and name[0].endswith(":"):
            declared[name[0][:-1]] = iri[0][1:-1]
    short = {f"{prefix}:{MATCHES.removeprefix(iri)}" for prefix, iri in declared.items() if MATCHES.startswith(iri)}
    return {f"<{MATCHES}>", *short}


def _is_named(query: str, tokens: Sequence[_Token], at: int) -> bool:
    """Tell whether the property is spoken of here, as the subject or the object of a statement, and not used."""
    before, after = _last(query, tokens, at), _next(query, tokens, at)
    return after in ".;})," or before in _BEFORE or bool(at and tokens[at - 1]["word"] and before.isalpha())


def _statement(query: str, tokens: Sequence[_Token], at: int) -> tuple[_Token, _Token, int]:
    """Return the subject and the words of a use, and where it ends; raises MandataError where it is no clear one."""
    if 0 < at < len(tokens) - 1 and "/" not in tokens[at][0].removeprefix(f"<{MATCHES}>"):
        subject, words = tokens[at - 1], tokens[at + 1]
        between = query[subject.end() : tokens[at].start()] + query[tokens[at].end() : words.start()]
        before, after = _last(query, tokens, at - 1), _next(query, tokens, at + 1)
        is_own = before in _BEFORE and (after in _AFTER or after.isalpha())
        if _VARIABLE.fullmatch(subject[0]) and words[0][0] in "\"'" and not _plain(between) and is_own:
            return subject, words, words.end()
    place = query[: tokens[at].start()]
    line, column = place.count("\n") + 1, len(place) - place.rfind("\n")
    where = f"query, line {line}, column {column}"
    raise MandataError("matches", "md:matches is used where it cannot be answered", where, _MEND)


def _plain(text: str) -> str:
    """Return what of a text between tokens is no space and no comment."""
    return re.sub(r"#[^\n]*", "", text).strip()


def _last(query: str, tokens: Sequence[_Token], at: int) -> str:
    """Return the last sign before a token."""
    before = tokens[at - 1] if at else None
    gap = _plain(query[before.end() if before else 0 : tokens[at].start()])
    return (gap or (before[0] if before else "?"))[-1]


def _next(query: str, tokens: Sequence[_Token], at: int) -> str:
    """Return the first sign behind a token."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    gap = _plain(query[tokens[at].end() : after.start() if after else len(query)])
    return (gap or (after[0] if after else "?"))[0]


def _text(words: _Token) -> str:
    quads = ox.parse(f"<x:x> <x:x> {words[0]} .", format=ox.RdfFormat.TURTLE)
    value = next(iter(quads)).object
    return value.value if isinstance(value, ox.Literal) else ""


def _values(variable: str, text: str, index: Index | None) -> str:
    if index is None:
        raise MandataError("no-index", "there is no index for md:matches", "query", "build the knowledge base again")
    found, more = index.iris(text, MOST)
    if more:
        said = f'"{text[:40]}" matches more than {MOST} things'
        raise MandataError("matches-many", said, "query", "give more words")
    return f"VALUES {variable} {{ {' '.join(str(ox.NamedNode(iri)) for iri in found)} }}"
