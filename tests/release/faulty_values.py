"""Faults of values: what a statement says is missing, broken, or of something else."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import pyoxigraph as ox

from mandata.package_data import shipped_path
from mandata.rdf.namespaces import XSD, expand

from .faults import Fault, Make, Quad, Whole, changed, literal

_SH = "http://www.w3.org/ns/shacl#"


def required() -> list[tuple[str, str]]:
    """Return each class with a property of which the shapes want one."""
    shapes: Any = defaultdict(lambda: defaultdict(list))
    quad: Quad
    for quad in ox.parse(path=str(shipped_path("ontology/shapes.ttl"))):
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


def a_broken_checksum(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:checksum"))
    value = quad.object.value
    return changed("a broken checksum", quad, ox.Literal(chance.choice([value[::-1], value[:-1], value.upper()])))


def a_date_before_time(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice(whole.with_property("md:adoptedOn", "md:datedOn", "md:distributedOn"))
    day = chance.choice(["0207-05-15", "1207-05-15", "20017-05-15", "2017-13-40", "2107-05-15"])
    symbols = [one for one in whole.of[quad.subject.value] if one.predicate.value == expand("md:symbol")]
    return changed("a date before time", quad, literal(day, quad.object)) if symbols else None


def two_labels(whole: Whole, chance: random.Random) -> Fault:
    thing = chance.choice(whole.instances("MemberState", "Organ", "Organisation", "Place", "Topic"))
    quad = next(one for one in whole.of[thing] if one.predicate.value == expand("rdfs:label"))
    more = ox.Quad(quad.subject, quad.predicate, literal(quad.object.value + " (2)", quad.object), quad.graph_name)
    return Fault("two labels", (), (more,), frozenset({thing}))


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


def an_offset_beyond_the_text(whole: Whole, chance: random.Random) -> Fault:
    """The name and the end agree, so that only the length of the quotation tells."""
    thing = chance.choice(whole.instances("Evidence"))
    far = chance.randrange(10**6, 10**7)
    other = ox.NamedNode(f"{thing.rpartition('-')[0]}-{far}")
    gone = [*whole.of[thing], *(quad for quad in whole.with_property("md:evidence") if quad.object.value == thing)]
    come = [
        ox.Quad(
            other if quad.subject.value == thing else quad.subject,
            quad.predicate,
            other
            if quad.object.value == thing
            else literal(str(far), quad.object)
            if quad.predicate.value == expand("md:end")
            else quad.object,
            quad.graph_name,
        )
        for quad in gone
    ]
    return Fault("an offset beyond the text", tuple(gone), tuple(come), frozenset({thing, other.value}))


def two_symbols(whole: Whole, chance: random.Random) -> Fault:
    quad, other = chance.sample(whole.with_property("md:symbol"), 2)
    more = ox.Quad(quad.subject, quad.predicate, other.object, quad.graph_name)
    return Fault("two symbols", (), (more,), frozenset({quad.subject.value}))


def a_broken_language_tag(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("rdfs:label", "md:text", "md:title", "md:quotation", "skos:altLabel"))
    return changed("a broken language tag", quad, ox.Literal(quad.object.value, language=chance.choice(BROKEN_TAGS)))


BROKEN_TAGS = ("french", "anglais", "english", "francais", "x-fr")


def words_tagged_as_another_language(whole: Whole, chance: random.Random) -> Fault:
    names = ["rdfs:label"] if chance.random() < 0.5 else ["md:text", "md:title", "md:quotation", "skos:prefLabel"]
    quad = chance.choice(whole.with_property(*names))
    other = chance.choice([one for one in ("ar", "en", "es", "fr", "ru", "zh") if one != quad.object.language])
    return changed("words tagged as another language", quad, ox.Literal(quad.object.value, language=other))


def another_number(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice(whole.with_property("md:number"))
    if not quad.object.value.isdecimal():
        return None
    return changed("another number", quad, literal(str(int(quad.object.value) + chance.randint(1, 9)), quad.object))


def a_position_left_out(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice(whole.with_property("md:position"))
    wholes = {
        one.subject.value for one in whole.with_property("md:hasPart", "md:hasFunction") if one.object == quad.subject
    }
    far = literal(str(int(quad.object.value) + chance.randint(30, 90)), quad.object)
    fault = changed("a position left out", quad, far)
    return Fault(fault.kind, fault.gone, fault.come, fault.about | wholes)


def a_quotation_cut(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:quotation"))
    words = quad.object.value
    return changed("a quotation cut", quad, literal(words[: chance.randrange(1, len(words))], quad.object))


def no_licence(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("dcterms:license"))
    words = [(), (ox.Quad(quad.subject, quad.predicate, literal("CC BY 4.0", ox.Literal("")), quad.graph_name),)]
    return Fault("no licence", (quad,), chance.choice(words), frozenset({quad.subject.value}))


def a_concept_without_words(whole: Whole, chance: random.Random) -> Fault | None:
    thing = chance.choice(whole.with_property("skos:inScheme")).subject.value
    name, language = chance.choice(["skos:prefLabel", "skos:definition"]), chance.choice(["en", "fr"])
    gone = [one for one in whole.of[thing] if one.predicate.value == expand(name) and one.object.language == language]
    return Fault("a concept without words", tuple(gone), (), frozenset({thing})) if gone else None


def a_date_of_another_session(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice(whole.with_property("md:adoptedOn"))
    if not any(one.predicate.value == expand("md:inSession") for one in whole.of[quad.subject.value]):
        return None
    year, rest = quad.object.value.split("-", 1)
    other = int(year) + chance.choice([-30, -10, -2, 2, 3, 10])
    return changed("a date of another session", quad, literal(f"{other}-{rest}", quad.object))


def an_event_on_another_day(whole: Whole, chance: random.Random) -> Fault:
    thing = chance.choice(whole.instances("Adoption", "Transmission"))
    quad = next(one for one in whole.of[thing] if one.predicate.value == expand("md:startsOn"))
    return changed("an event on another day", quad, literal(f"{chance.randrange(1990, 2020)}-07-04", quad.object))


VALUES: tuple[Make, ...] = (
    a_required_value_dropped,
    another_datatype,
    two_dates,
    offsets_swapped,
    offsets_moved,
    a_broken_symbol,
    a_label_dropped,
    another_language,
    no_language,
    no_words,
    a_placeholder,
    a_broken_checksum,
    a_date_before_time,
    two_labels,
    the_same_position,
    an_offset_beyond_the_text,
    two_symbols,
    a_broken_language_tag,
    words_tagged_as_another_language,
    another_number,
    a_position_left_out,
    a_quotation_cut,
    no_licence,
    a_concept_without_words,
    a_date_of_another_session,
    an_event_on_another_day,
)
