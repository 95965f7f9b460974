"""An update over the graphs that a request names: SPARQL 1.1 Protocol, 2.2.3."""

from __future__ import annotations

from collections.abc import Sequence

from mandata.errors import MandataError
from mandata.query.guard import TOKEN
from mandata.server.graph_names import graph


def using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return the update with a USING clause for each graph, before each WHERE that takes one.

    Raises:
        MandataError: a graph's name is no IRI, the update names graphs itself, or it is not sure where its clauses are.
    """
    if not default and not named:
        return update
    clauses = "".join(f"USING {graph(iri)} " for iri in default) + "".join(
        f"USING NAMED {graph(iri)} " for iri in named
    )
    pieces, done = [], 0
    for place in _places(update):
        pieces += [update[done:place], clauses]
        done = place
    return "".join([*pieces, update[done:]])


def _places(update: str) -> list[int]:
    places, depth, last = [], 0, ""
    for token in TOKEN.finditer(update):
        depth += bool(token["open"]) - bool(token["close"])
        word = (token["word"] or "").upper()
        if depth == 0 and word:
            if word in ("USING", "WITH"):
                raise MandataError(
                    "update-dataset", f"{word} and using-graph-uri both name graphs", "update", "keep one of them"
                )
            if word == "WHERE" and last != "DELETE":  # DELETE WHERE has no USING
                places.append(token.start())
        last = word if token["word"] or token["open"] else last
    if depth:
        raise MandataError("update-dataset", "brackets do not pair", "update", "write a space on both sides of <")
    return places
