"""Killed at any moment: the next run goes on, to the same bytes, and no process is left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .many import MANY, tree


def start(texts: Path, form: str, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mandata", "convert", str(texts)]
    command += ["--format", form, "--out", str(out), "--jobs", str(jobs)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def held(out: Path) -> int:
    return sum(1 for _ in out.rglob("*.json"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_killed_several_times_ends_in_the_same_folder(
    jobs: int, texts: Path, form: str, undisturbed: Path, tmp_path: Path
) -> None:
    out, moments, kills = tmp_path / "out", random.Random(jobs), 0
    for _ in range(4):
        process, before = start(texts, form, out, jobs), held(out)
        while process.poll() is None and held(out) < before + moments.randrange(1, MANY // 5):
            time.sleep(0.002)
        time.sleep(moments.random() / 20)
        kills += process.poll() is None
        process.kill()
        process.wait()
    assert kills >= 2
    assert start(texts, form, out, jobs).wait(timeout=300 + MANY) == 0
    assert tree(out) == tree(undisturbed)


def of_session(session: int) -> list[int]:
    """Return the processes of a session, as the system tells them; those that have ended and wait to be told not."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                state, _, _, theirs = (place / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            found += [int(place.name)] if int(theirs) == session and state != "Z" else []
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell its processes in /proc")
def test_workers_end_with_the_process_that_started_them(texts: Path, tmp_path: Path) -> None:
    process = start(texts, "jsonl", tmp_path / "out", 2)
    end = time.monotonic() + 60
    while held(tmp_path / "out") < 3 and time.monotonic() < end:
        time.sleep(0.01)
    assert len(of_session(process.pid)) >= 3
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    while of_session(process.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert of_session(process.pid) == []
