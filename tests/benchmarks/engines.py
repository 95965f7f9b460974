"""What reasoning costs, by each engine, in a process of its own: ``python -m benchmarks.engines ENGINE FILE...``.

The process prints one line of JSON: seconds to read, seconds to reason, peak megabytes of the whole process, and how
many triples were concluded. For sparq and reasonable, reading fills their own store; for the others, it numbers terms.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import NamedNode, RdfFormat, parse, serialize

from mandata.package_data import shipped_path
from mandata.rdf.namespaces import OWL

from .un_graphs import lines

_CHAIN = NamedNode(OWL + "propertyChainAxiom")
_SOURCE, _TESTS = (str(Path(__file__).parents[n] / name) for n, name in ((2, "src"), (2, "tests")))


Opened: TypeAlias = tuple[Callable[[], object], Callable[[], int]]
"""What reasons over the files that were read, and what then counts the conclusions."""

Opening: TypeAlias = Callable[[list[Path]], Opened]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost, in seconds of one core and in megabytes, and how many triples it concluded."""

    reading: float
    reasoning: float
    megabytes: float
    concluded: int


def run(engine: str, files: list[Path], times: int = 1) -> Run:
    """Return what an engine needs for some files; of several runs, the fastest at reasoning."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((_SOURCE, _TESTS))}
    command = [sys.executable, "-m", "benchmarks.engines", engine, *map(str, files)]
    said = [subprocess.run(command, env=environment, check=True, capture_output=True).stdout for _ in range(times)]
    return min((Run(**json.loads(each)) for each in said), key=lambda one: one.reasoning)


def write(folder: Path, triples: int, *, chains: bool = True) -> list[Path]:
    """Write our ontology and a graph of so many triples; without its chains, for an engine that knows none."""
    ontology, graph = folder / f"ontology-{chains}.ttl", folder / f"graph-{triples}.ttl"
    axioms = {quad.triple for quad in parse(path=str(shipped_path("ontology/mandata.ttl")))}
    serialize((t for t in axioms if chains or t.predicate != _CHAIN), ontology, RdfFormat.N_TRIPLES)
    if not graph.exists():
        with graph.open("w", encoding="utf-8") as file:
            file.writelines(lines(triples))
    return [ontology, graph]


def _native() -> Opening:
    from mandata.reason.engine.reasoner import Problem, Reasoner
    from mandata.reason.owl_rl.rule_table import RULES

    def opened(files: list[Path]) -> Opened:
        quads = chain.from_iterable(parse(path=str(file)) for file in files)
        reasoner = Reasoner(Problem(quads, RULES), None)
        return reasoner.run, lambda: len(reasoner.closure().entailed)

    return opened


def _owlrl() -> Opening:
    import rdflib
    from owlrl import OWLRL_Semantics

    def opened(files: list[Path]) -> Opened:
        graph = rdflib.Graph()
        for file in files:
            graph.parse(file, format="nt")
        before = len(graph)
        return OWLRL_Semantics(graph, axioms=False, daxioms=False).closure, lambda: len(graph) - before

    return opened


def _sparq() -> Opening:
    import sparq

    def opened(files: list[Path]) -> Opened:
        graph = sparq.Graph.load("".join(file.read_text(encoding="utf-8") for file in files), format="ntriples")
        before = len(graph)
        return lambda: graph.reason("owl"), lambda: len(graph) - before

    return opened


def _reasonable() -> Opening:
    import reasonable

    def opened(files: list[Path]) -> Opened:
        reasoner, found = reasonable.PyReasoner(), []
        for file in files:
            reasoner.load_file(str(file))
        return lambda: found.extend(reasoner.reason()), lambda: len(found)

    return opened


ENGINES = {"native": _native, "owlrl": _owlrl, "sparq": _sparq, "reasonable": _reasonable}


def main() -> None:
    """Run one engine and print what it cost."""
    files = [Path(name) for name in sys.argv[2:]]
    opening = ENGINES[sys.argv[1]]()
    start = time.process_time()
    work, count = opening(files)
    read = time.process_time()
    work()
    done = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"reading": read - start, "reasoning": done - read, "megabytes": peak, "concluded": count()}))


if __name__ == "__main__":
    main()
