"""Literals have the values that XML Schema and OWL say, and no false alarm is raised where that is not sure."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from mandata.rdf.namespaces import expand
from mandata.reason.owl_rl.datatypes import differ, is_of, is_supported, is_well_formed
from mandata.reason.owl_rl.rule_table import DATATYPES


def literal(words: str, datatype: str) -> Literal:
    return Literal(words, datatype=NamedNode(expand(datatype)))


WELL_FORMED = [
    ("-0", "xsd:nonNegativeInteger"),
    ("+01", "xsd:positiveInteger"),
    ("18446744073709551615", "xsd:unsignedLong"),
    (".5", "xsd:decimal"),
    ("-INF", "xsd:float"),
    ("1e400", "xsd:float"),
    ("NaN", "xsd:double"),
    ("true", "xsd:boolean"),
    ("_a-b.c", "xsd:NCName"),
    (":a", "xsd:Name"),
    ("a\tb", "xsd:string"),
    ("a b", "xsd:token"),
    ("zh-Hans", "xsd:language"),
    ("0aF3", "xsd:hexBinary"),
    ("QUJD RA==", "xsd:base64Binary"),
    ("a b", "xsd:anyURI"),
    ("2007-12-10T24:00:00", "xsd:dateTime"),
    ("-0044-03-15T12:00:00.5+14:00", "xsd:dateTime"),
    ("12004-02-29T00:00:00Z", "xsd:dateTimeStamp"),
    ("a <b>c</b>", "rdf:XMLLiteral"),
    ("<e:b/>", "rdf:XMLLiteral"),
    ("anything", "md:notKnown"),
    ("2007-13", "xsd:gYearMonth"),
]
ILL_FORMED = [
    ("-1", "xsd:nonNegativeInteger"),
    ("0", "xsd:positiveInteger"),
    ("128", "xsd:byte"),
    ("1.0", "xsd:integer"),
    ("1e3", "xsd:decimal"),
    ("inf", "xsd:float"),
    ("yes", "xsd:boolean"),
    ("1a", "xsd:NCName"),
    ("a:b", "xsd:NCName"),
    ("a\tb", "xsd:normalizedString"),
    ("a  b", "xsd:token"),
    ("f-", "xsd:language"),
    ("0aF", "xsd:hexBinary"),
    ("QUJ", "xsd:base64Binary"),
    ("2007-02-29T00:00:00Z", "xsd:dateTime"),
    ("2007-05-07T24:00:01Z", "xsd:dateTime"),
    ("2007-05-07T00:00:60Z", "xsd:dateTime"),
    ("2007-05-07T00:00:00+15:00", "xsd:dateTime"),
    ("02007-05-07T00:00:00Z", "xsd:dateTime"),
    ("2007-05-07", "xsd:dateTime"),
    ("2007-05-07T00:00:00", "xsd:dateTimeStamp"),
    ("<b>", "rdf:XMLLiteral"),
]
ONE_VALUE = [
    (("1", "xsd:integer"), ("01.00", "xsd:decimal")),
    (("5", "xsd:byte"), ("5", "xsd:unsignedLong")),
    (("1", "xsd:boolean"), ("true", "xsd:boolean")),
    (("16777217", "xsd:float"), ("16777216", "xsd:float")),
    (("NaN", "xsd:float"), ("NaN", "xsd:float")),
    (("a", "xsd:token"), ("a", "xsd:string")),
    (("ff", "xsd:hexBinary"), ("FF", "xsd:hexBinary")),
    (("QU JD", "xsd:base64Binary"), ("QUJD", "xsd:base64Binary")),
    (("2007-12-10T24:00:00Z", "xsd:dateTime"), ("2007-12-11T00:00:00Z", "xsd:dateTime")),
    (("2007-12-10T12:00:00Z", "xsd:dateTime"), ("2007-12-10T17:00:00+05:00", "xsd:dateTime")),
    (("<b/>", "rdf:XMLLiteral"), ("<b></b>", "rdf:XMLLiteral")),
    (("x", "md:notKnown"), ("y", "md:notKnown")),
]
TWO_VALUES = [
    (("1", "xsd:integer"), ("2", "xsd:decimal")),
    (("1", "xsd:double"), ("1", "xsd:decimal")),
    (("1", "xsd:double"), ("1", "xsd:float")),
    (("-0.0", "xsd:float"), ("0.0", "xsd:float")),
    (("16777217", "xsd:double"), ("16777216", "xsd:double")),
    (("1", "xsd:integer"), ("1", "xsd:string")),
    (("true", "xsd:boolean"), ("false", "xsd:boolean")),
    (("x", "xsd:anyURI"), ("x", "xsd:string")),
    (("AA==", "xsd:base64Binary"), ("00", "xsd:hexBinary")),
    (("2007-12-10T12:00:00Z", "xsd:dateTime"), ("2007-12-10T12:00:00+05:00", "xsd:dateTime")),
    (("2007-12-10T12:00:00Z", "xsd:dateTime"), ("2007-12-10T12:00:00", "xsd:dateTime")),
]


@pytest.mark.parametrize(("words", "datatype"), WELL_FORMED)
def test_words_are_of_their_datatype(words: str, datatype: str) -> None:
    assert is_well_formed(literal(words, datatype))


@pytest.mark.parametrize(("words", "datatype"), ILL_FORMED)
def test_words_are_not_of_their_datatype(words: str, datatype: str) -> None:
    assert not is_well_formed(literal(words, datatype))


@pytest.mark.parametrize(("one", "other"), ONE_VALUE)
def test_two_ways_to_write_one_value_do_not_differ(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Nor does what no one can tell apart."""
    assert not differ(literal(*one), literal(*other))


