"""Hostile queries against a server with its default limits, and short ones beside them: ``python -m fuzz.endpoint``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mandata.server.settings import Limits
from server.hostile import queries
from server.server import Server, serving

HEALTH = "SELECT ?s { ?s ?p ?o } LIMIT 1"


def memory(server: Server) -> float:
    """Return the megabytes that the server itself holds."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> int:
    """Return 1 where an answer came late, a process was lost or left, or a short query had to wait."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "collection.nt")
        path.write_text("".join(f"<urn:s{n}> <urn:p{n % 9}> <urn:s{n * 7 % 2000}> .\n" for n in range(2000)))
        with serving("--rdf", str(path), "--quiet") as server:
            return _attack(server, options)


def _attack(server: Server, options: argparse.Namespace) -> int:
    waits, stop = list[float](), threading.Event()

    def beat() -> None:
        while not stop.is_set():
            begun = time.perf_counter()
            assert server.ask(HEALTH).status == 200
            waits.append(time.perf_counter() - begun)
            time.sleep(0.05)

    def attack(query: bytes) -> tuple[int, float]:
        begun = time.perf_counter()
        reply = server.send("POST", "/sparql", query, content_type="application/sparql-query", accept="*/*")
        return reply.status, time.perf_counter() - begun

    before, beating = memory(server), threading.Thread(target=beat)
    beating.start()
    with ThreadPoolExecutor(options.at_once) as threads:
        replies = list(threads.map(attack, queries(options.number, options.seed)))
    stop.set()
    beating.join()
    time.sleep(2)
    waits.sort()
    p99, slowest = waits[len(waits) * 99 // 100], max(seconds for _, seconds in replies)
    grown, left = memory(server) - before, len(server.processes())
    statuses = dict(Counter(status for status, _ in replies))
    print(f"{len(replies)} hostile queries: {statuses}, slowest {slowest:.1f} s")
    print(f"{len(waits)} short ones beside them: p50 {waits[len(waits) // 2] * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
    print(f"memory {grown:+.0f} MB, {left} processes left")
    alive = server.process.poll() is None and server.ask(HEALTH).status == 200
    late = slowest > Limits().seconds + 1
    return int(late or not alive or p99 > 0.25 or grown > 50 or left > 6)


if __name__ == "__main__":
    sys.exit(main())
