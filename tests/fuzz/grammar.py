"""Documents by a grammar that knows the pieces of a resolution or a letter, and few rules of how they follow."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from typing import Final

from invented import Block, Invented, letter, resolution

LANGUAGES: Final = ("fr", "en", "es", "ru", "ar", "zh")
_DEEPEST: Final = 12

Rule = tuple[str, ...]

GRAMMAR: Final[dict[str, tuple[Rule, ...]]] = {
    "document": (
        ("masthead", "body", "end", "annexes"),
        ("masthead", "letter", "annexes"),
        ("letter", "document"),
        ("body",),
        ("masthead", "A", "body", "B", "body", "end"),
        ("document", "document"),
        ("masthead", "masthead"),
        ("any", "any", "any", "document"),
        ("masthead", "body", "end"),
    ),
    "masthead": (("head", "head", "head", "adoption", "bracket", "title"), ("head", "title"), ("any", "head"), ()),
    "body": (("formula", "preamble", "dispositive"), ("formula", "dispositive"), ("preamble",), ("dispositive",)),
    "preamble": (("preambular", "preamble"), ("preambular", "items", "preamble"), ("head",), ("preambular",)),
    "dispositive": (
        ("operative", "dispositive"),
        ("operative", "items", "dispositive"),
        ("title", "operative", "dispositive"),
        ("preambular", "operative", "dispositive"),
        ("formula", "dispositive"),
        ("operative",),
    ),
    "items": (("item", "items"), ("item", "items", "operative", "items"), ("item", "deeper", "items"), ("item",)),
    "deeper": (("item", "deeper"), ("item",), ("operative",), ()),
    "annexes": (("annex", "paragraph", "paragraph"), ("annex", "body", "annexes"), ("annex", "letter"), ("annex",)),
    "letter": (("head", "letter title", "paragraph", "paragraph", "signature"), ("letter title", "paragraph"), ()),
    "end": (("meeting",), ("meeting", "meeting"), ("meeting", "paragraph"), ()),
    "any": (("head",), ("title",), ("formula",), ("preambular",), ("operative",), ("item",), ("meeting",), ("annex",)),
}
_LABELS: Final[tuple[Callable[[int], str], ...]] = (
    lambda n: f"{string.ascii_lowercase[n % 26]}) ",
    lambda n: f"({string.ascii_lowercase[n % 26]}) ",
    lambda n: f"({'i' * (n % 4 + 1)}) ",
    lambda n: f"{n % 7 + 1}.{n % 5 + 1} ",
    lambda n: "• ",
    lambda n: "– ",
    lambda n: f"{string.ascii_uppercase[n % 26]}. ",
    lambda n: f"{n}) ",
    lambda n: "",
)
_ANNEX: Final = {"fr": "Annexe", "en": "Annex", "es": "Anexo", "ru": "Приложение", "ar": "المرفق", "zh": "附件"}


def grown(seed: int, language: str = "") -> Invented:
    """Return a document that the grammar allows, in one of six languages; the same for the same seed."""
    pick = random.Random(f"grammar {seed}")
    spoken = language or pick.choice(LANGUAGES)
    pieces = _Pieces(pick, spoken, seed)
    blocks = [pieces.block(kind) for kind in _expanded("document", pick, 0)]
    notes = {number: words for number, words in pieces.notes.items() if pick.random() > 0.1}
    return Invented(spoken, pieces.symbol, tuple(blocks), notes)


def _expanded(name: str, pick: random.Random, depth: int) -> Iterator[str]:
    if name not in GRAMMAR:
        yield name
        return
    rules = GRAMMAR[name]
    for part in rules[-1] if depth > _DEEPEST else pick.choice(rules):  # the last rule of each leads no deeper
        yield from _expanded(part, pick, depth + 1)


class _Pieces:
    """Whole documents, taken apart into blocks by kind, to be put together anew."""

    def __init__(self, pick: random.Random, language: str, seed: int) -> None:
        made = [resolution(seed, language, 5, 9), letter(seed, language)]
        self.pick, self.symbol, self.count = pick, made[0].symbol, 0
        self.annex = _ANNEX[language]
        self.notes = {**made[1].notes, **made[0].notes}
        self.blocks: dict[str, list[str]] = {"letter title": made[1].of_kind("title")}
        for block in (*made[0].blocks, *made[1].blocks):
            self.blocks.setdefault(block.kind, []).append(block.text)

    def block(self, kind: str) -> Block:
        self.count += 1
        if kind in ("A", "B"):
            return Block("title", kind)
        if kind == "annex":
            return Block("annex", f"{self.annex} {self.pick.choice(('', 'I', 'II', '7', 'A'))}".strip())
        words = self.pick.choice(self.blocks.get(kind) or self.blocks["operative"])
        label = self.pick.choice(_LABELS)(self.count) if kind == "item" else ""
        bare = words.partition(" ")[2] if kind == "item" else words
        return Block(kind.removeprefix("letter "), f"{label}{bare}")
