"""Names are those of the field: no private word, no two classes of one name, no function named by a participle."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "mandata"
PRIVATE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """nursery cradle scribe turns press door held wanted told telling making marks shown entrance gathered hits
        ledger spool""",
    )
)
"""Words that an outside engineer does not find in a textbook, a norm or the Editorial Manual for what they named."""
IRREGULAR = frozenset(
    re.findall(
        r"\w+",
        """written held told found given made kept shown drawn taken known said cut sent built bound chosen broken
        spoken seen done gone lost met meant sought left laid led hidden understood""",
    )
)
NOT_PARTICIPLES = frozenset({"embed", "need", "seed", "feed", "shed"})


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def words_of(name: str) -> list[str]:
    """Return the words of a name, which capitals or underscores separate."""
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().strip("_").split("_")


def bound_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the names that a module gives to something, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def is_participle(name: str) -> bool:
    bare = name.strip("_")
    return bare in IRREGULAR or ("_" not in bare and bare.endswith("ed") and bare not in NOT_PARTICIPLES)


@pytest.mark.parametrize("name", ["is_held", "_Told", "pressDoor", "marks"])
def test_a_private_word_is_found_in_a_name(name: str) -> None:
    assert PRIVATE_WORDS & set(words_of(name))


def test_no_name_has_a_private_word() -> None:
    found = {f"{file}: {part}" for file, _ in trees() for part in Path(file).with_suffix("").parts}
    assert not {one for one in found if PRIVATE_WORDS & set(words_of(one.rpartition(" ")[2]))}
    named = [(file, line, name) for file, tree in trees() for line, name in bound_names(tree)]
    assert [one for one in named if PRIVATE_WORDS & set(words_of(one[2]))] == []


def test_no_two_classes_have_one_name() -> None:
    """A leading underscore makes no other name: who searches for one finds both."""
    places: dict[str, list[str]] = defaultdict(list)
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name.strip("_")].append(f"{file}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize(("name", "participle"), [("_named", True), ("written", True), ("need", False), ("add", False)])
def test_a_bare_participle_is_told_from_other_names(name: str, participle: bool) -> None:
    assert is_participle(name) == participle


def test_no_function_is_named_by_a_bare_participle() -> None:
    """A property may be (``graph.inferred``): it names a state, where a function does or returns something."""
    found = []
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("__"):
                decorators = [ast.unparse(one) for one in node.decorator_list]
                if is_participle(node.name) and not any("property" in one for one in decorators):
                    found.append(f"{file}:{node.lineno} {node.name}")
    assert found == []
