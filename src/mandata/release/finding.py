"""A finding: a fault that keeps a release from being published."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.rdf.namespaces import prefixed_name


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault: the check that found it, the thing and the value it is about, the message, and how to mend it.

    ``messages`` are pairs of language and text.
    """

    check: str
    thing: str
    messages: tuple[tuple[str, str], ...]
    value: str = ""
    mend: str = ""

    def line(self, language: str) -> str:
        """Return the finding as one line in a language."""
        value = f" ({prefixed_name(self.value)})" if self.value else ""
        advice = f" - {self.mend}" if self.mend else ""
        return " ".join(f"{self.check}: {prefixed_name(self.thing)}: {self._message(language)}{value}{advice}".split())

    def json(self, language: str) -> dict[str, str]:
        """Return the finding for a program."""
        message = self._message(language)
        return {"check": self.check, "thing": self.thing, "message": message, "value": self.value, "mend": self.mend}

    def _message(self, language: str) -> str:
        messages = dict(self.messages)
        return messages.get(language) or next(iter(messages.values()), "")
