"""What a dump costs: ``python -m benchmarks.dumps``; ``--full`` up to 10,000 documents, in time of the processor."""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import pyoxigraph as ox
from rdflib import Graph

from mandata.publish import dump
from mandata.vocab import GRAPH, PREFIXES, expand

NUMBERS = (1, 100, 1_000)
_SECTIONS = 30
_OF_RDFLIB = 20_000
"""Triples that rdflib is given; it takes a second for these."""


def documents(number: int) -> Iterator[ox.Quad]:
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


def rate(write: Callable[[Sequence[ox.Quad]], object], quads: Sequence[ox.Quad], times: int = 3) -> float:
    """Return how many statements are written in a second of the processor, at best."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        write(quads)
        best = min(best, time.process_time() - begun)
    return len(quads) / best


def rate_of_rdflib(quads: Sequence[ox.Quad]) -> float:
    """Return the same of rdflib's Turtle, for as many of the statements as it can be waited for."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    some = {quad.triple for quad in quads[:_OF_RDFLIB]}
    graph.parse(data=ox.serialize(some, format=ox.RdfFormat.N_TRIPLES), format="nt")
    begun = time.process_time()
    graph.serialize(format="turtle")
    return len(graph) / (time.process_time() - begun)


def as_published(number: int) -> list[ox.Quad]:
    """Return the statements as they are read from the file of a knowledge base."""
    text = dump.nquads(documents(number))
    return list(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def main() -> int:
    """Print a row for each number of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 documents too")
    numbers = [*NUMBERS, *([10_000] if parser.parse_args().full else [])]
    print(
        f"{'documents':>10}{'statements':>12}{'Turtle/s':>12}{'TriG/s':>12}{'N-Quads/s':>12}"
        f"{'of rdflib':>11}{'peak MB':>9}"
    )
    for number in numbers:
        quads = as_published(number)
        turtle, trig, nquads = (rate(write, quads) for write in (dump.turtle, dump.trig, dump.nquads))
        times = turtle / rate_of_rdflib(quads)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row = (
            f"{number:>10,}{len(quads):>12,}{turtle:>12,.0f}{trig:>12,.0f}{nquads:>12,.0f}{times:>10.0f}x{peak:>9,.0f}"
        )
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
