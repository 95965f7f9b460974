"""Faults put into statements that are whole, each made from a seed alone: a release must never let them pass."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from mandata.resources import shipped
from mandata.vocab import ID, RDF, SCHEME, XSD, expand

Quad = Any
"""An ``ox.Quad``, of whose terms the kind is known here."""
TYPE = ox.NamedNode(RDF + "type")
_SH = "http://www.w3.org/ns/shacl#"
_OTHERS = ("Person", "Place", "Session", "Evidence", "Citation", "SourceFile", "Topic", "MandateFunction")


@dataclass(frozen=True)
class Fault:
    """What goes and what comes; ``about`` are the things that a check may name."""

    kind: str
    gone: tuple[Quad, ...]
    come: tuple[Quad, ...]
    about: frozenset[str]


class Whole:
    """Statements without a fault, held for choosing one from."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.quads = sorted(quads, key=str)
        self.of: dict[str, list[Quad]] = defaultdict(list)
        self.by_property: dict[str, list[Quad]] = defaultdict(list)
        self.classes: dict[str, set[str]] = defaultdict(set)
        for quad in self.quads:
            self.of[quad.subject.value].append(quad)
            self.by_property[quad.predicate.value].append(quad)
            if quad.predicate == TYPE:
                self.classes[quad.object.value].add(quad.subject.value)

    def with_property(self, *names: str) -> list[Quad]:
        return [quad for name in names for quad in self.by_property[expand(name)]]

    def instances(self, *names: str) -> list[str]:
        return sorted(set[str]().union(*(self.classes[expand(f"md:{name}")] for name in names)))


def faults(whole: Whole, number: int, first: int = 0) -> Iterator[Fault]:
    """Yield faults of all kinds in turn; no two of them are about the same thing."""
    touched: set[str] = set()
    for seed in range(first, first + number):
        make = KINDS[seed % len(KINDS)]
        chance = random.Random(seed)
        for _ in range(50):
            fault = make(whole, chance)
            if fault and not fault.about & touched:
                touched |= fault.about
                yield fault
                break


def with_faults(whole: Whole, made: Sequence[Fault]) -> list[Quad]:
    gone = {quad for fault in made for quad in fault.gone}
    return [quad for quad in whole.quads if quad not in gone] + [quad for fault in made for quad in fault.come]


def changed(kind: str, quad: Quad, value: Any) -> Fault:
    about = {quad.subject.value} | ({value.value} if isinstance(value, ox.NamedNode) else set())
    return Fault(kind, (quad,), (ox.Quad(quad.subject, quad.predicate, value, quad.graph_name),), frozenset(about))


def literal(value: str, like: Any) -> ox.Literal:
    return ox.Literal(value, language=like.language) if like.language else ox.Literal(value, datatype=like.datatype)


def required() -> list[tuple[str, str]]:
    """Return each class with a property of which the shapes want one."""
    shapes: Any = defaultdict(lambda: defaultdict(list))
    quad: Quad
    for quad in ox.parse(path=str(shipped("ontology/shapes.ttl"))):
        shapes[quad.subject][quad.predicate.value.removeprefix(_SH)].append(quad.object)
    found = set()
    for shape in list(shapes.values()):
        for name in shape["property"]:
            path = shapes[name]["path"]
            if path and isinstance(path[0], ox.NamedNode) and shapes[name]["minCount"]:
                found |= {(of.value, path[0].value) for of in shape["targetClass"]}
    return sorted(found)


REQUIRED = required()


def a_required_value_dropped(whole: Whole, chance: random.Random) -> Fault | None:
    of, name = chance.choice(REQUIRED)
    having = sorted(whole.classes[of])
    if not having:
        return None
    thing = chance.choice(having)
    gone = [quad for quad in whole.of[thing] if quad.predicate.value == name]
    return Fault("a required value dropped", tuple(gone), (), frozenset({thing})) if gone else None


def another_datatype(whole: Whole, chance: random.Random) -> Fault:
    names = ("md:start", "md:end", "md:position", "md:adoptedOn", "md:datedOn", "md:distributedOn", "md:startsOn")
    quad = chance.choice(whole.with_property(*names, "md:actDate"))
    other = chance.choice(["string", "decimal", "anyURI", "token"])
    return changed("another datatype", quad, ox.Literal(quad.object.value, datatype=ox.NamedNode(XSD + other)))


def a_link_into_nothing(whole: Whole, chance: random.Random) -> Fault:
    links = [q for q in chance.sample(whole.quads, 400) if isinstance(q.object, ox.NamedNode)]
    quad = next(one for one in links if one.object.value.startswith(ID))
    return changed("a link into nothing", quad, ox.NamedNode(f"{quad.object.value}{chance.choice('xyz')}"))