@pytest.mark.parametrize(("one", "other"), TWO_VALUES)
def test_two_values_differ(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert differ(literal(*one), literal(*other))
    assert differ(literal(*other), literal(*one))


def test_words_in_two_languages_differ_and_the_case_of_the_language_does_not() -> None:
    assert differ(Literal("x", language="en"), Literal("x", language="fr"))
    assert differ(Literal("x", language="en"), Literal("x"))
    assert not differ(Literal("x", language="en-GB"), Literal("x", language="en-gb"))


@pytest.mark.parametrize(
    ("words", "own", "datatype", "holds"),
    [
        ("7", "xsd:integer", "xsd:decimal", True),
        ("7", "xsd:integer", "xsd:byte", True),
        ("700", "xsd:integer", "xsd:byte", False),
        ("7.0", "xsd:decimal", "xsd:integer", True),
        ("7.5", "xsd:decimal", "xsd:integer", False),
        ("7", "xsd:integer", "xsd:double", False),
        ("a b", "xsd:string", "xsd:token", True),
        ("a  b", "xsd:string", "xsd:token", False),
        ("a", "xsd:string", "rdf:PlainLiteral", True),
        ("7", "xsd:integer", "rdf:PlainLiteral", False),
        ("7", "xsd:integer", "rdfs:Literal", True),
        ("2007-12-10T12:00:00", "xsd:dateTime", "xsd:dateTimeStamp", False),
        ("<b/>", "rdf:XMLLiteral", "rdf:XMLLiteral", True),
        ("<b/>", "xsd:string", "rdf:XMLLiteral", False),
        ("7", "xsd:integer", "md:notKnown", True),
        ("7", "md:notKnown", "xsd:integer", True),
    ],
)
def test_a_value_is_of_a_datatype(words: str, own: str, datatype: str, holds: bool) -> None:
    assert is_of(literal(words, own), expand(datatype)) is holds


def test_every_datatype_of_the_profile_is_checked() -> None:
    assert all(is_supported(expand(name)) for name in DATATYPES)
