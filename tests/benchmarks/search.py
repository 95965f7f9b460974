"""Time of a search through HTTP, and of its index: ``python -m benchmarks.search --kb KB --triples 1000000``.

The knowledge base is made as large as asked by copies of its documents under other symbols. What is searched for is
words that stand in it, as a person types them: one to three, the last cut short; symbols; common words with a facet.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from mandata.kb import layout
from mandata.kb import store as embedded
from mandata.kb.statements import axioms, read_quads
from mandata.query.search.index import write_index
from mandata.rdf.namespaces import MD
from server.server import serving

_SESSION = re.compile(r"(?<=A[/_]RES[/_])(?=[0-9]{2}[/_])")
_ROUNDS = 5


def copied(quads: list[ox.Quad], triples: int) -> list[ox.Quad]:
    """Return the statements with copies of them, of resolutions of other sessions, till they are as many as asked."""
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    found = list(quads)
    for number in count(1):
        if len(found) >= triples:
            return found
        text = _SESSION.sub(str(number), lines.decode())
        found += ox.parse(text, format=ox.RdfFormat.N_QUADS)
    raise AssertionError


def typed(quads: list[ox.Quad]) -> dict[str, list[dict[str, str]]]:
    """Return what is searched for, by kind."""
    chance = random.Random(6)
    texts, symbols = (_said(quads, prop) for prop in ("text", "symbol"))

    def words(number: int) -> str:
        held = [word for word in re.findall(r"\w+", chance.choice(texts)) if len(word) > 3] or ["nations"]
        at = chance.randrange(len(held))
        return " ".join(held[at : at + number])

    common = ("the", "de", "nations", "united nations", "assemblée générale", "a")
    return {
        "one word": [{"q": words(1)} for _ in range(200)],
        "two or three words": [{"q": words(chance.choice((2, 3)))} for _ in range(200)],
        "as one types": [{"q": words(2)[: chance.randrange(3, 12)]} for _ in range(200)],
        "symbols": [{"q": chance.choice(symbols)[chance.choice((0, 6)) :]} for _ in range(100)],
        "words and facets": [{"q": words(1), "force": "invites-encourages"} for _ in range(100)],
        "the most common words": [{"q": word} for word in common],
    }


def _said(quads: list[ox.Quad], prop: str) -> list[str]:
    values = (quad.object for quad in quads if quad.predicate.value == MD + prop)
    return [value.value for value in values if isinstance(value, ox.Literal)]


def timed(port: int, asked: list[dict[str, str]]) -> Iterator[float]:
    """Yield the milliseconds of each request on one connection."""
    connection = HTTPConnection("127.0.0.1", port)
    for fields in asked:
        begun = time.perf_counter()
        connection.request("GET", f"/api/search?{urlencode(fields)}")
        answer = connection.getresponse()
        answer.read()
        yield (time.perf_counter() - begun) * 1000
        assert answer.status == 200, fields


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kb", type=Path, required=True)
    arguments.add_argument("--triples", type=int, default=1_000_000)
    given = arguments.parse_args()
    stated = [*read_quads(given.kb / layout.ASSERTED), *read_quads(given.kb / layout.INFERRED)]
    quads = [*copied(stated, given.triples), *axioms()]
    with tempfile.TemporaryDirectory() as folder:
        kb = Path(folder, "kb")
        embedded.create(kb / layout.STORE, quads)
        begun = time.process_time()
        write_index(kb / layout.SEARCH, quads)
        size = (kb / layout.SEARCH).stat().st_size / 1e6
        print(f"{len(quads):,} statements; index: {time.process_time() - begun:.1f} s of computing, {size:.0f} MB")
        searched = typed(stated)
        with serving("--kb", str(kb)) as server:
            list(timed(server.port, searched["one word"][:20]))
            for kind, asked in searched.items():
                found = sorted(each for _ in range(_ROUNDS) for each in timed(server.port, asked))
                slow = found[int(len(found) * 0.95)]
                print(
                    f"{kind:24} p50 {statistics.median(found):6.1f} ms   p95 {slow:6.1f} ms   most {found[-1]:6.1f} ms"
                )


if __name__ == "__main__":
    main()