def another_class(whole: Whole, chance: random.Random) -> Fault | None:
    kinds = ("Evidence", "Citation", "PreambularParagraph", "ParagraphVersion", "LanguageVersion", "Letter", "Footnote")
    thing = chance.choice(whole.instances(*kinds, "MemberState", "Mandate", "SourceFile", "Person"))
    typed = [quad for quad in whole.of[thing] if quad.predicate == TYPE]
    other = chance.choice(_OTHERS)
    if len(typed) != 1 or typed[0].object.value.endswith(f"#{other}"):
        return None
    fault = changed("another class", typed[0], ox.NamedNode(expand(f"md:{other}")))
    return Fault(fault.kind, fault.gone, fault.come, frozenset({thing}))


def two_dates(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:adoptedOn", "md:datedOn", "md:distributedOn", "md:actDate"))
    more = ox.Quad(quad.subject, quad.predicate, literal("2001-02-03", quad.object), quad.graph_name)
    return Fault("two dates", (), (more,), frozenset({quad.subject.value}))


def offsets_swapped(whole: Whole, chance: random.Random) -> Fault:
    start = chance.choice(whole.with_property("md:start"))
    end = next(quad for quad in whole.of[start.subject.value] if quad.predicate.value == expand("md:end"))
    come = (
        ox.Quad(start.subject, start.predicate, end.object, start.graph_name),
        ox.Quad(start.subject, end.predicate, start.object, start.graph_name),
    )
    return Fault("offsets swapped", (start, end), come, frozenset({start.subject.value}))


def offsets_moved(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:end", "md:start"))
    moved = int(quad.object.value) + chance.choice([1, 7, -1])
    return changed("offsets moved", quad, literal(str(moved), quad.object))


def a_broken_symbol(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice(whole.with_property("md:symbol"))
    symbols = [one for one in whole.of[quad.subject.value] if one.predicate == quad.predicate]
    value = quad.object.value
    broken = chance.choice([value.lower(), value + "/", value.replace("/", " / "), value[:-1] + "99", f"[{value}]"])
    return changed("a broken symbol", quad, ox.Literal(broken)) if len(symbols) == 1 else None


def a_label_dropped(whole: Whole, chance: random.Random) -> Fault:
    thing = chance.choice(whole.instances("MemberState", "Organ", "Organisation", "Place", "Post", "Topic", "Person"))
    language = chance.choice(["en", "fr"])
    gone = [q for q in whole.of[thing] if q.predicate.value == expand("rdfs:label") and q.object.language == language]
    return Fault("a label dropped", tuple(gone), (), frozenset({thing}))


def an_unknown_property(whole: Whole, chance: random.Random) -> Fault:
    quad = next(q for q in chance.sample(whole.quads, 400) if "/ontology#" in q.predicate.value)
    name = ox.NamedNode(quad.predicate.value + chance.choice(["s", "_", "Of"]))
    come = ox.Quad(quad.subject, name, quad.object, quad.graph_name)
    return Fault("an unknown property", (quad,), (come,), frozenset({quad.subject.value}))


def an_unknown_concept(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:operator", "md:intent", "md:force", "md:way", "md:functionVerb"))
    return changed("an unknown concept", quad, ox.NamedNode(quad.object.value + "x"))


def a_concept_of_another_scheme(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:operator", "md:intent", "md:force", "md:way"))
    fault = changed("a concept of another scheme", quad, ox.NamedNode(SCHEME + "document-statuses"))
    return Fault(fault.kind, fault.gone, fault.come, frozenset({quad.subject.value}))


def another_language(whole: Whole, chance: random.Random) -> Fault:
    thing = chance.choice(whole.instances("ParagraphVersion", "LanguageVersion"))
    quad = next(one for one in whole.of[thing] if one.predicate.value == expand("md:language"))
    return changed("another language", quad, ox.Literal(chance.choice(["ru", "zh", "francais", ""])))


def no_language(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("rdfs:label", "md:text", "md:title", "md:quotation", "skos:altLabel"))
    return changed("no language", quad, ox.Literal(quad.object.value))


def no_words(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("rdfs:label", "md:text", "md:title", "md:quotation", "skos:altLabel"))
    return changed("no words", quad, literal("", quad.object))


def a_placeholder(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("rdfs:label", "md:title", "skos:altLabel", "dcterms:source"))
    return changed("a placeholder", quad, literal(chance.choice(["TODO", "tbd", "xxx", "N/A", "none"]), quad.object))


def a_place_of_placeholders(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("skos:exactMatch"))
    return changed("a place of placeholders", quad, ox.NamedNode("http://www.example.org/thing"))


def the_same_position(whole: Whole, chance: random.Random) -> Fault | None:
    kind = chance.choice(["PreambularParagraph", "AnnexParagraph", "MandateFunction"])
    thing = chance.choice(whole.instances(kind))
    stem = thing.rstrip("0123456789")
    twin = f"{stem}{int(thing.removeprefix(stem) or 0) + 1}"
    quad = next((one for one in whole.of[thing] if one.predicate.value == expand("md:position")), None)
    if quad is None or twin not in whole.classes[expand(f"md:{kind}")]:
        return None
    other = next(one for one in whole.of[twin] if one.predicate == quad.predicate)
    fault = changed("the same position", quad, other.object)
    return Fault(fault.kind, fault.gone, fault.come, frozenset({thing, twin}))


def a_broken_checksum(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:checksum"))
    value = quad.object.value
    return changed("a broken checksum", quad, ox.Literal(chance.choice([value[::-1], value[:-1], value.upper()])))


def a_citation_of_another(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:citedDocument", "md:citingPart"))
    other = chance.choice([one for one in whole.with_property(quad_name(quad)) if one.object != quad.object])
    fault = changed("a citation of another", quad, other.object)
    return Fault(fault.kind, fault.gone, fault.come, frozenset({quad.subject.value}))


def quad_name(quad: Quad) -> str:
    return f"md:{quad.predicate.value.rpartition('#')[2]}"


def a_part_of_nothing(whole: Whole, chance: random.Random) -> Fault:
    thing = chance.choice(whole.instances("PreambularParagraph", "OperativeParagraph", "AnnexParagraph", "Footnote"))
    gone = [quad for quad in whole.with_property("md:hasPart") if quad.object.value == thing]
    return Fault("a part of nothing", tuple(gone), (), frozenset({thing}))


def a_part_of_another(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:hasPart", "md:hasVersion"))
    other = chance.choice(
        [q for q in whole.with_property("md:hasPart") if not quad.object.value.startswith(f"{q.subject.value}.")]
    )
    come = ox.Quad(other.subject, quad.predicate, quad.object, quad.graph_name)
    return Fault("a part of another", (quad,), (come,), frozenset({quad.object.value}))


def a_date_before_time(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice(whole.with_property("md:adoptedOn", "md:datedOn", "md:distributedOn"))
    day = chance.choice(["0207-05-15", "1207-05-15", "20017-05-15", "2017-13-40", "2107-05-15"])
    symbols = [one for one in whole.of[quad.subject.value] if one.predicate.value == expand("md:symbol")]
    return changed("a date before time", quad, literal(day, quad.object)) if symbols else None


def evidence_in_another_file(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:inFile"))
    other = chance.choice([one for one in whole.with_property("md:inFile") if one.object != quad.object])
    fault = changed("evidence in another file", quad, other.object)
    return Fault(fault.kind, fault.gone, fault.come, frozenset({quad.subject.value}))


def a_thing_dropped(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:evidence", "md:citedDocument", "md:mentions", "md:hasVersion"))
    return Fault("a thing dropped", tuple(whole.of[quad.object.value]), (), frozenset({quad.object.value}))


def two_labels(whole: Whole, chance: random.Random) -> Fault:
    thing = chance.choice(whole.instances("MemberState", "Organ", "Organisation", "Place", "Topic"))
    quad = next(one for one in whole.of[thing] if one.predicate.value == expand("rdfs:label"))
    more = ox.Quad(quad.subject, quad.predicate, literal(quad.object.value + " (2)", quad.object), quad.graph_name)
    return Fault("two labels", (), (more,), frozenset({thing}))


def a_link_that_is_words(whole: Whole, chance: random.Random) -> Fault:
    names = (
        "md:citedDocument",
        "md:citingPart",
        "md:inFile",
        "md:mentions",
        "md:sentBy",
        "md:inSession",
        "md:mandateOf",
    )
    quad = chance.choice(whole.with_property(*names))
    return changed("a link that is words", quad, ox.Literal(quad.object.value))


Make = Callable[[Whole, random.Random], Fault | None]
KINDS: tuple[Make, ...] = (
    a_required_value_dropped,
    another_datatype,
    a_link_into_nothing,
    another_class,
    two_dates,
    offsets_swapped,
    offsets_moved,
    a_broken_symbol,
    a_label_dropped,
    an_unknown_property,
    an_unknown_concept,
    a_concept_of_another_scheme,
    another_language,
    no_language,
    no_words,
    a_placeholder,
    a_place_of_placeholders,
    the_same_position,
    a_broken_checksum,
    a_citation_of_another,
    a_part_of_nothing,
    a_part_of_another,
    a_date_before_time,
    evidence_in_another_file,
    a_thing_dropped,
    two_labels,
    a_link_that_is_words,
)
