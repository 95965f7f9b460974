"""Every pattern by which texts are read, strings made to be hard for it, and how the time to search them grows."""

from __future__ import annotations

import importlib
import inspect
import math
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

import mandata
from mandata.text.language import lexicons
from mandata.text.mapped import fold

ROOMS = ("symbol", "text", "document", "citation", "mention", "mandate", "identity", "entities")
"""Where texts meet patterns."""

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
        for head in filter(None, pieces):
            for unit in _UNITS[:8]:
                yield (head + unit * size)[:size] + "\x00"


def patterns() -> list[Tried]:
    """Return every pattern of every lexicon, and every one that stands in a module of the rooms that read."""
    return [*_of_lexicons(), *_of_modules()]


def _of_lexicons() -> Iterator[Tried]:
    for lexicon in lexicons():
        for name, rules in sorted(lexicon.rules.items()):
            for number, rule in enumerate(rules):
                yield Tried(
                    f"{lexicon.language} {name} {number}", _all(rule.pattern), rule.example, _words(rule.pattern)
                )
        yield Tried(f"{lexicon.language} modifiers", _all(lexicon.phrases.modifier))
        operators = sorted(lexicon.operators)
        for words in operators[:: max(1, len(operators) // 12)]:
            yield Tried(f"{lexicon.language} operator {words}", lexicon.operator, words)


def _of_modules() -> Iterator[Tried]:
    for found in pkgutil.walk_packages(mandata.__path__, "mandata."):
        if found.name.split(".")[1] in ROOMS:
            module = importlib.import_module(found.name)
            for name, value in sorted(vars(module).items()):
                for number, pattern in enumerate(_patterns_in(value)):
                    search = _anchored(pattern) if _is_anchored(module, name) else _all(pattern)
                    yield Tried(f"{found.name} {name} {number}", search, words=_words(pattern))


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
