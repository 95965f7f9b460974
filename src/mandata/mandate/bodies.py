"""Whose mandate it is: bodies that are known, and bodies that a text itself names in full or by their acronym."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mandata.document.model import Document, Paragraph
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import Lexicon
from mandata.mandate.model import Naming
from mandata.un.entities import Entity

Named = tuple[Entity, int, int]
"""An entity named in a paragraph, with the positions of its name."""

BEARERS = ("centre", "org", "organ", "post")
"""The kinds of things that may bear a mandate."""
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{2,14}(?:-[A-Z]{1,8})?(?![\w-])")
_DEFINED = re.compile(r"\((?:[^()]{0,40}[ ,])?(?P<acronym>[A-Z][A-Za-z0-9]{1,14}(?:-[A-Z]{1,8})?)\)")
_CAPITAL = re.compile(r"(?<![\w'-])[^\W\d_a-z]\w")
_REACH = 200
"""How far before its acronym the name of a body may begin."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body named at a place of a paragraph, its acronym behind it included."""

    entity: Entity
    start: int
    end: int


@dataclass(slots=True)
class Bodies:
    """The bodies of one document. What its text names for itself is looked for once, when first asked for."""

    document: Document
    lexicon: Lexicon
    names: Mapping[str, Sequence[Named]]
    _full: dict[str, Entity] = field(default_factory=dict)
    _sought: bool = False

    def at(self, paragraph: Paragraph, start: int, stop: int | None = None) -> Body | None:
        """Return the body whose name begins at a place, the article left out; None where that cannot be settled.

        A body that is known is meant where what follows its name within the one that is printed names no other body:
        the United Nations Mission in Erewhon is not the United Nations. A short form, such as "the Mission", stands for
        the one body of the document whose name holds it. ``stop`` is where the words that may name it end.
        """
        self._seek()
        words = paragraph.text.folded[: min(stop or start + _REACH, start + _REACH)]
        known = self._known(paragraph, start)
        if acronym := _ACRONYM.match(words, start):
            borne = known[0] if known else self._full.get(acronym[0]) or self._made(acronym[0], acronym[0])
            return Body(borne, start, acronym.end())
        printed = self._printed(words, start)
        name = printed["name"] if printed else ""
        if known and not self.lexicon.search("body-noun", name[known[2] - start :]):
            return Body(known[0], start, max(known[2], start + (printed.end() if printed else 0)))
        if printed is None:
            return None
        entity = self._full.get(name) or self._short(name)
        if entity is None and not self._is_bare(name):
            entity = self._made(printed["acronym"] or name, name)
        return Body(entity, start, start + printed.end()) if entity else None

    def named(self, entity: Entity) -> Iterator[Naming]:
        """Yield where the document names, in full or by its acronym, a body that is among no entities known."""
        forms = [form for form, one in self._full.items() if one == entity]
        for paragraph in self.document.body():
            for match in _standing(forms, paragraph.text.folded):
                yield Naming(paragraph.place(*match.span()), entity)

    def within(self, paragraph: Paragraph) -> list[Named]:
        """Return the bodies named in a paragraph, in their order: those known, and those the document defines."""
        self._seek()
        found = [n for n in self.names.get(paragraph.path, ()) if n[0].kind in ("centre", "org")]
        taken = {start for _, start, _ in found}
        for match in _standing(self._full, paragraph.text.folded):
            if match.start() not in taken:
                found.append((self._full[match[0]], *match.span()))
        return sorted(found, key=lambda named: named[1:])

    def _known(self, paragraph: Paragraph, at: int) -> Named | None:
        """Return the entity whose name, or the longest of whose names, covers a place."""
        here = (n for n in self.names.get(paragraph.path, ()) if n[0].kind in BEARERS and n[1] <= at < n[2])
        return max(here, key=lambda named: named[2], default=None)

    def _printed(self, words: str, start: int) -> re.Match[str] | None:
        match = self.lexicon.search("printed-body", words[start : start + 2 * _REACH])
        return match if match and self.lexicon.search("body-noun", match["name"]) else None

    def _is_bare(self, name: str) -> bool:
        """Tell whether a name tells only what kind of body it is: "Mission", "Committee of the Security Council"."""
        match = self.lexicon.search("body-noun", name)
        return (match is not None and match[0] == name) or self.lexicon.search("organ-body", name) is not None

    def _short(self, name: str) -> Entity | None:
        """Return the one body of the document whose name holds a shorter one, whole words only."""
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        known = [e for here in self.names.values() for e, _, _ in here if e.kind in ("centre", "org")]
        whole = [e for e in (*self._full.values(), *known) if any(map(pattern.search, self._names_of(e)))]
        holding = {e.local_name: e for e in whole}
        if not holding and (longer := self._longer(name)):
            return self._full.get(longer) or self._made(longer, longer)
        return next(iter(holding.values())) if len(holding) == 1 else None

    def _longer(self, name: str) -> str | None:
        """Return the one longer name, in the title or a paragraph, that a name may be short for."""
        texts = [t.folded for t in (self.document.title, *(p.text for p in self.document.body())) if t]
        found = set[str]()
        for words in texts:
            at = words.find(name)
            while at >= 0:
                starts = (c.start() for c in _CAPITAL.finditer(words, max(0, at - _REACH), at + 1))
                printed = ((start, self._printed(words, start)) for start in starts)
                whole = next((m["name"] for s, m in printed if m and s + m.end("name") >= at + len(name)), name)
                found |= {whole} if not self._is_bare(whole) and len(whole) > len(name) else set()
                at = words.find(name, at + 1)
        return found.pop() if len(found) == 1 else None

    def _names_of(self, entity: Entity) -> list[str]:
        return [fold(name) for name in entity.names.get(self.lexicon.language, ())]

    def _seek(self) -> None:
        """Find the bodies that the text names with their acronym behind: "the Mission in Erewhon (UNMIE)"."""
        if self._sought:
            return
        self._sought = True
        for paragraph in self.document.body():
            words = paragraph.text.folded
            for match in _DEFINED.finditer(words) if "(" in words else ():
                self._define(paragraph, words, match)

    def _define(self, paragraph: Paragraph, words: str, match: re.Match[str]) -> None:
        for capital in _CAPITAL.finditer(words, max(0, match.start() - _REACH), match.start()):
            printed = self._printed(words, capital.start())
            if printed and capital.start() + printed.end() == match.end():
                known = self._known(paragraph, match.start("acronym")) or self._known(paragraph, capital.start())
                if known and not self.lexicon.search("body-noun", printed["name"][known[2] - capital.start() :]):
                    self._full |= {printed["name"]: known[0], match["acronym"]: known[0]}
                else:
                    self._made(match["acronym"], printed["name"])
                return

    def _made(self, key: str, name: str) -> Entity:
        """Return a body by its acronym, else by its name, as it is printed; found again by either."""
        forms = tuple(dict.fromkeys((name, key)))
        kind, cls = ("post", "Post") if self.lexicon.search("post-noun", name) else ("org", "Organisation")
        entity = Entity(key, kind, cls, {self.lexicon.language: forms}, {}, key, (), "")
        self._full |= dict.fromkeys(forms, entity)
        return entity


def _standing(forms: Iterable[str], words: str) -> Iterator[re.Match[str]]:
    """Yield where names stand in some words, the longest at each place."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    if ordered:
        yield from re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", words)


def by_path(names: Sequence[tuple[str, Entity, int, int]]) -> Mapping[str, list[Named]]:
    """Return the entities named, by the paragraph that names them."""
    found: dict[str, list[Named]] = defaultdict(list)
    for path, entity, start, end in names:
        found[path].append((entity, start, end))
    return found
