"""The command that finds by words: ``search``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from mandata.cli.terminal import DEFAULT_KB, AsJson, KbFolder, Language, print_json, print_table
from mandata.errors import MandataError
from mandata.kb.knowledge_base import open_kb
from mandata.query import answer_tables, search_json
from mandata.query.search.entries import FACETS
from mandata.query.search.find import SORTS, SearchIndex, SearchRequest


def search(  # noqa: PLR0913, PLR0917 - an argument for each option
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS...]", help="A symbol, or words.")] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="FACET=VALUE", help=f"Narrow by {', '.join(FACETS)}.")
    ] = None,
    sort: Annotated[str, typer.Option("--sort", help=f"Find only {', '.join(filter(None, SORTS))}.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many to show.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="How many to pass over.")] = 0,
    kb: KbFolder = DEFAULT_KB,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Find documents, things and paragraphs by a symbol in any spelling, or by words.

    Example: mandata search "preventive diplomacy" --set organ=A --set operator=encourages
    """
    index = SearchIndex(open_kb(kb).folder)
    request = SearchRequest(" ".join(words or []), _facets(settings or []), sort, language, limit, offset)
    results = search_json.as_json(index.find(request), index, language)
    if as_json:
        print_json(results)
    else:
        print_table(*answer_tables.of_matches(results["items"]), f"{results['total']} found")


def _facets(settings: Sequence[str]) -> dict[str, list[str]]:
    facets: dict[str, list[str]] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not value.strip():
            raise MandataError("usage", f'"{setting}" is no setting', "--set", "write --set organ=A")
        facets.setdefault(name.strip(), []).append(value.strip())
    return facets
