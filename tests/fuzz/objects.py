"""PDF files damaged in their objects and in the streams of their pages, whose marks are read once they are unfolded."""

from __future__ import annotations

import base64
import binascii
import random
import re
import zlib
from typing import Final

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"^(.*?)stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_WORD = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|[^\s()<>\[\]]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\w#.])-?\d+(?:\.\d+)?(?![\w.])")
_NUMBERS: Final = (b"0", b"-1", b"1", b"65535", b"2147483648", b"-99999999999", b"0.00000001", b"1e9", b"3.4.5", b"NaN")
_STRANGE: Final = (
    *(
        b"BT",
        b"ET",
        b"q " * 300,
        b"Q",
        b"/F1 1e9 Tf",
        b"1 0 0 0 0 1 Tm",
        b"0 0 0 0 0 0 Tm",
        b"(\\",
        b"[",
        b"]",
        b"<<",
        b">>",
    ),
    *(b"/Im0 Do", b"BI ID EI", b"(\\377\\376) Tj", b"<FEFF0041> Tj", b"99999 Tr", b"T*", b"'", b"\x00\xff", b"(((("),
)
_MOST_MARKS: Final = 20_000
_DEFLATED: Final = b"/Filter/FlateDecode"


def damaged_objects(data: bytes, pick: random.Random, other: bytes) -> bytes:
    """Return a PDF with some objects or marks changed, its table of places right or not; ``other`` may lend objects."""
    objects = {int(number): body for number, body in _OBJECT.findall(data)}
    if not objects:
        return data
    lent = [body for _, body in _OBJECT.findall(other)] or list(objects.values())
    for _ in range(pick.choice((1, 1, 2, 5))):
        number = pick.choice(sorted(objects))
        objects[number] = _changed(objects, number, pick, lent)
    if pick.random() < 0.1:
        del objects[pick.choice(sorted(objects))]
    trailer = re.search(rb"trailer\s(.*?)startxref", data, re.DOTALL)
    return _written(objects, trailer[1] if trailer else b"<</Root 1 0 R>>", pick)


def _changed(objects: dict[int, bytes], number: int, pick: random.Random, lent: list[bytes]) -> bytes:
    body = objects[number]
    if (stream := _STREAM.match(body)) and pick.random() < 0.8:
        words = _damaged_marks(_unfolded(stream[1], stream[2]), pick)
        return _folded(stream[1], words, pick)
    way = pick.randrange(5)
    if way == 0:
        return pick.choice((*objects.values(), *lent))
    if way == 1:
        return re.sub(rb"\d+ 0 R", lambda m: pick.choice((m[0], b"%d 0 R" % pick.choice(sorted(objects)))), body)
    if way == 2:
        return _NUMBER.sub(lambda m: pick.choice((m[0], m[0], pick.choice(_NUMBERS))), body)
    if way == 3:
        return body.replace(
            pick.choice(re.findall(rb"/\w+", body) or [b"/"]), b"/" + pick.choice((b"X", b"Kids", b"Font"))
        )
    return b"<<" * pick.choice((1, 3000)) + body


def _unfolded(head: bytes, content: bytes) -> bytes:
    """Return what a stream holds; as it stands where it is not folded in a way that is known."""
    try:
        if b"ASCII85" in head:
            content = base64.a85decode(content.strip().removesuffix(b"~>"))
        return zlib.decompress(content) if b"Flate" in head else content
    except (ValueError, zlib.error, binascii.Error):
        return content


def _folded(head: bytes, content: bytes, pick: random.Random) -> bytes:
    bare = re.sub(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)|/Length\s+\d+(?:\s+0\s+R)?", b"", head)
    folded = zlib.compress(content)
    if pick.random() < 0.05:
        folded = folded[: pick.randrange(len(folded) + 1)]
    length = len(folded) if pick.random() < 0.95 else pick.randrange(2 * len(folded) + 1)
    bare = bare.rstrip().removesuffix(b">>")
    return b"%s%s/Length %d>>stream\n%s\nendstream" % (bare, _DEFLATED, length, folded)


def _damaged_marks(content: bytes, pick: random.Random) -> bytes:
    words = _WORD.findall(content) or [b""]
    for _ in range(pick.choice((1, 3, 10))):
        if len(words) > _MOST_MARKS:
            break
        at = pick.randrange(len(words) + 1)
        end = at + pick.choice((1, 1, 10, 100))
        way = pick.randrange(5)
        if way == 0:
            words[at:end] = []
        elif way == 1:
            words[at:end] = words[at:end] * pick.choice((2, 50))
        elif way == 2:
            words.insert(at, pick.choice(_STRANGE) + b" ")
        elif way == 3:
            words[at:end] = [_NUMBER.sub(lambda m: pick.choice(_NUMBERS), word) for word in words[at:end]]
        else:
            words[at:end] = pick.sample(words[at:end], len(words[at:end]))
        words = words or [b""]
    return b"".join(words)


def _written(objects: dict[int, bytes], trailer: bytes, pick: random.Random) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, size = len(out), max(objects, default=0) + 1
    wrong = pick.random() < 0.1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % (pick.randrange(len(out)) if wrong else places.get(number, 0))
    return bytes(out) + b"trailer\n%sstartxref\n%d\n%%%%EOF\n" % (trailer, table)
