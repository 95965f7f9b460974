"""A rule of a lexicon: a pattern, compiled when first needed, and the words without which it matches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from mandata.errors import MandataError
from mandata.lexicon.prefilter import Needed, needed


@dataclass(frozen=True)
class Rule:
    """One way of saying a thing: a pattern, and an example that it matches."""

    name: str
    source: str
    example: str
    where: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when first needed: most texts need the rules of one language.

        Raises:
            MandataError: it is no regular expression.
        """
        try:
            return _compile(self.source)
        except re.error as error:
            said = f"rule {self.name}: no regular expression: {error}"
            raise MandataError("lexicon", said, self.where, "mend it") from error

    @cached_property
    def needed(self) -> Needed:
        """The words that a text must hold to be matched."""
        return needed(self.source)

    @cached_property
    def key(self) -> str:
        """The word that a text must hold above all, looked for before anything is called; empty where there is none."""
        return next((words[0] for words in self.needed if len(words) == 1), "")

    def may_match(self, text: str) -> bool:
        """Tell whether a text holds the words that it must; most that match nothing lack them."""
        for words in self.needed:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True


@cache
def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source)
