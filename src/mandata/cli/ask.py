"""The command that asks a competency question: ``ask``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from mandata.cli.sources import source_of
from mandata.cli.terminal import DEFAULT_KB, AsJson, At, KbFolder, Language, print_json, print_table
from mandata.errors import MandataError
from mandata.query import answer_tables, queryfile
from mandata.query.answer import answer


def ask(  # noqa: PLR0913, PLR0917 - an argument for each option
    name: Annotated[str, typer.Argument(metavar="NAME", help="The question; without it, all are listed.")] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Narrow the question.")
    ] = None,
    kb: KbFolder = DEFAULT_KB,
    at: At = "",
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Ask a competency question.

    Example: mandata ask mandate-status --set date=2008-01-01
    """
    questions = queryfile.load()
    if not name:
        _list_questions(questions, as_json, language)
        return
    found = answer(queryfile.find(name, questions), _parameters(settings or []), source_of(kb, at), language)
    print_json(found.json()) if as_json else print_table(*answer_tables.of_answer(found), found.words)


def _parameters(settings: Sequence[str]) -> dict[str, str]:
    parameters = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not value.strip():
            raise MandataError("usage", f'"{setting}" is no setting', "--set", "write --set document=72/7")
        if name.strip() in parameters:
            raise MandataError("usage", f'"{name.strip()}" is set twice', "--set", "set it once")
        parameters[name.strip()] = value
    return parameters


def _list_questions(questions: dict[str, queryfile.Question], as_json: bool, language: str) -> None:
    if as_json:
        print_json([question.json() for question in questions.values()])
    else:
        print_table(*answer_tables.of_questions(questions, language))
