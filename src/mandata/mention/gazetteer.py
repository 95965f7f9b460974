"""The names of entities in a language, to be found in running text: longest first, at word boundaries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import UNSPACED, Lexicon, lexicon_of
from mandata.mention.trie_pattern import trie_pattern
from mandata.un.entities import Entities, Entity, shipped_entities

_IN_WORD = rf"[^\W{UNSPACED}]"
_WORD_START = re.compile(rf"[{UNSPACED}]|(?<!{_IN_WORD}){_IN_WORD}+")
_UNSPACED_AT_START = re.compile(f"[{UNSPACED}]")
_ENDS_WITHIN_WORD = re.compile(rf"[^\W_{UNSPACED}]\Z")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in a text: the entity, and the positions of the name."""

    entity: Entity
    start: int
    end: int


@dataclass(frozen=True)
class Gazetteer:
    """All names of one language in all printed forms, their pattern, and the short forms that may follow a name."""

    names: Mapping[str, tuple[Entity, ...]]
    pattern: re.Pattern[str]
    context: tuple[tuple[re.Pattern[str], str, tuple[Entity, ...]], ...]
    lexicon: Lexicon | None = None

    def find(self, text: str) -> Iterator[NameMatch]:
        """Yield the names in a folded text, the longest at each place, none within another, none that is shared."""
        return (found for found, others in self._find_all(text) if not others)

    def find_shared(self, text: str) -> Iterator[tuple[NameMatch, tuple[Entity, ...]]]:
        """Yield the names in a folded text that several entities share, each with all of these."""
        if any(form in text for form in self._shared):
            yield from ((found, (found.entity, *others)) for found, others in self._find_all(text) if others)

    @cached_property
    def _shared(self) -> tuple[str, ...]:
        return tuple(form for form, entities in self.names.items() if len(entities) > 1)

    def _find_all(self, text: str) -> Iterator[tuple[NameMatch, tuple[Entity, ...]]]:
        no_names = [match.span() for match in self.lexicon.finditer("no-name", text)] if self.lexicon else []
        done = 0
        while name := self.pattern.search(text, done):
            start, end = name.span()
            entity, *others = self.names[name[0]]
            if self._is_within_longer(text, start, end, entity.kind):
                done = start + 1
                continue
            done = end
            if not any(left <= start and end <= right and end - start < right - left for left, right in no_names):
                yield NameMatch(entity, start, end), tuple(others)

    def _is_within_longer(self, text: str, start: int, end: int, kind: str) -> bool:
        """Return whether a longer name of the same kind begins within this one: "tous les [États d'Asie]"."""
        for word in _WORD_START.finditer(text, start + 1, end):
            other = self.pattern.match(text, word.start())
            longer = other and other.end() > end and len(other[0]) > end - start
            if other and longer and any(entity.kind == kind for entity in self.names[other[0]]):
                return True
        return False


@cache
def gazetteer(language: str) -> Gazetteer:
    """Return the gazetteer of the shipped entities for a language."""
    return build(shipped_entities(), language)


def build(entities: Entities, language: str) -> Gazetteer:
    """Return the gazetteer of some entities for a language."""
    lexicon = lexicon_of(language)
    named: set[tuple[str, str]] = set()
    forms: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        named |= {(fold(name), entity.local_name) for name in _names(entity, language)}
        for form in entity.context.get(language, ()):
            forms[fold(form)].append(entity)
    articles = lexicon.attached_article if lexicon else {}
    names = _as_printed(((words, entities.by_name[local]) for words, local in sorted(named)), articles)
    start = _word_start("".join(lexicon.attached) if lexicon else "")
    cores = ((_core(form), tuple(those)) for form, those in sorted(forms.items()))
    context = tuple((_form_pattern(core, start, articles), core, those) for core, those in cores)
    return Gazetteer(names, _pattern(names, start), context, lexicon)


def _names(entity: Entity, language: str) -> Iterator[str]:
    """Yield the names of an entity in running text: those that are not common words, shared names, demonyms."""
    common = entity.facts.get("ambiguous", {}).get(language, ())
    yield from (name for name in entity.names.get(language, ()) if name not in common)
    for more in ("shared", "demonyms"):
        yield from entity.facts.get(more, {}).get(language, ())


def _as_printed(named: Iterable[tuple[str, Entity]], articles: Mapping[str, str]) -> dict[str, tuple[Entity, ...]]:
    """Return the entities by each printed form of their names.

    The first letter of several words may change case, and an article at the start may be merged with a particle.
    """
    found: dict[str, list[Entity]] = defaultdict(list)
    for words, entity in named:
        first = (words[0].lower(), words[0].upper()) if " " in words else ()
        for form in {words, *(letter + words[1:] for letter in first), *_after_particle(words, articles)}:
            found[form].append(entity)
    return {form: tuple(those) for form, those in sorted(found.items())}


def _after_particle(words: str, articles: Mapping[str, str]) -> Iterator[str]:
    """Yield words as written after a particle that changes their article: "لاتحاد" of "للاتحاد"."""
    yield from (merged + words[len(own) :] for own, merged in articles.items() if words.startswith(own))


def _word_start(attached: str) -> str:
    """Return the pattern of a position where a word begins, or continues after one or two attached particles."""
    start = f"(?<!{_IN_WORD})"
    return f"(?:{start}|(?<={start}[{attached}])|(?<={start}[{attached}]{{2}}))" if attached else start


def _pattern(names: Iterable[str], start: str) -> re.Pattern[str]:
    """Return the pattern of names: each begins and ends at a word boundary."""
    unspaced = {name for name in names if _UNSPACED_AT_START.match(name)}
    spaced = {name for name in names if _WORD_START.match(name)} - unspaced
    return re.compile(f"{start}{trie_pattern(spaced, _end)}|{trie_pattern(unspaced, _end)}")


def _end(name: str) -> str:
    return r"(?![^\W_])" if _ENDS_WITHIN_WORD.search(name) else ""


def _core(form: str) -> str:
    """Return the core of a form such as "le Centre": its words from the first capital on, without the article."""
    starts = (at for at, letter in enumerate(form) if letter.isupper() and form[at - 1 : at] in ("", " ", "'"))
    return form[next(starts, 0) :]


def _form_pattern(core: str, start: str, articles: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern of a short form, at word boundaries; in a script without spaces, anywhere."""
    if _UNSPACED_AT_START.match(core):
        return re.compile(re.escape(core))
    forms = "|".join(map(re.escape, (core, *_after_particle(core, articles))))
    return re.compile(rf"{start}(?:{forms})(?!\w)")
