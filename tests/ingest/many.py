"""Many documents from the five texts, each with a symbol of its own; the letter that states none, in many files."""

from __future__ import annotations

import hashlib
import os
import re
from functools import partial
from pathlib import Path

TEXTS = sorted((Path(__file__).parents[2] / "data" / "texts").glob("*.txt"))
MANY = int(os.environ.get("MANDATA_TEXTS", "200"))
"""Texts of the folder that runs are interrupted over; ``make fuzz`` has 10,000."""
BAD = {"00003-empty.txt": b"", "00051-binary.txt": bytes(range(256)) * 8, "00077-blank.txt": b" \n\n "}
_OWN = re.compile(r"(?<!\d)(?:(?P<resolution>72/7|76/299)|(?P<before>A/C\.2/72/|A/71/|S/2017/)(?:3|982|600))(?!\d)")


def write_many(folder: Path, number: int) -> Path:
    """Write so many texts into a folder; every fifth is the letter of unknown symbol, a little longer each time."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        text = texts[n % len(texts)]
        text = text if n < len(texts) else _OWN.sub(partial(_other, n), text)
        (folder / f"{n:05}.txt").write_text(text + "\n" * (n // len(texts)), encoding="utf-8")
    return folder


def _other(n: int, match: re.Match[str]) -> str:
    """Return a symbol, or the number of a resolution, that stands for another document for each number."""
    return f"{40 + n // 900}/{100 + n % 900}" if match["resolution"] else f"{match['before']}{1000 + n}"


def tree(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder, by its path within."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
