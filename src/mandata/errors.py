"""What can go wrong, said so that a person can mend it."""

from __future__ import annotations

from dataclasses import dataclass


class MandataError(Exception):
    """A fault that ends a command: what is wrong, where, and how to mend it, in one line.

    Args:
        code: a stable name for the kind of fault, such as ``lexicon-yaml``.
        what: what is wrong, in plain words, without a full stop.
        where: the file, line or argument it is about; empty when ``what`` says it.
        mend: what to do about it; empty when that is plain.
    """

    def __init__(self, code: str, what: str, where: str = "", mend: str = "") -> None:
        self.code, self.what, self.where, self.mend = code, what, where, mend
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" - {self.mend}" if self.mend else ""
        return " ".join(f"{place}{self.what}{advice} [{self.code}]".split())


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """A doubt about one text, which travels beside the values and ends in the report.

    ``start`` and ``end`` are offsets in characters into the file as received; ``None``: the doubt is about all of it.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None
