"""The ontology keeps its promises: terms documented and declared, one profile, disjointness only where it is true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

import mandata
from mandata.package_data import shipped_path
from mandata.rdf.namespaces import MD, expand

ONTOLOGY = shipped_path("ontology")
FILES = sorted(ONTOLOGY.rglob("*.ttl"))

# The letters of each language of the United Nations: a label in another script stands in the wrong place.
SCRIPTS = {
    "ar": re.compile(r"[\u0621-\u0652 0-9A-Z]+"),
    "en": re.compile(r"[A-Za-zé0-9 ]+"),
    "es": re.compile(r"[A-Za-záéíóúñü0-9 ]+"),
    "fr": re.compile(r"[A-Za-zÀ-ÿœ0-9’ ]+"),
    "ru": re.compile(r"[\u0400-\u04ff0-9,: -]+"),
    "zh": re.compile(r"[\u4e00-\u9fffM0-9]+"),
}


def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


CORE = read(ONTOLOGY / "mandata.ttl")


def terms() -> list[URIRef]:
    """The classes and properties that the ontology declares."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    found = {s for kind in kinds for s in CORE.subjects(RDF.type, kind) if str(s).startswith(MD)}
    return sorted(URIRef(str(term)) for term in found)


def local(node: Node) -> str:
    return str(node).removeprefix(MD)


def iri(name: str) -> URIRef:
    return URIRef(MD + name)


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(str(o.language) for o in graph.objects(subject, predicate) if isinstance(o, Literal))


def own(node: Node) -> bool:
    return isinstance(node, URIRef) and str(node).startswith(MD)


def ancestors(cls: Node) -> set[Node | None]:
    return set(CORE.transitive_objects(cls, RDFS.subClassOf))


def disjoint_pairs() -> Iterator[tuple[Node, Node]]:
    yield from CORE.subject_objects(OWL.disjointWith)
    for axiom in CORE.subjects(RDF.type, OWL.AllDisjointClasses):
        head = CORE.value(axiom, OWL.members)
        assert head is not None
        listed = list(CORE.items(head))
        yield from ((a, b) for a in listed for b in listed if str(a) < str(b))


# Terms ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", terms(), ids=local)
def test_a_term_is_documented(term: URIRef) -> None:
    """One label in each language of the United Nations, a definition in two, who defines it, and one example."""
    assert languages(CORE, term, RDFS.label) == sorted(SCRIPTS)
    assert languages(CORE, term, SKOS.definition) == ["en", "fr"]
    assert len(list(CORE.objects(term, SKOS.example))) == 1
    assert list(CORE.objects(term, RDFS.isDefinedBy)) == [URIRef(MD.removesuffix("#"))]


@pytest.mark.parametrize("term", terms(), ids=local)
def test_a_definition_is_a_sentence(term: URIRef) -> None:
    assert all(str(text).endswith((".", ".”")) for text in CORE.objects(term, SKOS.definition))


@pytest.mark.parametrize("term", terms(), ids=local)
def test_a_label_is_written_in_the_letters_of_its_language(term: URIRef) -> None:
    for label in CORE.objects(term, RDFS.label):
        assert isinstance(label, Literal)
        assert SCRIPTS[str(label.language)].fullmatch(label), label


@pytest.mark.parametrize("language", SCRIPTS)
@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty], ids=local)
def test_labels_tell_terms_of_one_kind_apart(kind: URIRef, language: str) -> None:
    labels = [o for t in CORE.subjects(RDF.type, kind) for o in CORE.objects(t, RDFS.label)]
    texts = [str(o) for o in labels if isinstance(o, Literal) and o.language == language]
    assert sorted(texts) == sorted(set(texts))


