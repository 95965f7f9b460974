"""The unique name assumption: two IRIs are two things, so that a conclusion that they are the same is a contradiction.

OWL itself would merge the two things and copy every statement of each to the other; if a functional property has two
values by mistake, such as a citation of two documents, the error would spread over the whole collection. So nothing is
merged, and each two things that would be merged are reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from mandata.rdf.namespaces import OWL
from mandata.reason.facts import Contradiction, Fact, Term, text_of
from mandata.reason.owl_rl.rule_table import RULES, RuleRow

RULE: Final = "unique-names"
MERGING: Final = frozenset({"eq-rep-s", "eq-rep-p", "eq-rep-o", "eq-trans"})
"""The rules that copy the statements about a thing to one that is the same."""
RULES_WITHOUT_MERGING: Final[tuple[RuleRow, ...]] = tuple(row for row in RULES if row.name not in MERGING)
"""The rule table under the unique name assumption."""
_SAME: Final = NamedNode(OWL + "sameAs")


def identity_contradictions(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield a contradiction for each two IRIs that are stated or concluded to be the same, once, sorted."""
    pairs: set[frozenset[Term]] = set()
    for fact in sorted((fact for fact in facts if fact[1] == _SAME), key=text_of):
        pair = frozenset((fact[0], fact[2]))
        if len(pair) > 1 and pair not in pairs and all(isinstance(term, NamedNode) for term in pair):
            pairs.add(pair)
            yield Contradiction(RULE, (), (fact,))
