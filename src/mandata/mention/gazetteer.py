"""The names of a language, to be found in running text: longest first, on word boundaries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mandata.entities import Entities, Entity, shipped_entities
from mandata.text.language import UNSPACED
from mandata.text.mapped import fold

_WORD_START = re.compile(rf"[{UNSPACED}]|(?<![^\W{UNSPACED}])[^\W{UNSPACED}]+")
_WITHIN_WORD = re.compile(rf"[^\W_{UNSPACED}][^\W_]")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity, folded."""

    words: str
    entity: Entity

    def stands_at(self, text: str, at: int) -> bool:
        """Tell whether the name stands in a folded text at a position; the first of several words may change case."""
        end = at + len(self.words)
        if _WITHIN_WORD.match(self.words[-1] + text[end : end + 1]):
            return False
        if text.startswith(self.words, at):
            return True
        return (
            " " in self.words and text.startswith(self.words[1:], at + 1) and text[at].lower() == self.words[0].lower()
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text: the entity, and where the name starts and ends."""

    entity: Entity
    start: int
    end: int


@dataclass(frozen=True)
class Gazetteer:
    """All names of one language, by their first word in small letters; and the forms that stand for one once named."""

    names: dict[str, tuple[Name, ...]]
    context: tuple[tuple[re.Pattern[str], str, tuple[Entity, ...]], ...]

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in a folded text, the longest at each place, none within another; not one that two share."""
        done = 0
        for word in _WORD_START.finditer(text):
            if word.start() < done or word[0].lower() not in self.names:
                continue
            found = self._at(text, word.start())
            if found and not self._is_within_longer(text, found[0]):
                done = found[0].end
                if len(found) == 1:
                    yield found[0]

    def _at(self, text: str, start: int) -> list[Found]:
        """Return what the longest name at a position stands for: more than one thing where several share it."""
        word = _WORD_START.match(text, start)
        names = self.names.get(word[0].lower(), ()) if word else ()
        standing = [name for name in names if name.stands_at(text, start)] if names else []
        longest = [name for name in standing if len(name.words) == len(standing[0].words)]
        return [Found(name.entity, start, start + len(name.words)) for name in longest]

    def _is_within_longer(self, text: str, found: Found) -> bool:
        """Tell whether a longer name of the same kind begins within one: "tous les [États d'Asie]"."""
        for word in _WORD_START.finditer(text, found.start + 1, found.end):
            for other in self._at(text, word.start()):
                longer = other.end > found.end and other.end - other.start > found.end - found.start
                if longer and other.entity.kind == found.entity.kind:
                    return True
        return False


def _first_word(words: str) -> str:
    match = _WORD_START.search(words)
    return match[0].lower() if match else ""


@cache
def gazetteer(language: str) -> Gazetteer:
    """Return the gazetteer of the shipped entities for a language."""
    return build(shipped_entities(), language)


def build(entities: Entities, language: str) -> Gazetteer:
    """Return the gazetteer of some entities for a language."""
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    forms: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        demonyms = entity.facts.get("demonyms", {}).get(language, ())
        for name in (*entity.names.get(language, ()), *demonyms):
            names[_first_word(fold(name))].add((fold(name), entity.local_name))
        for form in entity.context.get(language, ()):
            forms[fold(form)].append(entity)
    return Gazetteer(
        {
            first: tuple(Name(words, entities.by_name[local]) for words, local in sorted(found, key=_longest_first))
            for first, found in sorted(names.items())
        },
        tuple((_form_pattern(_core(form)), _core(form), tuple(those)) for form, those in sorted(forms.items())),
    )


def _longest_first(pair: tuple[str, str]) -> tuple[int, str, str]:
    return (-len(pair[0]), *pair)


def _core(form: str) -> str:
    """Return what tells a form such as "le Centre": its capital word, whatever article is before it."""
    core = re.split("[ ']", form)[-1]
    return core if core[:1].isupper() else form


def _form_pattern(core: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(core)}(?!\w)")
