"""Every number that a release says of itself is counted again here, another way, with no difference."""

from __future__ import annotations

import gzip
import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pyshacl
import pytest
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    OWL,
    PROV,
    RDF,
    SH,
    VOID,
    XSD,
    Dataset,
    Graph,
    Literal,
    Namespace,
    URIRef,
)

from mandata.rdf.namespaces import BASE, HOME, expand
from mandata.release.describe.terms import rights
from mandata.release.release import Release

SPDX = Namespace("http://spdx.org/rdf/terms#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
PARTS = ["", "asserted", "inferred"]


def described(folder: Path, name: str) -> Graph:
    return Graph().parse(folder / name, format="turtle")


@pytest.fixture(scope="session")
def dumped(released: Release, folder: Path) -> dict[str, Graph]:
    """The Turtle dumps as rdflib reads them, by part."""
    return {
        part: Graph().parse(
            data=gzip.decompress((folder / released.edition.dump(part, "ttl")).read_bytes()), format="turtle"
        )
        for part in PARTS
    }


def number(graph: Graph, subject: object, name: URIRef) -> int:
    values = list(graph.objects(URIRef(str(subject)), name))
    assert len(values) == 1, (subject, name)
    assert isinstance(values[0], Literal)
    return int(values[0])


@pytest.mark.parametrize("part", PARTS)
def test_void_is_recounted_without_a_difference(
    part: str, released: Release, folder: Path, dumped: dict[str, Graph]
) -> None:
    void, data = described(folder, "void.ttl"), dumped[part]
    iri = URIRef(f"{released.edition.iri}/{part}" if part else released.edition.iri)
    classes = {kind: len(set(data.subjects(RDF.type, kind))) for kind in set(data.objects(None, RDF.type))}
    properties = {name: len(list(data.subject_objects(name))) for name in set(data.predicates())}
    assert {
        void.value(one, VOID["class"]): number(void, one, VOID.entities)
        for one in void.objects(iri, VOID.classPartition)
    } == classes
    assert {
        void.value(one, VOID.property): number(void, one, VOID.triples)
        for one in void.objects(iri, VOID.propertyPartition)
    } == properties
    assert number(void, iri, VOID.triples) == len(data)
    assert number(void, iri, VOID.distinctSubjects) == len(set(data.subjects()))
    assert number(void, iri, VOID.distinctObjects) == len(set(data.objects()))
    assert number(void, iri, VOID.classes) == len(classes)
    assert number(void, iri, VOID.properties) == len(properties)
    assert {str(one) for one in void.objects(iri, VOID.dataDump)} == {
        BASE + released.edition.dump(part, ending) for ending in ("ttl", "trig", "nq")
    }


def test_each_linkset_is_recounted_and_none_is_missing(folder: Path, dumped: dict[str, Graph]) -> None:
    void = described(folder, "void.ttl")
    told = {
        (void.value(one, VOID.linkPredicate), str(void.value(one, VOID.objectsTarget))): number(void, one, VOID.triples)
        for one in void.subjects(RDF.type, VOID.Linkset)
    }
    found: dict[tuple[object, str], int] = {}
    for _, name, value in dumped[""]:
        if (
            isinstance(value, URIRef)
            and name != RDF.type
            and "://" in value
            and not str(value).startswith((BASE, HOME))
        ):
            place = "/".join(value.split("/")[:3]) + "/"
            found[name, place] = found.get((name, place), 0) + 1
    assert told == found
    assert told


def test_dcat_tells_the_size_and_checksum_of_each_file(released: Release, folder: Path) -> None:
    dcat = described(folder, "dcat.ttl")
    release = URIRef(released.edition.iri)
    distributions = set(dcat.objects(release, DCAT.distribution))
    assert len(distributions) == 9
    for one in distributions:
        data = (folder / str(dcat.value(one, DCAT.downloadURL)).removeprefix(BASE)).read_bytes()
        assert dcat.value(one, DCAT.byteSize) == Literal(str(len(data)), datatype=XSD.nonNegativeInteger)
        checksum = dcat.value(one, SPDX.checksum)
        assert dcat.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        assert str(dcat.value(checksum, SPDX.checksumValue)) == hashlib.sha256(data).hexdigest()
    assert str(dcat.value(release, DCTERMS.identifier)) == f"sha256:{released.identity}"


# What the profile recommends and is left out: nobody to write to is known, and what the documents are about has no
# bounds in space and time; whether an endpoint stands beside the files, the release does not know.
LEFT_OUT = {
    DCAT.Catalog: {DCAT.service, DCTERMS.issued, DCTERMS.spatial},
    DCAT.Dataset: {DCAT.contactPoint, DCTERMS.spatial, DCTERMS.temporal},
    DCAT.DatasetSeries: {DCAT.contactPoint, DCTERMS.spatial, DCTERMS.temporal},
    FOAF.Agent: {DCTERMS.type},
}


def test_dcat_holds_to_the_application_profile(folder: Path) -> None:
    """DCAT-AP 3: every mandatory property, the right kind of value, and every recommended one save those left out."""
    dcat = described(folder, "dcat.ttl")
    shapes = Graph().parse(Path(__file__).with_name("dcat_ap.ttl"))
    assert {shapes.value(one, SH.targetClass) for one in shapes.subjects(RDF.type, SH.NodeShape)} <= set(
        dcat.objects(None, RDF.type)
    )
    _, report, _ = pyshacl.validate(dcat, shacl_graph=shapes)
    assert isinstance(report, Graph)
    warned: dict[object, set[object]] = {}
    for one in report.subjects(RDF.type, SH.ValidationResult):
        focus, path = report.value(one, SH.focusNode), report.value(one, SH.resultPath)
        assert report.value(one, SH.resultSeverity) == SH.Warning, (focus, path)
        for kind in LEFT_OUT.keys() & set(dcat.objects(focus, RDF.type)):
            warned.setdefault(kind, set()).add(path)
    assert warned == LEFT_OUT


def test_the_table_of_the_profile_finds_what_is_wrong(folder: Path) -> None:
    dcat = described(folder, "dcat.ttl")
    wrong = Graph() + dcat
    for one, name in [(DCAT.Distribution, DCAT.accessURL), (SPDX.Checksum, SPDX.checksumValue)]:
        wrong.remove((min(dcat.subjects(RDF.type, one), key=str), name, None))
    wrong.add((URIRef(BASE + "dataset"), DCTERMS.publisher, Literal("a name")))
    _, report, _ = pyshacl.validate(wrong, shacl_graph=Graph().parse(Path(__file__).with_name("dcat_ap.ttl")))
    assert isinstance(report, Graph)
    faults = {report.value(one, SH.resultPath) for one in report.subjects(SH.resultSeverity, SH.Violation)}
    assert faults == {DCAT.accessURL, SPDX.checksumValue, DCTERMS.publisher}


def test_a_release_says_what_rights_there_are_in_it(released: Release, folder: Path) -> None:
    dcat = described(folder, "dcat.ttl")
    release = URIRef(released.edition.iri)
    assert rights() == expand("id:ST_AI_189_Add.9_Rev.2")
    assert set(dcat.objects(release, DCTERMS.rights)) == {URIRef(rights())}
    assert set(dcat.objects(release, DCTERMS.license)) == {URIRef("https://creativecommons.org/licenses/by/4.0/")}
    words = [one for one in dcat.objects(URIRef(rights()), DCTERMS.description) if isinstance(one, Literal)]
    assert sorted(one.language or "" for one in words) == ["en", "en", "fr", "fr"]
    assert set(dcat.objects(release, OWL.versionIRI)) == {release}
    assert not set(dcat.objects(release, OWL.priorVersion))


def test_the_provenance_names_each_file_that_a_text_was_read_from(
    released: Release, folder: Path, dumped: dict[str, Graph]
) -> None:
    provenance = described(folder, "provenance.ttl")
    files = set(dumped["asserted"].subjects(RDF.type, URIRef(expand("md:SourceFile"))))
    assert set(provenance.objects(URIRef(released.edition.iri), PROV.wasDerivedFrom)) == files
    assert len(files) == 5


def test_the_service_description_counts_each_graph(released: Release, folder: Path) -> None:
    service = described(folder, "service.ttl")
    data = Dataset(default_union=True)
    data.parse(data=gzip.decompress((folder / released.edition.dump("", "nq")).read_bytes()), format="nquads")
    named = {
        graph.identifier: len(graph) for graph in data.graphs() if len(graph) and "mandata/graph" in graph.identifier
    }
    told = {
        service.value(one, SD.name): number(service, service.value(one, SD.graph), VOID.triples)
        for one in service.objects(URIRef(released.edition.iri), SD.namedGraph)
    }
    assert told == named
    assert number(service, service.value(URIRef(released.edition.iri), SD.defaultGraph), VOID.triples) == len(data)


def test_the_quality_figures_are_recounted(released: Release, folder: Path, dumped: dict[str, Graph]) -> None:
    quality, data = described(folder, "quality.ttl"), dumped["asserted"]
    told = {
        str(quality.value(one, DQV.isMeasurementOf)).rpartition("/")[2]: quality.value(one, DQV.value)
        for one in quality.objects(URIRef(released.edition.iri), DQV.hasQualityMeasurement)
    }
    md = Namespace(expand("md:"))
    citations = set(data.subjects(RDF.type, md.Citation))
    cited = set(data.objects(None, md.citedDocument))
    held = set(data.subjects(md.realizedBy))
    share = Decimal(len(citations & set(data.subjects(md.evidence)))) / len(citations)
    paragraphs = {
        one
        for kind in ("", "Annex", "Letter", "Operative", "Preambular")
        for one in data.subjects(RDF.type, md[f"{kind}Paragraph"])
    } | set(data.subjects(RDF.type, md.FunctionItem))
    attested = Decimal(len(paragraphs & set(data.subjects(md.evidence)))) / len(paragraphs)
    documents = list((folder / "id").glob("*.nt"))
    assert Decimal(str(told["paragraphs-with-evidence"])) == round(attested, 4)
    assert told["documents-held"] == Literal(len(held))
    assert told["documents"] == Literal(len(documents))
    assert Decimal(str(told["citations-with-evidence"])) == round(share, 4)
    assert Decimal(str(told["citations-to-held"])) == round(Decimal(len(cited & held)) / len(cited), 4)
    assert {name: int(str(told[name])) for name in released.gate} == released.gate
    assert len(told) == 8


def test_the_description_for_search_engines_tells_the_same_files(released: Release, folder: Path) -> None:
    found = json.loads((folder / "dataset.jsonld").read_text())
    assert found["@type"] == "Dataset"
    for one in found["distribution"]:
        data = (folder / one["contentUrl"]["@id"].removeprefix(BASE)).read_bytes()
        assert one["sha256"] == hashlib.sha256(data).hexdigest()
        assert one["contentSize"] == f"{len(data)} B"
    assert len(found["distribution"]) == 9


def test_void_is_where_it_is_looked_for(folder: Path) -> None:
    assert (folder / ".well-known" / "void").read_bytes() == (folder / "void.ttl").read_bytes()


def test_the_crate_lists_every_file_with_its_checksum(folder: Path) -> None:
    crate = json.loads((folder / "ro-crate-metadata.json").read_text())
    listed = {one["@id"]: one for one in crate["@graph"] if one["@type"] == "File"}
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert listed.keys() == found.keys() - {"ro-crate-metadata.json", "SHA256SUMS"}
    for path, one in listed.items():
        assert one["sha256"] == hashlib.sha256(found[path].read_bytes()).hexdigest()
