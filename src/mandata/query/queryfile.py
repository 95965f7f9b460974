"""Question files: one competency question each, with the header that the command line, the pages and the tests read.

The header is that of every query file (``rdf/query_header.py``); a question also states its parameters, its entailment
regime and its columns. A parameter's fields are name, kind, example, meaning in English and in French::

    # name: mandate-status
    # says: In what state is the mandate of each centre, on a given date?
    # says@fr: Dans quel état est le mandat de chaque centre, à une date donnée ?
    # parameter: centre | md:Centre | UNRCCA | one centre | un seul centre
    # regime: inferred
    # columns: centre, date, status, rests_on, act*

A line ``#@ centre`` in the query is a placeholder: a value of the parameter replaces it, as a VALUES clause for
``?centre`` (``#@ date AS given``: for ``?given``); without a value the line stays a comment, so that the file is valid
SPARQL 1.1 as it stands. A starred column is a list column: rows that differ in it alone are merged into one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.rdf.namespaces import expand
from mandata.rdf.query_header import HeaderKind, one_of, read_header

REGIMES = ("asserted", "inferred")
_PLACEHOLDER = re.compile(r"^(?P<indent>[ \t]*)#@ (?P<name>\w+)(?: AS (?P<variable>\w+))?[ \t]*$", re.MULTILINE)
_PARAMETER_FIELDS: Final = 5


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: ``kind`` is the IRI of a class or of a datatype; ``meaning`` is by language."""

    name: str
    kind: str
    example: str
    meaning: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question: its words by language, and the query that answers it."""

    name: str
    words: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    regime: str
    columns: tuple[str, ...]
    list_columns: frozenset[str]
    query: str

    def query_with(self, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """Return the query with the values of parameters in the place of their placeholders.

        The engine serializes the terms, so that no value can inject SPARQL.
        """

        def clause(placeholder: re.Match[str]) -> str:
            term = values.get(placeholder["name"])
            variable = placeholder["variable"] or placeholder["name"]
            return placeholder[0] if term is None else f"{placeholder['indent']}VALUES ?{variable} {{ {term} }}"

        return _PLACEHOLDER.sub(clause, self.query)

    def json(self) -> dict[str, object]:
        """Return the question as ``ask --json`` lists it."""
        return {
            "name": self.name,
            "question": dict(self.words),
            "parameters": [
                {"name": each.name, "kind": each.kind, "example": each.example, "meaning": dict(each.meaning)}
                for each in self.parameters
            ],
            "regime": self.regime,
            "columns": list(self.columns),
        }

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of that name.

        Raises:
            MandataError: there is none; the message lists those that there are.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = [parameter.name for parameter in self.parameters]
        mend = f"it takes {', '.join(known)}" if known else "it takes none"
        raise MandataError("unknown-parameter", f'"{name}" is no parameter of {self.name}', "", mend)


def load(folder: Path | None = None) -> dict[str, Question]:
    """Return the questions of a folder (the shipped ones by default) by name, sorted.

    Raises:
        MandataError: the header of a file is wrong; the message lists all faults of the file.
    """
    files = sorted((folder or shipped_path("ontology/questions")).glob("*.rq"))
    questions = [parse(path.read_text(encoding="utf-8"), str(path), path.stem) for path in files]
    return {question.name: question for question in sorted(questions, key=lambda question: question.name)}


def find(name: str, questions: Mapping[str, Question]) -> Question:
    """Return the question of a name.

    Args:
        name: the name.
        questions: the questions by name.

    Raises:
        MandataError: there is none; the message names the closest ones.
    """
    if name in questions:
        return questions[name]
    mend = suggestion(name, questions) or "mandata ask lists them all"
    raise MandataError("unknown-question", f'there is no question "{name}"', "", mend)


def suggestion(text: str, names: Iterable[str]) -> str:
    """Return "did you mean ...?" with up to three names; empty if none resembles the text.

    Args:
        text: what a person typed.
        names: the names that are known.
    """
    folded = {name.casefold(): name for name in sorted(names, reverse=True)}
    close = difflib.get_close_matches(text.casefold(), sorted(folded), n=3, cutoff=0.5)
    return f"did you mean {', '.join(folded[name] for name in close)}?" if close else ""


def parse(text: str, where: str, name: str | None = None) -> Question:
    """Return the question in one file.

    Args:
        text: the text of the file.
        where: the file, as error messages name it.
        name: the name that the question must have; None for any.

    Raises:
        MandataError: its header is wrong; the message lists all faults.
    """
    header = read_header(text, where, _KIND, name)
    columns = [column.strip() for column in header.value("columns").split(",")]
    return Question(
        name=header.name,
        words=header.words,
        parameters=tuple(map(_parameter, header.fields.get("parameter", ()))),
        regime=header.value("regime"),
        columns=tuple(column.rstrip("*") for column in columns),
        list_columns=frozenset(column[:-1] for column in columns if column.endswith("*")),
        query=text,
    )


def _parameter(line: str) -> Parameter:
    """Return the parameter that a line of the header states; raises ValueError if it is malformed."""
    fields = [part.strip() for part in line.split("|")]
    if len(fields) != _PARAMETER_FIELDS:
        raise ValueError("write name | md:Class | example | English | French")
    name, kind, example, english, french = fields
    try:
        return Parameter(name, expand(kind), example, {"en": english, "fr": french})
    except KeyError as error:
        fault = f"{error} is no prefix that is known"
        raise ValueError(fault) from error


_KIND: Final = HeaderKind(
    "question",
    needed=("regime", "columns"),
    repeated=("parameter",),
    checks={"regime": one_of(*REGIMES), "parameter": _parameter},
)
