"""Faults of links: what is said leads elsewhere, into nothing, or is said of something else."""

from __future__ import annotations

import random

import pyoxigraph as ox

from mandata.rdf.namespaces import ID, SCHEME, expand

from .faults import TYPE, Fault, Make, Quad, Whole, changed

_OTHERS = ("Person", "Place", "Session", "Evidence", "Citation", "SourceFile", "Topic", "MandateFunction")


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


def a_place_of_placeholders(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("skos:exactMatch"))
    return changed("a place of placeholders", quad, ox.NamedNode("http://www.example.org/thing"))


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


def evidence_in_another_file(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:inFile"))
    other = chance.choice([one for one in whole.with_property("md:inFile") if one.object != quad.object])
    fault = changed("evidence in another file", quad, other.object)
    return Fault(fault.kind, fault.gone, fault.come, frozenset({quad.subject.value}))


def a_thing_dropped(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:evidence", "md:citedDocument", "md:mentions", "md:hasVersion"))
    return Fault("a thing dropped", tuple(whole.of[quad.object.value]), (), frozenset({quad.object.value}))


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


def about_its_subject(fault: Fault) -> Fault:
    return Fault(fault.kind, fault.gone, fault.come, frozenset({fault.gone[0].subject.value}))


def a_statement_in_another_graph(whole: Whole, chance: random.Random) -> Fault:
    kinds = ("Citation", "Evidence", "ParagraphVersion", "PreambularParagraph", "OperativeParagraph", "SourceFile")
    quad = chance.choice(whole.of[chance.choice(whole.instances(*kinds))])
    other = chance.choice([one for one in whole.with_property("md:realizedBy") if one.graph_name != quad.graph_name])
    come = ox.Quad(quad.subject, quad.predicate, quad.object, other.graph_name)
    return Fault("a statement in another graph", (quad,), (come,), frozenset({quad.subject.value}))


def a_proof_dropped(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("md:evidence"))
    return Fault("a proof dropped", (quad,), (), frozenset({quad.subject.value, quad.object.value}))


def the_proof_of_another(whole: Whole, chance: random.Random) -> Fault:
    quad, other = chance.sample(whole.with_property("md:evidence"), 2)
    fault = changed("the proof of another", quad, other.object)
    return Fault(fault.kind, fault.gone, fault.come, frozenset({quad.subject.value, quad.object.value}))


def a_name_that_is_deprecated(whole: Whole, chance: random.Random) -> Fault:
    names = ("md:mentions", "md:citedDocument", "md:inSession", "md:operator", "md:sentBy", "md:adoptedBy")
    quad = chance.choice(whole.with_property(*names))
    true = ox.Literal("true", datatype=ox.NamedNode(expand("xsd:boolean")))
    more = ox.Quad(quad.object, ox.NamedNode(expand("owl:deprecated")), true, quad.graph_name)
    return Fault("a name that is deprecated", (), (more,), frozenset({quad.object.value}))


def a_circle(whole: Whole, chance: random.Random) -> Fault:
    quad = chance.choice(whole.with_property("skos:broader", "md:subOrganOf", "md:hasPart", "md:supplements"))
    more = ox.Quad(quad.object, quad.predicate, quad.subject, quad.graph_name)
    return Fault("a circle", (), (more,), frozenset({quad.subject.value, quad.object.value}))


def turned_round(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice([one for one in chance.sample(whole.quads, 400) if "/ontology#" in one.predicate.value])
    if not isinstance(quad.object, ox.NamedNode) or not quad.object.value.startswith(ID):
        return None
    more = ox.Quad(quad.object, quad.predicate, quad.subject, quad.graph_name)
    return Fault("turned round", (quad,), (more,), frozenset({quad.subject.value, quad.object.value}))


def no_class(whole: Whole, chance: random.Random) -> Fault | None:
    quad = chance.choice(whole.by_property[TYPE.value])
    gone = tuple(one for one in whole.of[quad.subject.value] if one.predicate == TYPE)
    ours = quad.subject.value.startswith(ID)
    return Fault("no class", gone, (), frozenset({quad.subject.value})) if ours else None


def two_classes(whole: Whole, chance: random.Random) -> Fault:
    one, other = chance.choice(APART)
    thing = chance.choice(whole.instances(one))
    (quad, *_) = (quad for quad in whole.of[thing] if quad.predicate == TYPE)
    more = ox.Quad(quad.subject, TYPE, ox.NamedNode(expand(f"md:{other}")), quad.graph_name)
    return Fault("two classes", (), (more,), frozenset({thing}))


APART = (
    ("Letter", "Resolution"),
    ("MemberState", "Person"),
    ("PreambularParagraph", "OperativeParagraph"),
    ("Evidence", "Citation"),
    ("ParagraphVersion", "LanguageVersion"),
    ("Place", "Person"),
    ("Session", "Meeting"),
    ("SourceFile", "Evidence"),
)


def another_operator(whole: Whole, chance: random.Random) -> Fault:
    quad, other = chance.sample(whole.with_property("md:operator"), 2)
    return about_its_subject(changed("another operator", quad, other.object))


def another_intent(whole: Whole, chance: random.Random) -> Fault:
    quad, other = chance.sample(whole.with_property("md:intent"), 2)
    return about_its_subject(changed("another intent", quad, other.object))


def another_way_of_citing(whole: Whole, chance: random.Random) -> Fault | None:
    edges = whole.with_property("md:recalls", "md:reaffirms", "md:welcomes", "md:takesNoteOf", "md:isGuidedBy")
    quad, other = chance.choice(edges), chance.choice(edges)
    come = ox.Quad(quad.subject, other.predicate, quad.object, quad.graph_name)
    citations = {one.subject.value for one in whole.with_property("md:citingPart") if one.object == quad.subject}
    return Fault("another way of citing", (quad,), (come,), frozenset({quad.subject.value, *citations}))


LINKS: tuple[Make, ...] = (
    a_link_into_nothing,
    another_class,
    an_unknown_property,
    an_unknown_concept,
    a_concept_of_another_scheme,
    a_place_of_placeholders,
    a_citation_of_another,
    a_part_of_nothing,
    a_part_of_another,
    evidence_in_another_file,
    a_thing_dropped,
    a_link_that_is_words,
    a_statement_in_another_graph,
    a_proof_dropped,
    the_proof_of_another,
    a_name_that_is_deprecated,
    a_circle,
    turned_round,
    no_class,
    two_classes,
    another_operator,
    another_intent,
    another_way_of_citing,
)
