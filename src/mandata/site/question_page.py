"""The page of a question on the server: a form for its parameters, its answer, and the proofs of a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query import answer as answers
from mandata.query.queryfile import Question, find
from mandata.query.terms import value_of
from mandata.rdf.namespaces import XSD
from mandata.site.site import Site
from mandata.site.views.proofs import ProofView, ProofWriter, proofs_of
from mandata.site.views.questions import MAX_ROWS, QuestionView, question_view
from mandata.site.views.reasons import RowInferences, row_inferences

WHY: Final = "why"
"""The query parameter with the number of a row, from 1, whose proofs are shown."""
_MAX_CHOICES: Final = 200


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The form of a question, and the proofs that it asked for.

    Args:
        given: the text that the reader entered for each parameter.
        choices: the possible values of a parameter, each with its label.
        problem: what is wrong with the entries; empty if nothing is.
        inferred: the numbers of the rows that depend on inferred statements.
        why: the number of the row whose proofs are shown; 0 for none.
        proofs: the proofs of that row.
    """

    given: Mapping[str, str]
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    problem: str = ""
    inferred: frozenset[int] = frozenset()
    why: int = 0
    proofs: tuple[ProofView, ...] = ()


def question_page(
    site: Site, name: str, language: str, given: Mapping[str, str], write_proof: ProofWriter
) -> tuple[bool, bytes]:
    """Return whether the entries were valid, and the page of the question; the page says what is wrong with them.

    Args:
        site: the site.
        name: the name of the question.
        language: the language of the page.
        given: the query parameters of the request.
        write_proof: the function that writes proofs.

    Raises:
        MandataError: there is no such question; the source does not answer.
    """
    question = find(name, site.questions)
    typed = {key: text.strip() for key, text in given.items() if text.strip() and key != WHY}
    try:
        view, form = _ask(site, question, language, typed, given.get(WHY, ""), write_proof)
    except MandataError as error:
        view = question_view(site.labels[language], question, None)
        form = QuestionForm(typed, _choices(site, question, language), str(error))
    page = site.render_page("question.html", language, f"question/{name}", view=view, form=form)
    return not form.problem, page


def as_json(site: Site, name: str, language: str, given: Mapping[str, str]) -> dict[str, object]:
    """Return the answer in the form of ``ask --json``.

    Args:
        site: the site.
        name: the name of the question.
        language: the language of the labels.
        given: the values of parameters.

    Raises:
        MandataError: there is no such question; an entry is no parameter, or its value names nothing.
    """
    return answers.answer(find(name, site.questions), given, site.source, language).json()


def _ask(  # noqa: PLR0913, PLR0917 - the question, its entries and its source
    site: Site, question: Question, language: str, given: Mapping[str, str], why: str, write_proof: ProofWriter
) -> tuple[QuestionView, QuestionForm]:
    labels = site.labels[language]
    rows = answers.answer(question, given, site.source, language).rows
    values = {name: value_of(question.parameter(name), text, site.source) for name, text in given.items()}
    inferred_by_row = _inferred_by_row(
        row_inferences(question, values, site.source, site.collection.inferred_about), rows[:MAX_ROWS]
    )
    number = int(why) if why.isascii() and why.isdigit() and int(why) in inferred_by_row else 0
    proofs = proofs_of(labels, inferred_by_row[number], write_proof) if number else ()
    form = QuestionForm(given, _choices(site, question, language), "", frozenset(inferred_by_row), number, proofs)
    return question_view(labels, question, rows), form


def _inferred_by_row(
    row_inferences: RowInferences, rows: Sequence[Mapping[str, answers.Cell]]
) -> dict[int, tuple[ox.Triple, ...]]:
    """Return the inferred statements that a row depends on, by the number of the row; without rows that have none."""
    by_row = ((number, row_inferences.of(row)) for number, row in enumerate(rows, 1))
    return {number: statements for number, statements in by_row if statements}


def _choices(site: Site, question: Question, language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the possible values of each parameter with their labels, unless there are too many to choose from."""
    labels, choices = site.labels[language], {}
    for parameter in question.parameters:
        if parameter.kind.startswith(XSD):
            continue
        things = site.collection.subjects("rdf:type", parameter.kind)
        if len(things) <= _MAX_CHOICES:
            values = ((labels.symbol(iri) or labels.name(iri).text, labels.label(iri)) for iri in things)
            choices[parameter.name] = tuple((value, label.text if label else "") for value, label in values)
    return choices
