"""The page of a question as a server makes it: a form for its parameters, its answer, and why a row of it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query import answer as asked
from mandata.query.queryfile import Question, find
from mandata.query.terms import value_of
from mandata.rdf.namespaces import XSD
from mandata.site.site import Site
from mandata.site.views.proofs import Proof, Tell, proofs_of
from mandata.site.views.questions import MOST, QuestionView, viewed
from mandata.site.views.reasons import Reasons, reasons

WHY: Final = "why"
"""The parameter of the page that names a row by its number, from 1; its proofs are shown."""
_MOST_CHOICES: Final = 200


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader gave and may choose from, what is wrong with it, which rows are inferred, and one row's proofs."""

    given: Mapping[str, str]
    choices: Mapping[str, tuple[tuple[str, str], ...]]
    problem: str = ""
    inferred: frozenset[int] = frozenset()
    why: int = 0
    proofs: tuple[Proof, ...] = ()


def answered(site: Site, name: str, language: str, given: Mapping[str, str], tell: Tell) -> tuple[bool, bytes]:
    """Return whether the question could be asked as it was given, and its page; the page says what is wrong.

    Raises:
        MandataError: there is no such question; the source does not answer.
    """
    one = find(name, site.questions)
    typed = {key: text.strip() for key, text in given.items() if text.strip() and key != WHY}
    try:
        view, form = _asked(site, one, language, typed, given.get(WHY, ""), tell)
    except MandataError as error:
        view, form = viewed(site.shown[language], one, None), Form(typed, _choices(site, one, language), str(error))
    page = site.written("question.html", language, f"question/{name}", view=view, form=form)
    return not form.problem, page


def as_json(site: Site, name: str, language: str, given: Mapping[str, str]) -> dict[str, object]:
    """Return the answer as ``ask --json`` prints it.

    Raises:
        MandataError: there is no such question; what is given is no parameter, or names nothing.
    """
    return asked.answer(find(name, site.questions), given, site.source, language).json()


def _asked(  # noqa: PLR0913, PLR0917 - what a reader asks, and of whom
    site: Site, one: Question, language: str, given: Mapping[str, str], why: str, tell: Tell
) -> tuple[QuestionView, Form]:
    shown = site.shown[language]
    rows = asked.answer(one, given, site.source, language).rows
    values = {name: value_of(one.parameter(name), text, site.source) for name, text in given.items()}
    owed = _owed(reasons(one, values, site.source, site.collection.concluded), rows[:MOST])
    number = int(why) if why.isascii() and why.isdigit() and int(why) in owed else 0
    proofs = proofs_of(shown, owed[number], tell) if number else ()
    form = Form(given, _choices(site, one, language), "", frozenset(owed), number, proofs)
    return viewed(shown, one, rows), form


def _owed(reasons: Reasons, rows: Sequence[Mapping[str, asked.Cell]]) -> dict[int, tuple[ox.Triple, ...]]:
    """Return the inferred statements behind each row that has any, by the number of the row."""
    every = ((number, reasons.of(row)) for number, row in enumerate(rows, 1))
    return {number: statements for number, statements in every if statements}


def _choices(site: Site, one: Question, language: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what may be written for each parameter, and its name, where a reader can look that list over."""
    shown, found = site.shown[language], {}
    for parameter in one.parameters:
        if parameter.kind.startswith(XSD):
            continue
        things = site.collection.bearers("rdf:type", parameter.kind)
        if len(things) <= _MOST_CHOICES:
            named = ((shown.symbol(iri) or shown.name(iri).text, shown.label(iri)) for iri in things)
            found[parameter.name] = tuple((value, label.text if label else "") for value, label in named)
    return found
