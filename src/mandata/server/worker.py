"""A worker: a process that holds the store, answers one thing at a time, and may be ended at any moment."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mandata.errors import MandataError
from mandata.isolation import fork_server
from mandata.isolation.framing import read_frames
from mandata.isolation.limits import limit_memory
from mandata.kb.knowledge_base import open_together
from mandata.kb.store import open_read_only
from mandata.query.remote import Endpoint
from mandata.query.search.find import index_of
from mandata.query.source import Embedded
from mandata.server.api.answering import Answering, Held
from mandata.server.engine import Engine
from mandata.server.frame_kinds import READY, json_frame
from mandata.server.remote import RemoteEngine
from mandata.server.settings import Served, read
from mandata.server.worker_reply import fault
from mandata.site.stored_resources import source_lookup, store_lookup

_STATUS: Final = {  # the code of a fault -> the status of HTTP; any other is 400
    "query-size": 413,
    "query-update": 403,
    "query-service": 403,
    "not-acceptable": 406,
    "graph-unknown": 404,
    "media-type": 415,
    "no-index": 404,
    "steps": 404,
    "not-found": 404,
    "unknown-question": 404,
    "query-memory": 503,
    "endpoint": 502,
    "endpoint-size": 502,
    "xml-doctype": 502,
    "endpoint-busy": 503,
    "endpoint-time": 504,
}
Does = dict[str, Callable[[dict[str, Any]], None]]
"""By its name, what a worker does with a job."""


def serve(opened: Callable[[socket.socket, Served], Does]) -> None:
    """Be the fork server of workers that open what their jobs need, and do them until the server hangs up.

    What is served is the second argument of this process.
    """
    served = read(sys.argv[2])
    fork_server.serve(lambda wire: _attend(wire, served, opened), network=served.reaches_out)


def _attend(wire: socket.socket, served: Served, opened: Callable[[socket.socket, Served], Does]) -> None:
    try:
        does = opened(wire, served)
    except MandataError as error:
        wire.sendall(fault(error, 503))
        return
    limit_memory(served.limits.megabytes << 20)
    computing = 0 if served.reaches_out else os.getpid()  # who waits for another does not compute
    wire.sendall(json_frame(READY, pid=computing))
    for _kind, payload in read_frames(wire):
        job = json.loads(payload)
        wire.sendall(_answered(does[job["do"]], job))


def _opened(wire: socket.socket, served: Served) -> Does:
    if served.at:
        endpoint = Endpoint(served.at, served.limits.seconds, served.limits.answer)
        held = Held(endpoint, source_lookup(endpoint), None, None)
        return _does(RemoteEngine(served, wire), Answering(held, wire))
    folder = Path(served.folder)
    if served.is_kb:
        kb: Path | None = folder.parent
        store, index = open_together(folder.parent, lambda opened: (opened.store, index_of(opened.folder)))
    else:
        kb, store, index = None, open_read_only(folder), None
    held = Held(Embedded(store, index), store_lookup(store, every_graph=kb is None), kb, index)
    return _does(Engine(store, served, wire, index), Answering(held, wire))


def _does(engine: Engine, answering: Answering) -> Does:
    return {"query": engine.query, "graph": engine.graph, "api": answering.answer}


def _answered(do: Callable[[dict[str, Any]], None], job: dict[str, Any]) -> bytes:
    """Return the fault of a job, nothing where it went well; what is no fault of the job ends the process."""
    try:
        do(job)
    except MandataError as error:
        return fault(error, _STATUS.get(error.code, 400))
    except MemoryError:
        return fault(MandataError("query-memory", "takes more memory than allowed", "query", "ask for less"), 503)
    except (RuntimeError, ValueError) as error:  # such as a function that the engine does not have
        return fault(MandataError("query", f"cannot be answered: {_words(error)}", "query", "mend it"), 400)
    except OSError as error:  # of the store; a lost wire ends the loop
        return fault(MandataError("store", f"the store could not be read: {_words(error)}"), 503)
    return b""


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


if __name__ == "__main__":
    serve(_opened)
