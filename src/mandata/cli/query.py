"""The command that asks in SPARQL: ``query``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from mandata.cli.sources import source_of
from mandata.cli.terminal import DEFAULT_KB, NO, AsJson, At, KbFolder, print_table
from mandata.query import answer_tables, sparql
from mandata.query.source import Solutions
from mandata.rdf.turtle import turtle_of_triples


def query(
    text_or_file: Annotated[str, typer.Argument(metavar="TEXT_OR_FILE", help="SPARQL, or a file that holds it.")],
    kb: KbFolder = DEFAULT_KB,
    at: At = "",
    as_json: AsJson = False,
) -> None:
    """Ask any SPARQL query of all the graphs.

    The forms are SELECT, ASK, CONSTRUCT and DESCRIBE; if the answer to ASK is no, the exit status is 1.

    Example: mandata query "SELECT ?letter WHERE { ?letter a md:FoundingLetter }"
    """
    result = source_of(kb, at).run(sparql.read(text_or_file))
    if as_json:
        typer.echo(sparql.as_json(result))
    elif isinstance(result, Solutions):
        print_table(*answer_tables.of_solutions(result))
    elif isinstance(result, bool):
        typer.echo("yes" if result else "no")
    else:
        sys.stdout.write(turtle_of_triples(result))
    if result is False:
        raise typer.Exit(NO)
