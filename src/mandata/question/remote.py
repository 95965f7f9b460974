"""A SPARQL endpoint far away; the one door of SPARQLWrapper."""

from __future__ import annotations

import json
import re
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pyoxigraph as ox
from SPARQLWrapper import CONSTRUCT, DESCRIBE, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from mandata.errors import MandataError
from mandata.question.guard import admit
from mandata.question.source import Result, Row, Solutions, Term
from mandata.vocab import PREFIXES, XSD

SECONDS = 60
"""How long an endpoint may take to answer."""


class Endpoint:
    """A remote endpoint as a source; its default graph must be the union of its graphs.

    Raises:
        MandataError: the address is not one of http or https.
    """

    def __init__(self, url: str, seconds: int = SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise MandataError("endpoint", "is no address of an endpoint", url, "write http://host/sparql")
        self._url, self._seconds = url, seconds

    def run(self, query: str) -> Result:
        """Send the query by POST; raises MandataError where it is refused, fails, or takes too long."""
        form = admit(query)
        if not form:
            raise self._fault("this is no query", "write SELECT, ASK, CONSTRUCT or DESCRIBE")
        request = SPARQLWrapper(self._url)
        request.setMethod(POST)
        request.setTimeout(self._seconds)
        request.setOnlyConneg(True)
        request.setQuery(_with_prefixes(query))
        request.queryType = form  # its own guess takes the word "addressed" of a comment for ADD, and sends an update
        graph = form in (CONSTRUCT, DESCRIBE)
        request.setReturnFormat(TURTLE if graph else JSON)
        body = self._send(request)
        return self._triples(body) if graph else self._rows(body)

    def _send(self, request: SPARQLWrapper) -> bytes:
        try:
            return bytes(request.query().response.read())
        except QueryBadFormed as error:
            raise self._fault("the endpoint does not take the query", "mend the query", error) from error
        except TimeoutError as error:
            raise self._fault("no answer in time", "ask for less, or later", error) from error
        except (SPARQLWrapperException, URLError, HTTPException, OSError) as error:
            raise self._fault("the endpoint does not answer", "check the address", error) from error

    def _rows(self, body: bytes) -> Result:
        try:
            found = json.loads(body)
            if "boolean" in found:
                return bool(found["boolean"])
            rows = [_row(binding) for binding in found["results"]["bindings"]]
            return Solutions(tuple(found["head"]["vars"]), rows)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._fault("the answer is no SPARQL result in JSON", "check the address") from error

    def _triples(self, body: bytes) -> Result:
        try:
            return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise self._fault("the answer is not Turtle", "check the address") from error

    def _fault(self, what: str, mend: str, cause: Exception | None = None) -> MandataError:
        return MandataError("endpoint", f"{what}: {_short(cause)}" if cause else what, self._url, mend)


def _with_prefixes(query: str) -> str:
    """Declare the prefixes of the house that the query uses and does not declare; its lines keep their numbers."""
    used = [prefix for prefix in PREFIXES if re.search(rf"\b{prefix}:", query)]
    wanting = [prefix for prefix in used if not re.search(rf"\bPREFIX\s+{prefix}\s*:", query, re.IGNORECASE)]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in wanting) + query


def _row(binding: dict[str, dict[str, Any]]) -> Row:
    return {name: _term(value) for name, value in binding.items()}


def _term(value: dict[str, Any]) -> Term:
    match value["type"]:
        case "uri":
            return ox.NamedNode(value["value"])
        case "bnode":
            return ox.BlankNode("b" + "".join(letter for letter in value["value"] if letter.isalnum()))
        case _ if value.get("xml:lang"):
            return ox.Literal(value["value"], language=value["xml:lang"])
        case _:
            return ox.Literal(value["value"], datatype=ox.NamedNode(value.get("datatype") or XSD + "string"))


def _short(error: Exception) -> str:
    """Return the fault in words, without the page of HTML or the trace that some servers send."""
    reason = getattr(error, "reason", None) or getattr(error, "msg", None) or str(error) or type(error).__name__
    lines = [line.strip() for line in str(reason).replace("\\n", "\n").splitlines() if line.strip()]
    return " ".join(lines)[:200]
