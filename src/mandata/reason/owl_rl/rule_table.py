"""The rules of OWL 2 RL as data, each under its W3C name.

Source: https://www.w3.org/TR/owl2-profiles/, tables 4 to 9.

A row is: name, axioms (matched once against the ontology), facts (matched against all facts), what follows.
Besides triple patterns a row may have, of an RDF list ``?l``:

- ``member ?l ?c``      one rule for each member; ``pair ?l ?a ?b`` one for each two places
  (``pair ?l ?a ?a``: for each two with one term)
- ``every ?l ?y``       ``?y`` is of each class listed; ``chain ?l ?u ?w`` a path through the properties listed
- ``keys ?l ?x ?y``     both have a common value for each property listed

and of a value: ``number ?n 0`` (the literal is that number), ``not ?c owl:Thing``, ``not ?x ?y`` (it is another term).
The latter is there if the W3C rule, applied to one term twice, concludes what is known already, or what eq-ref
concludes. If two rows conclude the same, the first gives the proof; so equivalences precede what follows from them.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class RuleRow(NamedTuple):
    """One rule; ``then`` is empty if the facts contradict each other."""

    name: str
    axioms: str
    facts: str
    then: str


EQUALITY: Final = (
    RuleRow("eq-sym", "", "?x owl:sameAs ?y . not ?x ?y", "?y owl:sameAs ?x"),
    RuleRow(
        "eq-trans",
        "",
        "?x owl:sameAs ?y . ?y owl:sameAs ?z . not ?x ?y . not ?y ?z . not ?x ?z",
        "?x owl:sameAs ?z",
    ),
    RuleRow("eq-rep-s", "", "?s owl:sameAs ?t . ?s ?p ?o . not ?s ?t", "?t ?p ?o"),
    RuleRow("eq-rep-p", "", "?p owl:sameAs ?q . ?s ?p ?o . not ?p ?q", "?s ?q ?o"),
    RuleRow("eq-rep-o", "", "?o owl:sameAs ?t . ?s ?p ?o . not ?o ?t", "?s ?p ?t"),
    RuleRow("eq-diff1", "", "?x owl:sameAs ?y . ?x owl:differentFrom ?y", ""),
    RuleRow("eq-diff1", "", "?x owl:differentFrom ?x", ""),
    RuleRow("eq-diff2", "?x rdf:type owl:AllDifferent . ?x owl:members ?l . pair ?l ?a ?b", "?a owl:sameAs ?b", ""),
    RuleRow("eq-diff2", "?x rdf:type owl:AllDifferent . ?x owl:members ?l . pair ?l ?a ?a", "", ""),
    RuleRow(
        "eq-diff3", "?x rdf:type owl:AllDifferent . ?x owl:distinctMembers ?l . pair ?l ?a ?b", "?a owl:sameAs ?b", ""
    ),
    RuleRow("eq-diff3", "?x rdf:type owl:AllDifferent . ?x owl:distinctMembers ?l . pair ?l ?a ?a", "", ""),
)

PROPERTIES: Final = (
    RuleRow("prp-dom", "?p rdfs:domain ?c", "?x ?p ?y", "?x rdf:type ?c"),
    RuleRow("prp-rng", "?p rdfs:range ?c", "?x ?p ?y", "?y rdf:type ?c"),
    RuleRow("prp-fp", "?p rdf:type owl:FunctionalProperty", "?x ?p ?y . ?x ?p ?z . not ?y ?z", "?y owl:sameAs ?z"),
    RuleRow(
        "prp-ifp",
        "?p rdf:type owl:InverseFunctionalProperty",
        "?x ?p ?z . ?y ?p ?z . not ?x ?y",
        "?x owl:sameAs ?y",
    ),
    RuleRow("prp-irp", "?p rdf:type owl:IrreflexiveProperty", "?x ?p ?x", ""),
    RuleRow("prp-symp", "?p rdf:type owl:SymmetricProperty", "?x ?p ?y", "?y ?p ?x"),
    RuleRow("prp-asyp", "?p rdf:type owl:AsymmetricProperty", "?x ?p ?y . ?y ?p ?x", ""),
    RuleRow("prp-trp", "?p rdf:type owl:TransitiveProperty", "?x ?p ?y . ?y ?p ?z", "?x ?p ?z"),
    RuleRow("prp-spo2", "?p owl:propertyChainAxiom ?l", "chain ?l ?u ?w", "?u ?p ?w"),
    RuleRow("prp-eqp1", "?p owl:equivalentProperty ?q", "?x ?p ?y", "?x ?q ?y"),
    RuleRow("prp-eqp2", "?p owl:equivalentProperty ?q", "?x ?q ?y", "?x ?p ?y"),
    RuleRow("prp-spo1", "?p rdfs:subPropertyOf ?q", "?x ?p ?y", "?x ?q ?y"),
    RuleRow("prp-pdw", "?p owl:propertyDisjointWith ?q", "?x ?p ?y . ?x ?q ?y", ""),
    RuleRow(
        "prp-adp",
        "?a rdf:type owl:AllDisjointProperties . ?a owl:members ?l . pair ?l ?p ?q",
        "?x ?p ?y . ?x ?q ?y",
        "",
    ),
    RuleRow("prp-inv1", "?p owl:inverseOf ?q", "?x ?p ?y", "?y ?q ?x"),
    RuleRow("prp-inv2", "?p owl:inverseOf ?q", "?x ?q ?y", "?y ?p ?x"),
    RuleRow(
        "prp-key",
        "?c owl:hasKey ?l",
        "?x rdf:type ?c . ?y rdf:type ?c . keys ?l ?x ?y . not ?x ?y",
        "?x owl:sameAs ?y",
    ),
    RuleRow(
        "prp-npa1",
        "?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetIndividual ?y",
        "?x ?p ?y",
        "",
    ),
    RuleRow(
        "prp-npa2", "?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetValue ?y", "?x ?p ?y", ""
    ),
)

CLASSES: Final = (
    RuleRow("cls-nothing2", "", "?x rdf:type owl:Nothing", ""),
    RuleRow("cls-int1", "?c owl:intersectionOf ?l", "every ?l ?y", "?y rdf:type ?c"),
    RuleRow("cls-int2", "?c owl:intersectionOf ?l . member ?l ?d", "?y rdf:type ?c", "?y rdf:type ?d"),
    RuleRow("cls-uni", "?c owl:unionOf ?l . member ?l ?d", "?y rdf:type ?d", "?y rdf:type ?c"),
    RuleRow("cls-com", "?c owl:complementOf ?d", "?x rdf:type ?c . ?x rdf:type ?d", ""),
    RuleRow(
        "cls-svf1",
        "?c owl:someValuesFrom ?d . not ?d owl:Thing . ?c owl:onProperty ?p",
        "?u ?p ?v . ?v rdf:type ?d",
        "?u rdf:type ?c",
    ),
    RuleRow("cls-svf2", "?c owl:someValuesFrom owl:Thing . ?c owl:onProperty ?p", "?u ?p ?v", "?u rdf:type ?c"),
    RuleRow(
        "cls-avf",
        "?c owl:allValuesFrom ?d . ?c owl:onProperty ?p",
        "?u rdf:type ?c . ?u ?p ?v",
        "?v rdf:type ?d",
    ),
    RuleRow("cls-hv1", "?c owl:hasValue ?v . ?c owl:onProperty ?p", "?u rdf:type ?c", "?u ?p ?v"),
    RuleRow("cls-hv2", "?c owl:hasValue ?v . ?c owl:onProperty ?p", "?u ?p ?v", "?u rdf:type ?c"),
    RuleRow(
        "cls-maxc1",
        "?c owl:maxCardinality ?n . number ?n 0 . ?c owl:onProperty ?p",
        "?u rdf:type ?c . ?u ?p ?y",
        "",
    ),
    RuleRow(
        "cls-maxc2",
        "?c owl:maxCardinality ?n . number ?n 1 . ?c owl:onProperty ?p",
        "?u rdf:type ?c . ?u ?p ?y . ?u ?p ?z . not ?y ?z",
        "?y owl:sameAs ?z",
    ),
    RuleRow(
        "cls-maxqc1",
        "?c owl:maxQualifiedCardinality ?n . number ?n 0 . ?c owl:onProperty ?p . ?c owl:onClass ?d . not ?d owl:Thing",
        "?u rdf:type ?c . ?u ?p ?y . ?y rdf:type ?d",
        "",
    ),
    RuleRow(
        "cls-maxqc2",
        "?c owl:maxQualifiedCardinality ?n . number ?n 0 . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing",
        "?u rdf:type ?c . ?u ?p ?y",
        "",
    ),
    RuleRow(
        "cls-maxqc3",
        "?c owl:maxQualifiedCardinality ?n . number ?n 1 . ?c owl:onProperty ?p . ?c owl:onClass ?d . not ?d owl:Thing",
        "?u rdf:type ?c . ?u ?p ?y . ?y rdf:type ?d . ?u ?p ?z . ?z rdf:type ?d . not ?y ?z",
        "?y owl:sameAs ?z",
    ),
    RuleRow(
        "cls-maxqc4",
        "?c owl:maxQualifiedCardinality ?n . number ?n 1 . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing",
        "?u rdf:type ?c . ?u ?p ?y . ?u ?p ?z . not ?y ?z",
        "?y owl:sameAs ?z",
    ),
    RuleRow("cls-oo", "?c owl:oneOf ?l . member ?l ?y", "", "?y rdf:type ?c"),
)

CLASS_AXIOMS: Final = (
    RuleRow("cax-eqc1", "?c owl:equivalentClass ?d", "?x rdf:type ?c", "?x rdf:type ?d"),
    RuleRow("cax-eqc2", "?c owl:equivalentClass ?d", "?x rdf:type ?d", "?x rdf:type ?c"),
    RuleRow("cax-sco", "?c rdfs:subClassOf ?d", "?x rdf:type ?c", "?x rdf:type ?d"),
    RuleRow("cax-dw", "?c owl:disjointWith ?d", "?x rdf:type ?c . ?x rdf:type ?d", ""),
    RuleRow(
        "cax-adc",
        "?a rdf:type owl:AllDisjointClasses . ?a owl:members ?l . pair ?l ?c ?d",
        "?x rdf:type ?c . ?x rdf:type ?d",
        "",
    ),
)

SCHEMA: Final = (
    RuleRow(
        "scm-cls",
        "",
        "?c rdf:type owl:Class",
        "?c rdfs:subClassOf ?c . ?c owl:equivalentClass ?c . ?c rdfs:subClassOf owl:Thing"
        " . owl:Nothing rdfs:subClassOf ?c",
    ),
    RuleRow("scm-sco", "", "?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?e", "?c rdfs:subClassOf ?e"),
    RuleRow("scm-eqc1", "", "?c owl:equivalentClass ?d", "?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?c"),
    RuleRow("scm-eqc2", "", "?c rdfs:subClassOf ?d . ?d rdfs:subClassOf ?c", "?c owl:equivalentClass ?d"),
    RuleRow("scm-op", "", "?p rdf:type owl:ObjectProperty", "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p"),
    RuleRow(
        "scm-dp", "", "?p rdf:type owl:DatatypeProperty", "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p"
    ),
    RuleRow("scm-spo", "", "?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?r", "?p rdfs:subPropertyOf ?r"),
    RuleRow("scm-eqp1", "", "?p owl:equivalentProperty ?q", "?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p"),
    RuleRow("scm-eqp2", "", "?p rdfs:subPropertyOf ?q . ?q rdfs:subPropertyOf ?p", "?p owl:equivalentProperty ?q"),
    RuleRow("scm-dom1", "", "?p rdfs:domain ?c . ?c rdfs:subClassOf ?d", "?p rdfs:domain ?d"),
    RuleRow("scm-dom2", "", "?q rdfs:domain ?c . ?p rdfs:subPropertyOf ?q", "?p rdfs:domain ?c"),
    RuleRow("scm-rng1", "", "?p rdfs:range ?c . ?c rdfs:subClassOf ?d", "?p rdfs:range ?d"),
    RuleRow("scm-rng2", "", "?q rdfs:range ?c . ?p rdfs:subPropertyOf ?q", "?p rdfs:range ?c"),
    RuleRow(
        "scm-hv",
        "",
        "?c owl:hasValue ?v . ?c owl:onProperty ?p . ?d owl:hasValue ?v . ?d owl:onProperty ?q"
        " . ?p rdfs:subPropertyOf ?q",
        "?c rdfs:subClassOf ?d",
    ),
    RuleRow(
        "scm-svf1",
        "",
        "?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?z . ?d owl:onProperty ?p"
        " . ?y rdfs:subClassOf ?z",
        "?c rdfs:subClassOf ?d",
    ),
    RuleRow(
        "scm-svf2",
        "",
        "?c owl:someValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:someValuesFrom ?y . ?d owl:onProperty ?q"
        " . ?p rdfs:subPropertyOf ?q",
        "?c rdfs:subClassOf ?d",
    ),
    RuleRow(
        "scm-avf1",
        "",
        "?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?z . ?d owl:onProperty ?p"
        " . ?y rdfs:subClassOf ?z",
        "?c rdfs:subClassOf ?d",
    ),
    RuleRow(
        "scm-avf2",
        "",
        "?c owl:allValuesFrom ?y . ?c owl:onProperty ?p . ?d owl:allValuesFrom ?y . ?d owl:onProperty ?q"
        " . ?p rdfs:subPropertyOf ?q",
        "?d rdfs:subClassOf ?c",
    ),
    RuleRow("scm-int", "?c owl:intersectionOf ?l . member ?l ?d", "", "?c rdfs:subClassOf ?d"),
    RuleRow("scm-uni", "?c owl:unionOf ?l . member ?l ?d", "", "?d rdfs:subClassOf ?c"),
)

DATATYPES: Final = """
    rdf:PlainLiteral rdf:XMLLiteral rdfs:Literal xsd:decimal xsd:integer xsd:nonNegativeInteger xsd:nonPositiveInteger
    xsd:positiveInteger xsd:negativeInteger xsd:long xsd:int xsd:short xsd:byte xsd:unsignedLong xsd:unsignedInt
    xsd:unsignedShort xsd:unsignedByte xsd:float xsd:double xsd:string xsd:normalizedString xsd:token xsd:language
    xsd:Name xsd:NCName xsd:NMTOKEN xsd:boolean xsd:hexBinary xsd:base64Binary xsd:anyURI xsd:dateTime
    xsd:dateTimeStamp
