"""A language is data: each rule of each lexicon matches its own example, each operator stands for its concept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mandata.document.opening import HEADED_KINDS
from mandata.errors import MandataError
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import LEXICON_FOLDER, SCHEMA, Lexicon, language_files, lexicons, load, recognise
from mandata.lexicon.rule import Rule
from mandata.package_data import read_yaml

FILES = language_files()
RULES = [(lexicon.language, rule) for lexicon in lexicons() for rules in lexicon.rules.values() for rule in rules]
FRENCH = next(lexicon for lexicon in lexicons() if lexicon.language == "fr")
OPERATORS = [(x.language, e) for x, path in zip(lexicons(), FILES, strict=True) for e in read_yaml(path)["operators"]]


def lexicon_of(language: str) -> Lexicon:
    return next(lexicon for lexicon in lexicons() if lexicon.language == language)


def test_there_is_a_lexicon() -> None:
    assert "fr" in {lexicon.language for lexicon in lexicons()}
    assert RULES


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_words_are_words(path: Path) -> None:
    """YAML reads a bare "on" or "no" as true or false: such a word needs quotation marks."""
    data = read_yaml(path)
    words = [*data["telltales"], *data["articles"], *data["numerals"], *data["modifiers"], *data["intensifiers"]]
    words += [form for entry in data["operators"] for form in entry["forms"]]
    words += [form for forms in data["function-verbs"].values() for form in forms]
    assert [word for word in words if not isinstance(word, str)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_no_section_and_no_rule_is_written_twice(path: Path) -> None:
    """YAML keeps the last of two that bear one name, and says nothing."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    rules = next(value for key, value in node.value if key.value == "rules")
    for mapping in (node, rules):
        names = [key.value for key, _ in mapping.value]
        assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize(("language", "rule"), RULES, ids=[f"{lang}-{r.name}-{r.example[:25]}" for lang, r in RULES])
def test_every_rule_matches_its_own_example(language: str, rule: Rule) -> None:
    assert rule.pattern.search(fold(rule.example)), (language, rule.name)


@pytest.mark.parametrize(("language", "entry"), OPERATORS, ids=[f"{x}-{e['concept']}" for x, e in OPERATORS])
def test_every_operator_stands_for_its_concept(language: str, entry: dict[str, Any]) -> None:
    """By its example, and by each of its forms before a word, before a comma, and with each modifier after it.

    Where no space parts words, modifiers stand before it.
    """
    lexicon = lexicon_of(language)
    known = lexicon.operator(fold(entry["example"]))
    assert known is not None
    assert (entry["concept"], entry["place"]) in {(form.concept, form.place) for form in known[0]}
    gap = " " if lexicon.spaced else ""
    for form in map(fold, entry["forms"]):
        modified = (f"{form} {also} Z" if lexicon.spaced else f"{also}{form}Z" for also in sorted(lexicon.modifiers))
        plain = (f"{form}{gap}Z", f"{form}, Z")
        for text in (*plain, *modified):
            found = lexicon.operator(text)
            assert found is not None, text
            assert entry["concept"] in {known_form.concept for known_form in found[0]}, text
            assert found[2] or text in plain, text


NAMED: dict[str, str] = read_yaml(SCHEMA)["rules"]
READERS = [
    tree
    for package in ("lexicon", "text", "document", "citation", "mention", "mandate")
    for path in sorted((LEXICON_FOLDER.parent / package).rglob("*.py"))
    for tree in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
]


def asked_for() -> Iterator[str]:
    """Yield the names of rules that code hands to a lexicon as they stand."""
    for node in READERS:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_a_lexicon = ast.unparse(node.func.value).rpartition(".")[2] in {"lexicon", "self"}
            if of_a_lexicon and node.func.attr in {"search", "finditer"} and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def test_each_rule_that_code_asks_for_is_named_by_the_schema_and_known_to_a_language() -> None:
    asked = set(asked_for())
    assert len(asked) > 50
    assert not asked - NAMED.keys()
    assert not NAMED.keys() - {rule.name for _, rule in RULES}
    assert all(purpose and not purpose.endswith(".") for purpose in NAMED.values())


