"""Parses the path of a request: the language, the name and the form of what is requested; and negotiates a language."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, relpath
from typing import Final

from mandata.server.pages.data import KINDS
from mandata.site.addresses import href
from mandata.site.interface import DEFAULT, folder, languages

PAGE: Final = "html"
_ENDINGS: Final = (PAGE, *KINDS)


@dataclass(frozen=True, slots=True)
class RequestedPath:
    """A path and its parts: a name such as ``id/A_RES_72_7``, a form and a language, which are empty if it has none."""

    path: str
    name: str
    form: str
    language: str

    def relative_link(self, target: str, anchor: str = "") -> str:
        """Return the relative link from this path to another, which is right under any address of the server.

        Args:
            target: the other path.
            anchor: an anchor in it; empty for none.
        """
        return href(relpath(target or ".", dirname(self.path) or "."), anchor)


def parse_path(path: str) -> RequestedPath:
    """Return the parts of a path."""
    language, _, rest = path.partition("/")
    if language not in languages() or language == DEFAULT:
        language, rest = "", path
    name, dot, ending = rest.rpartition(".")
    if dot and ending in _ENDINGS:
        return RequestedPath(path, name, ending, language)
    return RequestedPath(path, rest.rstrip("/"), "", language)


def page_path(name: str, language: str) -> str:
    """Return the path of the page of a name in a language."""
    return f"{folder(language)}{name}.{PAGE}"


def preferred_language(accepted: str) -> str:
    """Return the language of the interface that an Accept-Language header prefers; the default if it accepts none.

    >>> preferred_language("fr-CH, fr;q=0.9, en;q=0.8")
    'fr'
    """
    qualities: dict[str, float] = {}
    for part in accepted.lower().split(","):
        tag, _, quality = part.partition(";")
        language = tag.strip().partition("-")[0]
        qualities.setdefault(language, _quality(quality))
    offered = [language for language in languages() if qualities.get(language, 0) > 0]
    return max(offered, key=lambda language: qualities[language], default=DEFAULT)


def _quality(parameter: str) -> float:
    try:
        return float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
