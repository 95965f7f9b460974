"""What a query may not do: change anything, reach out to the network, or bring the engine down.

The engine fetches what SERVICE names and its parser recurses, so both are looked for in the text before it sees it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Sequence

from mandata.errors import MandataError

LONGEST = 65_536  # bytes of query text
DEEPEST = 128  # groups, brackets and lists within one another

_IRI = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_STRINGS = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    + r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
)
_NAMES = r"[?$]\w+|@[A-Za-z0-9-]+|[\w.-]{0,200}:(?:[\w.:%/-]|\\.)*"  # ex:a\#b is one name, and # no comment
_SKIPPED = rf"#[^\n]*|{_STRINGS}"
TOKEN = re.compile(rf"{_IRI}|{_SKIPPED}|{_NAMES}|(?P<word>\w+)|(?P<open>[{{(\[])|(?P<close>[}})\]])", re.DOTALL)
"""What a query is made of; only bare words and brackets are told apart."""
# "<" may also be "less than": then the engine reads on where we took the text for an IRI, so it is read that way too
_LESS_THAN = re.compile(rf"(?P<escape>\\.)|{_SKIPPED}", re.DOTALL)
_SERVICE = re.compile(r"(?:^|[\s(){}.;])SERVICE(?=[\s<?$])", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:\s|#[^\n]*\n)*(?:SILENT(?:\s|#[^\n]*\n)*)?<([^<>\s]*)>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U00([0-9A-Fa-f]{6})")
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


def admit(query: str) -> str:
    """Let a query pass that only reads, here, and is of a sane size; return its form, empty where it has none.

    Raises:
        MandataError: it is too long, nested too deeply, an update, or names SERVICE or FROM.
    """
    words = measured(query)
    form = form_of(words)
    refuse_service(query, words)
    if "FROM" in words:
        raise MandataError("query-from", "FROM may fetch from the network and is refused", "", "use GRAPH <...> { }")
    return form


def form_of(words: Sequence[str]) -> str:
    """Return the form of the query that has these words, empty where it has none.

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
    """Let a query pass that names no SERVICE but those at allowed addresses, letter for letter.

    Its words are those of ``measured``. An address is written as it is allowed: no variable, prefix or escape.

    Raises:
        MandataError: it names another.
    """
    if "service" not in text.lower():
        return
    blank = _LESS_THAN.sub(_blank, text)
    ends = [match.end() for match in _SERVICE.finditer(blank)]
    if not ends and "SERVICE" not in words:
        return
    ends += [match.end() for match in TOKEN.finditer(text) if (match["word"] or "").upper() == "SERVICE"]
    named = [_ADDRESS.match(text, end) for end in ends]
    if not all(address and address[1] in allowed for address in named):
        mend = f"take it out, or name one of {', '.join(sorted(allowed))}" if allowed else "take it out"
        raise MandataError("query-service", "SERVICE reaches out to the network and is refused", "", mend)


def refuse_hidden_service(text: str) -> None:
    """Let a text pass to another engine that names no SERVICE there either, where each letter may be escaped.

    SPARQL 1.1, 19.2, lets an escape such as that of U+0053 stand for a letter anywhere, even for a quote; our engine
    reads it in strings and names alone.

    Raises:
        MandataError: it names one.
    """
    plain = _ESCAPED.sub(_letter, text)
    if plain != text:
        refuse_service(plain, [match["word"].upper() for match in TOKEN.finditer(plain) if match["word"]])


def _letter(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= sys.maxunicode else escape[0]


def _blank(skipped: re.Match[str]) -> str:
    return ("x" if skipped["escape"] else " ") * len(skipped[0])  # an escape is within a name


def measured(text: str, longest: int = LONGEST, deepest: int = DEEPEST) -> list[str]:
    """Return the words in capitals of a query: no names, no IRIs, no strings, no comments.

    Raises:
        MandataError: it has more bytes, or groups within one another, than allowed.
    """
    if len(text.encode("utf-8", "surrogatepass")) > longest:
        raise MandataError("query-size", f"the query is longer than {longest // 1024} kB", "", "ask for less at a time")
    words, depth = [], 0
    for match in TOKEN.finditer(text):
        if match["word"]:
            words.append(match["word"].upper())
        depth += bool(match["open"]) - bool(match["close"])
        if depth > deepest:
            raise MandataError("query-depth", f"the query is nested deeper than {deepest}", "", "write it flatter")
    return words


def syntax_error(message: str) -> MandataError:
    """Return the engine's complaint as one line with its place: ``line 1, column 26: expected ...``."""
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return MandataError("sparql", f"is not SPARQL: {message[:200]}", "query", "mend it")
    expected = " ".join(found[3].split())
    short = expected if len(expected) <= 120 else expected[:120].rsplit(",", 1)[0] + ", ..."
    return MandataError(
        "sparql", f"is not SPARQL: {short}", f"query, line {found[1]}, column {found[2]}", "mend it there"
    )
