"""What the endpoint is measured against: run as ``python endpoint_peers.py KIND FILE PORT``."""

from __future__ import annotations

import sys
from typing import Any

import uvicorn


def bare(path: str, kind: str) -> Any:
    """Return the least that answers queries: starlette, and pyoxigraph in a thread, on disk or in memory."""
    import pyoxigraph as ox
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    folder = f"{path}.{kind}"
    store = ox.Store(folder) if kind == "bare" else ox.Store()
    store.bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES)
    if kind == "bare":
        store.flush()
        del store
        store = ox.Store.read_only(folder)

    def answer(query: str) -> bytes:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    async def sparql(request: Request) -> Response:
        body = await run_in_threadpool(answer, request.query_params["query"])
        return Response(body, media_type="application/sparql-results+json")

    return Starlette(routes=[Route("/sparql", sparql)])


def rdflib(path: str, kind: str) -> Any:
    """Return rdflib-endpoint over one of rdflib's stores."""
    from rdflib import Dataset
    from rdflib_endpoint import SparqlEndpoint  # type: ignore[import-not-found,unused-ignore]

    dataset = Dataset(store="Oxigraph" if kind == "oxrdflib" else "default", default_union=True)
    dataset.parse(path, format="ox-nt" if kind == "oxrdflib" else "nt")
    return SparqlEndpoint(path="/sparql", graph=dataset)


if __name__ == "__main__":
    kind, file, port = sys.argv[1:]
    app = bare(file, kind) if kind.startswith("bare") else rdflib(file, kind)
    uvicorn.run(app, port=int(port), log_level="error", access_log=False)
