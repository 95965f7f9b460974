"""The version and date of a release, and the IRIs and file names that follow from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mandata.errors import MandataError
from mandata.rdf.namespaces import BASE

_VERSION = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?")


@dataclass(frozen=True, slots=True)
class Edition:
    """The identity of one release.

    Args:
        version: is part of file names and IRIs.
        day: its date as ISO 8601 writes it.
        prior: the version before; empty for the first release.

    Raises:
        MandataError: the version cannot be part of a name, or the day is not a date.
    """

    version: str
    day: str
    prior: str = ""

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.version):
            raise MandataError(
                "usage", f'"{self.version}" is no version', "--version", "use letters, digits, dots and hyphens"
            )
        try:
            well_formed = date.fromisoformat(self.day).isoformat() == self.day
        except ValueError:
            well_formed = False
        if not well_formed:
            raise MandataError("usage", f'"{self.day}" is no date', "--date", "write a day such as 2017-11-17")

    @property
    def iri(self) -> str:
        """The IRI of the release."""
        return release_iri(self.version)

    def dump(self, part: str, ending: str) -> str:
        """Return the path of the dump of a part, such as ``inferred``, with an ending; an empty part is the whole."""
        suffix = f"-{part}" if part else ""
        return f"dump/mandata-{self.version}{suffix}.{ending}.gz"


DATASET = BASE + "dataset"
"""The IRI of the series of all releases."""


def release_iri(version: str) -> str:
    """Return the IRI of the release of a version."""
    return f"{BASE}release/{version}"


def address(path: str) -> str:
    """Return the URL of a file of the release."""
    return BASE + path
