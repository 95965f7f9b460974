"""Text search within SPARQL: ``?thing md:matches "regional centre"`` binds ``?thing`` to what the search index finds.

Before the engine parses the query, each such triple pattern is replaced by a VALUES clause with the things that were
found. It must consist of a variable, the property and a plain string; any other use of the property is an error, whose
message shows the right form. Strings, comments and IRIs that contain the name of the property are no use of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.guard import TOKEN
from mandata.query.search.find import SearchIndex
from mandata.rdf.namespaces import MD

MATCHES: Final = MD + "matches"
"""The property whose object is the words to search for, and whose subjects are the things found by them."""
MAX_THINGS: Final = 10_000
"""The number of things that one use may find; if there are more, the query must give more words."""
_MEND: Final = 'write it as a statement of its own: ?thing md:matches "regional centre" .'
_BEFORE: Final = "{}.)"  # the last character before a triple pattern
_AFTER: Final = ".;}{"  # the first character after it
_SEMICOLON: Final = re.compile(r"(?:\s|#[^\n]*(?:\n|$))*;")  # another predicate and object of the same subject follow
_VARIABLE: Final = re.compile(r"[?$]\w+")

_Token = re.Match[str]


def expand_matches(query: str, prefixes: Mapping[str, str], index: SearchIndex | None) -> str:
    """Return the query with each use of ``md:matches`` replaced by VALUES of what the index finds.

    Args:
        query: the text of the query.
        prefixes: those that the query may use without declaring them.
        index: the search index; None if the source has none.

    Raises:
        MandataError: the property is used in another way, finds too many things, or there is no index.
    """
    if "matches" not in query:
        return query
    tokens = [token for token in TOKEN.finditer(query) if not token[0].startswith("#")]
    spellings = _spellings(tokens, prefixes)
    pieces, done = [], 0
    for at, token in enumerate(tokens):
        in_path = "/" in token[0] and token[0][0] not in "<\"'" and not spellings.isdisjoint(token[0].split("/"))
        if not in_path and (token[0] not in spellings or _is_mentioned(query, tokens, at)):
            continue
        subject, words, end = _parse_use(query, tokens, at)
        pieces += [query[done : subject.start()], _values(subject[0], _literal_value(words), index)]
        pieces += [
            "\n" * query.count("\n", subject.start(), end)
        ]  # so that the line numbers of syntax errors stay right
        done = end
        if semicolon := _SEMICOLON.match(query, end):
            pieces.append(f" {subject[0]}")
            done = semicolon.end()
    return "".join([*pieces, query[done:]])


def _spellings(tokens: Sequence[_Token], prefixes: Mapping[str, str]) -> set[str]:
    """Return the spellings of the property in this query: its IRI, and a prefixed name for each prefix that fits."""
    declared = dict(prefixes)
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (word["word"] or "").upper() == "PREFIX" and name[0].endswith(":"):
            declared[name[0][:-1]] = iri[0][1:-1]
    prefixed = {f"{prefix}:{MATCHES.removeprefix(iri)}" for prefix, iri in declared.items() if MATCHES.startswith(iri)}
    return {f"<{MATCHES}>", *prefixed}


def _is_mentioned(query: str, tokens: Sequence[_Token], at: int) -> bool:
    """Return whether the property is the subject or the object of a statement here, and not its predicate."""
    before, after = _last_character(query, tokens, at), _next_character(query, tokens, at)
    return after in ".;})," or before in _BEFORE or bool(at and tokens[at - 1]["word"] and before.isalpha())


def _parse_use(query: str, tokens: Sequence[_Token], at: int) -> tuple[_Token, _Token, int]:
    """Return the subject and the words of a use, and where it ends; raises MandataError if it has another form."""
    if 0 < at < len(tokens) - 1 and "/" not in tokens[at][0].removeprefix(f"<{MATCHES}>"):
        subject, words = tokens[at - 1], tokens[at + 1]
        between = query[subject.end() : tokens[at].start()] + query[tokens[at].end() : words.start()]
        before, after = _last_character(query, tokens, at - 1), _next_character(query, tokens, at + 1)
        is_own = before in _BEFORE and (after in _AFTER or after.isalpha())
        if _VARIABLE.fullmatch(subject[0]) and words[0][0] in "\"'" and not _code(between) and is_own:
            return subject, words, words.end()
    place = query[: tokens[at].start()]
    line, column = place.count("\n") + 1, len(place) - place.rfind("\n")
    where = f"query, line {line}, column {column}"
    raise MandataError("matches", "md:matches is used where it cannot be answered", where, _MEND)


def _code(text: str) -> str:
    """Return a text between tokens without spaces and comments."""
    return re.sub(r"#[^\n]*", "", text).strip()


def _last_character(query: str, tokens: Sequence[_Token], at: int) -> str:
    """Return the last character of the code before a token; ``?`` at the beginning."""
    before = tokens[at - 1] if at else None
    gap = _code(query[before.end() if before else 0 : tokens[at].start()])
    return (gap or (before[0] if before else "?"))[-1]


def _next_character(query: str, tokens: Sequence[_Token], at: int) -> str:
    """Return the first character of the code after a token; ``?`` at the end."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    gap = _code(query[tokens[at].end() : after.start() if after else len(query)])
    return (gap or (after[0] if after else "?"))[0]


def _literal_value(words: _Token) -> str:
    quads = ox.parse(f"<x:x> <x:x> {words[0]} .", format=ox.RdfFormat.TURTLE)
    value = next(iter(quads)).object
    return value.value if isinstance(value, ox.Literal) else ""


def _values(variable: str, text: str, index: SearchIndex | None) -> str:
    if index is None:
        raise MandataError("no-index", "there is no index for md:matches", "query", "build the knowledge base again")
    iris, has_more = index.iris(text, MAX_THINGS)
    if has_more:
        message = f'"{text[:40]}" matches more than {MAX_THINGS} things'
        raise MandataError("matches-many", message, "query", "give more words")
    return f"VALUES {variable} {{ {' '.join(str(ox.NamedNode(iri)) for iri in iris)} }}"
