"""What a path of the server asks for: in which language, by which name, in which form; and what a reader would take."""

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
class Wanted:
    """A name such as ``id/A_RES_72_7``; the form and the language are empty where the path names none."""

    path: str
    name: str
    form: str
    language: str

    def way(self, target: str, anchor: str = "") -> str:
        """Return the way from here to another path, so that it holds wherever the server stands."""
        return href(relpath(target or ".", dirname(self.path) or "."), anchor)


def wanted(path: str) -> Wanted:
    """Return what a path asks for."""
    language, _, rest = path.partition("/")
    if language not in languages() or language == DEFAULT:
        language, rest = "", path
    name, dot, ending = rest.rpartition(".")
    if dot and ending in _ENDINGS:
        return Wanted(path, name, ending, language)
    return Wanted(path, rest.rstrip("/"), "", language)


def page_path(name: str, language: str) -> str:
    """Return the path of a page in a language."""
    return f"{folder(language)}{name}.{PAGE}"


def tongue(accepted: str) -> str:
    """Return the language of the interface that an Accept-Language header likes best; the default where it takes none.

    >>> tongue("fr-CH, fr;q=0.9, en;q=0.8")
    'fr'
    """
    liked: dict[str, float] = {}
    for part in accepted.lower().split(","):
        tag, _, quality = part.partition(";")
        language = tag.strip().partition("-")[0]
        liked.setdefault(language, _quality(quality))
    offered = [language for language in languages() if liked.get(language, 0) > 0]
    return max(offered, key=lambda language: liked[language], default=DEFAULT)


def _quality(parameter: str) -> float:
    try:
        return float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
