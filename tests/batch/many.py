"""Many documents from the five texts, each with a symbol of its own; the letter that states none, in many files."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

TEXTS = sorted((Path(__file__).parents[2] / "data" / "texts").glob("*.txt"))
_OWN = re.compile(r"(?<![\d/])(72/7|76/299|A/C\.2/72/3|A/71/982|S/2017/600)(?!\d)")


def write_many(folder: Path, number: int) -> Path:
    """Write so many texts into a folder; every fifth is the letter of unknown symbol, a little longer each time."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        text = _OWN.sub(lambda match, n=n: match[0] + str(n) if n >= len(texts) else match[0], texts[n % len(texts)])
        (folder / f"{n:05}.txt").write_text(text + "\n" * n, encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder, by its path within."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
