"""The interface texts of the pages, a YAML file for each language; code and templates have none."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from mandata.package_data import read_yaml

_FOLDER: Final = Path(__file__).with_name("interface")
DEFAULT: Final = "en"
"""The language whose pages are in the root folder; those of other languages have a folder of their own."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages of the interface, the default first."""
    found = {path.stem for path in _FOLDER.glob("*.yaml")} - {DEFAULT}
    return (DEFAULT, *sorted(found))


@cache
def interface(language: str) -> dict[str, Any]:
    """Return the interface texts in a language."""
    found: dict[str, Any] = read_yaml(_FOLDER / f"{language}.yaml")
    return found


def folder(language: str) -> str:
    """Return the folder of the pages in a language, with a slash; empty for the default language."""
    return "" if language == DEFAULT else f"{language}/"
