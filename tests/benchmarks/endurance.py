"""An answer of a million rows, and hours in minutes: ``python -m benchmarks.endurance --triples 1000000``.

Told are the time to the first byte of the large answer, the memory that it takes in all processes of the server, and
how that memory grows while short, middling and hostile queries come for as long as asked.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.endpoint import measure, write
from server.hostile import queries
from server.server import Server, serving

ALL = urlencode({"query": "SELECT ?s ?p ?o { ?s ?p ?o }"})
SENT = {"content_type": "application/sparql-query"}


def memory(server: Server) -> float:
    """Return the megabytes that the processes of the server hold, what they share counted once."""
    total = 0
    for process in (server.process.pid, *server.processes()):
        try:
            told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:  # it has ended meanwhile
            continue
        total += int(told.partition("Pss:")[2].split()[0])
    return total / 1024


class Watch:
    """The most memory of a server, looked at every twentieth of a second."""

    def __init__(self, server: Server) -> None:
        self.most = 0.0
        self._server, self._end = server, threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._end.is_set():
            self.most = max(self.most, memory(self._server))
            time.sleep(0.05)


def large(server: Server) -> tuple[float, float, float, int]:
    """Return the seconds to the first byte and to the last of all there is, the megabytes it took, and its lines."""
    before = memory(server)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=300)
    begun = time.perf_counter()
    with Watch(server) as watch:
        connection.request("GET", f"/sparql?{ALL}", headers={"Accept": "text/tab-separated-values"})
        answer = connection.getresponse()
        lines = answer.read(1).count(b"\n")
        first = time.perf_counter() - begun
        while piece := answer.read(1 << 18):
            lines += piece.count(b"\n")
    return first, time.perf_counter() - begun, watch.most - before, lines


def soak(server: Server, documents: int, seconds: float) -> None:
    """Print the memory every tenth of the time, while queries of all kinds come."""
    hostile = queries(40)
    for part in range(10):
        with ThreadPoolExecutor(2) as threads:
            asked = [threads.submit(server.send, "POST", "/sparql", text, **SENT) for text in islice(hostile, 4)]
            rates = [measure(server.port, kind, documents, 16, seconds / 20)["rate"] for kind in ("cheap", "middling")]
            for each in asked:
                each.result()
        print(f"{part + 1:>4} of 10{rates[0]:>8,.0f}{rates[1]:>11,.0f}{memory(server):>11,.0f}", flush=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "collection.nt")
        documents = write(path, options.triples)
        with serving("--rdf", str(path), "--rows", "0", "--seconds", "120", "--quiet") as server:
            server.ask("ASK {}")
            first, last, taken, lines = large(server)
            print(f"{lines - 1:,} rows: first byte {first * 1000:.0f} ms, last {last:.1f} s, {taken:+.0f} MB")
        with serving("--rdf", str(path), "--seconds", "2", "--quiet") as server:
            print(f"{'':10}cheap/s middling/s         MB\n{'at first':28}{memory(server):>11,.0f}")
            soak(server, documents, options.seconds)


if __name__ == "__main__":
    main()
