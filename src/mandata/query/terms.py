"""Converts what a person types to RDF terms: symbols in any spelling, names, CURIEs, IRIs, local names, dates."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.display_names import LABELS, SYMBOL, shorten
from mandata.query.queryfile import Parameter, suggestion
from mandata.query.source import Row, Source, select
from mandata.rdf.namespaces import ID, MD, OWL, PREFIXES, RDF, SKOS, XSD, expand
from mandata.un.symbol import Symbol, SymbolError, parse, resolution

_DATES = {
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])": XSD + "date",
    r"\d{4}-(0[1-9]|1[0-2])": XSD + "gYearMonth",
    r"\d{4}": XSD + "gYear",
}
_PART = re.compile(r"(?P<whole>.+?)[ .,]\s*(?P<part>(?:pp|op|p|fn|annex)\d[\w.-]*)$")
_LOCAL = re.compile(r"[\w](?:[\w.-]*[\w-])?$")
_ABSOLUTE = re.compile(r"<?[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+>?")
_NAME_PROPERTIES = (*LABELS, SKOS + "altLabel", MD + "shortName", SYMBOL)
_ANY_THING = "?thing a ?any ."
_MAX_NAMES = 5000  # names that are compared to suggest the one that may be meant


def value_of(parameter: Parameter, text: str, source: Source) -> ox.NamedNode | ox.Literal:
    """Return the term that the text of a parameter stands for.

    Args:
        parameter: the parameter of a question; its ``kind`` states what the text must be.
        text: what a person typed.
        source: the store or endpoint in which things are looked up.

    Raises:
        MandataError: it is no date, or names nothing, or several things, of the parameter's kind.
    """
    if parameter.kind == XSD + "date":
        return date(text, parameter.name)
    if parameter.kind.startswith(XSD):
        return ox.Literal(text)
    return thing(text, parameter.kind, parameter.name, source)


def date(text: str, where: str) -> ox.Literal:
    """Return a day, a month or a year as a typed literal.

    Args:
        text: such as ``2008-01-01``, ``2008-01`` or ``2008``.
        where: the parameter, as error messages name it.

    Raises:
        MandataError: the text is none of these.
    """
    for pattern, datatype in _DATES.items():
        if re.fullmatch(pattern, text.strip()):
            return ox.Literal(text.strip(), datatype=ox.NamedNode(datatype))
    raise MandataError("date", f'"{text}" is no date', where, "write 2008-01-01, 2008-01 or 2008")


def thing(text: str, kind: str, where: str, source: Source) -> ox.NamedNode:
    """Return the one thing of a class that the text names.

    Args:
        text: what a person typed.
        kind: the IRI of the class; ``owl:Thing`` for any.
        where: the parameter, as error messages name it; empty for none.
        source: the store or endpoint in which the thing is looked up.

    Raises:
        MandataError: the source holds none of that name, or several.
    """
    for iri in _candidate_iris(text):
        if not iri.value.startswith(MD) and _is_known(iri, source):
            return iri
    iris = _iris_named(text, kind, source)
    if len(iris) == 1:
        return ox.NamedNode(iris[0])
    if iris:
        names = ", ".join(map(shorten, iris[:8]))
        raise MandataError("ambiguous", f'"{text}" names several things', where, f"write one of {names}")
    mend = suggestion(text, _names_of_class(kind, source)) or "write a symbol, a name, md:cites, or <http://...>"
    raise MandataError("not-found", f'nothing is known of "{text}"{_as_class(kind)}', where, mend)


def term(text: str, source: Source) -> ox.NamedNode | ox.Literal:
    """Return the term that one part of a statement stands for.

    Args:
        text: an IRI (``<...>`` or bare), a prefixed name (``md:cites``), ``a``, a literal as in Turtle, a symbol in any
            spelling, with or without a part (``72/7``, ``A/RES/72/7 op1``), a name of the ontology (``cites``,
            ``FoundingLetter``), a local name (``mandate-UNRCCA.f1``) or the name of a thing (``Kazakhstan``).
        source: the store or endpoint in which names are looked up.

    Raises:
        MandataError: it is none of these, or names several things.
    """
    text = text.strip()
    if text == "a":
        return ox.NamedNode(RDF + "type")
    if text.startswith('"'):
        return _parse_literal(text)
    candidates = _candidate_iris(text)
    known = [iri for iri in candidates if _is_known(iri, source)]
    if known or (candidates and len(text.split()) == 1 and not text.isalnum()):
        return (known or candidates)[0]
    return thing(text, OWL + "Thing", "", source)


def statement(
    subject: str, predicate: str, object_: str, source: Source
) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]:
    """Return the statement whose subject, predicate and object three texts stand for.

    Args:
        subject: a text in one of the forms that ``term`` accepts.
        predicate: likewise.
        object_: likewise.
        source: the store or endpoint in which names are looked up.

    Raises:
        MandataError: one of them names nothing that is known, or several things; the subject or predicate is a literal.
    """
    subject_term, predicate_term, object_term = (term(text, source) for text in (subject, predicate, object_))
    if not isinstance(subject_term, ox.NamedNode) or not isinstance(predicate_term, ox.NamedNode):
        raise MandataError("usage", "only the object of a statement is a literal", "", "name a thing and a property")
    return subject_term, predicate_term, object_term


def is_iri(text: str) -> bool:
    """Return whether the text is an absolute IRI, with or without angle brackets."""
    return _ABSOLUTE.fullmatch(text) is not None


def _candidate_iris(text: str) -> list[ox.NamedNode]:
    """Return the IRIs that the text may stand for, the likeliest first."""
    text = text.strip()
    prefix = text.partition(":")[0]
    if prefix in PREFIXES and ":" in text and "//" not in text:
        return [ox.NamedNode(expand(text))] if is_iri(expand(text)) else []
    if is_iri(text):
        return [ox.NamedNode(text.strip("<>"))]
    return [ox.NamedNode(iri) for iri in dict.fromkeys([*_iris_by_symbol(text), *_iris_by_local_name(text)])]


def _iris_by_symbol(text: str) -> list[str]:
    match = _PART.match(text)
    whole, part = (match["whole"], "." + match["part"]) if match else (text, "")
    return [ID + symbol.local_name + part for symbol in _symbols(whole)]


def _symbols(text: str) -> Iterable[Symbol]:
    """Yield the symbols that the text may be: of a resolution by its number, such as 72/7, or the whole text."""
    for read in (resolution, parse) if "/" in text else ():
        with contextlib.suppress(SymbolError):
            yield read(text)


def _iris_by_local_name(text: str) -> list[str]:
    if not _LOCAL.match(text):
        return []
    return [MD + text, ID + text] if re.fullmatch(r"[A-Za-z]+", text) else [ID + text]


def _parse_literal(text: str) -> ox.Literal:
    try:
        declared = "".join(f"@prefix {prefix}: <{iri}> . " for prefix, iri in PREFIXES.items())
        quad = next(iter(ox.parse(f"{declared}<x:s> <x:p> {text} .", format=ox.RdfFormat.TURTLE, base_iri="x:")))
    except (SyntaxError, StopIteration) as error:
        raise MandataError("term", f"{text} is no literal", "", 'write it as "Ashgabat"@en') from error
    return quad.object if isinstance(quad.object, ox.Literal) else ox.Literal(text)


def _is_known(iri: ox.NamedNode, source: Source) -> bool:
    patterns = " UNION ".join(f"{{ {triple} }}" for triple in (f"{iri} ?p ?o", f"?s ?p {iri}", f"?s {iri} ?o"))
    return bool(select(source, f"SELECT * {{ {patterns} }} LIMIT 1"))


def _iris_named(text: str, kind: str, source: Source) -> list[str]:
    """Return the IRIs of the things of a class that have the name; only those with the same letter case, if any."""
    name = " ".join(text.split())
    spellings = [name.lower(), *(str(symbol).lower() for symbol in _symbols(name))]
    names, key = (
        ", ".join(str(ox.Literal(each)) for each in spellings),
        ox.Literal("-" + name.lower().replace(" ", "_")),
    )
    named = f"?thing ?naming ?name . {_values('naming', _NAME_PROPERTIES)} FILTER(LCASE(STR(?name)) IN ({names}))"
    keyed = f'FILTER(STRSTARTS(STR(?thing), "{ID}") && STRENDS(LCASE(STR(?thing)), {key}))'
    of_class = _class_pattern(kind)
    query = f"SELECT DISTINCT ?thing ?name {{ {{ {of_class} {named} }} UNION {{ {of_class or _ANY_THING} {keyed} }} }}"
    rows = select(source, query)
    exact = [row for row in rows if "name" in row and row["name"].value == name]
    return _iris(exact or [row for row in rows if "name" in row] or rows)


def _as_class(kind: str) -> str:
    return "" if kind == OWL + "Thing" else f" as {shorten(kind)}"


def _class_pattern(kind: str) -> str:
    """Return the triple pattern that ``?thing`` is of a class; none for owl:Thing, the class of everything."""
    return "" if kind == OWL + "Thing" else f"?thing a <{kind}> ."


def _iris(rows: Iterable[Row]) -> list[str]:
    return sorted({row["thing"].value for row in rows})


def _names_of_class(kind: str, source: Source) -> Sequence[str]:
    pattern = f"{_class_pattern(kind)} ?thing ?naming ?name . {_values('naming', _NAME_PROPERTIES)}"
    query = f"SELECT DISTINCT ?name {{ {pattern} }} LIMIT {_MAX_NAMES}"
    return [row["name"].value for row in select(source, query)]


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"
