"""A language of the United Nations as data: its rules, words and dates, read from ``lexicon/*.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import UnknownLocaleError
from babel.dates import get_month_names

from mandata.entities import shipped_entities
from mandata.errors import MandataError
from mandata.resources import read_yaml
from mandata.text.mapped import fold

LEXICON_FOLDER = Path(__file__).with_name("lexicon")
_ENOUGH_TELLTALES = 0.15


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of saying a thing: a pattern, and an example that it matches."""

    name: str
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True)
class OperatorForm:
    """An operator as it is printed, such as ``Consciente``, and the concept of ``scheme:operators`` it stands for."""

    words: str
    concept: str
    place: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is known of one language. Patterns are matched against folded text (``MappedText.folded``)."""

    language: str
    telltales: frozenset[str]
    articles: frozenset[str]
    numerals: Mapping[str, int]
    months: Mapping[str, int]
    languages: Mapping[str, str]
    rules: Mapping[str, tuple[Rule, ...]]
    operators: Mapping[str, tuple[OperatorForm, ...]]
    operator_pattern: re.Pattern[str]
    modifier_pattern: re.Pattern[str]
    modifiers: frozenset[str]
    function_verbs: tuple[tuple[str, str], ...]

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """Return the first match of the first rule of this name that matches anywhere in the folded text."""
        return next((m for rule in self.rules[name] if (m := rule.pattern.search(text))), None)

    def finditer(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches of all rules of this name."""
        for rule in self.rules[name]:
            yield from rule.pattern.finditer(text)

    def operator(self, text: str) -> tuple[tuple[OperatorForm, ...], int, bool] | None:
        """Return what the operator that opens a folded text may stand for, where it ends, whether it carries on.

        Modifiers may stand behind it ("Rappelant également") and within it ("Se déclare également préoccupée").
        """
        match = self.operator_pattern.match(text)
        if match is None:
            return None
        plain = self.modifier_pattern.sub("", match[0])
        forms = self.operators.get(match[0]) or self.operators.get(plain) or ()
        behind = re.compile(rf"(?:{self.modifier_pattern.pattern})*").match(text, match.end())
        end = behind.end() if behind else match.end()
        also = any(m[0].lstrip(", ") in self.modifiers for m in self.modifier_pattern.finditer(text[:end]))
        return forms, end, also

    def ordinal(self, words: str) -> int | None:
        """Return the number of an ordinal, such as 77 for "soixante-dix-septième"; None where a word is not one."""
        total, rest = 0, words.lower().strip()
        while rest:
            part = next((n for n in self.numerals if rest.startswith(n)), None)
            if part is None:
                return None
            total, rest = total + self.numerals[part], rest[len(part) :].lstrip(" -")
        return total or None


def recognise(text: str) -> Lexicon | None:
    """Return the lexicon of the language that a whole document is in; None where none fits."""
    words = re.findall(r"[^\W\d_]+", fold(text).lower())
    best = max(lexicons(), key=lambda lexicon: sum(w in lexicon.telltales for w in words))
    share = sum(w in best.telltales for w in words) / len(words) if words else 0.0
    return best if share >= _ENOUGH_TELLTALES else None


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """Return every language that has a file, by language code."""
    return tuple(load(path) for path in sorted(LEXICON_FOLDER.glob("*.yaml")))


def load(path: Path) -> Lexicon:
    """Return the lexicon that a file holds.

    Raises:
        MandataError: the file is not YAML, lacks a section, or a pattern is no regular expression.
    """
    data = read_yaml(path)
    try:
        return _lexicon(data, path)
    except KeyError as error:
        raise MandataError("lexicon", f"lacks the word {error}", str(path), "add it; compare fr.yaml") from error
    except UnknownLocaleError as error:
        raise MandataError("lexicon", f"months: {error}", str(path), "name a locale of the CLDR") from error
    except (TypeError, AttributeError) as error:
        raise MandataError("lexicon", f"is no lexicon: {error}", str(path), "compare fr.yaml") from error


def _lexicon(data: dict[str, Any], path: Path) -> Lexicon:
    months = {fold(str(name)).lower(): n for n, name in get_month_names("wide", locale=data["months"]).items()}
    numerals = dict(sorted(data["numerals"].items(), key=lambda item: -len(item[0])))
    slots = _slots(data, months, numerals)
    rules = {
        name: tuple(_rule(name, entry, slots, path) for entry in entries) for name, entries in data["rules"].items()
    }
    forms = [
        OperatorForm(fold(words), entry["concept"], entry["place"])
        for entry in data["operators"]
        for words in entry["forms"]
    ]
    modifiers = rf",? {_alternatives(map(fold, (*data['modifiers'], *data['intensifiers'])))}(?!\w)"
    verbs = [(fold(words), verb) for verb, forms in data["function-verbs"].items() for words in forms]
    return Lexicon(
        language=data["language"],
        telltales=frozenset(data["telltales"]),
        articles=frozenset(map(fold, data["articles"])),
        numerals=numerals,
        months=months,
        languages=data["languages"],
        rules=rules,
        operators={w: tuple(f for f in forms if f.words == w) for w in sorted({f.words for f in forms})},
        operator_pattern=_operator_pattern(forms, modifiers),
        modifier_pattern=re.compile(modifiers),
        modifiers=frozenset(map(fold, data["modifiers"])),
        function_verbs=tuple(sorted(verbs, key=lambda pair: (-len(pair[0]), pair))),
    )


def _operator_pattern(forms: Iterable[OperatorForm], modifiers: str) -> re.Pattern[str]:
    """Return the pattern of all operators, the longest first, modifiers between their words allowed."""
    ordered = sorted({form.words for form in forms}, key=lambda words: (-len(words), words))
    patterns = (f"(?:{modifiers})* ".join(map(re.escape, words.split(" "))) for words in ordered)
    return re.compile(f"(?:{'|'.join(patterns)})(?!\\w)")


def _slots(data: dict[str, Any], months: Mapping[str, int], numerals: Mapping[str, int]) -> dict[str, str]:
    organs = _alternatives(
        fold(name) for organ in shipped_entities().of_kind("organ") for name in organ.names.get(data["language"], ())
    )
    slots = {
        "{month}": _alternatives(months),
        "{ordinal}": rf"(?i:{_alternatives(numerals)}(?:[ -]?{_alternatives(numerals)})*)",
        "{organ_name}": organs,
        "{organ}": rf"(?:(?i:{_alternatives(map(fold, data['articles']))})?{organs})",
    }
    for name in ("date", "dates"):
        slots["{" + name + "}"] = _filled(data[name], slots)
    return slots


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    for slot, value in slots.items():
        pattern = pattern.replace(slot, value)
    return fold(pattern)


def _alternatives(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def _rule(name: str, entry: dict[str, str], slots: Mapping[str, str], path: Path) -> Rule:
    try:
        return Rule(name, re.compile(_filled(entry["pattern"], slots)), entry["example"])
    except re.error as error:
        raise MandataError("lexicon", f"rule {name}: no regular expression: {error}", str(path), "mend it") from error
