"""The views of the ontology and of the concept schemes: each term with its labels, definition and axioms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mandata.rdf.namespaces import HOME, MD, OWL
from mandata.site.addresses import ONTOLOGY
from mandata.site.labels import Labels, Link
from mandata.site.resources import TYPE, LiteralText
from mandata.site.views.evidence import anchor
from mandata.site.views.facts import LanguageNames, PropertyRow, incoming_rows, names, rows

_KINDS: Final = {"classes": ("Class",), "properties": ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
_HIDDEN: Final = (
    "skos:definition",
    "skos:example",
    "rdfs:isDefinedBy",
    "owl:propertyChainAxiom",
    "owl:disjointWith",
)
_INCOMING: Final = frozenset({"rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf"})


@dataclass(frozen=True, slots=True)
class TermView:
    """A term of the ontology, or a concept."""

    anchor: str
    iri: str
    link: Link
    names: tuple[LanguageNames, ...]
    definition: LiteralText | None
    example: LiteralText | None
    facts: tuple[PropertyRow, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of a vocabulary, in groups; the name of a group is a key of the interface texts."""

    iri: str
    title: LiteralText
    description: LiteralText | None
    groups: tuple[tuple[str, tuple[TermView, ...]], ...]


def ontology(labels: Labels) -> Vocabulary:
    """Return the view of the ontology: its classes and properties."""
    collection, iri = labels.collection, HOME + ONTOLOGY
    groups = []
    for group, kinds in _KINDS.items():
        of_kind = {each for kind in kinds for each in collection.subjects(TYPE, OWL + kind) if each.startswith(MD)}
        groups.append((group, tuple(_term(labels, each) for each in sorted(of_kind))))
    description = labels.preferred_text(collection.literals(iri, "dcterms:description"))
    return Vocabulary(iri, labels.label(iri) or labels.name(iri), description, tuple(groups))


def scheme(labels: Labels, iri: str) -> Vocabulary:
    """Return the view of ``iri``, a concept scheme or a collection of concepts, with ``labels``."""
    collection = labels.collection
    concepts = collection.subjects("skos:inScheme", iri)
    members = (
        () if concepts else (("members", tuple(_member(labels, one) for one in collection.things(iri, "skos:member"))),)
    )
    groups = (("concepts", tuple(_term(labels, one) for one in concepts)),) if concepts else members
    return Vocabulary(iri, labels.name(iri), labels.preferred_text(collection.literals(iri, "skos:definition")), groups)


def _term(labels: Labels, iri: str) -> TermView:
    collection = labels.collection
    incoming = [row for row in incoming_rows(labels, iri, _hidden_properties(labels, iri)) if row.values]
    return TermView(
        anchor(labels, iri),
        iri,
        labels.link(iri),
        names(labels, iri),
        labels.preferred_text(collection.literals(iri, "skos:definition")),
        labels.preferred_text(collection.literals(iri, "skos:example")),
        (*rows(labels, iri, _HIDDEN), *incoming),
    )


def _hidden_properties(labels: Labels, iri: str) -> list[str]:
    return [prop for prop in labels.collection.incoming_properties(iri) if prop not in _INCOMING]


def _member(labels: Labels, iri: str) -> TermView:
    return TermView(
        "",
        iri,
        labels.link(iri),
        (),
        labels.preferred_text(labels.collection.literals(iri, "skos:definition")),
        None,
        (),
    )
