"""What a person types for a thing: a symbol in any spelling, a name, a CURIE, an IRI, a local name, a date."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.display_names import LABELS, SYMBOL, shorten
from mandata.query.queryfile import Parameter, nearest
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
_NAMINGS = (*LABELS, SKOS + "altLabel", MD + "shortName", SYMBOL)
_ANY = "?thing a ?any ."
_CLOSE = 5000  # names looked at to say which one may be meant


def value_of(parameter: Parameter, text: str, source: Source) -> ox.NamedNode | ox.Literal:
    """Return the term that a parameter's text stands for.

    Raises:
        MandataError: it is no date, or names nothing, or several things, of the parameter's kind.
    """
    if parameter.kind == XSD + "date":
        return date(text, parameter.name)
    if parameter.kind.startswith(XSD):
        return ox.Literal(text)
    return thing(text, parameter.kind, parameter.name, source)


def date(text: str, where: str) -> ox.Literal:
    """Return a day, month or year as a typed literal.

    Raises:
        MandataError: it is none of these.
    """
    for pattern, datatype in _DATES.items():
        if re.fullmatch(pattern, text.strip()):
            return ox.Literal(text.strip(), datatype=ox.NamedNode(datatype))
    raise MandataError("date", f'"{text}" is no date', where, "write 2008-01-01, 2008-01 or 2008")


def thing(text: str, kind: str, where: str, source: Source) -> ox.NamedNode:
    """Return the one thing of a class that the text names.

    Raises:
        MandataError: the source knows none by that name, or several.
    """
    for iri in _written(text):
        if not iri.value.startswith(MD) and _is_known(iri, source):
            return iri
    found = _called(text, kind, source)
    if len(found) == 1:
        return ox.NamedNode(found[0])
    if found:
        names = ", ".join(map(shorten, found[:8]))
        raise MandataError("ambiguous", f'"{text}" names several things', where, f"write one of {names}")
    mend = nearest(text, _all_names(kind, source)) or "write a symbol, a name, md:cites, or <http://...>"
    raise MandataError("not-found", f'nothing is known of "{text}"{_as(kind)}', where, mend)


def term(text: str, source: Source) -> ox.NamedNode | ox.Literal:
    """Return the term that one part of a statement stands for.

    Understood are IRIs (``<...>`` or bare), prefixed names (``md:cites``), ``a``, literals as in Turtle, symbols in any
    spelling, with a part (``72/7``, ``A/RES/72/7 op1``), names of the ontology (``cites``, ``FoundingLetter``), local
    names (``mandate-UNRCCA.f1``) and names of things (``Kazakhstan``).

    Raises:
        MandataError: it is none of these, or names several things.
    """
    said = text.strip()
    if said == "a":
        return ox.NamedNode(RDF + "type")
    if said.startswith('"'):
        return _literal(said)
    written = _written(said)
    known = [iri for iri in written if _is_known(iri, source)]
    if known or (written and len(said.split()) == 1 and not said.isalnum()):
        return (known or written)[0]
    return thing(said, OWL + "Thing", "", source)


def statement(
    subject: str, predicate: str, object_: str, source: Source
) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]:
    """Return the statement that three texts stand for, each as ``term`` understands it.

    Raises:
        MandataError: one of them is nothing that is known, or names several things; the first two are literals.
    """
    said, of, what = (term(part, source) for part in (subject, predicate, object_))
    if not isinstance(said, ox.NamedNode) or not isinstance(of, ox.NamedNode):
        raise MandataError("usage", "only the object of a statement is a literal", "", "name a thing and a property")
    return said, of, what


def is_iri(text: str) -> bool:
    """Tell whether the text is an absolute IRI, with or without angle brackets."""
    return _ABSOLUTE.fullmatch(text) is not None


def _written(text: str) -> list[ox.NamedNode]:
    """Return the IRIs that the text may be a spelling of, the likeliest first."""
    said = text.strip()
    prefix = said.partition(":")[0]
    if prefix in PREFIXES and ":" in said and "//" not in said:
        return [ox.NamedNode(expand(said))] if is_iri(expand(said)) else []
    if is_iri(said):
        return [ox.NamedNode(said.strip("<>"))]
    names = [*_symbol_names(said), *_local_names(said)]
    return [ox.NamedNode(name) for name in dict.fromkeys(names)]


def _symbol_names(said: str) -> list[str]:
    found = _PART.match(said)
    whole, part = (found["whole"], "." + found["part"]) if found else (said, "")
    return [ID + one.local_name + part for one in _symbols(whole)]


def _symbols(said: str) -> Iterable[Symbol]:
    """Yield the document's symbol that the text is: a resolution's number such as 72/7, or a symbol as a whole."""
    for read in (resolution, parse) if "/" in said else ():
        with contextlib.suppress(SymbolError):
            yield read(said)


def _local_names(said: str) -> list[str]:
    if not _LOCAL.match(said):
        return []
    ours = MD + said
    return [ours, ID + said] if re.fullmatch(r"[A-Za-z]+", said) else [ID + said]


def _literal(said: str) -> ox.Literal:
    try:
        declared = "".join(f"@prefix {prefix}: <{iri}> . " for prefix, iri in PREFIXES.items())
        quad = next(iter(ox.parse(f"{declared}<x:s> <x:p> {said} .", format=ox.RdfFormat.TURTLE, base_iri="x:")))
    except (SyntaxError, StopIteration) as error:
        raise MandataError("term", f"{said} is no literal", "", 'write it as "Ashgabat"@en') from error
    return quad.object if isinstance(quad.object, ox.Literal) else ox.Literal(said)


def _is_known(iri: ox.NamedNode, source: Source) -> bool:
    anywhere = " UNION ".join(f"{{ {triple} }}" for triple in (f"{iri} ?p ?o", f"?s ?p {iri}", f"?s {iri} ?o"))
    return bool(select(source, f"SELECT * {{ {anywhere} }} LIMIT 1"))


def _called(text: str, kind: str, source: Source) -> list[str]:
    """Return the IRIs of the things of a class that bear the name; those that bear it letter for letter, if any do."""
    said = " ".join(text.split())
    spellings = [said.lower(), *(str(one).lower() for one in _symbols(said))]
    wanted, key = ", ".join(str(ox.Literal(one)) for one in spellings), ox.Literal("-" + said.lower().replace(" ", "_"))
    named = f"?thing ?naming ?name . {_values('naming', _NAMINGS)} FILTER(LCASE(STR(?name)) IN ({wanted}))"
    keyed = f'FILTER(STRSTARTS(STR(?thing), "{ID}") && STRENDS(LCASE(STR(?thing)), {key}))'
    query = f"SELECT DISTINCT ?thing ?name {{ {{ {_of(kind)} {named} }} UNION {{ {_of(kind) or _ANY} {keyed} }} }}"
    rows = select(source, query)
    exact = [row for row in rows if "name" in row and row["name"].value == said]
    return _iris(exact or [row for row in rows if "name" in row] or rows)


def _as(kind: str) -> str:
    return "" if kind == OWL + "Thing" else f" as {shorten(kind)}"


def _of(kind: str) -> str:
    """Return the condition that a thing is of a class; everything is an owl:Thing without saying so."""
    return "" if kind == OWL + "Thing" else f"?thing a <{kind}> ."


def _iris(rows: Iterable[Row]) -> list[str]:
    return sorted({row["thing"].value for row in rows})


def _all_names(kind: str, source: Source) -> Sequence[str]:
    query = (
        f"SELECT DISTINCT ?name {{ {_of(kind)} ?thing ?naming ?name . {_values('naming', _NAMINGS)} }} LIMIT {_CLOSE}"
    )
    return [row["name"].value for row in select(source, query)]


def _values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"
