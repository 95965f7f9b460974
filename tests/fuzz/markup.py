"""XML and HTML damaged by their tokens: tags lost, doubled, nested, moved; attributes, references, words changed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from .mutate import TROUBLE

_TOKEN = re.compile(r"<!--.*?-->|<[^<>]*>|[^<]+|<", re.DOTALL)
_NAME = re.compile(r"</?([\w:.-]+)")
_ATTRIBUTE = re.compile(r"""\s([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_STRANGE: Final = (
    *(
        "<!DOCTYPE a>",
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?xml version='1.0'?>",
        "<?a",
    ),
    *("&amp;", "&lt;b&gt;", "&#0;", "&#x1F54A;", "&#xD800;", "&nosuch;", "&#99999999999;", "&", "<", ">", '"', "\x00"),
    *("<p/>", "<br>", "<sup>1</sup>", "<a href='#x'>1</a>", "<p xmlns='urn:x'>", "<x:y>", "</p></p>", "<P CLASS=a>"),
)
_VALUES: Final = (
    "",
    "1",
    "-1",
    "99999999999999999999",
    "0001-01-01",
    "#x",
    "javascript:alert(1)",
    "a b",
    "é" * 300,
    "\n",
)

Change = Callable[[list[str], random.Random], list[str]]


def damaged(markup: str, pick: random.Random, other: str) -> str:
    """Return markup changed in one way; ``other`` is a document of the same kind that may lend a part.

    Most of the time tags are paired again, since a reader of XML looks no further than the first that is not.
    """
    tokens = _TOKEN.findall(markup) or [""]
    if pick.randrange(len(CHANGES) + 1) == 0:
        changed = _lent(tokens, pick, _TOKEN.findall(other) or [""])
    else:
        changed = pick.choice(CHANGES)(tokens, pick)
    return "".join(paired(changed) if pick.random() < 0.7 else changed)


def paired(tokens: Iterable[str]) -> Iterator[str]:
    """Yield tokens with every tag closed where its parent ends, closing tags without an opening one left out."""
    open_: list[str] = []
    for token in tokens:
        name = _NAME.match(token)
        if name is None or token.endswith("/>"):
            yield token
        elif not token.startswith("</"):
            open_.append(name[1])
            yield token
        elif name[1] in open_:
            while (last := open_.pop()) != name[1]:
                yield f"</{last}>"
            yield token
    yield from (f"</{name}>" for name in reversed(open_))


def _stretch(tokens: list[str], pick: random.Random) -> tuple[int, int]:
    start = pick.randrange(len(tokens))
    return start, min(len(tokens), start + pick.choice((1, 1, 3, 20, 200)))


def _lost(tokens: list[str], pick: random.Random) -> list[str]:
    start, end = _stretch(tokens, pick)
    return tokens[:start] + tokens[end:]


def _doubled(tokens: list[str], pick: random.Random) -> list[str]:
    start, end = _stretch(tokens, pick)
    return tokens[:start] + tokens[start:end] * pick.choice((2, 2, 3, 60)) + tokens[end:]


def _moved(tokens: list[str], pick: random.Random) -> list[str]:
    start, end = _stretch(tokens, pick)
    rest = tokens[:start] + tokens[end:]
    at = pick.randrange(len(rest) + 1)
    return rest[:at] + tokens[start:end] + rest[at:]


def _swapped(tokens: list[str], pick: random.Random) -> list[str]:
    for _ in range(pick.choice((1, 5))):
        a, b = pick.randrange(len(tokens)), pick.randrange(len(tokens))
        tokens[a], tokens[b] = tokens[b], tokens[a]
    return tokens


def _lent(tokens: list[str], pick: random.Random, other: list[str]) -> list[str]:
    start, end = _stretch(other, pick)
    at = pick.randrange(len(tokens) + 1)
    return tokens[:at] + other[start:end] + tokens[at:]


def _nested(tokens: list[str], pick: random.Random) -> list[str]:
    """Wrap a stretch in one element many times over, closed or not."""
    start, end = _stretch(tokens, pick)
    name = pick.choice([match[1] for token in tokens if (match := _NAME.match(token))] or ["p"])
    depth = pick.choice((2, 10, 190, 210, 3000))
    closing = [f"</{name}>"] * pick.choice((depth, depth, 0, depth - 1))
    return tokens[:start] + [f"<{name}>"] * depth + tokens[start:end] + closing + tokens[end:]


def _renamed(tokens: list[str], pick: random.Random) -> list[str]:
    names = [match[1] for token in tokens if (match := _NAME.match(token))]
    if not names:
        return tokens
    old, new = pick.choice(names), pick.choice((*names, "x", "table", "ol", "w:p", "script", "P", "authorialNote"))
    found = re.compile(rf"(</?){re.escape(old)}(?![\w:.-])")
    return [found.sub(rf"\g<1>{new}", token) if pick.random() < 0.7 else token for token in tokens]


def _with_attributes(tokens: list[str], pick: random.Random) -> list[str]:
    """Change the values of some attributes, take some away, give some twice."""

    def changed(match: re.Match[str]) -> str:
        new = f' {match[1]}="{pick.choice((*_VALUES, *TROUBLE[:20]))}"'
        return pick.choice((match[0], match[0], match[0], new, "", match[0] * 2))

    return [_ATTRIBUTE.sub(changed, token) if token.startswith("<") else token for token in tokens]


def _strange(tokens: list[str], pick: random.Random) -> list[str]:
    for _ in range(pick.choice((1, 5))):
        tokens.insert(pick.randrange(len(tokens) + 1), pick.choice(_STRANGE) * pick.choice((1, 1, 500)))
    return tokens


def _reworded(tokens: list[str], pick: random.Random) -> list[str]:
    """Change the words between tags: trouble put in, long runs, cut."""
    places = [at for at, token in enumerate(tokens) if not token.startswith("<")]
    for at in pick.sample(places, min(len(places), pick.choice((1, 3, 20)))):
        words = tokens[at]
        trouble = pick.choice(TROUBLE).replace("<", "&lt;").replace("&", "&amp;") * pick.choice((1, 1, 300))
        tokens[at] = pick.choice((words[: len(words) // 2], words * 50, trouble + words, words + trouble, ""))
    return tokens


CHANGES: Final[tuple[Change, ...]] = (
    *(_lost, _doubled, _moved, _swapped, _nested, _renamed, _with_attributes, _strange, _reworded),
)
