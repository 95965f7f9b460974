"""The commands that explain: ``why`` a statement holds, and what falls ``without`` a paragraph."""

from __future__ import annotations

from typing import Annotated

import pyoxigraph as ox
import typer

from mandata.cli.sources import source_of
from mandata.cli.terminal import DEFAULT_KB, NO, AsJson, KbFolder, Language, print_json
from mandata.errors import MandataError
from mandata.progress import ProgressReporter
from mandata.proof.forms import explanation
from mandata.proof.forms.explanation import Explanation, ExplanationOptions, ProofFormat
from mandata.proof.knowledge import Knowledge
from mandata.query import terms
from mandata.rdf.namespaces import ID

Full = Annotated[bool, typer.Option("--full", help="Show every step, trivial ones too.")]


def why(  # noqa: PLR0913, PLR0917 - an argument for each option
    subject: Annotated[str, typer.Argument(help="A symbol, prefixed name, IRI or local name.")],
    predicate: Annotated[str, typer.Argument(help="A property, such as md:cites or cites.")],
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help="As the subject, or a literal in quotes.")],
    kb: KbFolder = DEFAULT_KB,
    full: Full = False,
    all_: Annotated[
        bool, typer.Option("--all", help="Show, too, each smallest set of stated facts that gives the statement.")
    ] = False,
    most: Annotated[int, typer.Option("--most", metavar="K", min=1, help="How many of them, with --all.")] = 5,
    form: Annotated[ProofFormat, typer.Option("--format", help="How to write the proof.")] = ProofFormat.TEXT,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Print the proof of a statement.

    The proof goes down to the quotation in a text, its file and its place. For a statement that does not follow, the
    nearest to a proof is printed, with the missing statements; then the exit status is 1.

    Example: mandata why 76/299 md:restsOn S/2007/279
    """
    fact = terms.statement(subject, predicate, object_, source_of(kb))
    options = ExplanationOptions(language, form, full, most if all_ else 0)
    with ProgressReporter() as reporter:
        result = explanation.why(Knowledge(kb, reporter.say), fact, options)
    _print_explanation(result, as_json)


def without(
    part: Annotated[str, typer.Argument(metavar="PARAGRAPH", help="A symbol and paragraph, local name or IRI.")],
    kb: KbFolder = DEFAULT_KB,
    full: Full = False,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Say what falls if a paragraph is withdrawn.

    The conclusions are listed that no longer follow, those that hold on other grounds, and those that follow only then.

    Example: mandata without "72/7 pp2"
    """
    term = terms.term(part, source_of(kb))
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(ID):
        raise MandataError("usage", f"{part} is no paragraph", "", 'name one, such as "72/7 pp2"')
    with ProgressReporter() as reporter:
        result = explanation.without(Knowledge(kb, reporter.say), term, language, full=full)
    _print_explanation(result, as_json)


def _print_explanation(result: Explanation, as_json: bool) -> None:
    print_json(result.json) if as_json else typer.echo(result.text)
    if not result.holds:
        raise typer.Exit(NO)
