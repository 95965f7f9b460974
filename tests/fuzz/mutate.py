"""Bytes and lines damaged at random, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

TROUBLE: Final = (
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

Mutation = Callable[[bytes, random.Random, bytes], bytes]
"""Returns some bytes changed in one way; the second are of another document, which may lend a part."""


def _lines(change: Callable[[list[bytes], random.Random], list[bytes]]) -> Mutation:
    return lambda data, pick, _: b"\n".join(change(data.split(b"\n"), pick))


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


def _flipped(data: bytes, pick: random.Random, _: bytes) -> bytes:
    out = bytearray(data)
    for _n in range(pick.choice((1, 10, 200)) if out else 0):
        out[pick.randrange(len(out))] = pick.randrange(256)
    return bytes(out)


def _cut(data: bytes, pick: random.Random, _: bytes) -> bytes:
    start, end = sorted(pick.randrange(len(data) + 1) for _ in range(2))
    return pick.choice((data[:end], data[start:], data[start:end], data[:start] + data[end:]))


def _repeated(data: bytes, pick: random.Random, _: bytes) -> bytes:
    start = pick.randrange(len(data) + 1)
    piece = data[start : start + pick.choice((1, 5, 60))]
    return data[:start] + piece * pick.choice((2, 50, 1000)) + data[start:]


def _inserted(pieces: Callable[[random.Random], str]) -> Mutation:
    def insert(data: bytes, pick: random.Random, _: bytes) -> bytes:
        for _n in range(pick.choice((1, 5, 40))):
            at = pick.randrange(len(data) + 1)
            data = data[:at] + pieces(pick).encode("utf-8", "replace") + data[at:]
        return data

    return insert


def _any_letter(pick: random.Random) -> str:
    return chr(pick.choice((pick.randrange(0x20), pick.randrange(0x3000), pick.randrange(0x110000))))


def _spliced(data: bytes, pick: random.Random, other: bytes) -> bytes:
    """Return the beginning of one document and the end of another, or one within the other."""
    at, start = pick.randrange(len(data) + 1), pick.randrange(len(other) + 1)
    return data[:at] + other[start:] + pick.choice((b"", data[at:]))


def _run(data: bytes, pick: random.Random, _: bytes) -> bytes:
    """Return the bytes with one sign, or one line, written tens of thousands of times."""
    at = pick.randrange(len(data) + 1)
    unit = pick.choice(
        (*TROUBLE, " ", "\n", "a", "1", ".", "é", "。", "(", data[at : at + 40].decode("utf-8", "replace"))
    )
    return data[:at] + unit.encode() * (pick.choice((1_000, 60_000)) // max(1, len(unit))) + data[at:]


def _nested(data: bytes, pick: random.Random, _: bytes) -> bytes:
    """Return the bytes with pairs of signs, or labels of lists, many within one another."""
    opening, closing = pick.choice(
        (("(", ")"), ("[", "]"), ("« ", " »"), ("*", "*"), ("<sup>", "</sup>"), ("> ", "\n"))
    )
    at, depth = pick.randrange(len(data) + 1), pick.choice((3, 50, 5_000))
    labels = "".join(f"{' ' * n}{'abcdi1'[n % 6]}) \n" for n in range(min(depth, 300)))
    nest = pick.choice((opening * depth + "1" + closing * depth, opening * depth, labels))
    return data[:at] + nest.encode() + data[at:]


_ENCODINGS: Final = ("utf-16", "utf-16-be", "utf-32", "cp1252", "cp1251", "utf-8-sig", "gb18030", "iso8859-6", "utf-7")
_LINE_ENDS: Final = (b"\r\n", b"\r", b"\n\n", b"\n ", b"\x0b", b"\xe2\x80\xa8", b"\xc2\x85", b"")

BYTES: Final[tuple[Mutation, ...]] = (_flipped, _cut, _repeated, _spliced)
"""For any file."""

TEXT: Final[tuple[Mutation, ...]] = (
    *BYTES,
    *map(_lines, (_shuffled, _swapped, _dropped, _doubled, _one_line)),
    *(_run, _nested, _inserted(lambda pick: pick.choice(TROUBLE)), _inserted(_any_letter)),
    _inserted(lambda pick: chr(pick.randrange(0x20))),
    _inserted(lambda pick: pick.choice(TROUBLE) * pick.choice((1, 300))),
    lambda data, pick, _: data.decode("utf-8", "replace").encode(pick.choice(_ENCODINGS), "replace"),
    lambda data, pick, _: data.replace(b"\n", pick.choice(_LINE_ENDS)),
)
"""For a file of characters."""