""".split()  # noqa: SIM905 - a paragraph of names reads better than a column of them
"""The datatypes that every OWL 2 RL tool must support."""

REFLEXIVITY: Final = (
    RuleRow(
        "eq-ref",
        "",
        "?s ?p ?o",
        "?s owl:sameAs ?s . ?p owl:sameAs ?p . ?o owl:sameAs ?o",
    ),
    RuleRow("cls-thing", "", "", "owl:Thing rdf:type owl:Class"),
    RuleRow("cls-nothing1", "", "", "owl:Nothing rdf:type owl:Class"),
    RuleRow("dt-type1", "", "", " . ".join(f"{name} rdf:type rdfs:Datatype" for name in DATATYPES)),
    RuleRow(
        "prp-ap",
        "",
        "",
        "rdfs:label rdf:type owl:AnnotationProperty . rdfs:comment rdf:type owl:AnnotationProperty"
        " . rdfs:seeAlso rdf:type owl:AnnotationProperty . rdfs:isDefinedBy rdf:type owl:AnnotationProperty"
        " . owl:deprecated rdf:type owl:AnnotationProperty . owl:versionInfo rdf:type owl:AnnotationProperty"
        " . owl:priorVersion rdf:type owl:AnnotationProperty"
        " . owl:backwardCompatibleWith rdf:type owl:AnnotationProperty"
        " . owl:incompatibleWith rdf:type owl:AnnotationProperty",
    ),
)
"""Rules whose every conclusion is trivial; run only if the whole table is asked for."""

RULES: Final = SCHEMA + EQUALITY + PROPERTIES + CLASSES + CLASS_AXIOMS
