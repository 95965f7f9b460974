"""Queries that would bring a server down: invented by kind, each kind in many sizes."""

from __future__ import annotations

import random
from collections.abc import Iterator

PATTERN = "?s{0} ?p{0} ?o{0} ."


def product(size: int) -> str:
    patterns = " ".join(PATTERN.format(number) for number in range(size + 3))
    return f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}"


def product_of_numbers(size: int) -> str:
    rows = " ".join(str(number) for number in range(60))
    return "SELECT (SUM(?v0) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {rows} }}" for n in range(size + 5)) + " }"


def doubling(size: int) -> str:
    steps = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(size + 30))
    return f'SELECT (STRLEN(?a{size + 30}) AS ?n) {{ BIND("aaaaaaaa" AS ?a0) {steps} }}'


def closure(size: int) -> str:
    return "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} (!<urn:x>)* ?b{n} ." for n in range(size + 4)) + " }"


def expression(size: int) -> str:
    text = "a" * (40 + size)
    return f'ASK {{ {product(4)[29:-2]} FILTER(REGEX("{text}!", "^(a+)+(a|aa)+$")) }}'


def nested(size: int) -> str:
    depth = 120 + size * 40
    return "SELECT * { " + "{ " * depth + "?s ?p ?o" + " }" * depth + " }"


def parentheses(size: int) -> str:
    depth = 100 + size * 300
    return "ASK { FILTER(" + "(" * depth + "1" + ")" * depth + ") }"


def negations(size: int) -> str:
    return "ASK { FILTER(" + "!" * (1000 + size * 500) + "true) }"


def many_values(size: int) -> str:
    return "SELECT * { VALUES ?x { " + "1 " * (4000 + size * 3000) + "} }"


def sorting(size: int) -> str:
    patterns = " ".join(PATTERN.format(number) for number in range(size + 3))
    return f"SELECT * {{ {patterns} }} ORDER BY " + " ".join(f"DESC(STR(?o{number}))" for number in range(size + 3))


def tower(size: int) -> str:
    text = "?s ?p ?o . ?a ?b ?c . ?d ?e ?f"
    for _ in range(20 + size):
        text = f"{{ SELECT DISTINCT * {{ {text} }} }}"
    return f"SELECT (COUNT(*) AS ?n) {{ {text} ?g ?h ?i . ?j ?k ?l }}"


def grouping(size: int) -> str:
    patterns = " ".join(PATTERN.format(number) for number in range(size + 3))
    return f"SELECT ?o0 (GROUP_CONCAT(?o1) AS ?n) {{ {patterns} }} GROUP BY ?o0 ?o1 ?o2"


def unions(size: int) -> str:
    return (
        "SELECT * { "
        + " UNION ".join("{ ?s ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }" for _ in range(200 + size))
        + " }"
    )


def optionals(size: int) -> str:
    return "SELECT (COUNT(*) AS ?n) { " + " ".join(f"OPTIONAL {{ ?s{n} ?p{n} ?o{n} }}" for n in range(size + 5)) + " }"


def absences(size: int) -> str:
    return "ASK { " + product(size)[29:-2] + " FILTER NOT EXISTS { ?s0 ?x ?y . ?y ?z ?w . ?u ?v ?t } }"


def alternatives(size: int) -> str:
    path = "(" + "|".join(f"<urn:p{n}>|!<urn:p{n}>" for n in range(40)) + ")+"
    return "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} {path} ?b{n} ." for n in range(size + 4)) + " }"


def strings(size: int) -> str:
    return 'ASK { FILTER(STRLEN(REPLACE("' + "a" * 20_000 + '", "a", "' + "b" * (1000 + size * 100) + '")) < 0) }'


def comparisons(size: int) -> str:
    return (
        "ASK { " + product(3)[29:-2] + " FILTER(" + " || ".join(f"?o0 < ?o{n % 3}" for n in range(500 + size)) + ") }"
    )


def blanks(size: int) -> str:
    return "ASK { ?s ?p " + "[ ?q " * (100 + 40 * size) + "1" + " ]" * (100 + 40 * size) + " }"


def lists(size: int) -> str:
    return "ASK { ?s ?p " + "( 1 " * (100 + 40 * size) + ")" * (100 + 40 * size) + " }"


KINDS = (
    *(product, product_of_numbers, doubling, closure, expression, nested, parentheses, negations, many_values, sorting),
    *(tower, grouping, unions, optionals, absences, alternatives, strings, comparisons, blanks, lists),
)
NOT_TEXT = [b"\xff\xfe", b"ASK { ?s ?p '\xc3\x28' }", b"\x00" * 100, b"ASK {}\xed\xa0\x80", b"\x80" * 70_000]


def queries(number: int, seed: int = 1) -> Iterator[bytes]:
    """Yield so many queries, of every kind in turn, and now and then bytes that are no text."""
    chance = random.Random(seed)
    for turn in range(number):
        if turn % 21 == 20:
            yield NOT_TEXT[turn // 21 % len(NOT_TEXT)]
        else:
            yield KINDS[turn % len(KINDS)](turn // len(KINDS) % 6 + chance.randrange(3)).encode()
