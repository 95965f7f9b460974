"""What the API offers, read from ``openapi.yaml``; and a request held against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from mandata import __version__
from mandata.errors import MandataError
from mandata.package_data import read_yaml

Given = dict[str, str | int | list[str]]
"""The values of a request, by parameter; of a list all values that it gives."""
_FREE: Final = "object"  # a parameter of this type stands for any that is not listed


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation; ``calls``: how the question calls it that answers."""

    name: str
    place: str
    required: bool
    schema: Mapping[str, Any]
    calls: str

    def value(self, given: Sequence[str]) -> str | int | list[str]:
        """Return what a request gives for it.

        Raises:
            MandataError: it is given twice, or it is not what it must be.
        """
        kind = self.schema["type"]
        if kind == "array":
            if len(given) > self.schema["maxItems"]:
                raise self._fault("has too many values", f"give {self.schema['maxItems']} at most")
            return [self._text(one, self.schema["items"]) for one in given]
        if len(given) > 1:
            raise self._fault("is given twice", "give it once")
        return self._number(given[0]) if kind == "integer" else self._text(given[0], self.schema)

    def _number(self, text: str) -> int:
        least, most = self.schema["minimum"], self.schema["maximum"]
        figures = text.isascii() and text.isdigit() and len(text) <= len(str(most))
        if not figures or not least <= int(text) <= most:
            raise self._fault("is no such number", f"write a number from {least} to {most}")
        return int(text)

    def _text(self, text: str, schema: Mapping[str, Any]) -> str:
        most = schema.get("maxLength", len(text))
        if len(text) > most:
            raise self._fault("is too long", f"write {most} characters at most")
        if len(text) < schema.get("minLength", 0):
            raise self._fault("is empty", "give a value, or leave it out")
        if text not in schema.get("enum", (text,)):
            raise self._fault("is none that is known", f"write one of {', '.join(schema['enum'])}")
        return text

    def _fault(self, what: str, mend: str) -> MandataError:
        return MandataError("parameter", what, self.name, mend)


@dataclass(frozen=True, slots=True)
class Operation:
    """What is offered at a path; ``questions``: the one that answers, by the parameter that is given."""

    path: str
    name: str
    questions: Mapping[str, str]
    parameters: Mapping[str, Parameter]

    @property
    def is_free(self) -> bool:
        """Whether it takes parameters that are not listed: those of a question."""
        return any(one.schema["type"] == _FREE for one in self.parameters.values())

    def read(self, fields: Sequence[tuple[str, str]], path: Mapping[str, str]) -> tuple[Given, dict[str, str]]:
        """Return what a request gives, with what it leaves to us; and apart from it the parameters of a question.

        Raises:
            MandataError: a parameter is missing, unknown, given twice, or not what it must be.
        """
        texts: dict[str, list[str]] = {name: [value] for name, value in path.items()}
        for name, value in fields:
            texts.setdefault(name, []).append(value)
        listed = {name: one for name, one in self.parameters.items() if one.schema["type"] != _FREE}
        free = [name for name in texts if name not in listed]
        if free and not self.is_free:
            known = ", ".join(name for name, one in listed.items() if one.place == "query") or "none"
            raise MandataError(
                "unknown-parameter", f'"{free[0][:80]}" is no parameter of this', "", f"it takes {known}"
            )
        given: Given = {name: one.schema["default"] for name, one in listed.items() if "default" in one.schema}
        given |= {name: one.value(texts[name]) for name, one in listed.items() if name in texts}
        missing = [name for name, one in listed.items() if one.required and name not in given]
        if missing:
            raise MandataError("parameter", "is missing", missing[0], "give it")
        return given, {name: _once(name, texts[name]) for name in free}

    def question(self, given: Given) -> tuple[str, dict[str, str]]:
        """Return the question that answers, and its parameters.

        Raises:
            MandataError: what is given belongs to two questions.
        """
        own = {name: str(value) for name, value in given.items() if name in self.parameters}
        telling = [name for name in self.questions if name in own]
        if len(telling) > 1:
            raise MandataError("parameter", "cannot be given together", " and ".join(telling), "give one of them")
        named = {self.parameters[name].calls: value for name, value in own.items() if name not in _OF_PAGE}
        return self.questions[telling[0] if telling else ""], named


_OF_PAGE: Final = ("language", "limit", "offset")


def _once(name: str, given: Sequence[str]) -> str:
    if len(given) > 1:
        raise MandataError("parameter", "is given twice", name[:80], "give it once")
    return given[0]


@cache
def description() -> dict[str, Any]:
    """Return the description as OpenAPI 3.1 has it."""
    told: dict[str, Any] = read_yaml(Path(__file__).with_name("openapi.yaml"))
    return told | {"info": told["info"] | {"version": __version__}}


def operations() -> list[Operation]:
    """Return all operations."""
    return [_operation(path, item["get"]) for path, item in description()["paths"].items()]


def _operation(path: str, told: Mapping[str, Any]) -> Operation:
    parameters = [_parameter(one) for one in told.get("parameters", ())]
    return Operation(path, told["operationId"], told.get("x-question", {}), {one.name: one for one in parameters})


def _parameter(told: Mapping[str, Any]) -> Parameter:
    whole = _resolved(told)
    calls = whole.get("x-parameter", whole["name"])
    return Parameter(whole["name"], whole["in"], whole.get("required", False), _resolved(whole["schema"]), calls)


def _resolved(told: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in told:
        return told
    found: Any = description()
    for name in told["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)
