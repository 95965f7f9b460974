"""A rule of a lexicon: a pattern, compiled when first used, and the words without which it matches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from mandata.errors import MandataError
from mandata.lexicon.prefilter import RequiredWords, required_words


@dataclass(frozen=True)
class Rule:
    """One way to express something: a pattern, and an example that it matches; ``where`` is the file it is from."""

    name: str
    source: str
    example: str
    where: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when first used: most texts use the rules of one language only.

        Raises:
            MandataError: it is not a regular expression.
        """
        try:
            return _compile(self.source)
        except re.error as error:
            what = f"rule {self.name}: no regular expression: {error}"
            raise MandataError("lexicon", what, self.where, "mend it") from error

    @cached_property
    def required_words(self) -> RequiredWords:
        """The words that a text must contain to be matched."""
        return required_words(self.source)

    @cached_property
    def key(self) -> str:
        """The one word that a text must contain, searched for before any call; empty if there is none."""
        return next((words[0] for words in self.required_words if len(words) == 1), "")

    def may_match(self, text: str) -> bool:
        """Return whether a text contains the required words; most texts that do not match lack them."""
        for words in self.required_words:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True


@cache
def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source)
