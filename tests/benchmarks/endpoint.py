"""Throughput and latency of the endpoint, beside its peers, in one run: ``python -m benchmarks.endpoint``.

The load comes from a process of its own, by as many connections as asked, each of which asks again when it is answered.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

PEERS = Path(__file__).with_name("endpoint_peers.py")
EX = "https://example.org/"
PER_DOCUMENT = 8
QUERIES = {
    "cheap": "SELECT ?p ?o {{ <{0}doc/{1}> ?p ?o }}",
    "middling": "SELECT ?d ?t ?c {{ ?d <{0}session> {2} ; <{0}title> ?t ; <{0}cites> ?c }} LIMIT 1000",
}


def write(path: Path, triples: int) -> int:
    """Write an invented collection; return its number of documents."""
    chance, documents = random.Random(1), triples // PER_DOCUMENT
    with path.open("w", encoding="utf-8") as stream:
        for number in range(documents):
            name = f"<{EX}doc/{number}>"
            cited = [f"<{EX}cites> <{EX}doc/{chance.randrange(documents)}>" for _ in range(4)]
            said = [f'<{EX}title> "Measures of the year {number}"', f'<{EX}symbol> "X/{number}"', *cited]
            said += [f'<{EX}session> "{number % 500}"', f"<{EX}organ> <{EX}organ/{number % 7}>"]
            stream.writelines(f"{name} {each} .\n" for each in said)
    return documents


def free() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[float]:
    """Run a server; yield the seconds till it answered."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None, command
            time.sleep(0.05)
        yield time.perf_counter() - begun
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        process.kill()


async def _answered(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert head.startswith(b"http/1.1 200"), head
    if b"content-length: " in head:
        await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r")[0]))
        return
    while size := int((await reader.readline()) or b"0", 16):
        await reader.readexactly(size + 2)
    await reader.readline()


async def _connection(  # noqa: PLR0917 - all that a client knows
    port: int, query: str, documents: int, seed: int, until: float, took: list[float]
) -> None:
    chance = random.Random(seed)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    while time.perf_counter() < until:
        text = query.format(EX, chance.randrange(documents), f'"{chance.randrange(500)}"')
        path = f"/sparql?query={quote(text)}"
        begun = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n".encode())
        await _answered(reader)
        took.append(time.perf_counter() - begun)
    writer.close()


async def load(port: int, kind: str, documents: int, connections: int, seconds: float) -> dict[str, float]:
    """Ask for so many seconds; return answers in a second and latencies in milliseconds."""
    took: list[float] = []
    until = time.perf_counter() + seconds
    tasks = (_connection(port, QUERIES[kind], documents, seed, until, took) for seed in range(connections))
    await asyncio.gather(*tasks)
    took.sort()
    share = {f"p{part}": 1000 * took[min(len(took) - 1, len(took) * part // 100)] for part in (50, 95, 99)}
    return {"rate": len(took) / seconds, **share}


def measure(port: int, kind: str, documents: int, connections: int, seconds: float) -> dict[str, float]:
    """Load a server from another process."""
    given = json.dumps([port, kind, documents, connections, seconds])
    run = [sys.executable, "-m", "benchmarks.endpoint", "--load", given]
    return dict(json.loads(subprocess.run(run, check=True, capture_output=True, env=os.environ).stdout))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--connections", type=int, nargs="*", default=[1, 16, 64])
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--peer-python", default="", help="an interpreter that has rdflib-endpoint and oxrdflib")
    parser.add_argument("--load", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.load:
        print(json.dumps(asyncio.run(load(*json.loads(options.load)))))
        return
    for triples in options.triples:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "collection.nt")
            _table(path, triples, write(path, triples), options)


def _table(path: Path, triples: int, documents: int, options: argparse.Namespace) -> None:
    start = "import sys; from mandata.cli.main import main; main(sys.argv[1:])"
    ours, bare = [sys.executable, "-c", start, "serve", "--quiet", "--rdf", str(path)], [sys.executable, str(PEERS)]
    servers = {"mandata": [*ours, "--port"]} | {kind: [*bare, kind, str(path)] for kind in ("bare", "bare-memory")}
    if options.peer_python:
        for kind in ("rdflib", "oxrdflib"):
            servers[kind] = [options.peer_python, str(PEERS), kind, str(path)]
    heads = (("at once", 8), ("ready s", 9), ("per s", 10), ("p50 ms", 9), ("p95", 9), ("p99", 9))
    print(f"{triples:,} triples\n{'':12}{'query':10}" + "".join(f"{head:>{width}}" for head, width in heads))
    for name, command in servers.items():
        port = free()
        with running([*command, str(port)], port) as ready:
            for kind in QUERIES:
                for connections in options.connections:
                    found = measure(port, kind, documents, connections, options.seconds)
                    row = f"{name:12}{kind:10}{connections:8}{ready:9.1f}{found['rate']:10.0f}"
                    print(row + "".join(f"{found[part]:9.1f}" for part in ("p50", "p95", "p99")), flush=True)


if __name__ == "__main__":
    main()
