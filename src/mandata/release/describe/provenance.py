"""The provenance of a release by PROV: the source files, the software, and the release before."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from mandata import __version__
from mandata.kb.statements import Statements
from mandata.rdf.local_names import term
from mandata.rdf.namespaces import BASE, HOME, RDF, XSD
from mandata.release.describe.dcat import PUBLISHER
from mandata.release.describe.terms import link, node, statements_about
from mandata.release.edition import Edition, address, release_iri
from mandata.release.files import FORMS, PARTS

_SOURCE_FILE = ox.NamedNode(term("SourceFile"))


def provenance(statements: Statements, edition: Edition) -> Iterator[ox.Quad]:
    """Yield the activity that made the ``statements`` of an ``edition``; its time is the date of the release."""
    activity = f"{edition.iri}/making"
    tool = f"{BASE}software/mandata-{__version__}"
    sources = _source_files(statements)
    midnight = ox.Literal(f"{edition.day}T00:00:00Z", datatype=ox.NamedNode(XSD + "dateTime"))
    yield from statements_about(
        edition.iri,
        {
            "rdf:type": node("prov:Entity"),
            "prov:wasGeneratedBy": link(activity),
            "prov:wasAttributedTo": link(PUBLISHER),
            "prov:generatedAtTime": midnight,
            "prov:wasDerivedFrom": sources,
            "prov:wasRevisionOf": [link(release_iri(edition.prior))] if edition.prior else [],
        },
    )
    yield from statements_about(
        activity,
        {
            "rdf:type": node("prov:Activity"),
            "prov:wasAssociatedWith": [link(tool), link(PUBLISHER)],
            "prov:used": [*sources, link(HOME + "ontology")],
        },
    )
    yield from statements_about(
        tool,
        {
            "rdf:type": node("prov:SoftwareAgent"),
            "rdfs:label": ox.Literal(f"mandata {__version__}"),
            "owl:versionInfo": ox.Literal(__version__),
        },
    )
    yield from statements_about(PUBLISHER, {"rdf:type": node("prov:Agent")})
    for part in PARTS:
        for ending in FORMS:
            yield from statements_about(
                address(edition.dump(part, ending)),
                {"rdf:type": node("prov:Entity"), "prov:specializationOf": link(edition.iri)},
            )


def _source_files(statements: Statements) -> list[ox.NamedNode]:
    typed = (quad.subject for quad in statements.asserted_of(RDF + "type") if quad.object == _SOURCE_FILE)
    return [subject for subject in typed if isinstance(subject, ox.NamedNode)]
