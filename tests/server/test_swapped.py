"""A knowledge base that takes another's place while it is served."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.kb import swap
from mandata.kb.knowledge_base import describe
from mandata.kb.store import create, with_default_graph
from server.server import serving

EX = "https://example.org/"


def kb_of(folder: Path, number: int) -> None:
    """Make a knowledge base in which the same number stands in two graphs."""
    graphs = [ox.NamedNode(f"{EX}{name}") for name in ("one", "two")]
    one = ox.NamedNode(f"{EX}is")
    create(folder / "store", with_default_graph(ox.Quad(graph, one, ox.Literal(number), graph) for graph in graphs))
    (folder / "report.json").write_text("{}", encoding="utf-8")
    describe(folder)


def test_readers_see_the_old_or_the_new_knowledge_base_and_never_a_mix(tmp_path: Path) -> None:
    kb, seen, stop = tmp_path / "kb", list[set[str]](), threading.Event()
    kb_of(kb, 0)
    with serving("--kb", str(kb), "--quiet") as running:

        def read() -> None:
            while not stop.is_set():
                seen.append({row["n"] for row in running.rows("SELECT ?n { ?s <https://example.org/is> ?n }")})

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in (1, 2, 3):
            with swap.changing(kb) as folder:
                kb_of(folder, number)
            for _ in range(200):
                if running.rows("SELECT ?n { ?s <https://example.org/is> ?n }")[0]["n"] == str(number):
                    break
            else:
                pytest.fail("the new knowledge base is not served")
        stop.set()
        for thread in threads:
            thread.join()
    assert seen and all(len(numbers) == 1 for numbers in seen)
    shutil.rmtree(kb)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not list processes in /proc")
def test_a_worker_during_whose_start_the_store_was_replaced_answers_for_neither(tmp_path: Path) -> None:
    """It would answer from the new knowledge base by the entity tag of the old one, under which a client keeps it."""
    kb, query = tmp_path / "kb", "SELECT ?n { ?s <https://example.org/is> ?n }"
    kb_of(kb, 0)
    with serving("--kb", str(kb), "--quiet") as running:
        old = running.ask(query)
        fork_server, *workers = (
            pid for pid in running.processes() if b"mandata.server.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )
        os.kill(fork_server, signal.SIGSTOP)  # the workers that the server asks for now start after the replacement
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)
        with swap.changing(kb) as folder:
            kb_of(folder, 1)
        os.kill(fork_server, signal.SIGCONT)
        replies = [running.ask(query) for _ in range(50)]
    assert old.fields["etag"] not in {reply.fields["etag"] for reply in replies if reply.body != old.body}
    assert replies[-1].body != old.body
