"""Question files: one competency question each, with the header that the command line, the pages and the tests read.

The header stands in the first comment lines. A parameter's fields are name, kind, example, meaning in English and
in French::

    # name: mandate-status
    # question: In what state is the mandate of each centre, on a given date?
    # question@fr: Dans quel état est le mandat de chaque centre, à une date donnée ?
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

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.package_data import shipped
from mandata.rdf.namespaces import expand

REGIMES = ("asserted", "inferred")
_FIELD = re.compile(r"#\s*(?P<key>[a-z]+(?:@[a-z]+)?)\s*:\s*(?P<value>.*\S)\s*$")
_MARK = re.compile(r"^(?P<indent>[ \t]*)#@ (?P<name>\w+)(?: AS (?P<variable>\w+))?[ \t]*$", re.MULTILINE)
_NEEDED = ("name", "question", "question@fr", "regime", "columns")


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
        MandataError: a file has no complete header; says which line is wanting.
    """
    files = sorted((folder or shipped("ontology/questions")).glob("*.rq"))
    questions = [parse(path.read_text(encoding="utf-8"), str(path)) for path in files]
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


def parse(text: str, where: str) -> Question:
    """Read one question file.

    Raises:
        MandataError: a line of its header is wanting or not understood.
    """
    fields = _fields(text, where)
    for key in _NEEDED:
        if not fields.get(key):
            raise MandataError("question-header", f"the header has no '{key}'", where, f"add a line # {key}: ...")
    if fields["regime"][0] not in REGIMES:
        raise MandataError("question-header", "the regime is unknown", where, f"write one of {', '.join(REGIMES)}")
    columns = [column.strip() for column in fields["columns"][0].split(",")]
    return Question(
        name=fields["name"][0],
        words={"en": fields["question"][0], "fr": fields["question@fr"][0]},
        parameters=tuple(_parameter(line, where) for line in fields.get("parameter", ())),
        regime=fields["regime"][0],
        columns=tuple(column.rstrip("*") for column in columns),
        gathered=frozenset(column[:-1] for column in columns if column.endswith("*")),
        query=text,
    )


def _fields(text: str, where: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        found = _FIELD.match(line)
        if not found or found["key"] not in (*_NEEDED, "parameter"):
            mend = f"write one of {', '.join((*_NEEDED, 'parameter'))}"
            raise MandataError("question-header", "this line of the header is unknown", f"{where}:{number}", mend)
        fields.setdefault(found["key"], []).append(found["value"])
    return fields


def _parameter(line: str, where: str) -> Parameter:
    try:
        name, kind, example, english, french = (part.strip() for part in line.split("|"))
        return Parameter(name, expand(kind), example, {"en": english, "fr": french})
    except (KeyError, ValueError) as error:
        mend = "write # parameter: name | md:Class | example | English | French"
        raise MandataError("question-header", f"a parameter is not understood: {line}", where, mend) from error
