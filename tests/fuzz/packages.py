"""DOCX files damaged in their unfolded parts, and as archives."""

from __future__ import annotations

import io
import lzma
import random
import warnings
import zipfile
import zlib
from typing import Final

from .markup import damaged

Part = tuple[str, bytes]

_STRANGE_NAMES: Final = (
    "../a.xml",
    "/word/document.xml",
    "word/document.xml/",
    "word\\document.xml",
    "é.xml",
    "a" * 300,
)
_METHODS: Final = (zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def parts_of(data: bytes) -> list[Part]:
    """Return the names and unfolded contents of an archive; nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        lzma.LZMAError,
    ):
        return []


def damaged_package(data: bytes, pick: random.Random, other: bytes) -> bytes:
    """Return an archive with some parts changed, lost, exchanged or named anew; ``other`` may lend a part."""
    parts = parts_of(data)
    if not parts:
        return data
    for _ in range(pick.choice((1, 1, 3))):
        at = pick.randrange(len(parts)) if pick.random() < 0.4 else _main(parts)
        parts[at : at + 1] = _changed(parts, at, pick, parts_of(other) or parts)
        parts = parts or [("a.xml", b"")]
    return _archive(parts, pick)


def _main(parts: list[Part]) -> int:
    return max(range(len(parts)), key=lambda at: len(parts[at][1]))


def _changed(parts: list[Part], at: int, pick: random.Random, lent: list[Part]) -> list[Part]:
    """Return what stands in the place of a part: half of the time itself with its markup damaged."""
    name, content = parts[at]
    words, others = content.decode("utf-8", "replace"), dict(lent)
    other = others.get(name, b"").decode("utf-8", "replace")
    as_markup = [(name, damaged(words, pick, other).encode("utf-8", "replace"))]
    ways: list[list[Part]] = [
        [],
        [(pick.choice((*_STRANGE_NAMES, *(one for one, _ in parts))), content)],
        [(name, others.get(name, pick.choice(lent)[1]))],
        [(name, content), (name, content)],
        [(name, words.encode(pick.choice(("utf-16", "utf-16-le", "cp1251")), "replace"))],
        [(name, content[: pick.randrange(len(content) + 1)])],
    ]
    return pick.choice((*ways, *[as_markup] * len(ways)))


def _archive(parts: list[Part], pick: random.Random) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, content in parts:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = pick.choice(_METHODS) if pick.random() < 0.1 else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
