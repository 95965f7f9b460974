"""A language of the United Nations as data: its rules, words and dates, read from ``lexicon/*.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from babel.core import UnknownLocaleError
from babel.dates import get_month_names

from mandata.errors import MandataError
from mandata.lexicon.folding import fold
from mandata.lexicon.phrases import OperatorForm, Phrases
from mandata.lexicon.rule import Rule
from mandata.lexicon.script import OPTIONAL_SIGNS, end_with_optional_signs, strip_optional_signs
from mandata.package_data import read_yaml
from mandata.un.entities import shipped_entities

LEXICON_FOLDER = Path(__file__).parent
SCHEMA: Final = LEXICON_FOLDER / "schema.yaml"
"""The file that lists and describes every rule name used in code."""
_MIN_TELLTALE_SHARE = 0.15
UNSPACED: Final = "\u3040-\u30ff\u3400-\u9fff"
"""The scripts without spaces between words, as a character class; each of their characters counts as a word."""
_WORD = re.compile(r"[^\W\d_]+")
_PARTED = re.compile(f"[{UNSPACED}\u02bc]")  # U+02BC counts as a letter, yet is an apostrophe
_PART_OF_WORD = re.compile(rf"[{UNSPACED}]|[^\W\d_{UNSPACED}\u02bc]+")
_OPENING: Final = 400
"""How many characters of a text are searched for the operator that opens it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules and words of one language. Patterns are matched against folded text (``MappedText.folded``)."""

    language: str
    telltales: frozenset[str]
    articles: frozenset[str]
    numerals: Mapping[str, int]
    months: Mapping[str, int]
    month_pattern: re.Pattern[str]
    languages: Mapping[str, str]
    letters: Mapping[str, str]
    """The letters of parts and items in its own script, as symbols write them."""
    attached: tuple[str, ...]
    """Particles written together with the word after them, such as "و" of "وأفغانستان"."""
    attached_article: Mapping[str, str]
    """How an article is written after one of them: "للاتحاد" for "الاتحاد"."""
    spaced: bool
    """Whether it writes spaces between words."""
    capitals: bool
    """Whether its paragraphs begin with a capital."""
    sentence_ends: tuple[str, ...]
    clause_ends: tuple[str, ...]
    closing_punctuation: tuple[str, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    phrases: Phrases
    modifiers: frozenset[str]
    function_verbs: tuple[tuple[str, str], ...]

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """Return the first match of the first rule called ``name`` that matches the folded text; None if none does."""
        for rule in self.rules.get(name, ()):
            if rule.key in text and rule.may_match(text) and (match := rule.pattern.search(text)):
                return match
        return None

    def finditer(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in the folded text of all rules called ``name``, rule by rule."""
        rules = [rule for rule in self.rules.get(name, ()) if rule.key in text and rule.may_match(text)]
        return chain.from_iterable([rule.pattern.finditer(text) for rule in rules]) if rules else iter(())

    def matches(self, names: Iterable[str], text: str) -> bool:
        """Return whether a rule of any of these names matches anywhere in the folded text."""
        return any(self.search(name, text) for name in names)

    def operator(self, text: str) -> tuple[tuple[OperatorForm, ...], int, bool] | None:
        """Return the operator that opens a folded text: its possible readings, where it ends, whether it is modified.

        Modifiers may stand after it ("Rappelant également"), within it ("Se déclare également préoccupée"), and before
        it ("Also welcomes"). A word after it that qualifies what follows ("Encourages further dialogue") is none.
        In a script without spaces they only stand before it ("又重申").
        """
        plain = strip_optional_signs(text[:_OPENING])
        found = self.phrases.match(plain)
        if found is None:
            return None
        forms, end = found
        modifier = self.phrases.modifier
        qualifying = {m.start("qualifier") for m in self.finditer("no-modifier", plain)}
        while self.spaced and end not in qualifying and (modifier_after := modifier.match(plain, end)):
            end = modifier_after.end()
        modifier_matches = modifier.finditer((" " if self.spaced else "") + _lower_initial(plain[:end]))
        is_modified = any(m[0].lstrip(", ") in self.modifiers for m in modifier_matches)
        return forms, end_with_optional_signs(text, end), is_modified

    @property
    def operators(self) -> Mapping[str, tuple[OperatorForm, ...]]:
        """The readings of each operator, by its words as printed."""
        return self.phrases.forms

    def month(self, words: str) -> int | None:
        """Return the number of a month by its folded name; None if there is no such month."""
        return self.months.get(re.sub(" ?/ ?", "/", strip_optional_signs(words).lower()))

    def ordinal(self, words: str) -> int | None:
        """Return the number of an ordinal, such as 77 for "soixante-dix-septième"; None if a word is not an ordinal."""
        total, rest = 0, strip_optional_signs(words).lower().strip()
        while rest:
            part = next((n for n in self.numerals if rest.startswith(n)), None)
            if part is None:
                return None
            total, rest = total + self.numerals[part], rest[len(part) :].lstrip(" -")
        return total or None


