"""Any SPARQL query: its text as given on the command line, and its result as standard JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.source import Result, Solutions, Term
from mandata.rdf.namespaces import PREFIXES, XSD

_SUFFIXES = (".rq", ".sparql", ".ru")


def read(text_or_file: str) -> str:
    """Return the text of a query: the argument itself, or the content of the file that it names.

    Raises:
        MandataError: it names a file that does not exist or is not UTF-8 text.
    """
    if "{" in text_or_file or "\n" in text_or_file:
        return text_or_file
    path = Path(text_or_file)
    try:
        if path.suffix in _SUFFIXES or path.is_file():
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise MandataError("query-file", "is not UTF-8 text", text_or_file, "save it as UTF-8") from error
    except OSError as error:
        raise MandataError("query-file", error.strerror or "cannot be read", text_or_file, "check the name") from error
    return text_or_file


def as_json(result: Result) -> str:
    """Return solutions and truth values as SPARQL 1.1 Query Results JSON, triples as JSON-LD."""
    if isinstance(result, bool):
        return _dumps({"head": {}, "boolean": result})
    if isinstance(result, Solutions):
        bindings = [{name: _binding(term) for name, term in row.items()} for row in result.rows]
        return _dumps({"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}})
    triples = sorted(set(result), key=str)
    return _dumps(json.loads(ox.serialize(triples, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES) or b"[]"))


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _binding(term: Term) -> dict[str, str]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal() if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        case ox.Literal() if term.datatype.value != XSD + "string":
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case _:
            return {"type": "literal", "value": str(getattr(term, "value", term))}
