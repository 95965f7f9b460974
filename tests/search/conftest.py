"""An index over invented statements: documents of several organs, with paragraphs in six languages."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.kb import layout
from mandata.query.search.find import SearchIndex
from mandata.query.search.index import write_index
from mandata.rdf.namespaces import PREFIXES

STATEMENTS = """\
md:Document rdfs:subClassOf md:TextUnit . md:Resolution rdfs:subClassOf md:Document .
md:Paragraph rdfs:subClassOf md:DocumentPart . md:DocumentPart rdfs:subClassOf md:TextUnit .

id:A_RES_90_4 a md:Document, md:Resolution ; md:symbol "A/RES/90/4" ; md:adoptedOn "2035-11-02"^^xsd:date ;
  md:title "Wells of the high valleys"@en, "Puits des hautes vallées"@fr ;
  md:hasPart id:A_RES_90_4.op1, id:A_RES_90_4.op2, id:A_RES_90_4.op10 .
id:A_RES_90_4.op1 a md:Paragraph ; md:operator op:encourages ; md:force force:invites-encourages ;
  md:addressedTo id:centre-WELLS ; md:mentions id:topic-water ; md:text "Encourages the Centre to dig deeper wells"@en ;
  md:hasVersion id:A_RES_90_4.op1.en, id:A_RES_90_4.op1.fr, id:A_RES_90_4.op1.ar,
    id:A_RES_90_4.op1.ru, id:A_RES_90_4.op1.zh .
id:A_RES_90_4.op1.en md:text "Encourages the Centre to dig deeper wells"@en .
id:A_RES_90_4.op1.fr md:text "Encourage le Centre à creuser des puits, jusqu'à l'été"@fr .
id:A_RES_90_4.op1.ar md:text "تشجع المركز على حفر الآبار"@ar .
id:A_RES_90_4.op1.ru md:text "призывает Центр рыть колодцы глубже, как ёлки"@ru .
id:A_RES_90_4.op1.zh md:text "鼓励中心挖更深的井"@zh .
id:A_RES_90_4.op2 a md:Paragraph ; md:text "Takes note of the report on wells"@en .
id:A_RES_90_4.op10 a md:Paragraph ; md:text "Takes note of the report on wells"@en .
id:A_RES_90_4.en a md:LanguageVersion ; md:text "United Nations\\nWells of the high valleys"@en .
op:encourages a skos:Concept ; skos:prefLabel "Encourages"@en, "Encourage"@fr .

id:A_90_4 a md:Document ; md:symbol "A/90/4" ; md:title "Report on wells"@en .
id:S_RES_1325_2000 a md:Document, md:Resolution ; md:symbol "S/RES/1325(2000)" .
id:E_RES_1325_L a md:Document, md:Resolution ; md:symbol "E/RES/1325(L)" .
id:A_RES_217_III_A a md:Document, md:Resolution ; md:symbol "A/RES/217(III) A" .
id:S_2035_17 a md:Document ; md:symbol "S/2035/17" .
id:A_89_7-S_2035_9 a md:Document ; md:symbol "A/89/7-S/2035/9", "A/89/7", "S/2035/9" .
id:topic-water a md:Topic ; rdfs:label "water"@en, "eau"@fr .
id:centre-WELLS a md:Centre ; rdfs:label "Centre for Wells"@en ; md:shortName "WELLS" .
"""


@pytest.fixture(scope="session")
def statements() -> list[ox.Quad]:
    declared = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return list(ox.parse(declared + STATEMENTS, format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="session")
def index(statements: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    folder = tmp_path_factory.mktemp("index")
    write_index(Path(folder, layout.SEARCH), statements)
    return SearchIndex(folder)
