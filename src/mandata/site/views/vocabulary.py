"""The pages of the ontology and of the concept schemes: every term with its labels, its definition, its use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mandata.rdf.namespaces import HOME, MD, OWL
from mandata.site.addresses import ONTOLOGY
from mandata.site.labels import Link, Shown
from mandata.site.resources import TYPE, Words
from mandata.site.views.evidence import anchor
from mandata.site.views.facts import Name, Row, names, pointing_rows, rows

_KINDS: Final = {"classes": ("Class",), "properties": ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
_HIDDEN: Final = (
    "skos:definition",
    "skos:example",
    "rdfs:isDefinedBy",
    "owl:propertyChainAxiom",
    "owl:disjointWith",
)
_SHOWN_OF_POINTING: Final = frozenset({"rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf"})


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology, or a concept."""

    anchor: str
    iri: str
    link: Link
    names: tuple[Name, ...]
    definition: Words | None
    example: Words | None
    facts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A page of terms, in groups; the groups' names are keys of the interface."""

    iri: str
    title: Words
    description: Words | None
    groups: tuple[tuple[str, tuple[Term, ...]], ...]


def ontology(shown: Shown) -> Vocabulary:
    """Return the classes and the properties of the ontology."""
    told, iri = shown.collection, HOME + ONTOLOGY
    groups = []
    for group, kinds in _KINDS.items():
        of_kind = {each for kind in kinds for each in told.bearers(TYPE, OWL + kind) if each.startswith(MD)}
        groups.append((group, tuple(_term(shown, each) for each in sorted(of_kind))))
    described = shown.best(told.words(iri, "dcterms:description"))
    return Vocabulary(iri, shown.label(iri) or shown.name(iri), described, tuple(groups))


def scheme(shown: Shown, iri: str) -> Vocabulary:
    """Return the concepts of a scheme, or the members of a collection of them."""
    told = shown.collection
    concepts = told.bearers("skos:inScheme", iri)
    members = () if concepts else (("members", tuple(_member(shown, one) for one in told.things(iri, "skos:member"))),)
    groups = (("concepts", tuple(_term(shown, one) for one in concepts)),) if concepts else members
    return Vocabulary(iri, shown.name(iri), shown.best(told.words(iri, "skos:definition")), groups)


def _term(shown: Shown, iri: str) -> Term:
    told = shown.collection
    pointing = [row for row in pointing_rows(shown, iri, _hidden(shown, iri)) if row.values]
    return Term(
        anchor(shown, iri),
        iri,
        shown.link(iri),
        names(shown, iri),
        shown.best(told.words(iri, "skos:definition")),
        shown.best(told.words(iri, "skos:example")),
        (*rows(shown, iri, _HIDDEN), *pointing),
    )


def _hidden(shown: Shown, iri: str) -> list[str]:
    return [prop for prop in shown.collection.pointing(iri) if prop not in _SHOWN_OF_POINTING]


def _member(shown: Shown, iri: str) -> Term:
    return Term("", iri, shown.link(iri), (), shown.best(shown.collection.words(iri, "skos:definition")), None, ())
