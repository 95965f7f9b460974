"""Lists within lists: each item stands below the one that its number says."""

from __future__ import annotations

import pytest

from mandata.document.items import nest
from mandata.document.model import Paragraph
from mandata.reading import read
from mandata.text.mapped import MappedText
from mandata.text.source import decode

Tree = list["str | tuple[str, Tree]"]


def tree(items: tuple[Paragraph, ...]) -> Tree:
    return [(i.number or "-", tree(i.items)) if i.items else i.number or "-" for i in items]


def listed(numbers: str, words: str = "Apples;") -> tuple[Paragraph, ...]:
    given = (None if number == "-" else number for number in numbers.split())
    return tuple(Paragraph("operative", 0, number, MappedText.of(words)) for number in given)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("a b c", ["a", "b", "c"]),
        ("a i ii iii b i ii c", [("a", ["i", "ii", "iii"]), ("b", ["i", "ii"]), "c"]),
        ("i ii iii iv", ["i", "ii", "iii", "iv"]),
        ("f g h i j k", ["f", "g", "h", "i", "j", "k"]),
        ("g h i ii iii i", ["g", ("h", ["i", "ii", "iii"]), "i"]),
        ("y z aa bb", ["y", "z", "aa", "bb"]),
        ("a i ii 1 2 iii b", [("a", ["i", ("ii", ["1", "2"]), "iii"]), "b"]),
        ("i a b ii", [("i", ["a", "b"]), "ii"]),
        ("a a a", ["a", "a", "a"]),
        ("a d e", ["a", "d", "e"]),
        ("t u v w x y", ["t", "u", "v", "w", "x", "y"]),
        ("a - - b", ["a", "-", "-", "b"]),
        ("", []),
    ],
)
def test_an_item_stands_below_the_one_that_its_number_says(numbers: str, expected: Tree) -> None:
    assert tree(nest(listed(numbers))) == expected


def test_a_marked_item_stands_below_one_that_announces_a_list() -> None:
    announcing = listed("a", "The following apples:")
    assert tree(nest((*announcing, *listed("- - b")))) == [("a", ["-", "-"]), "b"]


def test_however_many_items_there_are_they_stand_no_deeper_than_numbers_have_sorts() -> None:
    deepest, depth = nest(listed("a i 1 - " * 500)), 0
    while deepest:
        deepest, depth = max((item.items for item in deepest), key=len), depth + 1
    assert depth <= 4


@pytest.mark.parametrize("style", ["{})", "({})"])
def test_the_paths_of_items_follow_their_numbers(style: str) -> None:
    items = "\n\n".join(f"{style.format(number)} Apples;" for number in ("a", "i", "ii", "iii", "b"))
    text = f"Resolution 2998 (2031)\n\nThe Security Council,\n\n1. Decides on the apples of the region:\n\n{items}\n"
    (paragraph,) = read(decode(text.encode(), "invented")).document.operative
    assert [p.path for p in paragraph.walk()] == ["op1", "op1.a", "op1.a.i", "op1.a.ii", "op1.a.iii", "op1.b"]
