"""Unique names: what bears two names is two things, so whatever equates them is a contradiction and goes no further.

The Web's own logic would make one thing of the two and carry every statement of each over to the other; where a
functional property has two values by mistake, such as a citation of two documents, that would spread over the whole
collection. So nothing is merged, and each two things that would be one are reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from mandata.rdf.namespaces import OWL
from mandata.reason.facts import Contradiction, Fact, Term, text_of
from mandata.reason.owl_rl.rule_table import RULES, Row

RULE: Final = "unique-names"
MERGING: Final = frozenset({"eq-rep-s", "eq-rep-p", "eq-rep-o", "eq-trans"})
"""The rules that carry over to a thing what is said of one that is the same."""
APART: Final[tuple[Row, ...]] = tuple(row for row in RULES if row.name not in MERGING)
"""The rule table for things with unique names."""
_SAME: Final = NamedNode(OWL + "sameAs")


def equated(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield a contradiction for each two named things that are said or concluded to be the same, once, sorted."""
    pairs: set[frozenset[Term]] = set()
    for fact in sorted((fact for fact in facts if fact[1] == _SAME), key=text_of):
        pair = frozenset((fact[0], fact[2]))
        if len(pair) > 1 and pair not in pairs and all(isinstance(term, NamedNode) for term in pair):
            pairs.add(pair)
            yield Contradiction(RULE, (), (fact,))
