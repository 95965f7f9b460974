"""Who does the work: each task is answered once, whatever one of them does to the process that does it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mandata.errors import Fault, MandataError
from mandata.ingest import conversion
from mandata.ingest.workers import workers
from mandata.isolation.pool import ProcessWorkers, SerialWorkers, Workers

from .many import tree, write_many


def halved(number: int) -> int:
    """Return half of a number; ends the process for 13, raises errors for odd ones."""
    if number == 13:
        os._exit(9)
    if number % 2:
        raise MandataError("odd", "is odd", str(number))
    return number // 2


def tasks(*numbers: int) -> Iterator[tuple[str, int]]:
    yield from ((str(number), number) for number in numbers)


@pytest.mark.parametrize("by", [SerialWorkers(), ProcessWorkers(2)])
def test_every_task_is_answered(by: Workers) -> None:
    found = dict(by.each(halved, tasks(*range(12))))
    assert found == {str(n): Fault("odd", "is odd") if n % 2 else n // 2 for n in range(12)}


def test_a_task_that_ends_its_process_takes_no_other_with_it() -> None:
    found = list(ProcessWorkers(2).each(halved, tasks(*range(0, 40, 2), 13, *range(40, 60, 2))))
    assert len(found) == len(dict(found)) == 31
    crashed = dict(found).pop("13")
    assert isinstance(crashed, Fault) and crashed.code == "reader-crashed"
    assert sorted(n for _, n in found if isinstance(n, int)) == list(range(30))


def test_where_nothing_is_asked_nothing_is_answered() -> None:
    assert list(ProcessWorkers(2).each(halved, tasks())) == []


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a real Dask scheduler on loopback, with two worker processes."""
    distributed = pytest.importorskip("distributed", reason="the extra scale is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.parametrize("form", ["jsonl", "nquads"])
def test_a_cluster_writes_the_same_folder(form: str, scheduler: str, tmp_path: Path) -> None:
    texts = write_many(tmp_path / "texts", 30)
    (texts / "bad.txt").write_bytes(b"")
    conversion.convert_into([texts], form, tmp_path / "local")
    conversion.convert_into([texts], form, tmp_path / "cluster", on=scheduler)
    assert tree(tmp_path / "cluster") == tree(tmp_path / "local")
    streamed = "".join(conversion.convert([texts], form, on=scheduler))
    assert streamed == "".join(conversion.convert([texts], form))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "ftp://127.0.0.1:8786"])
def test_where_no_scheduler_answers_one_line_says_so(address: str) -> None:
    pytest.importorskip("distributed", reason="the extra scale is not installed")
    with pytest.raises(MandataError, match="no Dask scheduler answers"):
        list(workers(1, address).each(halved, tasks(2)))


def test_where_dask_is_not_installed_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MandataError, match="mandata\\[scale\\]"):
        list(workers(1, "tcp://127.0.0.1:9").each(halved, tasks(2)))
