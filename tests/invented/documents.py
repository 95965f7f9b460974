"""Documents as blocks and notes, made from a seed; ``pages`` turns them into text."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CALL = "\x01{}\x02"
"""How a note call stands in a block: its number between two characters that no text holds."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document: what it is, and its words; emphasised ones stand between asterisks."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Invented:
    """A document: its blocks in order, and its notes by number."""

    language: str
    symbol: str
    blocks: tuple[Block, ...]
    notes: dict[str, str]

    def of_kind(self, *kinds: str) -> list[str]:
        """Return the words of the blocks of some kinds."""
        return [block.text for block in self.blocks if block.kind in kinds]


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return words


class _Writer:
    """Fills the slots of sentences; knows the notes called so far."""

    def __init__(self, seed: int, language: str) -> None:
        self.random = random.Random(f"{language} {seed}")
        self.words = _words()[language]
        self.notes: dict[str, str] = {}

    def date(self) -> str:
        day = self.random.randint(1, 28)
        month = self.random.choice(self.words["months"])
        shown = self.words["first"] if day == 1 else day
        return str(self.words["date"].format(day=shown, month=month, year=self.random.randint(1996, 2022)))

    def filled(self, sentence: str) -> str:
        pick = self.random
        slots = {f"res{n}": f"{pick.randint(50, 77)}/{pick.randint(1, 300)}" for n in ("", 2, 3)}
        slots |= {"date": self.date(), "date2": self.date()}
        slots |= {name: f"A/{pick.randint(60, 77)}/{pick.randint(20, 900)}" for name in ("doc", "doc2")}
        slots["sc"] = f"{pick.randint(1200, 2600)} ({pick.randint(2000, 2022)})"
        slots |= {"topic": pick.choice(self.words["topics"]), "state": pick.choice(self.words["states"])}
        return sentence.format_map(slots | {"n": self._call() if "{n}" in sentence else ""})

    def _call(self) -> str:
        number = str(len(self.notes) + 1)
        self.notes[number] = ""
        self.notes[number] = self.filled(self.random.choice(self.words["notes"]))
        return CALL.format(number)


def resolution(seed: int, language: str = "fr", preambular: int = 6, operative: int = 7) -> Invented:
    """Return an invented resolution of the General Assembly with so many paragraphs; the same for the same seed."""
    write = _Writer(seed, language)
    words, pick = write.words, write.random
    session = pick.choice(sorted(words["sessions"]))
    symbol = f"A/RES/{session}/{pick.randint(1, 300)}"
    adopted = write.date()
    title = words["title"].format(topic=pick.choice(words["topics"]))
    blocks = [
        *_masthead(write, symbol, words["sessions"][session], title),
        Block("adoption", words["adoption"].format(date=adopted)),
        Block("bracket", words["bracket"].format(draft=f"A/{session}/L.{pick.randint(1, 90)}")),
        Block("title", f"{symbol.removeprefix('A/RES/')}. {title}"),
        Block("formula", words["formula"]),
        *(Block("preambular", write.filled(pick.choice(words["preambular"]))) for _ in range(preambular)),
        *_operative(write, operative),
        Block("meeting", words["meeting"].format(meeting=pick.randint(24, 99), date=adopted)),
    ]
    return Invented(language, symbol, tuple(blocks), write.notes)


def _masthead(write: _Writer, symbol: str, session: str, title: str) -> list[Block]:
    words = write.words
    lines = (words["united-nations"], symbol, words["organ"], words["distribution"], write.date(), session)
    agenda = words["agenda"].format(item=write.random.randint(9, 140))
    return [Block("head", line) for line in (*lines, agenda, title)]


def _operative(write: _Writer, number: int) -> list[Block]:
    words, pick = write.words, write.random
    blocks = []
    for n in range(1, number):
        listed = n % 5 == 4
        sentence = words["listed"] if listed else pick.choice(words["operative"])
        blocks.append(Block("operative", f"{n}. {write.filled(sentence)}"))
        for letter, item in zip(string.ascii_lowercase, words["items"] if listed else (), strict=False):
            blocks.append(Block("item", words["letter-item"].format(letter=letter, text=write.filled(item))))
    return [*blocks, Block("operative", f"{number}. {words['last']}")]


def letter(seed: int, language: str = "fr") -> Invented:
    """Return an invented letter to the Security Council; the same for the same seed."""
    write = _Writer(seed, language)
    words = write.words["letter"]
    symbol = f"S/{write.random.randint(1994, 2022)}/{write.random.randint(1, 999)}"
    blocks = [
        Block("head", write.words["united-nations"]),
        Block("head", symbol),
        Block("title", write.filled(words["heading"])),
        *(Block("paragraph", write.filled(paragraph)) for paragraph in words["paragraphs"]),
        Block("signature", words["signature"]),
    ]
    return Invented(language, symbol, tuple(blocks), write.notes)
