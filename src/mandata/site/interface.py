"""The words of the pages themselves, a file a language; nothing of them stands in code or templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from mandata.package_data import read_yaml

_FOLDER: Final = Path(__file__).with_name("interface")
DEFAULT: Final = "en"
"""The language whose pages stand at the root; those of the others stand in a folder of their own."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the interface, the default first."""
    found = {path.stem for path in _FOLDER.glob("*.yaml")} - {DEFAULT}
    return (DEFAULT, *sorted(found))


@cache
def interface(language: str) -> dict[str, Any]:
    """Return the words of the pages in a language."""
    found: dict[str, Any] = read_yaml(_FOLDER / f"{language}.yaml")
    return found


def folder(language: str) -> str:
    """Return the folder of a language's pages, with its slash; empty for the default."""
    return "" if language == DEFAULT else f"{language}/"
