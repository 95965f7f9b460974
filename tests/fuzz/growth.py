"""Every pattern by which texts are read, strings made to be hard for it, and how the time to search them grows."""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

import mandata
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import lexicons
from mandata.mention.gazetteer import Gazetteer, gazetteer

ROOMS = (
    *("un", "text", "document", "citation", "mention", "mandate", "identity"),
    *("rdf", "graph", "query", "lexicon"),
)
"""Where texts, and what users write, meet patterns."""

GENERATED = {  # file that makes patterns of words -> how these are tried, or why they need not be
    "document/calls.py": "the number of a note and a look ahead: no part of it repeats",
    "mandate/bodies.py": "names, one or the other: no part of it repeats",
    "mandate/functions.py": "the words of a verb: no part of it repeats",
    "mention/delegations.py": "names, one or the other: no part of it repeats",
    "mention/gazetteer.py": "the names of a language, tried together",
    "query/remote.py": "the name of a prefix, and spaces once behind it",
    "query/search/tokens.py": "letters and signs, one or the other: no part of it repeats",
    "query/terms.py": "digits, so many of them",
    "text/html/tokens.py": "the name of an element, and what is no angle bracket once behind it",
    "lexicon/lexicon.py": "rules, each tried by its name; names of months and modifiers, tried together",
    "lexicon/rule.py": "the rules of the lexicons, each tried by its name",
    "lexicon/phrases.py": "operators with modifiers, of which a dozen of each language are tried",
}
"""Patterns that are made when the program runs; a new one fails a test until it is tried or said to be harmless."""

FASTEST = 1.2
"""The exponent with which the time may grow at most."""

