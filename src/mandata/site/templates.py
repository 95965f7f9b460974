"""The door to Jinja: templates that escape whatever they are given, fed with views and the words of the interface."""

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
    """Return a page as HTML; ``page`` is its path without language and ending, from which its links lead."""
    say, here = interface(language), f"{folder(language)}{page}.html"

    def way(path: str, anchor: str = "") -> str:
        """Return the way from this page to a file of the site."""
        return href(relpath(path, dirname(here)) if path != here or not anchor else "", anchor)

    def to(target: str | Address | Link, language: str = language) -> str:
        """Return the way from this page to another, or to an outside address."""
        if isinstance(target, Link):
            return to(target.address, language) if target.address else target.outside
        place = target if isinstance(target, Address) else Address(target)
        return way(f"{folder(language)}{place.page}.html", place.anchor)

    given = {"say": say, "language": language, "page": page, "here": here, "to": to}
    ways = {"asset": lambda name: way(f"assets/{name}"), "day": lambda date: in_words(date, say)}
    ways["path"] = way
    ways["twin"] = lambda ending: way(f"{page}.{ending}")
    text = _environment().get_template(template).render({**values, **given, **ways})
    return text.encode()


def _data(value: object) -> Markup:
    """Return a value as JSON that can stand within a script element: nothing in it can end that element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # JSON whose signs of markup are written as escapes
