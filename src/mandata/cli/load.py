"""The command that loads a release into a SPARQL store elsewhere: ``load``."""

from __future__ import annotations

from typing import Annotated

import typer

from mandata.cli.terminal import DEFAULT_KB, NO, AsJson, KbFolder, print_json
from mandata.kb.statements import axioms
from mandata.progress import ProgressReporter
from mandata.release import diff as changes
from mandata.release import event_stream as feed
from mandata.release.push import as_stored, push
from mandata.release.remote_store import RemoteStore


def load(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="Its Graph Store Protocol, or its Update.")],
    query: Annotated[str, typer.Option("--query", metavar="URL", help="Where it answers queries, if elsewhere.")] = "",
    kb: KbFolder = DEFAULT_KB,
    each_once: Annotated[
        bool, typer.Option("--each-once", help="Write a graph, too, in which each statement stands once, to count by.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Load a knowledge base, or a release, and its ontology into a SPARQL 1.1 store.

    It is loaded graph by graph; each is read back and compared. A graph that the store holds already is not sent again,
    so a load that was interrupted continues. If the store holds something else than was sent, the exit status is 1. Its
    user name and password are read from MANDATA_STORE_USER and MANDATA_STORE_PASSWORD, a token from MANDATA_TOKEN.

    Example: mandata load --to http://127.0.0.1:3030/mandata/data --kb mandata-kb
    """
    store = RemoteStore(to, query)
    with ProgressReporter() as reporter:
        state = as_stored(feed.state_of(changes.read_release(kb)), axioms(), each_once)
        transfers = list(push(state, store, reporter.count))
    if as_json:
        print_json([each.json() for each in transfers])
    else:
        typer.echo("\n".join(each.line() for each in transfers))
        typer.echo(
            f"{sum(each.counted for each in transfers)} triples in {len(transfers)} graphs, over {store.protocol}"
        )
    if not all(each.same for each in transfers):
        raise typer.Exit(NO)
