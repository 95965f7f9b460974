"""Machines that differ in all that a program should not feel, and the real commands run on them, a process each."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distributions, requires
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ZONES = ("Pacific/Kiritimati", "America/St_Johns", "Pacific/Niue", "Asia/Kathmandu", "Africa/Monrovia", "UTC", "X-25")
MASKS = (0o022, 0o077, 0o002, 0o000, 0o027)
LOCALES = (  # as localedef names them: a territory, an encoding; the first turns "i" into a letter of its own
    ("tr_TR", "ISO-8859-9"),
    ("C", ""),
    ("ja_JP", "EUC-JP"),
    ("fr_FR", "ISO-8859-1"),
    ("POSIX", ""),
    ("ar_EG", "UTF-8"),
    ("C", "UTF-8"),
    ("zh_CN", "GB18030"),
    ("fa_IR", "UTF-8"),
    ("et_EE", "ISO-8859-15"),
    ("de_CH", "UTF-8"),
)
NO_BYTES = ("EUC-JP", "GB18030")  # of a name in UTF-8, Python cannot find its own modules under these
_ANY_ORDER = """
import os, random
class Shuffled:
    def __init__(self, place="."): self.entries = iter(shuffled(scandir(place)))
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
def shuffled(found):
    found = list(found)
    random.Random(int(os.environ["LISTING"])).shuffle(found)
    return found
scandir, listdir = os.scandir, os.listdir
os.scandir, os.listdir = Shuffled, lambda place=".": shuffled(listdir(place))
"""


@dataclass(frozen=True)
class Surroundings:
    """One machine: the ``number`` alone settles all but the interpreter."""

    number: int
    python: Path
    locales: Path

    @property
    def chance(self) -> random.Random:
        return random.Random(self.number)

    @property
    def mask(self) -> int:
        return MASKS[self.number % len(MASKS)]

    @property
    def locale(self) -> tuple[str, str]:
        return LOCALES[self.number % len(LOCALES)]

    def environment(self, path: Sequence[Path]) -> dict[str, str]:
        name = ".".join(filter(None, self.locale))
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "PYTHONHASHSEED": str(self.chance.randrange(2**32)),
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "LC_ALL": name,
            "LANG": name,
            "LANGUAGE": ("fr", "ar", "en")[self.number % 3],
            "LOCPATH": str(self.locales),
            "TZ": ZONES[self.number % len(ZONES)],
            "LISTING": str(self.number),
        }

    def run(self, place: Path, *command: str, path: Sequence[Path] = ()) -> bytes:
        """Run a command of Python in the folder; return what it prints."""
        listing = place / "listing"
        listing.mkdir(exist_ok=True)
        (listing / "sitecustomize.py").write_text(_ANY_ORDER, encoding="ascii")
        ran = subprocess.run(
            [str(self.python), *command],
            cwd=place,
            env=self.environment([listing, *path]),
            umask=self.mask,
            capture_output=True,
            check=False,
            timeout=600,
        )
        assert ran.returncode == 0, (self, ran.stdout[-2000:] + ran.stderr[-2000:])
        return ran.stdout


def copied(program: Path, place: Path) -> Path:
    """Copy what a program is made of from one folder to another; return that."""
    for name in ("src/mandata", "ontology", "data"):
        shutil.copytree(program / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def published(here: Surroundings, program: Path, place: Path) -> tuple[Path, Path]:
    """Copy the program to a folder, build there and publish; return the knowledge base and the release.

    The texts are named one by one in any order, or by their folder; the places from the folder at work, or whole.
    """
    letters = "" if here.locale[1] in NO_BYTES else "Été \N{CYRILLIC CAPITAL LETTER YA}"
    home = copied(program, place / f"{letters} {here.number}".strip())
    texts = sorted((home / "data" / "texts").glob("*.txt"))
    named = [*map(str, here.chance.sample(texts, len(texts)))] if here.number % 2 else [str(texts[0].parent)]
    at, base = (home, Path()) if here.number % 3 else (place, home)
    command = ("-m", "mandata")
    for arguments in (
        ("build", *named, "--out", str(base / "kb")),
        ("publish", str(base / "release"), "--kb", str(base / "kb")),
    ):
        here.run(at, *command, *arguments, path=[home / "src"])
    return home / "kb", home / "release"


def make_locales(place: Path, wanted: Sequence[tuple[str, str]]) -> Path:
    """Let a folder hold these locales, where the system has their sources (Debian's ``locales``); return it."""
    place.mkdir(exist_ok=True)
    for territory, encoding in {one for one in wanted if "_" in one[0]}:
        if shutil.which("localedef") and Path("/usr/share/i18n/locales", territory).is_file():
            name = place / f"{territory}.{encoding}"
            subprocess.run(["localedef", "-c", "-i", territory, "-f", encoding, name], check=True, capture_output=True)
    return place


def interpreters(place: Path) -> Iterator[Path]:
    """Yield this interpreter, and one of each in ``MANDATA_PYTHONS``, with the libraries in it that this one has."""
    yield Path(sys.executable)
    for number, other in enumerate(filter(None, os.environ.get("MANDATA_PYTHONS", "").split(os.pathsep))):
        made = place / f"python {number}"
        subprocess.run([other, "-m", "venv", made], check=True)
        held = place / "held.txt"
        held.write_text("".join(f"{name}=={version}\n" for name, version in _held()), encoding="utf-8")
        wanted = [one for one in requires("mandata") or [] if "extra ==" not in one]
        subprocess.run(
            [made / "bin" / "python", "-m", "pip", "install", "-q", "-c", held, *wanted],
            check=True,
            capture_output=True,
        )
        yield made / "bin" / "python"


@cache
def _held() -> list[tuple[str, str]]:
    return [(one.name, one.version) for one in distributions() if one.name != "mandata"]
