"""The commands that publish: ``publish`` a release, ``diff`` two of them, ``load`` one into a store elsewhere."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mandata import pipeline
from mandata.cli.terminal import DEFAULT_KB, NO, AsJson, KnowledgeBase, Language, print_json
from mandata.kb.statements import axioms
from mandata.progress import Teller
from mandata.release import diff as changes
from mandata.release import event_stream as feed
from mandata.release.push import push, with_ontology
from mandata.release.remote_store import RemoteStore


class Form(StrEnum):
    """What ``diff`` writes."""

    TEXT = "text"
    TRIG = "trig"


def publish(  # noqa: PLR0913, PLR0917 - an argument for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the release.")],
    kb: KnowledgeBase = DEFAULT_KB,
    day: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="Its date; else that of the newest document.")
    ] = "",
    version: Annotated[str, typer.Option("--version", metavar="V", help="Its version; else its date.")] = "",
    prior: Annotated[
        Path | None, typer.Option("--prior", metavar="DIR", help="The release before; else what stands in DIR.")
    ] = None,
    expected: Annotated[
        Path | None, typer.Option("--expect", metavar="FILE", help="How many things must come out, as YAML.")
    ] = None,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Publish a knowledge base: dumps, a file for each document, a static site, and what describes them.

    First it is held against the shapes, the rules, the integrity queries and what is expected of it. Where one finds a
    fault, the exit is 1, nothing is written, and the last release stands.

    Example: mandata publish site --kb mandata-kb --version 2024.1
    """
    with Teller() as teller:
        done = pipeline.publish(kb, folder, version, day, prior, expected, teller.say)
    findings, release = done.examined.findings, done.release
    identity = release.identity if release else ""
    told = release.edition.version if release else ""
    if as_json:
        print_json({"version": told, "sha256": identity, "findings": [one.json(language) for one in findings]})
    elif release:
        typer.echo(f"version: {told}\nsha256: {identity}\nstatements: {len(release.statements.together)}")
    else:
        typer.echo("\n".join([*(one.line(language) for one in findings), f"{len(findings)} faults: not published"]))
    if not release:
        raise typer.Exit(NO)


def diff(  # noqa: PLR0913, PLR0917 - an argument for each option
    old: Annotated[Path, typer.Argument(help="A release, a knowledge base, or a file of RDF.")],
    new: Annotated[Path, typer.Argument(help="The one that came after it.")],
    form: Annotated[Form, typer.Option("--format", help="How to write the changes.")] = Form.TEXT,
    statements: Annotated[bool, typer.Option("--statements", help="Print each statement too.")] = False,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Say what came, went and changed between two releases, by document and by statement.

    Example: mandata diff last-year/ this-year/ --statements
    """
    found = changes.compare(changes.read_release(old), changes.read_release(new))
    if as_json:
        print_json(changes.as_json(found))
    elif form is Form.TRIG:
        sys.stdout.write(changes.as_trig(found))
    else:
        sys.stdout.writelines(f"{line}\n" for line in changes.as_lines(found, statements, language))


def load(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="Its Graph Store Protocol, or its Update.")],
    query: Annotated[str, typer.Option("--query", metavar="URL", help="Where it answers queries, if elsewhere.")] = "",
    kb: KnowledgeBase = DEFAULT_KB,
    as_json: AsJson = False,
) -> None:
    """Load a knowledge base, or a release, and its ontology into a SPARQL 1.1 store.

    It goes graph by graph; each is read back and compared. What the store holds already is not sent again, so a load
    that was cut short goes on. Where the store holds something else than was sent, the exit is 1. The name and password
    that it wants are in MANDATA_STORE_USER and MANDATA_STORE_PASSWORD, a token in MANDATA_TOKEN.

    Example: mandata load --to http://127.0.0.1:3030/mandata/data --kb mandata-kb
    """
    store = RemoteStore(to, query)
    with Teller() as teller:
        state = with_ontology(feed.state_of(changes.read_release(kb)), axioms())
        done = list(push(state, store, teller.count))
    if as_json:
        print_json([{**asdict(one), "same": one.same} for one in done])
    else:
        typer.echo("\n".join(one.line() for one in done))
        typer.echo(f"{sum(one.counted for one in done)} triples in {len(done)} graphs, over {store.protocol}")
    if not all(one.same for one in done):
        raise typer.Exit(NO)