def recognise(text: str) -> Lexicon | None:
    """Return the lexicon of the language that a whole document is in; None if none fits."""
    return recognise_words(Counter(_WORD.findall(text)))


def recognise_words(times: Mapping[str, int]) -> Lexicon | None:
    """Return the lexicon of the language of a whole document, given how often each word occurs in it."""
    scores, total = Counter[str](), 0
    for word, number in times.items():
        for part in _PART_OF_WORD.findall(word) if _PARTED.search(word) else (word,):
            total += number
            for language in _languages_by_telltale().get(part.lower(), ()):
                scores[language] += number
    best = max(lexicons(), key=lambda lexicon: scores[lexicon.language])
    return best if total and scores[best.language] / total >= _MIN_TELLTALE_SHARE else None


@cache
def _languages_by_telltale() -> Mapping[str, Sequence[str]]:
    """Return for each telltale word the languages that it indicates."""
    found: dict[str, list[str]] = defaultdict(list)
    for lexicon in lexicons():
        for word in lexicon.telltales:
            found[word].append(lexicon.language)
    return dict(found)


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """Return the lexicon of each language file, sorted by language code; their rules are compiled when first used."""
    return tuple(map(_load_unchecked, language_files()))


def language_files() -> list[Path]:
    """Return the file of each language, sorted by language code."""
    return sorted(path for path in LEXICON_FOLDER.glob("*.yaml") if path != SCHEMA)


def lexicon_of(language: str | None) -> Lexicon | None:
    """Return the lexicon of a language by its code; None if there is none."""
    return next((lexicon for lexicon in lexicons() if lexicon.language == language), None)


def load(path: Path) -> Lexicon:
    """Return the lexicon that a file holds.

    Raises:
        MandataError: the file is not YAML or lacks a section, a rule is not in the schema, or a pattern is not regular.
    """
    lexicon = _load_unchecked(path)
    if unknown := sorted(lexicon.rules.keys() - read_yaml(SCHEMA)["rules"].keys()):
        what, mend = f"no code asks for a rule of this name: {', '.join(unknown)}", f"use a name of {SCHEMA.name}"
        raise MandataError("lexicon", what, str(path), mend)
    for rules in lexicon.rules.values():
        for rule in rules:
            rule.pattern  # noqa: B018 - compiled here so that its error is raised here
    return lexicon


