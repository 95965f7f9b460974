"""The schemes and the shapes keep their promises: named concepts, one scale of forces, messages a person can act on."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from mandata.package_data import shipped_path
from mandata.rdf.namespaces import MD, SCHEME, expand

ONTOLOGY = shipped_path("ontology")
SCHEMES = sorted((ONTOLOGY / "schemes").glob("*.ttl"))

# What the five texts use, in the words of their readers.
PREAMBULAR = {
    "appreciating",
    "aware",
    "bearing-in-mind",
    "commending",
    "considering",
    "convinced",
    "guided",
    "noting",
    "noting-with-satisfaction",
    "reaffirming",
    "recalling",
    "stressing",
    "taking-note-with-appreciation",
    "welcoming",
}
OPERATIVE = {
    "calls-upon": "calls-upon",
    "decides": "decides",
    "encourages": "invites-encourages",
    "notes-with-satisfaction": "welcomes-notes",
    "proclaims": "decides",
    "reaffirms": "welcomes-notes",
    "supports": "welcomes-notes",
    "welcomes": "welcomes-notes",
    "demands": "demands-requests",
    "requests": "demands-requests",
    "urges": "urges",
    "invites": "invites-encourages",
    "notes": "welcomes-notes",
}
SCALE = ["welcomes-notes", "invites-encourages", "calls-upon", "urges", "demands-requests", "decides"]
WAYS = {"symbol", "footnote", "name", "context", "record"}
CERTAINTIES = {"stated", "strong", "weak"}
FUNCTION_VERBS = {
    "liaise",
    "monitor-and-analyse",
    "maintain-contact",
    "provide-framework-and-leadership",
    "maintain-close-contact",
}
STATUSES = {"submitted", "recommended", "adopted", "dated", "issued"}
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}
KINDS = {"resolution", "draft", "letter", "report", "decision", "statement", "note", "other"}


def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def iri(name: str) -> URIRef:
    return URIRef(MD + name)


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(str(o.language) for o in graph.objects(subject, predicate) if isinstance(o, Literal))


def members(scheme: str) -> set[str]:
    """The local names of the concepts of a scheme."""
    graph = read(ONTOLOGY / "schemes" / f"{scheme}.ttl")
    return {str(s).removeprefix(f"{SCHEME}{scheme}/") for s in graph.subjects(RDF.type, SKOS.Concept)}


# Schemes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
def test_a_scheme_has_no_blank_nodes(path: Path) -> None:
    assert not [triple for triple in read(path) if any(isinstance(node, BNode) for node in triple)]


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
def test_every_concept_is_named_and_placed_in_its_scheme(path: Path) -> None:
    graph, scheme = read(path), URIRef(SCHEME + path.stem)
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert str(concept).startswith(f"{scheme}/")
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        labelled = languages(graph, concept, SKOS.prefLabel)
        # an operator is named in a language once texts in it are seen to use it
        assert ({"en", "fr"} if path.stem == "operators" else LANGUAGES) <= set(labelled) <= LANGUAGES
        assert len(labelled) == len(set(labelled))


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
def test_a_concept_has_one_place_in_the_tree(path: Path) -> None:
    """Either it is a top concept or it has one broader, declared concept."""
    graph = read(path)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    for concept in concepts:
        places = [*graph.objects(concept, SKOS.topConceptOf), *graph.objects(concept, SKOS.broader)]
        assert len(places) == 1
    assert set(graph.objects(None, SKOS.broader)) | set(graph.objects(None, SKOS.related)) <= concepts


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
def test_preferred_labels_differ_and_are_not_variants_too(path: Path) -> None:
    """Save those of a preambular operator and its operative counterpart, which are one word in Chinese."""
    graph = read(path)
    for label in set(graph.objects(None, SKOS.prefLabel)):
        one, *others = graph.subjects(SKOS.prefLabel, label)
        assert all({(one, SKOS.related, x), (x, SKOS.related, one)} & set(graph) for x in others), label
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert not set(graph.objects(concept, SKOS.prefLabel)) & set(graph.objects(concept, SKOS.altLabel))


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("citation-ways", WAYS),
        ("certainties", CERTAINTIES),
        ("forces", set(SCALE)),
        ("function-verbs", FUNCTION_VERBS),
        ("document-kinds", KINDS),
        ("document-statuses", STATUSES),
        ("operators", {*PREAMBULAR, *OPERATIVE}),
    ],
)
def test_a_scheme_holds_what_the_texts_need(scheme: str, expected: set[str]) -> None:
    assert expected <= members(scheme)


def test_the_forces_form_one_strict_scale() -> None:
    graph = read(ONTOLOGY / "schemes" / "forces.ttl")
    ranks = [graph.value(URIRef(f"{SCHEME}forces/{name}"), iri("rank")) for name in SCALE]
    numbers = [rank.toPython() for rank in ranks if isinstance(rank, Literal)]
    assert len(numbers) == len(members("forces"))
    assert all(weaker < stronger for weaker, stronger in pairwise(numbers))


# Operators -----------------------------------------------------------------------------------------------------------

OPERATORS = read(ONTOLOGY / "schemes" / "operators.ttl")


def collection(place: str) -> set[Node]:
    return set(OPERATORS.objects(URIRef(f"{SCHEME}{place}-operators"), SKOS.member))


def test_an_operator_is_preambular_or_operative() -> None:
    preambular, operative = collection("preambular"), collection("operative")
    assert not preambular & operative
    assert preambular | operative == set(OPERATORS.subjects(RDF.type, SKOS.Concept))


def test_operative_operators_alone_have_a_force() -> None:
    forces = {URIRef(f"{SCHEME}forces/{name}") for name in SCALE}
    assert set(OPERATORS.subjects(iri("force"), None)) == collection("operative")
    for operator in collection("operative"):
        assert set(OPERATORS.objects(operator, iri("force"))) <= forces
        assert len(list(OPERATORS.objects(operator, iri("force")))) == 1


@pytest.mark.parametrize(("operator", "force"), OPERATIVE.items())
def test_an_operator_has_the_force_that_delegates_give_it(operator: str, force: str) -> None:
    found = OPERATORS.value(URIRef(expand(f"op:{operator}")), iri("force"))
    assert found == URIRef(expand(f"force:{force}"))


def test_every_operator_makes_one_kind_of_citation() -> None:
    core = read(ONTOLOGY / "mandata.ttl")
    for operator in OPERATORS.subjects(RDF.type, SKOS.Concept):
        (intent,) = OPERATORS.objects(operator, iri("intentProperty"))
        assert iri("cites") in set(core.transitive_objects(intent, RDFS.subPropertyOf)), operator


def test_counterparts_name_each_other() -> None:
    pairs = set(OPERATORS.subject_objects(SKOS.related))
    assert pairs == {(b, a) for a, b in pairs}
    assert all({a in collection("operative"), b in collection("operative")} == {True, False} for a, b in pairs)


def test_operators_that_translate_each_other_say_so_both_ways_and_stand_in_the_same_part() -> None:
    pairs, operative = set(OPERATORS.subject_objects(SKOS.closeMatch)), collection("operative")
    assert pairs
    assert pairs == {(b, a) for a, b in pairs}
    assert all((a in operative) == (b in operative) and a != b for a, b in pairs)


def test_a_pair_of_translations_has_its_counterpart() -> None:
    """Where a preambular pair has operative counterparts, these translate each other too, and the other way round."""
    pairs, counterparts = set(OPERATORS.subject_objects(SKOS.closeMatch)), dict(OPERATORS.subject_objects(SKOS.related))
    both = {(a, b) for a, b in pairs if a in counterparts and b in counterparts}
    assert {(counterparts[a], counterparts[b]) for a, b in both} <= pairs


def test_what_is_broader_stands_in_the_same_part() -> None:
    operative = collection("operative")
    assert all((a in operative) == (b in operative) for a, b in OPERATORS.subject_objects(SKOS.broader))


# Shapes --------------------------------------------------------------------------------------------------------------

SHAPES = read(ONTOLOGY / "shapes.ttl")


def named_shapes() -> list[URIRef]:
    found = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in SHAPES.subjects(RDF.type, kind)}
    return sorted(URIRef(str(shape)) for shape in found)


def test_every_shape_that_can_fail_says_so_in_both_languages() -> None:
    for shape in named_shapes():
        fails = (shape, SH.path, None) in SHAPES or (shape, SH["or"], None) in SHAPES
        assert languages(SHAPES, shape, SH.message) == (["en", "fr"] if fails else [])


def test_every_property_shape_is_used() -> None:
    assert set(SHAPES.subjects(RDF.type, SH.PropertyShape)) == set(SHAPES.objects(None, SH.property))


def test_shapes_target_classes_that_converters_assert() -> None:
    """Nothing is inferred before, so no shape may wait for a class that only inference gives."""
    targets = {str(o).removeprefix(MD) for o in SHAPES.objects(None, SH.targetClass)}
    general = {"TextUnit", "Document", "DocumentPart", "MandateAct", "Event", "Agent"}
    assert not targets & {*general, "FoundingLetter"}
