"""What a release costs, in time of the processor: ``python -m benchmarks.dumps``; ``--full`` up to 10,000 documents.

The first table is of the writers, over invented statements; the second of a release, made of the statements of a
knowledge base (``--kb``; else of the five texts), multiplied with new symbols until it holds so many documents.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import IO

import pyoxigraph as ox
from rdflib import Graph

from mandata.ingest.build import build
from mandata.kb import layout
from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import Statements, axioms
from mandata.kb.store import in_memory
from mandata.query.source import Embedded
from mandata.rdf.canonical import CanonicalStatements, canonicalize, sorted_lines
from mandata.rdf.json_ld import context_of
from mandata.rdf.namespaces import GRAPH, PREFIXES, expand
from mandata.rdf.turtle import write_trig, write_turtle
from mandata.release.edition import Edition
from mandata.release.files import documents, dumps
from mandata.site import pages, stored_collection

from .timing import Cost, cost, growth

NUMBERS = (1, 100, 1_000)
_SECTIONS = 30
_SITES = 1_000
"""Up to how many documents sites are made where not all is measured; a page takes some 50 ms."""
_EDITION = Edition("benchmark", "2000-01-01")
_SYMBOL = re.compile(rb"(/(?:id|graph)/[A-Z][^>0-9]*)([0-9]+)")


def invented(number: int) -> Iterator[ox.Quad]:
    """Yield the statements of invented documents, each of which cites others; the same for the same number."""
    chance = random.Random(number)
    kind, part, text = (ox.NamedNode(expand(name)) for name in ("rdf:type", "md:hasPart", "md:text"))
    position, cites = ox.NamedNode(expand("md:position")), ox.NamedNode(expand("md:cites"))
    paragraph = ox.NamedNode(expand("md:PreambularParagraph"))
    for n in range(number):
        name = f"A_RES_{60 + n % 20}_{n // 20 + 1}"
        whole, graph = ox.NamedNode(expand(f"id:{name}")), ox.NamedNode(GRAPH + name)
        for at in range(1, _SECTIONS + 1):
            one = ox.NamedNode(f"{whole.value}.pp{at}")
            yield ox.Quad(whole, part, one, graph)
            yield ox.Quad(one, kind, paragraph, graph)
            yield ox.Quad(one, position, ox.Literal(at), graph)
            yield ox.Quad(one, text, ox.Literal(f"Notant « le point {at} » de {n},", language="fr"), graph)
            for _ in range(4):
                cited = f"id:A_RES_{60 + chance.randrange(20)}_{chance.randrange(number // 20 + 1) + 1}"
                yield ox.Quad(one, cites, ox.NamedNode(expand(cited)), graph)


WRITERS: dict[str, Callable[[CanonicalStatements, IO[bytes]], None]] = {
    "Turtle": write_turtle,
    "TriG": write_trig,
    "N-Quads": CanonicalStatements.write,
}


def rate(form: str, lines: bytes, ordered: bool = True, times: int = 3) -> float:
    """Return how many statements are written in a second of the processor, at best, from lines of N-Quads.

    Lines that are not ``ordered`` are sorted first.
    """
    write = WRITERS[form]
    best = min(
        _seconds(lambda: write(CanonicalStatements(lines if ordered else sorted_lines(lines)), BytesIO()))
        for _ in range(times)
    )
    return lines.count(b"\n") / best


def rate_of_rdflib(lines: bytes) -> float:
    """Return the same of rdflib's Turtle, for all the statements."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    triples = {quad.triple for quad in CanonicalStatements(lines)}
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    return len(graph) / _seconds(lambda: graph.serialize(format="turtle"))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def lines_of(number: int) -> bytes:
    """Return the statements of invented documents as the file of a knowledge base has them."""
    return b"".join(canonicalize(invented(number)).blocks())


def shuffled(lines: bytes) -> bytes:
    """Return the lines in no order."""
    found = lines.splitlines(keepends=True)
    random.Random(len(found)).shuffle(found)
    return b"".join(found)