_NOISE = 0.02  # seconds: what takes less is too short to be timed
_ENOUGH = 0.3  # seconds: what takes more need not be tried longer
_UNITS = (
    *(" ", "a", "A", "1", "-", "(", ")", ".", ",", "/", "'", "« ", "*", "#", "<", "^", "[", "\t", "\u0301", "\ue001"),
    *(
        "a ",
        "A ",
        "1 ",
        "1, ",
        "a, ",
        "a-",
        "A/",
        "1/1, ",
        "a 1/1 ",
        "A/1",
        "a.",
        "1.",
        "(a",
        "(1) ",
        "A/RES/",
        "I",
        "l",
    ),
)
_HEADS = ("<sup>", "<a ", "^{", "[", "[a](", "*", "(", "«", "#", "A/", "A/1/1 (", "1 (")
"""What opens something that a pattern then looks for the end of."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A pattern, by the name under which it is known, how it is used, and an example that it matches."""

    name: str
    search: Callable[[str], object]
    example: str = ""
    words: tuple[str, ...] = ()

    def hard(self, size: int) -> Iterator[str]:
        """Yield strings of a size that may make the pattern go back and forth."""
        pieces = [fold(self.example), *(fold(self.example)[: len(self.example) * n // 4] for n in (1, 2, 3))]
        for unit in [*_UNITS, *filter(None, pieces), *(f"{piece} " for piece in pieces), *self.words]:
            yield (unit * (size // len(unit) + 1))[:size]
        for head in filter(None, pieces) if self.example else _HEADS:
            for unit in (*_UNITS[:8], "\n"):
                yield (head + unit * size)[:size] + "\x00"


def patterns() -> list[Tried]:
    """Return every pattern of every lexicon, and every one that stands in a module of the rooms that read."""
    return [*_of_lexicons(), *_of_modules(), *_of_functions()]


def _of_lexicons() -> Iterator[Tried]:
    for lexicon in lexicons():
        for name, rules in sorted(lexicon.rules.items()):
            for number, rule in enumerate(rules):
                yield Tried(
                    f"{lexicon.language} {name} {number}", _all(rule.pattern), rule.example, _words(rule.pattern)
                )
        yield Tried(f"{lexicon.language} modifiers", _all(lexicon.phrases.modifier))
        yield Tried(f"{lexicon.language} months", _all(lexicon.month_pattern))
        yield Tried(f"{lexicon.language} names", partial(_names, gazetteer(lexicon.language)))
        operators = sorted(lexicon.operators)
        for words in operators[:: max(1, len(operators) // 12)]:
            yield Tried(f"{lexicon.language} operator {words}", lexicon.operator, words)


def _names(names: Gazetteer, text: str) -> object:
    return list(names.find(text))


def _of_modules() -> Iterator[Tried]:
    for found in pkgutil.walk_packages(mandata.__path__, "mandata."):
        if found.name.split(".")[1] in ROOMS:
            module = importlib.import_module(found.name)
            for name, value in sorted(vars(module).items()):
                for number, pattern in enumerate(_patterns_in(value)):
                    search = _anchored(pattern) if _is_anchored(module, name) else _all(pattern)
                    yield Tried(f"{found.name} {name} {number}", search, words=_words(pattern))


def _of_functions() -> Iterator[Tried]:
    """Yield the patterns that stand as they are where they are used: ``re.sub("/{2,}", "/", words)``."""
    for name, call in uses():
        if isinstance(call.func, ast.Attribute) and isinstance(call.args[0], ast.Constant):
            pattern = re.compile(str(call.args[0].value))
            search = _anchored(pattern) if call.func.attr in ("match", "fullmatch") else _all(pattern)
            yield Tried(f"{name}:{call.lineno}", search, words=_words(pattern))


def uses() -> Iterator[tuple[str, ast.Call]]:
    """Yield each use of the module ``re`` within a function of the rooms: the file and the call."""
    root = Path(mandata.__path__[0])
    for path in sorted(path for room in ROOMS for path in (*(root / room).rglob("*.py"), root / f"{room}.py")):
        functions = _functions(path) if path.is_file() else []
        for function in functions:
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _is_pattern(node.func):
                    yield path.relative_to(root).as_posix(), node


def _functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef)]


def _is_pattern(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and ast.unparse(called.value) == "re" and called.attr != "escape"


def _is_anchored(module: ModuleType, name: str) -> bool:
    """Tell whether a module asks a pattern of its own only what stands at one place."""
    uses = re.findall(rf"(?<!\w){re.escape(name)}(?!\w)(?:\.(\w+))?(?!\s*(?::[^=]*)?= )", inspect.getsource(module))
    return name.startswith("_") and bool(uses) and set(uses) <= {"match", "fullmatch"}


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for each in value:
            yield from _patterns_in(each)


def _all(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: sum(1 for _ in pattern.finditer(text))


def _anchored(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return pattern.match


def _words(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return some of what stands literally in a pattern, to be repeated."""
    return tuple(dict.fromkeys(f"{word} " for word in re.findall(r"[^\W\d_]{3,}", pattern.pattern)))[:6]


def exponent(tried: Tried, make: Callable[[int], str], sizes: Iterable[int]) -> float:
    """Return the exponent with which the time grows over the last two sizes worth trying; 0: too fast to tell."""
    points: list[tuple[int, float]] = []
    for size in sizes:
        text = make(size)
        points.append((size, min(_seconds(tried, text) for _ in range(2))))
        if points[-1][1] > _ENOUGH:
            break
    if len(points) < 2:
        return math.inf
    (small, before), (large, after) = points[-2:]
    if after < _NOISE:
        return 0.0
    return math.log(after / max(before, 1e-7)) / math.log(large / small)


def _seconds(tried: Tried, text: str) -> float:
    start = time.process_time()
    tried.search(text)
    return time.process_time() - start


def too_fast(tried: Tried, largest: int) -> list[tuple[str, float]]:
    """Return the strings, by their beginning, on which the time grows faster than it may, and the exponents."""
    sizes = [size for size in (250, 1_000, 4_000, 16_000, 100_000, 1_000_000) if size <= largest]
    found = []
    for number, example in enumerate(tried.hard(40)):
        tries = (exponent(tried, lambda size, n=number: _hard(tried, n, size), sizes) for _ in range(3))  # type: ignore[misc]
        if (least := _least(tries)) > FASTEST:
            found.append((example, round(least, 2)))
    return found


def _hard(tried: Tried, number: int, size: int) -> str:
    return next(text for n, text in enumerate(tried.hard(size)) if n == number)


def _least(tries: Iterable[float]) -> float:
    """Return the least of some exponents; the first that is small enough will do."""
    least = math.inf
    for each in tries:
        least = min(least, each)
        if least <= FASTEST:
            break
    return least
