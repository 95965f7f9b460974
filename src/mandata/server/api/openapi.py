"""The OpenAPI description of the API, read from ``openapi.yaml``, and the validation of requests against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from mandata import __version__
from mandata.errors import MandataError
from mandata.package_data import read_yaml

ParameterValues = dict[str, str | int | list[str]]
"""The values of a request, by parameter; all values of a parameter that is an array."""
_FREE: Final = "object"  # a parameter of this type stands for all that are not listed


@dataclass(frozen=True, slots=True)
class ApiParameter:
    """A parameter of an operation; ``question_parameter``: its name in the question that answers the operation."""

    name: str
    location: str
    required: bool
    schema: Mapping[str, Any]
    question_parameter: str

    def value(self, texts: Sequence[str]) -> str | int | list[str]:
        """Return the value of the parameter in a request.

        Args:
            texts: the texts that the request gives for it.

        Raises:
            MandataError: it is given twice, or is invalid by its schema.
        """
        kind = self.schema["type"]
        if kind == "array":
            if len(texts) > self.schema["maxItems"]:
                raise self._fault("has too many values", f"give {self.schema['maxItems']} at most")
            return [self._text(text, self.schema["items"]) for text in texts]
        if len(texts) > 1:
            raise self._fault("is given twice", "give it once")
        return self._number(texts[0]) if kind == "integer" else self._text(texts[0], self.schema)

    def _number(self, text: str) -> int:
        least, most = self.schema["minimum"], self.schema["maximum"]
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
        if not is_number or not least <= int(text) <= most:
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
    """The operation at a path; ``questions``: the question that answers it, by the parameter that is given."""

    path: str
    name: str
    questions: Mapping[str, str]
    parameters: Mapping[str, ApiParameter]

    @property
    def is_free(self) -> bool:
        """Whether it accepts parameters that are not listed: those of a question."""
        return any(each.schema["type"] == _FREE for each in self.parameters.values())

    def read(
        self, fields: Sequence[tuple[str, str]], path: Mapping[str, str]
    ) -> tuple[ParameterValues, dict[str, str]]:
        """Return the values of a request, with defaults, and separately the parameters of a question.

        Args:
            fields: the fields of the query string.
            path: the parameters in the path.

        Raises:
            MandataError: a parameter is missing, unknown, given twice, or invalid by its schema.
        """
        texts: dict[str, list[str]] = {name: [value] for name, value in path.items()}
        for name, value in fields:
            texts.setdefault(name, []).append(value)
        listed = {name: each for name, each in self.parameters.items() if each.schema["type"] != _FREE}
        free = [name for name in texts if name not in listed]
        if free and not self.is_free:
            known = ", ".join(name for name, each in listed.items() if each.location == "query") or "none"
            raise MandataError(
                "unknown-parameter", f'"{free[0][:80]}" is no parameter of this', "", f"it takes {known}"
            )
        defaults = {name: each.schema["default"] for name, each in listed.items() if "default" in each.schema}
        values: ParameterValues = defaults | {
            name: each.value(texts[name]) for name, each in listed.items() if name in texts
        }
        missing = [name for name, each in listed.items() if each.required and name not in values]
        if missing:
            raise MandataError("parameter", "is missing", missing[0], "give it")
        return values, {name: _single(name, texts[name]) for name in free}

    def question(self, values: ParameterValues) -> tuple[str, dict[str, str]]:
        """Return the name of the question that answers a request, and its parameters.

        Raises:
            MandataError: the given parameters belong to two questions.
        """
        own = {name: str(value) for name, value in values.items() if name in self.parameters}
        selecting = [name for name in self.questions if name in own]
        if len(selecting) > 1:
            raise MandataError("parameter", "cannot be given together", " and ".join(selecting), "give one of them")
        named = {self.parameters[name].question_parameter: value for name, value in own.items() if name not in _OF_PAGE}
        return self.questions[selecting[0] if selecting else ""], named


_OF_PAGE: Final = ("language", "limit", "offset")


def _single(name: str, texts: Sequence[str]) -> str:
    if len(texts) > 1:
        raise MandataError("parameter", "is given twice", name[:80], "give it once")
    return texts[0]


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description."""
    definition: dict[str, Any] = read_yaml(Path(__file__).with_name("openapi.yaml"))
    return definition | {"info": definition["info"] | {"version": __version__}}


def operations() -> list[Operation]:
    """Return all operations."""
    return [_operation(path, item["get"]) for path, item in description()["paths"].items()]


def _operation(path: str, definition: Mapping[str, Any]) -> Operation:
    parameters = {each.name: each for each in map(_parameter, definition.get("parameters", ()))}
    return Operation(path, definition["operationId"], definition.get("x-question", {}), parameters)


def _parameter(definition: Mapping[str, Any]) -> ApiParameter:
    resolved = _resolve_reference(definition)
    return ApiParameter(
        name=resolved["name"],
        location=resolved["in"],
        required=resolved.get("required", False),
        schema=_resolve_reference(resolved["schema"]),
        question_parameter=resolved.get("x-parameter", resolved["name"]),
    )


def _resolve_reference(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in definition:
        return definition
    target: Any = description()
    for name in definition["$ref"].removeprefix("#/").split("/"):
        target = target[name]
    return dict(target)