def multiplied(source: CanonicalStatements, times: int, target: Path) -> CanonicalStatements:
    """Write statements to a file so many times, each time with other symbols; what has no symbol is there once."""
    copies = list[Path]()
    for number in range(times):
        copy = target.with_suffix(f".{number}")
        renamed = (_renamed(block, 1000 * number) for block in source.blocks())
        copy.write_bytes(sorted_lines(b"".join(renamed)))
        copies.append(copy)
    with target.open("wb") as stream:
        stream.writelines(CanonicalStatements(tuple(map(CanonicalStatements, copies))).blocks())
    for copy in copies:
        copy.unlink()
    return CanonicalStatements(target)


def _renamed(lines: bytes, by: int) -> bytes:
    return _SYMBOL.sub(lambda name: b"%b%d" % (name[1], int(name[2]) + by), lines) if by else lines


def held(statements: Statements) -> int:
    """Return how many documents have a text."""
    return len({quad.subject for quad in statements.asserted if quad.predicate.value == expand("md:realizedBy")})


def _sizes(files: Iterator[tuple[str, bytes]]) -> int:
    return sum(len(data) for _, data in files)


def _site(statements: Statements) -> int:
    store = in_memory(chain(statements.together, axioms()))
    return _sizes(pages(stored_collection(store), Embedded(store)))


STAGES: dict[str, Callable[[Statements], object]] = {
    "dumps": lambda statements: _sizes(dumps(statements, _EDITION)),
    "documents": lambda statements: _sizes(documents(statements, context_of(axioms()))),
    "site": _site,
}


def stages(statements: Statements, site: bool) -> dict[str, Cost]:
    """Return what each stage of a release costs, in a process of its own."""
    chosen = {name: work for name, work in STAGES.items() if site or name != "site"}
    return {name: cost(lambda work=work: work(statements), b"", times=1) for name, work in chosen.items()}  # type: ignore[misc]


def _writers(numbers: Sequence[int]) -> None:
    heads = (f"{head:>16}" for head in (*WRITERS, *(f"{form}, mixed" for form in ("Turtle", "N-Quads")), "of rdflib"))
    print(f"statements written in a second\n{'documents':>10}{'statements':>12}{''.join(heads)}")
    for number in numbers:
        lines = lines_of(number)
        mixed = shuffled(lines)
        found = [rate(form, lines) for form in WRITERS] + [rate(form, mixed, False) for form in ("Turtle", "N-Quads")]
        row = "".join(f"{one:>16,.0f}" for one in found)
        times = f"{found[0] / rate_of_rdflib(lines):.1f}x" if number <= max(NUMBERS) else ""  # it takes minutes beyond
        print(f"{number:>10,}{lines.count(10):>12,}{row}{times:>16}", flush=True)


def _releases(kb: Path, numbers: Sequence[int], full: bool) -> None:
    source = open_kb(kb).statements
    each, seen = held(source), dict[str, list[tuple[int, Cost]]]()
    print(f"\na release\n{'documents':>10}{'statements':>12}{'':>12}{'seconds':>10}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as place:
        for number in numbers:
            times = max(1, round(number / each))
            parts = [
                multiplied(canonicalize(part), times, Path(place) / name)
                for part, name in ((source.asserted, layout.ASSERTED), (source.inferred, layout.INFERRED))
            ]
            statements = Statements(*parts)
            count = len(statements.together)
            for name, found in stages(statements, site=full or number <= _SITES).items():
                seen.setdefault(name, []).append((count, found))
                row = f"{times * each:>10,}{count:>12,}{name:>12}{found.seconds:>10.1f}{found.megabytes:>9,.0f}"
                print(row, flush=True)
    for name, costs in seen.items():
        rows = [Cost(count, one.seconds, one.megabytes, one.one_pass) for count, one in costs]
        print(f"{name:>34}: time grows as n^{growth(rows):.2f}" if len({row.size for row in rows}) > 1 else "")


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 documents too, and a site of them")
    parser.add_argument("--kb", type=Path, help="the knowledge base whose statements are multiplied")
    options = parser.parse_args()
    numbers = [*NUMBERS, *([10_000] if options.full else [])]
    _writers(numbers)
    with tempfile.TemporaryDirectory() as place:
        if not options.kb:
            build([], Path(place) / "kb")
        _releases(options.kb or Path(place) / "kb", numbers, options.full)
    return 0


if __name__ == "__main__":
    sys.exit(main())