def test_the_ontology_states_its_version_licence_and_titles() -> None:
    header = URIRef(MD.removesuffix("#"))
    assert CORE.value(header, OWL.versionIRI) == URIRef(f"{header}/{CORE.value(header, OWL.versionInfo)}")
    assert languages(CORE, header, URIRef(expand("dcterms:title"))) == ["en", "fr"]
    assert languages(CORE, header, URIRef(expand("dcterms:description"))) == ["en", "fr"]
    assert isinstance(CORE.value(header, URIRef(expand("dcterms:license"))), URIRef)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_term_used_is_declared(path: Path) -> None:
    used = {node for triple in read(path) for node in triple if own(node)}
    assert sorted(map(local, used - set(terms()))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_two_parsers_read_the_same(path: Path) -> None:
    assert len(read(path)) == len(list(pyoxigraph.parse(path=str(path))))


# Profile -------------------------------------------------------------------------------------------------------------


def test_no_class_has_a_key() -> None:
    """A key makes two things one wherever a value is missing from the engine's sight; symbols are compared by code."""
    assert list(CORE.triples((None, OWL.hasKey, None))) == []


def test_classes_are_named_on_both_sides_of_every_axiom() -> None:
    """No anonymous class stands as a subclass, a superclass, a domain, a range or a disjoint class."""
    for predicate in (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.disjointWith):
        assert not [pair for pair in CORE.subject_objects(predicate) if any(isinstance(node, BNode) for node in pair)]


def test_blank_nodes_stand_only_in_lists_and_in_disjointness() -> None:
    allowed = {RDF.first, RDF.rest, OWL.propertyChainAxiom, OWL.members}
    for s, p, o in CORE:
        if isinstance(s, BNode) or isinstance(o, BNode):
            assert p in allowed or (p == RDF.type and o == OWL.AllDisjointClasses)


def test_domains_and_ranges_are_declared_classes() -> None:
    classes = set(CORE.subjects(RDF.type, OWL.Class))
    domains = set(CORE.objects(None, RDFS.domain))
    ranges = {o for s in CORE.subjects(RDF.type, OWL.ObjectProperty) for o in CORE.objects(s, RDFS.range)}
    assert domains | ranges <= classes


def test_no_property_is_transitive() -> None:
    """Citing is not transitive: that A cites B and B cites C does not make A cite C."""
    assert list(CORE.subjects(RDF.type, OWL.TransitiveProperty)) == []


def test_the_chains_are_the_three_that_hold() -> None:
    axioms = CORE.subject_objects(OWL.propertyChainAxiom)
    assert {(local(made), tuple(local(step) for step in CORE.items(steps))) for made, steps in axioms} == {
        ("cites", ("hasPart", "cites")),
        ("cites", ("cites", "isPartOf")),
        ("mentions", ("hasPart", "mentions")),
    }


def test_a_reply_is_never_mutual() -> None:
    assert (iri("repliesTo"), RDF.type, OWL.AsymmetricProperty) in CORE


def test_inverses_mirror_domain_and_range() -> None:
    for a, b in CORE.subject_objects(OWL.inverseOf):
        assert CORE.value(a, RDFS.domain) == CORE.value(b, RDFS.range)
        assert CORE.value(a, RDFS.range) == CORE.value(b, RDFS.domain)


def used_names() -> set[str]:
    """Return the local names that a query, a rule, a shape, an alignment, a template or code uses.

    Code names a term ``md:name``; where statements are made and proved, also by a bare word in quotation marks. The
    words of proofs and pages do not count: they are there for whatever is inferred.
    """
    source = Path(mandata.__file__).parent
    files = [*ONTOLOGY.rglob("*.rq"), ONTOLOGY / "shapes.ttl", ONTOLOGY / "alignments.ttl"]
    files += [*source.rglob("*.py"), *source.rglob("templates/*.html")]
    named = {name for path in files for name in re.findall(r"\bmd:(\w+)", path.read_text(encoding="utf-8"))}
    bare = [path for folder in ("graph", "proof") for path in (source / folder).rglob("*.py")]
    return named | {name for path in bare for name in re.findall(r'"(\w+)"', path.read_text(encoding="utf-8"))}


def test_a_property_that_is_the_inverse_of_another_is_used() -> None:
    """An inverse that nothing asks for only doubles statements: it is deprecated, and a query writes ``^md:other``."""
    inverses = {local(node) for pair in CORE.subject_objects(OWL.inverseOf) for node in pair}
    assert inverses
    assert sorted(inverses - used_names()) == []


DEPRECATED = sorted(str(term) for term in CORE.subjects(OWL.deprecated, None))


@pytest.mark.parametrize("term", [URIRef(iri) for iri in DEPRECATED], ids=local)
def test_a_deprecated_term_names_its_successor_and_nothing_infers_it(term: URIRef) -> None:
    """It has no axiom besides its domain and range, and no other term leads to it."""
    assert CORE.value(term, URIRef(expand("dcterms:isReplacedBy"))) in set(terms()) - {
        URIRef(iri) for iri in DEPRECATED
    }
    assert languages(CORE, term, SKOS.historyNote) == ["en", "fr"]
    assert not {OWL.inverseOf, RDFS.subPropertyOf, OWL.equivalentProperty} & set(CORE.predicates(term))
    assert not list(CORE.subjects(None, term))


def test_no_query_rule_or_shape_uses_a_deprecated_term() -> None:
    files = [*ONTOLOGY.rglob("*.rq"), ONTOLOGY / "shapes.ttl", ONTOLOGY / "alignments.ttl"]
    named = {name for path in files for name in re.findall(r"\bmd:(\w+)", path.read_text(encoding="utf-8"))}
    assert not named & {local(URIRef(term)) for term in DEPRECATED}


# Disjointness --------------------------------------------------------------------------------------------------------


def test_no_class_is_below_two_disjoint_ones() -> None:
    for cls in CORE.subjects(RDF.type, OWL.Class):
        above = ancestors(cls)
        assert not [(a, b) for a, b in disjoint_pairs() if a in above and b in above], cls


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Annex", "Document"),
        ("Annex", "Declaration"),
        ("Annex", "Communique"),
        ("Resolution", "Declaration"),
        ("OperativeParagraph", "Provision"),
        ("Instrument", "Strategy"),
        ("Instrument", "Declaration"),
        ("Organ", "Organisation"),
    ],
)
def test_what_one_thing_may_be_at_once_is_not_disjoint(one: str, other: str) -> None:
    """An annex may be a declaration; A/RES/53/243 A is a resolution and a declaration."""
    ours, theirs = ancestors(iri(one)), ancestors(iri(other))
    assert not [(a, b) for a, b in disjoint_pairs() if (a in ours and b in theirs) or (b in ours and a in theirs)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PreambularParagraph", "OperativeParagraph"),
        ("LetterParagraph", "AnnexParagraph"),
        ("Person", "Centre"),
        ("Resolution", "NoteVerbale"),
        ("Event", "Agent"),
        ("Resolution", "SourceFile"),
        ("Mandate", "Annex"),
    ],
)
def test_what_no_thing_can_be_at_once_is_disjoint(one: str, other: str) -> None:
    ours, theirs = ancestors(iri(one)), ancestors(iri(other))
    assert [(a, b) for a, b in disjoint_pairs() if (a in ours and b in theirs) or (b in ours and a in theirs)]


# Alignments ----------------------------------------------------------------------------------------------------------


def test_the_core_stands_without_the_alignments() -> None:
    """No term of another vocabulary is above one of ours in the core."""
    above = {o for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in CORE.objects(None, p)}
    assert all(own(node) for node in above)