def test_each_rule_of_a_lexicon_is_asked_for_by_code() -> None:
    """By its name in quotation marks, or by one put together, such as that of the first words of a heading."""
    words = {str(node.value) for node in READERS if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    words |= {f"{kind}-start" for kind in HEADED_KINDS}
    assert {rule.name for _, rule in RULES} - words == set()
    assert not NAMED.keys() - words


def test_a_rule_that_no_code_asks_for_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fr.yaml"
    text = (LEXICON_FOLDER / "fr.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("\n  job-number:", "\n  job-numbers:", 1), encoding="utf-8")
    with pytest.raises(MandataError, match="no code asks for a rule of this name: job-numbers"):
        load(path)


def test_an_operator_is_no_part_of_a_longer_word() -> None:
    assert FRENCH.operator("Notantes les choses") is None
    assert FRENCH.operator("La paix") is None


@pytest.mark.parametrize(
    ("text", "concept", "end", "also"),
    [
        ("Se déclare également préoccupée par", "expresses-concern", 31, True),
        ("Rappelant également sa résolution", "recalling", 19, True),
        ("Notant, par ailleurs, que", "noting", 20, True),
        ("Condamne fermement le terrorisme", "condemns", 18, False),
        ("Prend note avec satisfaction du rapport", "takes-note-with-appreciation", 28, False),
        ("Prend note du rapport", "takes-note", 10, False),
    ],
)
def test_modifiers_belong_to_the_operator(text: str, concept: str, end: int, also: bool) -> None:
    found = FRENCH.operator(text)
    assert found is not None
    assert ({form.concept for form in found[0]}, found[1], found[2]) == ({concept}, end, also)


UNITS = ["", "unième", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième"]
TEENS = ["dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième", "dix-septième"]
TEENS += ["dix-huitième", "dix-neuvième"]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
ROUND = {20: "vingtième", 30: "trentième", 40: "quarantième", 50: "cinquantième", 60: "soixantième"}


def ordinal(number: int) -> str:
    """Return the French ordinal as mastheads print it, such as "soixante et onzième"."""
    if number >= 100:
        return "centième" if number == 100 else f"cent {ordinal(number - 100) if number > 101 else 'unième'}"
    if number == 1:
        return "première"
    if number < 20:
        return UNITS[number] if number < 10 else TEENS[number - 10]
    ten = 60 if number < 80 and number >= 60 else 80 if number >= 80 else number // 10 * 10
    rest = number - ten
    if rest == 0:
        return ROUND.get(ten, f"{TENS[ten]}ième")
    joint = " et " if rest in (1, 11) and ten != 80 else "-"
    return f"{TENS[ten]}{joint}{'unième' if rest == 1 else UNITS[rest] if rest < 10 else TEENS[rest - 10]}"


@pytest.mark.parametrize("number", range(1, 131))
def test_every_session_is_counted(number: int) -> None:
    words = ordinal(number)
    assert FRENCH.ordinal(words) == FRENCH.ordinal(words.capitalize()) == number, words
    found = FRENCH.search("session", f"{words.capitalize()} session")
    assert found is not None
    assert FRENCH.ordinal(found["ordinal"]) == number


@pytest.mark.parametrize("words", ["", "paix", "soixante-paix", "et"])
def test_what_is_no_ordinal_is_no_number(words: str) -> None:
    assert FRENCH.ordinal(words) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "L’Assemblée générale, Rappelant la Charte des Nations Unies et les résolutions sur la paix",
            "fr",
        ),
        ("Generalförsamlingen, som erinrar om Förenta nationernas stadga", None),
        ("0123456789", None),
        ("", None),
    ],
)
def test_a_document_is_known_by_its_frequent_words(text: str, language: str | None) -> None:
    found = recognise(text)
    assert (found.language if found else None) == language


BROKEN: list[tuple[str, Any, str]] = [
    *((f"lacks {key}", {key: None}, key) for key in ("language", "telltales", "numerals", "rules", "operators")),
    ("bad pattern", {"rules": {"title": [{"pattern": "(", "example": "x"}]}}, "title"),
    ("no pattern", {"rules": {"title": [{"example": "x"}]}}, "pattern"),
    ("no example", {"rules": {"title": [{"pattern": "x"}]}}, "example"),
    ("a rule that is text", {"rules": {"title": ["x"]}}, "lexicon"),
    ("rules that are text", {"rules": "x"}, "lexicon"),
    ("operators that are text", {"operators": "x"}, "lexicon"),
    ("months of no language", {"months": "xx"}, "months"),
]


@pytest.mark.parametrize(("change", "word"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_broken_lexicon_is_refused_in_a_clear_line(tmp_path: Path, change: dict[str, Any], word: str) -> None:
    data = read_yaml(FILES[0]) | change
    path = tmp_path / "xx.yaml"
    path.write_text(yaml.safe_dump({k: v for k, v in data.items() if v is not None}), encoding="utf-8")
    with pytest.raises(MandataError) as caught:
        load(path)
    said = str(caught.value)
    assert "\n" not in said
    assert str(path) in said
    assert word in said


@pytest.mark.parametrize("text", ["a: [", "- 1", "just words", ""])
def test_a_lexicon_that_is_no_mapping_is_refused_in_a_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MandataError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
