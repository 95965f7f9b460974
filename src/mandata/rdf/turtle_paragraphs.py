"""Turtle, subject by subject: what is said of one stands together, types first, then properties by their IRIs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mandata.rdf.namespaces import RDF
from mandata.rdf.natural_order import natural_keys, natural_order
from mandata.rdf.short_terms import Shortener
from mandata.rdf.term_columns import Column, Numbers, cut

Flags = NDArray[np.bool_]
_TYPE: Final = f"<{RDF}type>".encode()
_END: Final = b" .\n"  # of a paragraph; nowhere else does a line end with a full stop


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """What lines say of each subject, and of each in each graph where they are apart, in natural order.

    ``keys`` are those of the order; the text of each begins with an empty line and is as long as ``lengths`` tells.
    """

    graphs: list[bytes]
    keys: list[bytes]
    text: bytes
    lengths: list[int]


class Writer:
    """Writes lines as paragraphs of Turtle; of TriG, each graph apart and set in, where the lines have graphs."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.short = Shortener(prefixes)

    def paragraphs(self, lines: bytes, columns: int, by_graph: bool) -> Paragraphs:
        """Return the paragraphs of sorted lines, graph by graph; each statement is written once."""
        subjects, predicates, objects, *graphs = cut(lines, columns)
        places = graphs[0] if by_graph else Column([b""], np.zeros(len(subjects.numbers), np.int64))
        types_first = sorted(range(len(predicates.terms)), key=lambda at: _by_type(predicates.terms[at]))
        keys = natural_keys(subjects.terms)
        natural = sorted(range(len(keys)), key=keys.__getitem__)
        topics = places.numbers * len(keys) + subjects.ranked(natural)
        topics, spoken, said = _in_order(topics, predicates.ranked(types_first), objects)
        begins, turns = _changes(topics), _changes(topics) | _changes(spoken)
        place, rank = np.divmod(topics[begins], len(keys))
        margin = b"\t" if by_graph else b""
        shorts = self.short(subjects.terms)
        heads = [_END + b"\n" + margin + shorts[natural[at]] + b" " for at in rank.tolist()]
        verbs = self.short.properties([predicates.terms[at] for at in types_first])
        first, later = [verb + b" " for verb in verbs], [b" ;\n\t" + margin + verb + b" " for verb in verbs]
        words = [*self.short(objects.terms), b" , ", *first, *later, *heads]
        comma = len(objects.terms)
        lead = np.where(turns, comma + 1 + spoken + np.where(begins, 0, len(verbs)), comma)
        items = _with_heads(lead, said, begins, len(words) - len(heads))
        text = b"".join(map(words.__getitem__, items.tolist())).removeprefix(_END) + _END
        lengths = [len(one) + len(_END) for one in text.split(_END)[:-1]]
        named = [keys[natural[at]] for at in rank.tolist()]
        return Paragraphs([places.terms[at] for at in place.tolist()], named, text, lengths)


def _by_type(predicate: bytes) -> tuple[bool, bytes]:
    return predicate != _TYPE, predicate


def _changes(numbers: Numbers) -> Flags:
    """Return where a number differs from the one before it."""
    found = np.ones(len(numbers), np.bool_)
    found[1:] = numbers[1:] != numbers[:-1]
    return found


def _in_order(topics: Numbers, spoken: Numbers, objects: Column) -> tuple[Numbers, Numbers, Numbers]:
    """Return topics, properties and objects sorted, each statement once; the objects of a property in natural order."""
    properties, terms = int(spoken.max()) + 1, len(objects.terms)
    keys = np.sort((topics * properties + spoken) * terms + objects.numbers)
    pairs, said = np.divmod(keys[_changes(keys)], terms)
    again = ~_changes(pairs)
    several = again.copy()
    several[:-1] |= again[1:]
    shared = np.unique(said[several])
    ranks = np.zeros(terms, np.int64)
    ranks[shared[natural_order([objects.terms[at] for at in shared.tolist()])]] = np.arange(len(shared))
    said[several] = said[several][np.lexsort((ranks[said[several]], pairs[several]))]
    return *np.divmod(pairs, properties), said


def _with_heads(lead: Numbers, said: Numbers, begins: Flags, head: int) -> Numbers:
    """Return each object behind its lead, before both the head of a subject that begins; they count from ``head``."""
    at = 2 * np.arange(len(said)) + np.cumsum(begins)
    items = np.empty(int(at[-1]) + 2, np.int64)
    items[at], items[at + 1] = lead, said
    items[at[begins] - 1] = np.arange(head, head + int(begins.sum()))
    return items
