"""Texts damaged at random, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from invented import Style, letter, render, resolution

_TEXTS = Path(__file__).parents[2] / "data" / "texts"
_STYLES = (Style(), Style(False, "raised", page=1200), Style(False, "lowered", 78, 1200), Style(calls="caret"))
_TROUBLE = (
    *("<sup>", "</sup>", "^{", "^9999999999999", "((((", "[[[[", "« ", "***", "#" * 9, "1. ", "99999. ", "a) ", "(a) "),
    *(
        "A/RES/",
        "A/RES/72/7/Add.99999999999",
        "S/RES/1325 (",
        "-S/2007/",
        " 0 ",
        "Annexe",
        "Annex",
        "Ibid.",
        "\\",
        "%s",
    ),
    *(
        "31 février 2020",
        "99 mai 0000",
        "résolutions 1/1, 2/2 et ",
        "resolutions 1/1, 2/2 and ",
        "\x00",
        "\x1b[2J",
        "\f",
    ),
    *(
        "\u202e",
        "\u2028",
        "\ufeff",
        "\ufffd",
        "\ue001",
        "e\u0301" * 9,
        "\U0001f54a",
        "\u0660\u0661",
        "<script>",
        '"@fr .',
    ),
)

_LONGEST = 300_000  # bytes: longer ones may rightly take longer than a text is given

Mutation = Callable[[bytes, random.Random], bytes]


@cache
def originals() -> tuple[bytes, ...]:
    """Return the texts that are damaged: the five that travel with the package, and invented ones."""
    own = [path.read_bytes() for path in sorted(_TEXTS.glob("*.txt"))]
    made = [resolution(n, ("fr", "en")[n % 2]) for n in range(8)] + [letter(n, ("fr", "en")[n % 2]) for n in range(4)]
    return (*own, *(render(d, style).encode() for d in made for style in _STYLES))


def mutated(seed: int) -> bytes:
    """Return one of the texts, damaged in one to four ways."""
    pick = random.Random(f"mutation {seed}")
    data = pick.choice(originals())
    for _ in range(pick.randint(1, 4)):
        data = pick.choice(MUTATIONS)(data, pick)[:_LONGEST]
    return data


def _lines(change: Callable[[list[bytes], random.Random], list[bytes]]) -> Mutation:
    return lambda data, pick: b"\n".join(change(data.split(b"\n"), pick))


def _shuffled(lines: list[bytes], pick: random.Random) -> list[bytes]:
    return pick.sample(lines, len(lines))


def _swapped(lines: list[bytes], pick: random.Random) -> list[bytes]:
    a, b = pick.randrange(len(lines)), pick.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return lines


def _dropped(lines: list[bytes], pick: random.Random) -> list[bytes]:
    share = pick.random() / 2
    return [line for line in lines if pick.random() > share]


def _doubled(lines: list[bytes], pick: random.Random) -> list[bytes]:
    return [line for line in lines for _ in range(pick.choice((1, 1, 1, 2, 30)))]


def _one_line(lines: list[bytes], pick: random.Random) -> list[bytes]:
    start = pick.randrange(len(lines))
    return [*lines[:start], b" ".join(lines[start:]) * pick.choice((1, 1, 5))]


def _flipped(data: bytes, pick: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(pick.choice((1, 10, 200)) if out else 0):
        out[pick.randrange(len(out))] = pick.randrange(256)
    return bytes(out)


def _cut(data: bytes, pick: random.Random) -> bytes:
    start, end = sorted(pick.randrange(len(data) + 1) for _ in range(2))
    return pick.choice((data[:end], data[start:], data[start:end], data[:start] + data[end:]))


def _repeated(data: bytes, pick: random.Random) -> bytes:
    start = pick.randrange(len(data) + 1)
    piece = data[start : start + pick.choice((1, 5, 60))]
    return data[:start] + piece * pick.choice((2, 50, 1000)) + data[start:]


def _inserted(pieces: Callable[[random.Random], str]) -> Mutation:
    def insert(data: bytes, pick: random.Random) -> bytes:
        for _ in range(pick.choice((1, 5, 40))):
            at = pick.randrange(len(data) + 1)
            data = data[:at] + pieces(pick).encode("utf-8", "replace") + data[at:]
        return data

    return insert


def _any_letter(pick: random.Random) -> str:
    return chr(pick.choice((pick.randrange(0x20), pick.randrange(0x3000), pick.randrange(0x110000))))


MUTATIONS: tuple[Mutation, ...] = (
    *map(_lines, (_shuffled, _swapped, _dropped, _doubled, _one_line)),
    *(_flipped, _cut, _repeated, _inserted(lambda pick: pick.choice(_TROUBLE)), _inserted(_any_letter)),
    _inserted(lambda pick: chr(pick.randrange(0x20))),
    _inserted(lambda pick: pick.choice(_TROUBLE) * pick.choice((1, 300))),
    lambda data, pick: data.decode("utf-8", "replace").encode(
        pick.choice(("utf-16", "cp1252", "utf-8-sig")), "replace"
    ),
    lambda data, pick: data.replace(b"\n", pick.choice((b"\r\n", b"\r", b"\n\n", b"\n ", b"\x0b", b"\xe2\x80\xa8"))),
)
