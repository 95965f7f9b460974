"""The proceedings of a resolution as marked up: drafts, sponsors, report, meeting, vote; and its subjects."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from mandata.document.akn.dates import stated_day
from mandata.document.akn.tree import Element, Tree
from mandata.document.model import AdoptionStep, Proceedings, Stated, Subject, Vote
from mandata.errors import MandataError
from mandata.lexicon.folding import fold
from mandata.un import symbol

_SCHEMES = (  # the vocabulary of a subject, from its address, else from the dictionary named
    ("SDG", re.compile(r"https?://metadata\.un\.org/sdg/(?P<key>[A-Za-z0-9_.-]+)")),
    ("UNBIS", re.compile(r"https?://metadata\.un\.org/thesaurus/(?P<key>[A-Za-z0-9_.-]+)")),
    ("EuroVoc", re.compile(r"https?://eurovoc\.europa\.eu/(?P<key>[A-Za-z0-9_.-]+)")),
)
_DICTIONARIES = {"UNBIS": "UNBIS", "UNBIS Thesaurus": "UNBIS", "DHLAUTH": "DHLAUTH"}
_WITHOUT = "adoptedWithoutVote"
_RECORDED = "adoptedRecordedVote"


def read_proceedings(tree: Tree, statement: Element) -> Proceedings:
    """Return the history and the subjects of a resolution, as the mark-up states them.

    Args:
        tree: the tree of the file.
        statement: the element of the resolution.
    """
    steps = tuple(_step(tree, step) for step in statement.walk("step"))
    vote = next((_vote(tree, voting) for voting in statement.walk("voting")), None)
    subjects = {(s.scheme, s.key): s for s in _subjects(tree, statement)}
    return Proceedings(steps, vote, tuple(subjects[key] for key in sorted(subjects)))


def _step(tree: Tree, step: Element) -> AdoptionStep:
    return AdoptionStep(
        outcome=step.get("outcome"),
        document=_symbol(tree, step),
        day=stated_day(tree, step),
        by=tree.stated_attribute(step, "by"),
    )


def _symbol(tree: Tree, step: Element) -> Stated[str] | None:
    stated = tree.stated_attribute(step, "as")
    if stated is None:
        return None
    try:
        return Stated(str(symbol.parse(stated.value)), stated.span)
    except MandataError:
        return None


def _vote(tree: Tree, voting: Element) -> Vote | None:
    outcome = tree.stated_attribute(voting, "outcome")
    if outcome is None or outcome.value not in (_WITHOUT, _RECORDED):
        return None
    counts, voters = [], list[tuple[str, Stated[str]]]()
    for count in voting.walk("count"):
        choice, number = count.get("refersTo").lstrip("#"), tree.stated_attribute(count, "value")
        if number and number.value.isascii() and number.value.isdigit():
            counts.append((choice, Stated(int(number.value), number.span)))
        voters += ((choice, name) for name in _names(count))
    return Vote(Stated(outcome.value == _RECORDED, outcome.span), tuple(counts), tuple(voters))


def _names(count: Element) -> Iterator[Stated[str]]:
    from_leaves = ((o, [c for c in o.children if not isinstance(c, Element)]) for o in count.walk("organization"))
    for _, leaves in from_leaves:
        words = " ".join("".join(leaf.chars for leaf in leaves).split())
        if words:
            yield Stated(words, (leaves[0].start, leaves[-1].end))


def _subjects(tree: Tree, statement: Element) -> Iterator[Subject]:
    for keyword in statement.walk("keyword"):
        label_attribute = tree.stated_attribute(keyword, "showAs") or tree.stated_attribute(keyword, "value")
        if label_attribute is None or keyword.get("refersTo"):
            continue
        label = html.unescape(html.unescape(label_attribute.value)).replace("_", " ")
        address = keyword.get("href")
        known = next(((s, m["key"]) for s, pattern in _SCHEMES if (m := pattern.fullmatch(address))), None)
        scheme = _DICTIONARIES.get(keyword.get("dictionary"))
        if known:
            yield Subject(*known, label, address, label_attribute.span)
        elif scheme:
            yield Subject(scheme, fold(label).casefold(), label, None, label_attribute.span)
