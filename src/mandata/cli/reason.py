"""The command that reasons over any files of RDF: ``reason``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mandata.cli.terminal import NO
from mandata.progress import ProgressReporter
from mandata.reason.close import entail
from mandata.reason.derivation import derivations
from mandata.reason.files import read_facts


class ReasoningEngine(StrEnum):
    """The implementations of the OWL 2 RL rules."""

    NATIVE = "native"
    OWLRL = "owlrl"


def reason(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files of RDF, or folders of them.")],
    engine: Annotated[ReasoningEngine, typer.Option("--engine", help="What reasons.")] = ReasoningEngine.NATIVE,
    useful: Annotated[
        bool, typer.Option("--useful", help="Leave out what is reflexive, or axiomatic of OWL itself.")
    ] = False,
) -> None:
    """Print what follows from ontologies and data by the rules of OWL 2 RL.

    The files are Turtle, N-Triples, RDF/XML, TriG or N-Quads; what follows is sorted N-Triples. If their
    statements are inconsistent, the proof is printed on standard error, and the exit status is 1.

    Example: mandata reason ontology.ttl data.nt --useful
    """
    with ProgressReporter() as reporter:
        closure = entail(read_facts(paths, reporter.count), engine.value, useful=useful)
    sys.stdout.writelines(closure.entailed.lines())
    for line in derivations(closure.contradictions, closure.steps):
        print(line, file=sys.stderr)
    if closure.contradictions:
        raise typer.Exit(NO)
