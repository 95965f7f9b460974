"""A text that takes too long or too much memory is answered by a fault, and those behind it are read."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mandata import reading
from mandata.errors import Fault, MandataError
from mandata.ingest import conversion
from mandata.ingest import document_tasks as work
from mandata.ingest.document_tasks import TextTask, read_text
from mandata.isolation.pool import ProcessWorkers, SerialWorkers, Workers
from mandata.isolation.task_limits import TaskLimits
from mandata.text.source import SourceText

from .many import TEXTS

SHORT = TaskLimits(0.4, 300)
LINUX = Path("/proc/self/statm").exists()


def spin(_: str) -> str:
    while True:
        pass


def swallow(_: str) -> str:
    """Take for ever, and catch every error on the way, as a reader may that goes on with the next part."""
    while True:
        try:
            time.sleep(0.01)
        except Exception:
            continue


def search(_: str) -> object:
    """Go back and forth in a pattern, which looks for signals now and then."""
    return re.search(r"(a+)+b", "a" * 40)


def hoard(_: str) -> str:
    return str(len(bytearray(1 << 30)))


def fail(_: str) -> str:
    raise KeyError("nothing")


def refuse(_: str) -> str:
    raise MandataError("odd", "is odd")


def work_on(what: str) -> object:
    return TASKS.get(what, len)(what)


TASKS: dict[str, Callable[[str], object]] = {
    "spin": spin,
    "swallow": swallow,
    "search": search,
    "fail": fail,
    "refuse": refuse,
    **({"hoard": hoard} if LINUX else {}),
}
CODES = {
    **dict.fromkeys(("spin", "swallow", "search"), "time-limit"),
    **{"hoard": "memory-limit", "fail": "program-failed", "refuse": "odd"},
}


@pytest.mark.parametrize("by", [SerialWorkers(SHORT), ProcessWorkers(2, SHORT)], ids=["here", "processes"])
def test_what_takes_too_much_is_a_fault_and_the_rest_is_done(by: Workers) -> None:
    order = ["one", *TASKS, "last"]
    found = dict(by.each(work_on, ((what, what) for what in order)))
    assert (found.pop("one"), found.pop("last")) == (3, 4)
    assert {what: one.code for what, one in found.items() if isinstance(one, Fault)} == {w: CODES[w] for w in TASKS}


def test_a_process_that_heeds_no_signal_is_ended() -> None:
    found = dict(ProcessWorkers(2, SHORT).each(deaf, ((what, what) for what in ("one", "deaf", "last"))))
    assert (found["one"], found["last"]) == (3, 4)
    fault = found["deaf"]
    assert isinstance(fault, Fault) and fault.code == "reader-crashed"


def deaf(what: str) -> int:
    """Take for ever as a native library does that never looks for signals."""
    if what == "deaf":
        signal.setitimer(signal.ITIMER_PROF, 0.5)  # so that the test need not wait as long as a user would
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        spin(what)
    return len(what)


def test_the_limits_are_gone_when_the_work_is_done() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert SerialWorkers(SHORT).limits.run(len, "one") == 3
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) is before
    assert len([bytearray(1 << 20) for _ in range(400)]) == 400


def test_where_a_thread_works_the_clock_is_kept_too() -> None:
    found: list[object] = []

    def answer() -> None:
        found.extend(SHORT.run(work_on, what) for what in ("sleep", "one", "nap", "fail"))

    TASKS["nap"] = lambda _: time.sleep(2)
    try:
        thread = threading.Thread(target=answer)
        thread.start()
        thread.join()
    finally:
        del TASKS["nap"]
    assert found[:2] == [5, 3]
    assert [one.code for one in found[2:] if isinstance(one, Fault)] == ["time-limit", "program-failed"]


def test_without_limits_nothing_is_limited() -> None:
    assert TaskLimits(0, 0).run(len, "one") == 3


def slow(source: SourceText) -> reading.Reading:
    if "slow" in source.path:
        spin("")
    if "broken" in source.path:
        raise ValueError("a rule is wrong")
    return reading.read(source)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three texts, of which one is never read to its end and one makes a rule fail."""
    conversion.records(TEXTS)  # what is loaded once is no time of a text, however busy the machine
    monkeypatch.setattr(work, "read", slow)
    paths = [tmp_path / name for name in ("a.txt", "broken.txt", "slow.txt", "z.txt")]
    for path, text in zip(paths, (TEXTS[0], TEXTS[1], TEXTS[2], TEXTS[3]), strict=True):
        path.write_bytes(text.read_bytes())
    return paths


def test_a_text_that_hangs_is_an_issue_that_names_its_file(texts: list[Path]) -> None:
    found = [json.loads(line) for line in conversion.convert(texts, "jsonl", limits=TaskLimits(3))]
    assert [Path(one["source"]).name for one in found] == ["a.txt", "broken.txt", "slow.txt", "z.txt"]
    assert [one["issues"][0]["code"] for one in found[1:3]] == ["program-failed", "time-limit"]
    said = found[1]["issues"][0]["message"]
    assert re.match(
        r"mandata itself failed: ValueError at \S+:\d+: a rule is wrong - report this line to the makers of mandata$",
        said,
    )
    assert found[2]["issues"][0]["message"] == "takes longer than 3 s to read - allow for more, or leave it out"
    assert found[0]["kind"] == "resolution" and found[3]["kind"] == "letter"


def test_what_took_too_long_is_tried_again_and_what_failed_is_not(
    texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more time or on a quieter machine it may be read; a rule that is wrong stays wrong."""
    out = tmp_path / "out"
    first = conversion.convert_into(texts, "nquads", out, limits=TaskLimits(3))
    assert sorted(fault.code for fault in first.faults.values()) == ["program-failed", "time-limit"]
    monkeypatch.setattr(work, "read", reading.read)
    again = conversion.convert_into(texts, "nquads", out)
    assert [fault.code for fault in again.faults.values()] == ["program-failed"]
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    unread = {Path(one["source"]).name: one["unread"]["code"] for one in report["texts"] if "unread" in one}
    assert unread == {"broken.txt": "program-failed"}


def test_no_memory_is_no_fault_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_left(_: SourceText) -> reading.Reading:
        raise MemoryError

    monkeypatch.setattr(work, "read", nothing_left)
    with pytest.raises(MemoryError):
        read_text(TextTask("0" * 64, ("a.txt",), TEXTS[0].read_bytes()))
