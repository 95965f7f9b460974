"""Question files: one competency question each, with the header that the command line, the pages and the tests read.

The header is that of every query file (``rdf/query_header.py``); a question says besides its parameters, what it is
asked of and its columns. A parameter's fields are name, kind, example, meaning in English and in French::

    # name: mandate-status
    # says: In what state is the mandate of each centre, on a given date?
    # says@fr: Dans quel état est le mandat de chaque centre, à une date donnée ?
    # parameter: centre | md:Centre | UNRCCA | one centre | un seul centre
    # regime: inferred
    # columns: centre, date, status, rests_on, act*

A line ``#@ centre`` in the query is where the parameter's value goes, as a VALUES clause for ``?centre`` (``#@ date
AS given``: for ``?given``); without a value the line stays a comment, so that the file as it stands is plain SPARQL
1.1. A starred column gathers: rows that differ in it alone become one, with a list there.
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
_MARK = re.compile(r"^(?P<indent>[ \t]*)#@ (?P<name>\w+)(?: AS (?P<variable>\w+))?[ \t]*$", re.MULTILINE)
_PARAMETER_FIELDS: Final = 5


@dataclass(frozen=True, slots=True)
class Parameter:
    """What narrows a question: ``kind`` is the IRI of a class or of a datatype; ``meaning`` goes by language."""

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
    gathered: frozenset[str]
    query: str

    def narrowed(self, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """Return the query with each value where it goes; the engine writes the terms, so none can be more than one."""

        def clause(mark: re.Match[str]) -> str:
            term = values.get(mark["name"])
            variable = mark["variable"] or mark["name"]
            return mark[0] if term is None else f"{mark['indent']}VALUES ?{variable} {{ {term} }}"

        return _MARK.sub(clause, self.query)

    def json(self) -> dict[str, object]:
        """Return what ``ask --json`` lists of it."""
        return {
            "name": self.name,
            "question": dict(self.words),
            "parameters": [
                {"name": one.name, "kind": one.kind, "example": one.example, "meaning": dict(one.meaning)}
                for one in self.parameters
            ],
            "regime": self.regime,
            "columns": list(self.columns),
        }

    def parameter(self, name: str) -> Parameter:
        """Return the parameter of that name.

        Raises:
            MandataError: there is none; names those that there are.
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
        MandataError: the header of a file is wrong; tells all faults of the file at once.
    """
    files = sorted((folder or shipped_path("ontology/questions")).glob("*.rq"))
    questions = [parse(path.read_text(encoding="utf-8"), str(path), path.stem) for path in files]
    return {question.name: question for question in sorted(questions, key=lambda question: question.name)}


def find(name: str, questions: Mapping[str, Question]) -> Question:
    """Return the question of that name.

    Raises:
        MandataError: there is none; names the closest ones.
    """
    if name in questions:
        return questions[name]
    mend = nearest(name, questions) or "mandata ask lists them all"
    raise MandataError("unknown-question", f'there is no question "{name}"', "", mend)


def nearest(text: str, names: Iterable[str]) -> str:
    """Return "did you mean ...?" with up to three names like ``text``, or nothing."""
    folded = {name.casefold(): name for name in sorted(names, reverse=True)}
    close = difflib.get_close_matches(text.casefold(), sorted(folded), n=3, cutoff=0.5)
    return f"did you mean {', '.join(folded[name] for name in close)}?" if close else ""


def parse(text: str, where: str, name: str | None = None) -> Question:
    """Return the question of one file.

    Args:
        text: the text of the file.
        where: the file, as messages name it.
        name: the name that the question must have, if that is known.

    Raises:
        MandataError: its header is wrong; tells all faults at once.
    """
    header = read_header(text, where, _KIND, name)
    columns = [column.strip() for column in header.value("columns").split(",")]
    return Question(
        name=header.name,
        words=header.words,
        parameters=tuple(map(_parameter, header.fields.get("parameter", ()))),
        regime=header.value("regime"),
        columns=tuple(column.rstrip("*") for column in columns),
        gathered=frozenset(column[:-1] for column in columns if column.endswith("*")),
        query=text,
    )


def _parameter(line: str) -> Parameter:
    """Return a parameter from its line; raises ValueError if that is not understood."""
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
