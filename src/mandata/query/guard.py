"""Refuses queries that change data, that reach the network, or that may crash the engine.

The engine sends requests to the endpoints that SERVICE names, and its parser is recursive, so SERVICE and deep nesting
are looked for in the text before the engine parses it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Sequence

from mandata.errors import MandataError

MAX_BYTES = 65_536
"""The longest query text, in bytes."""
MAX_NESTING = 128
"""The deepest nesting of groups, brackets and lists."""

_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_STRINGS = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    + r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
)
_NAMES = r"[?$]\w+|@[A-Za-z0-9-]+|[\w.-]{0,200}:(?:[\w.:%/-]|\\.)*"  # ex:a\#b is one name, and its # begins no comment
_SKIPPED = rf"#[^\n]*|{_STRINGS}"
TOKEN = re.compile(rf"{_IRI}|{_SKIPPED}|{_NAMES}|(?P<word>\w+)|(?P<open>[{{(\[])|(?P<close>[}})\]])", re.DOTALL)
"""The tokens of a query; only bare words and brackets are distinguished."""
# "<" may also be "less than": the engine then continues after it, while TOKEN reads an IRI; so SERVICE is looked for
# both ways
_SKIPPED_OR_ESCAPE = re.compile(rf"(?P<escape>\\.)|{_SKIPPED}", re.DOTALL)
_SERVICE = re.compile(r"(?:^|[\s(){}.;])SERVICE(?=[\s<?$])", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:\s|#[^\n]*\n)*(?:SILENT(?:\s|#[^\n]*\n)*)?<([^<>\s]*)>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U00([0-9A-Fa-f]{6})")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


def check_query(query: str) -> str:
    """Check that a query only reads the local store and is of a sane size; return its form, empty if it has none.

    Raises:
        MandataError: it is too long, nested too deeply, an update, or uses SERVICE or FROM.
    """
    words = keywords(query)
    form = form_of(words)
    refuse_service(query, words)
    if "FROM" in words:
        raise MandataError("query-from", "FROM may fetch from the network and is refused", "", "use GRAPH <...> { }")
    return form


def form_of(words: Sequence[str]) -> str:
    """Return the form of the query that has these keywords, such as ``SELECT``; empty if it has none.

    Raises:
        MandataError: it is an update.
    """
    form = next((word for word in words if word in _UPDATES | _FORMS), "")
    if form in _UPDATES:
        raise MandataError(
            "query-update",
            f"{form} changes data and is refused",
            "",
            "ask with SELECT, ASK or CONSTRUCT; a knowledge base is changed by `mandata add` and `mandata remove`",
        )
    return form


def refuse_service(text: str, words: Sequence[str], allowed: Collection[str] = ()) -> None:
    """Check that a query names no SERVICE except those at allowed addresses.

    Args:
        text: the text of the query.
        words: its words, from ``keywords``.
        allowed: the addresses of endpoints; the query must repeat one character by character, without a variable, a
            prefix or an escape.

    Raises:
        MandataError: it names another SERVICE.
    """
    if "service" not in text.lower():
        return
    code = _SKIPPED_OR_ESCAPE.sub(_blank, text)
    ends = [match.end() for match in _SERVICE.finditer(code)]
    if not ends and "SERVICE" not in words:
        return
    ends += [match.end() for match in TOKEN.finditer(text) if (match["word"] or "").upper() == "SERVICE"]
    addresses = [_ADDRESS.match(text, end) for end in ends]
    if not all(address and address[1] in allowed for address in addresses):
        mend = f"take it out, or name one of {', '.join(sorted(allowed))}" if allowed else "take it out"
        raise MandataError("query-service", "SERVICE reaches out to the network and is refused", "", mend)


def refuse_hidden_service(text: str) -> None:
    """Check that a query for another engine hides no SERVICE in escaped characters.

    By SPARQL 1.1, section 19.2, a codepoint escape such as that of U+0053 may stand for a character anywhere, even for
    a quotation mark; our own engine reads escapes in strings and names only.

    Raises:
        MandataError: it names a SERVICE.
    """
    plain = _ESCAPED.sub(_character, text)
    if plain != text:
        refuse_service(plain, [match["word"].upper() for match in TOKEN.finditer(plain) if match["word"]])


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= sys.maxunicode else escape[0]


def _blank(skipped: re.Match[str]) -> str:
    return ("x" if skipped["escape"] else " ") * len(skipped[0])  # an escape is a part of a name


def keywords(text: str, max_bytes: int = MAX_BYTES, max_nesting: int = MAX_NESTING) -> list[str]:
    """Return the bare words of a query in upper case, all its keywords among them, after checking its size.

    Names, IRIs, strings and comments are no bare words.

    Args:
        text: the text of the query.
        max_bytes: the longest text that is allowed, in bytes.
        max_nesting: how deeply groups, brackets and lists may be nested.

    Raises:
        MandataError: it is longer, or nested more deeply, than allowed.
    """
    if len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise MandataError(
            "query-size", f"the query is longer than {max_bytes // 1024} kB", "", "ask for less at a time"
        )
    words, depth = [], 0
    for match in TOKEN.finditer(text):
        if match["word"]:
            words.append(match["word"].upper())
        depth += bool(match["open"]) - bool(match["close"])
        if depth > max_nesting:
            raise MandataError("query-depth", f"the query is nested deeper than {max_nesting}", "", "write it flatter")
    return words


def syntax_error(message: str) -> MandataError:
    """Return the error for a message of the engine's parser, in one line: ``line 1, column 26: expected ...``."""
    parts = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not parts:
        return MandataError("sparql", f"is not SPARQL: {message[:200]}", "query", "mend it")
    expected = " ".join(parts[3].split())
    short = expected if len(expected) <= 120 else expected[:120].rsplit(",", 1)[0] + ", ..."
    return MandataError(
        "sparql", f"is not SPARQL: {short}", f"query, line {parts[1]}, column {parts[2]}", "mend it there"
    )