def _load_unchecked(path: Path) -> Lexicon:
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
    months, spaced = _months(data), data.get("spaced", True)
    numerals = dict(sorted(data["numerals"].items(), key=lambda item: -len(item[0])))
    slots = _slots(data, months, numerals)
    rules = {
        name: tuple(_rule(name, entry, slots, path) for entry in entries) for name, entries in data["rules"].items()
    }
    forms = [
        OperatorForm(strip_optional_signs(fold(words)), entry["concept"], entry["place"])
        for entry in data["operators"]
        for words in entry["forms"]
    ]
    modifying = [strip_optional_signs(fold(word)) for word in (*data["modifiers"], *data["intensifiers"])]
    modifiers = rf",? {_alternatives(modifying)}(?!\w)" if spaced else _alternatives(modifying)
    verbs = [(fold(words), verb) for verb, forms in data["function-verbs"].items() for words in forms]
    return Lexicon(
        language=data["language"],
        telltales=frozenset(data["telltales"]),
        articles=frozenset(map(fold, data["articles"])),
        numerals=numerals,
        months=months,
        month_pattern=re.compile(_month_names(months, spaced)),
        languages=data["languages"],
        letters=data.get("letters", {}),
        attached=tuple(data.get("attached", ())),
        attached_article=data.get("attached-article", {}),
        spaced=spaced,
        capitals=data.get("capitals", True),
        sentence_ends=tuple(data["sentence-ends"]),
        clause_ends=tuple(data.get("clause-ends", [","])),
        closing_punctuation=tuple(data["closing-punctuation"]),
        rules=rules,
        phrases=Phrases(_forms_by_words(forms), modifying, re.compile(modifiers), spaced),
        modifiers=frozenset(strip_optional_signs(fold(word)) for word in data["modifiers"]),
        function_verbs=tuple(sorted(verbs, key=lambda pair: (-len(pair[0]), pair))),
    )


def _months(data: dict[str, Any]) -> dict[str, int]:
    """Return the months by their folded names: of the locales named, and those that the lexicon adds."""
    locales = [data["months"]] if isinstance(data["months"], str) else data["months"]
    named = {str(name): n for locale in locales for n, name in get_month_names("wide", locale=locale).items()}
    return {strip_optional_signs(fold(name)).lower(): n for name, n in (named | data.get("month-names", {})).items()}


def _month_names(months: Mapping[str, int], spaced: bool) -> str:
    names = _alternatives(months).replace("/", " ?/ ?")  # the Arabic double months, "تموز/يوليه"
    return rf"(?i:(?<![^\W\d_]){names}(?![^\W\d_]))" if spaced else f"(?i:(?<![0-9]){names})"


def _forms_by_words(forms: Iterable[OperatorForm]) -> dict[str, tuple[OperatorForm, ...]]:
    found: dict[str, list[OperatorForm]] = defaultdict(list)
    for form in forms:
        found[form.words].append(form)
    return {words: tuple(those) for words, those in sorted(found.items())}


def _lower_initial(words: str) -> str:
    return words[:1].lower() + words[1:]


def _literal(words: str) -> str:
    """Return a pattern that matches words with or without the signs that their script may omit."""
    signs = f"{OPTIONAL_SIGNS}*"
    letters = strip_optional_signs(words)
    return "".join(re.escape(c) + (signs if unicodedata.bidirectional(c) == "AL" else "") for c in letters)


def _slots(data: dict[str, Any], months: Mapping[str, int], numerals: Mapping[str, int]) -> dict[str, str]:
    organs = _alternatives(
        fold(name) for organ in shipped_entities().of_kind("organ") for name in organ.names.get(data["language"], ())
    )
    bodies = _alternatives(
        fold(name)
        for body in shipped_entities()
        if body.facts.get("prefix")
        for name in body.names.get(data["language"], ())
    )
    slots = {
        "{body_name}": bodies,
        "{month}": _month_names(months, data.get("spaced", True)),
        "{ordinal}": rf"(?i:{_alternatives(numerals)}(?:[ -]?{_alternatives(numerals)}){{0,6}})",
        "{organ_name}": organs,
        "{organ}": rf"(?:(?i:{_alternatives(map(fold, data['articles']))})?{organs})",
        "{body}": rf"(?:(?i:{_alternatives(map(fold, data['articles']))})?{bodies})",
    }
    for name, pattern in {"date": data["date"], "dates": data["dates"], **data.get("slots", {})}.items():
        slots["{" + name + "}"] = _fill_slots(pattern, slots)
    return slots


def _fill_slots(pattern: str, slots: Mapping[str, str]) -> str:
    for slot, value in slots.items():
        pattern = pattern.replace(slot, value)
    return fold(pattern)


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted({strip_optional_signs(word) for word in words}, key=lambda w: (-len(w), w))
    return f"(?:{'|'.join(map(_literal, ordered))})" if ordered else "(?!)"


def _rule(name: str, entry: dict[str, str], slots: Mapping[str, str], path: Path) -> Rule:
    return Rule(name, _fill_slots(entry["pattern"], slots), entry["example"], str(path))
