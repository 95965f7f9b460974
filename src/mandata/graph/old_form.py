"""Evidence as triples beside what it attests, until every reader asks the index; then this file goes."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from mandata.graph.statements import Statements, whole, words
from mandata.rdf.local_names import term
from mandata.rdf.namespaces import ID, RDF

_WHOLE = {term("text"), RDF + "type"}


def add_old_form(statements: Statements, raws: Mapping[str, str], versions: Mapping[str, str]) -> None:
    """Add the triples; ``raws`` gives the text of each file, ``versions`` what else bears the words of a part."""
    bare = statements.shown_by(())
    for quad, evidence in list(statements.attested()):
        subject = str(quad.subject)[1:-1].removeprefix(ID)
        if quad.predicate.value == term("text") and subject in versions:
            bare.add(versions[subject], "text", quad.object)  # type: ignore[arg-type]
        for one in evidence:
            language = one.file.rsplit(".", 2)[1]
            bare.a(one.name, "Evidence")
            quotation = words(raws[one.file][one.start : one.end], language if language != "und" else None)
            bare.add(one.name, "quotation", quotation)
            bare.add(one.name, "start", whole(one.start))
            bare.add(one.name, "end", whole(one.end))
            bare.add(one.name, "inFile", one.file)
            for bearer in (subject, *([versions[subject]] if subject in versions else [])):
                bare.add(bearer, "evidence", one.name)
            if quad.predicate.value not in _WHOLE:
                bare.add(one.name, "attestsProperty", NamedNode(quad.predicate.value))
                bare.add(one.name, "attestsObject", quad.object)  # type: ignore[arg-type]
