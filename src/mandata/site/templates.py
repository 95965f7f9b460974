"""Rendering of pages by Jinja templates, with automatic escaping; only this module imports Jinja."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mandata.site.addresses import Address, href
from mandata.site.dates import in_words
from mandata.site.interface import folder, interface
from mandata.site.labels import Link

_FOLDER: Final = Path(__file__).with_name("templates")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["data"] = _data
    return environment


def render(template: str, language: str, page: str, values: Mapping[str, Any]) -> bytes:
    """Return a page as HTML.

    Args:
        template: the file name of the template.
        language: the language of the page.
        page: the path of the page, without language and file extension; its links are relative to it.
        values: the variables of the template.
    """
    texts, here = interface(language), f"{folder(language)}{page}.html"

    def file_href(path: str, anchor: str = "") -> str:
        """Return the relative URL of a file of the site."""
        return href(relpath(path, dirname(here)) if path != here or not anchor else "", anchor)

    def to(target: str | Address | Link, language: str = language) -> str:
        """Return the relative URL of another page, or an external URL."""
        if isinstance(target, Link):
            return to(target.address, language) if target.address else target.external_url
        place = target if isinstance(target, Address) else Address(target)
        return file_href(f"{folder(language)}{place.page}.html", place.anchor)

    functions = {
        "to": to,
        "path": file_href,
        "asset": lambda name: file_href(f"assets/{name}"),
        "data_href": lambda extension: file_href(f"{page}.{extension}"),
        "day": lambda date: in_words(date, texts),
    }
    variables = {**values, "texts": texts, "language": language, "page": page, "here": here}
    return _environment().get_template(template).render({**variables, **functions}).encode()


def _data(value: object) -> Markup:
    """Return a value as JSON for a script element, escaped so that it cannot end the element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # safe: its markup characters are escaped
