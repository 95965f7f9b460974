"""The bearers of mandates: known bodies, and bodies that a text itself names in full or by their acronym."""

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
"""The kinds of entities that may bear a mandate."""
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{2,14}(?:-[A-Z]{1,8})?(?![\w-])")
_DEFINED = re.compile(r"\((?:[^()]{0,40}[ ,])?(?P<acronym>[A-Z][A-Za-z0-9]{1,14}(?:-[A-Z]{1,8})?)\)")
_CAPITAL = re.compile(r"(?<![\w'-])[^\W\d_a-z]\w")
_REACH = 200
"""In characters: how far before its acronym the name of a body may begin."""


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body named in a paragraph, and the positions of its name, including an acronym after it."""

    entity: Entity
    start: int
    end: int


@dataclass(slots=True)
class Bodies:
    """The bodies of one document. Those that its text defines are searched for once, at the first call."""

    document: Document
    lexicon: Lexicon
    names: Mapping[str, Sequence[Named]]
    _defined: dict[str, Entity] = field(default_factory=dict)
    _is_searched: bool = False

    def at(self, paragraph: Paragraph, start: int, stop: int | None = None) -> NamedBody | None:
        """Return the body whose name, without an article, begins at ``start``; None if it cannot be determined.

        A known body is not meant if the rest of the printed name makes it another's: the United Nations Mission in
        Erewhon is not the United Nations. A short form, such as "the Mission", stands for the one body of the document
        whose name contains it.

        Args:
            paragraph: the paragraph.
            start: where the name begins in its words.
            stop: where the words that may name the body end; None if that is not known.
        """
        self._find_defined_bodies()
        words = paragraph.text.folded[: min(stop or start + _REACH, start + _REACH)]
        known = self._known_entity_at(paragraph, start)
        if acronym := _ACRONYM.match(words, start):
            bearer = known[0] if known else self._defined.get(acronym[0]) or self._define_entity(acronym[0], acronym[0])
            return NamedBody(bearer, start, acronym.end())
        printed = self._match_printed_name(words, start)
        name = printed["name"] if printed else ""
        if known and not self.lexicon.search("body-noun", name[known[2] - start :]):
            return NamedBody(known[0], start, max(known[2], start + (printed.end() if printed else 0)))
        if printed is None:
            return None
        entity = self._defined.get(name) or self._resolve_short_name(name)
        if entity is None and not self._is_generic(name):
            entity = self._define_entity(printed["acronym"] or name, name)
        return NamedBody(entity, start, start + printed.end()) if entity else None

    def find_namings(self, entity: Entity) -> Iterator[Naming]:
        """Yield each place where the document names, in full or by its acronym, a body that the document defines."""
        forms = [form for form, defined in self._defined.items() if defined == entity]
        for paragraph in self.document.body():
            for match in _find_forms(forms, paragraph.text.folded):
                yield Naming(paragraph.place(*match.span()), entity)

    def named_in(self, paragraph: Paragraph) -> list[Named]:
        """Return the bodies named in a paragraph, in order: known ones, and those that the document defines."""
        self._find_defined_bodies()
        found = [n for n in self.names.get(paragraph.path, ()) if n[0].kind in ("centre", "org")]
        taken = {start for _, start, _ in found}
        for match in _find_forms(self._defined, paragraph.text.folded):
            if match.start() not in taken:
                found.append((self._defined[match[0]], *match.span()))
        return sorted(found, key=lambda named: named[1:])

    def _known_entity_at(self, paragraph: Paragraph, at: int) -> Named | None:
        """Return the known entity whose name covers a position; the longest if there are several."""
        here = (n for n in self.names.get(paragraph.path, ()) if n[0].kind in BEARERS and n[1] <= at < n[2])
        return max(here, key=lambda named: named[2], default=None)

    def _match_printed_name(self, words: str, start: int) -> re.Match[str] | None:
        match = self.lexicon.search("printed-body", words[start : start + 2 * _REACH])
        return match if match and self.lexicon.search("body-noun", match["name"]) else None

    def _is_generic(self, name: str) -> bool:
        """Return whether a name gives only the kind of body: "Mission", "Committee of the Security Council"."""
        match = self.lexicon.search("body-noun", name)
        return (match is not None and match[0] == name) or self.lexicon.search("organ-body", name) is not None

    def _resolve_short_name(self, name: str) -> Entity | None:
        """Return the one body of the document whose name contains a shorter one as whole words; else None."""
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        known = [e for here in self.names.values() for e, _, _ in here if e.kind in ("centre", "org")]
        whole = [e for e in (*self._defined.values(), *known) if any(map(pattern.search, self._names_of(e)))]
        holding = {e.local_name: e for e in whole}
        if not holding and (longer := self._find_longer_name(name)):
            return self._defined.get(longer) or self._define_entity(longer, longer)
        return next(iter(holding.values())) if len(holding) == 1 else None

    def _find_longer_name(self, name: str) -> str | None:
        """Return the one longer name, in the title or a paragraph, that a name may be short for."""
        texts = [t.folded for t in (self.document.title, *(p.text for p in self.document.body())) if t]
        found = set[str]()
        for words in texts:
            at = words.find(name)
            while at >= 0:
                starts = (c.start() for c in _CAPITAL.finditer(words, max(0, at - _REACH), at + 1))
                printed = ((start, self._match_printed_name(words, start)) for start in starts)
                whole = next((m["name"] for s, m in printed if m and s + m.end("name") >= at + len(name)), name)
                found |= {whole} if not self._is_generic(whole) and len(whole) > len(name) else set()
                at = words.find(name, at + 1)
        return found.pop() if len(found) == 1 else None

    def _names_of(self, entity: Entity) -> list[str]:
        return [fold(name) for name in entity.names.get(self.lexicon.language, ())]

    def _find_defined_bodies(self) -> None:
        """Find the bodies that the text defines by name and acronym: "the Mission in Erewhon (UNMIE)"."""
        if self._is_searched:
            return
        self._is_searched = True
        for paragraph in self.document.body():
            words = paragraph.text.folded
            for match in _DEFINED.finditer(words) if "(" in words else ():
                self._define(paragraph, words, match)

    def _define(self, paragraph: Paragraph, words: str, match: re.Match[str]) -> None:
        for capital in _CAPITAL.finditer(words, max(0, match.start() - _REACH), match.start()):
            printed = self._match_printed_name(words, capital.start())
            if printed and capital.start() + printed.end() == match.end():
                known = self._known_entity_at(paragraph, match.start("acronym")) or self._known_entity_at(
                    paragraph, capital.start()
                )
                if known and not self.lexicon.search("body-noun", printed["name"][known[2] - capital.start() :]):
                    self._defined |= {printed["name"]: known[0], match["acronym"]: known[0]}
                else:
                    self._define_entity(match["acronym"], printed["name"])
                return

    def _define_entity(self, key: str, name: str) -> Entity:
        """Return a new entity with a key (an acronym, or else the name) and a name, and record both forms of it."""
        forms = tuple(dict.fromkeys((name, key)))
        kind, cls = ("post", "Post") if self.lexicon.search("post-noun", name) else ("org", "Organisation")
        entity = Entity(key, kind, cls, {self.lexicon.language: forms}, {}, key, (), "")
        self._defined |= dict.fromkeys(forms, entity)
        return entity


def _find_forms(forms: Iterable[str], words: str) -> Iterator[re.Match[str]]:
    """Yield the matches of any of the forms in folded words, the longest at each place."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    if ordered:
        yield from re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", words)


def by_path(names: Sequence[tuple[str, Entity, int, int]]) -> Mapping[str, list[Named]]:
    """Return the named entities by the path of the paragraph that names them."""
    found: dict[str, list[Named]] = defaultdict(list)
    for path, entity, start, end in names:
        found[path].append((entity, start, end))
    return found
