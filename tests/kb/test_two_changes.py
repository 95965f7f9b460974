"""Two changes of one knowledge base at once: one waits for the other, and neither is lost.

``MANDATA_CHANGES`` says how often two begin at a random distance from one another.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mandata.errors import MandataError
from mandata.ingest.build import build
from mandata.kb import swap
from mandata.kb.knowledge_base import open_kb
from mandata.kb.lock import folder_lock
from mandata.package_data import shipped_path

TRIALS = int(os.environ.get("MANDATA_CHANGES", "2"))
LATER = """United Nations A/RES/80/{number}
General Assembly
Distr.: General
3 December 2025
Eightieth session
Agenda item 14

Resolution adopted by the General Assembly on 3 December 2025

80/{number}. Wells of the high valleys

The General Assembly,

1. Takes note of the letter of the Secretary-General, S/2007/279;

2. Decides to remain seized of the matter.

70th plenary meeting
3 December 2025
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "kb"
    build([min(shipped_path("data/texts").glob("*.txt"), key=lambda path: path.stat().st_size)], folder)
    return folder


@pytest.fixture
def kb(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "kb"))


def resolution(folder: Path, number: int) -> Path:
    path = folder / f"{number}.txt"
    path.write_text(LATER.format(number=number), encoding="utf-8")
    return path


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mandata", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def symbols(kb: Path) -> set[str]:
    with open_kb(kb) as opened:
        return {text["symbol"] for text in opened.report["texts"]}


def until_it_is_changed(kb: Path, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and not list(kb.parent.glob(f".{kb.name}.staging-*/*")):
        time.sleep(0.01)


def test_two_that_add_at_once_are_both_heeded(kb: Path, small: Path, tmp_path: Path) -> None:
    chance, begun = random.Random(11), time.monotonic()
    texts = {number: resolution(tmp_path, number) for number in (901, 902)}
    alone = start("add", texts[901], "--kb", kb)
    alone.communicate(timeout=300)
    assert alone.returncode == 0
    seconds = time.monotonic() - begun
    for _ in range(TRIALS):
        shutil.rmtree(kb)
        shutil.copytree(small, kb)
        first = start("add", texts[901], "--kb", kb, "--wait", 300)
        time.sleep(chance.random() * seconds)
        second = start("add", texts[902], "--kb", kb, "--wait", 300)
        said = [process.communicate(timeout=300)[1] for process in (first, second)]
        assert (first.returncode, second.returncode) == (0, 0), said
        assert "Traceback" not in "".join(said)
        assert {"A/RES/80/901", "A/RES/80/902"} < symbols(kb), said


def test_what_waited_too_long_says_who_changes_it_and_since_when(kb: Path, tmp_path: Path) -> None:
    text = resolution(tmp_path, 901)
    with folder_lock(kb):
        waiting = start("add", text, "--kb", kb, "--wait", "0.2")
        told = waiting.communicate(timeout=300)[1].splitlines()
    assert waiting.returncode == 2
    assert f"is being changed by process {os.getpid()} (" in told[-1] and " since 20" in told[-1]
    assert "--wait SECONDS" in told[-1] and told[-1].endswith("[busy]")
    assert told[0].startswith("waiting: ")
    assert "A/RES/80/901" not in symbols(kb)


def test_a_change_that_was_killed_holds_nobody_up_and_its_rest_is_cleared(kb: Path, tmp_path: Path) -> None:
    killed = start("add", resolution(tmp_path, 901), "--kb", kb)
    until_it_is_changed(kb, killed)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert list(tmp_path.glob(".kb.staging-*")), "it was killed too late"
    told = json.loads((tmp_path / ".kb.change.json").read_text(encoding="utf-8"))
    assert told["pid"] == killed.pid and told["command"].startswith("mandata add ")
    after = start("add", resolution(tmp_path, 902), "--kb", kb, "--wait", 60)
    after.communicate(timeout=300)
    assert after.returncode == 0
    assert "A/RES/80/902" in symbols(kb) and "A/RES/80/901" not in symbols(kb)
    assert {path.name for path in tmp_path.iterdir()} == {"kb", ".kb.lock", "901.txt", "902.txt"}


def test_who_may_not_write_there_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MandataError, match="name another folder"), swap.changing(tmp_path / "file" / "kb"):
        pass
