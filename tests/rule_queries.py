"""The rows of the rule table as SPARQL queries, for a checker that shares nothing with the engine.

A query finds the named graphs, each the axioms and premises of one step, of which a row makes what another graph holds.
"""

from __future__ import annotations

from mandata.reason.owl_rl.rule_table import RuleRow

MADE = "step:made"
"""The property from the graph of a step's premises to the graph of its conclusion."""
_NO_PREMISE = ("every", "chain", "keys", "not")  # nothing, or as many as a list is long


def query_of(row: RuleRow, premises: int) -> str:
    """Return the query for the steps that a row makes of so many premises; ``?step`` is the graph of the premises.

    Of a row that tells a contradiction, it is the query for the facts that contradict each other by it.
    """
    parts = [part.split() for part in f"{row.axioms} . {row.facts}".split(" . ") if part]
    plain = sum(part.split()[0] not in _NO_PREMISE for part in row.facts.split(" . ") if part)
    asked = [_asked(part, premises - plain) for part in parts]
    within = " . ".join(pattern for inner, _ in asked for pattern in inner)
    outside = " ".join(condition for _, outer in asked for condition in outer)
    made = " UNION ".join(f"{{ GRAPH ?made {{ {head} }} }}" for head in row.then.split(" . ") if head)
    body = f"GRAPH ?step {{ {within} }}" if within else ""
    return f"SELECT DISTINCT ?step {{ ?step <{MADE}> ?made . {body} {outside} {made} }}"


def _asked(part: list[str], spread: int) -> tuple[list[str], list[str]]:
    """Return what a part of a row asks of the step's own graph, and what of lists and values."""
    match part:
        case ["member", items, item]:
            asked: tuple[list[str], list[str]] = [], [f"{items} rdf:rest*/rdf:first {item} ."]
        case ["number", number, wanted]:
            asked = [], [f"FILTER({number} = {wanted})"]
        case ["not", name, other]:
            asked = [], [f"FILTER({name} != {other})"]
        case ["every", items, each]:
            asked = [f"{each} rdf:type ?m{i}" for i in range(spread)], _members(items, spread)
        case ["chain", items, start, end]:
            stops = [start, *(f"?stop{i}" for i in range(1, spread)), end]
            asked = [f"{stops[i]} ?m{i} {stops[i + 1]}" for i in range(spread)], _members(items, spread)
        case ["keys", items, left, right]:
            keys = [f"{x} ?m{i} ?key{i}" for i in range(spread // 2) for x in (left, right)]
            asked = keys, _members(items, spread // 2)
        case [_, _, _]:
            asked = [" ".join(part)], []
        case _:
            message = f"the rule table says what no one understands: {' '.join(part)}"
            raise ValueError(message)
    return asked


def _members(head: str, size: int) -> list[str]:
    """Return what says that a list has just so many members, and names them."""
    paths = ("/".join([*["rdf:rest"] * i, "rdf:first"]) for i in range(size))
    named = [f"{head} {path} ?m{i} ." for i, path in enumerate(paths)]
    return [*named, f"{head} {'/'.join(['rdf:rest'] * size)} rdf:nil ."] if size > 0 else ["FILTER(false)"]
