"""A process killed while it builds or publishes leaves what was there or what is new, whole; the next ends its work.

``MANDATA_KILLS`` says how many are killed: a third at any moment, a third while the files are being written beside the
old release, a third from the last file on, when the folders change places.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count, pairwise
from pathlib import Path

import pytest

from mandata.ingest.build import build
from mandata.kb import layout
from mandata.kb.knowledge_base import open_kb
from mandata.package_data import shipped_path
from mandata.release.manifest import SUMS

KILLS = int(os.environ.get("MANDATA_KILLS", "3"))
OLD, NEW, HALF = "old", "new", "half"
STALE = "stale"


@dataclass
class Place:
    """Where releases of one knowledge base are put, and the two that may stand there."""

    kb: Path
    release: Path
    old: Path
    whole: dict[str, str] = field(default_factory=dict)
    phases: tuple[float, float, float] = (0, 0, 0)

    @property
    def staging(self) -> list[Path]:
        """The folders in which a release is being written, or was."""
        return list(self.release.parent.glob(f".{self.release.name}.staging-*"))

    def start(self, version: str) -> subprocess.Popen[bytes]:
        command = [
            "-c",
            "from mandata.cli.main import main; main()",
            "publish",
            str(self.release),
            "--kb",
            str(self.kb),
        ]
        return subprocess.Popen([sys.executable, *command, "--version", version], stdout=-3, stderr=-3)

    def publish(self, version: str) -> tuple[float, float, float]:
        """Publish undisturbed; return the seconds until files are written, until all are, and until the end."""
        process, moments = self.start(version), [time.monotonic()]
        for name in ("", SUMS):
            until(partial(self.stages, name), process)
            moments.append(time.monotonic())
        assert process.wait(timeout=600) == 0
        moments.append(time.monotonic())
        first, second, third = (after - before for before, after in pairwise(moments))
        return first, second, third

    def stages(self, name: str) -> bool:
        """Whether that file is being staged, and not left by one that was killed."""
        return any((folder / name).exists() and not (folder / STALE).exists() for folder in self.staging)

    def put_back(self) -> None:
        """Let the old release stand here again, beside whatever one that was killed has left."""
        shutil.rmtree(self.release)
        shutil.copytree(self.old, self.release)

    def holds(self) -> str:
        """Tell which release stands here: its sums are those of its files, and it is one that was made undisturbed."""
        return self.whole.get(checked(self.release), HALF)


def checked(release: Path) -> str:
    """Return the checksum of the sums, where they are those of all files; else an empty string."""
    lines = (line.split("  ", 1) for line in (release / SUMS).read_text().splitlines())
    told = {name: digest for digest, name in lines}
    held = {path.relative_to(release).as_posix(): path for path in release.rglob("*") if path.is_file()}
    held.pop(SUMS)
    same = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in held.items()} == told
    return hashlib.sha256((release / SUMS).read_bytes()).hexdigest() if same else ""


def until(happens: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and not happens():
        time.sleep(0.001)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A knowledge base of one text, released in two versions."""
    home = tmp_path_factory.mktemp("killed")
    build([min(shipped_path("data/texts").glob("*.txt"), key=lambda path: path.stat().st_size)], home / "kb", str)
    (home / "releases").mkdir()
    made = Place(home / "kb", home / "releases" / "release", home / "old")
    made.publish("1")
    made.whole[checked(made.release)] = OLD
    shutil.copytree(made.release, made.old)
    made.phases = made.publish("2")
    made.whole[checked(made.release)] = NEW
    assert "" not in made.whole and len(made.whole) == 2
    return made


def test_whoever_is_killed_while_publishing_leaves_the_old_release_or_the_new(place: Place) -> None:
    chance, left, killed = random.Random(5), Counter[str](), 0
    for number in count():  # one that was done before is not counted
        if killed == KILLS:
            break
        place.put_back()
        for folder in place.staging:
            (folder / STALE).touch()
        process = place.start("2")
        phase = number % 3
        if phase:
            until(partial(place.stages, ("", "", SUMS)[phase]), process)
        time.sleep(chance.random() * (sum(place.phases) if phase == 0 else place.phases[phase]))
        killed += process.poll() is None
        process.kill()
        process.wait()
        left[place.holds()] += 1
        beside, name = {path.name for path in place.release.parent.iterdir()}, place.release.name
        assert len(place.staging) <= 1, left
        assert beside - {folder.name for folder in place.staging} <= {name, f".{name}.lock", f".{name}.change.json"}
    print(f"{killed} of {left.total()} killed on their way: {dict(left)}")
    assert set(left) <= {OLD, NEW}, left
    place.put_back()
    place.publish("2")
    assert place.holds() == NEW
    name = place.release.name
    assert {path.name for path in place.release.parent.iterdir()} == {name, f".{name}.lock"}


def test_whoever_is_killed_while_building_leaves_one_knowledge_base_or_the_other(tmp_path: Path) -> None:
    """Two of one text each take turns in one place."""
    kb, texts = tmp_path / "place" / "kb", sorted(shipped_path("data/texts").glob("*.txt"))[:2]
    chance, left, killed, whole, seconds = random.Random(6), Counter[str](), 0, dict[str, str](), 0.0

    def start(text: Path) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-c",
            "from mandata.cli.main import main; main()",
            "build",
            str(text),
            "--out",
            str(kb),
        ]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    for text in texts:
        began = time.monotonic()
        assert start(text).wait(timeout=600) == 0
        seconds = time.monotonic() - began
        whole[checked_base(kb)] = text.name
    assert len(whole) == len(texts)
    for number in range(KILLS):
        process = start(texts[number % 2])
        time.sleep(chance.random() * seconds)
        killed += process.poll() is None
        process.kill()
        process.wait()
        left[whole.get(checked_base(kb), HALF)] += 1
    print(f"killed {killed} of {KILLS} builds on their way: {dict(left)}")
    assert not left[HALF], left
    assert killed >= KILLS // 2
    assert start(texts[0]).wait(timeout=600) == 0
    assert whole[checked_base(kb)] == texts[0].name
    assert {path.name for path in kb.parent.iterdir()} == {kb.name, f".{kb.name}.lock"}


def checked_base(kb: Path) -> str:
    """Return a checksum of what a knowledge base holds: of its files, and of how many statements its store answers."""
    files = sorted(path for path in kb.rglob("*") if path.is_file() and path.relative_to(kb).parts[0] != layout.STORE)
    told = [f"{path.relative_to(kb)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return hashlib.sha256("\n".join([*told, str(len(open_kb(kb).store))]).encode()).hexdigest()
