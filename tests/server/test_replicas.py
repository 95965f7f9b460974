"""Two servers on one knowledge base, behind one name: whichever answers, the bytes and the tag are the same."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from mandata.query.queryfile import load
from mandata.server.formats import RESULTS
from server.server import serving


def test_two_servers_on_one_folder_answer_with_the_same_bytes_and_tags(kb: Path) -> None:
    fields = {"host": "data.example.org"}
    with serving("--kb", str(kb)) as one, serving("--kb", str(kb)) as other:
        for question in load().values():
            path = "/sparql?" + urlencode({"query": question.query})
            for accept in RESULTS:
                first, second = (server.send("GET", path, accept=accept, **fields) for server in (one, other))
                assert first.status == 200
                assert (first.body, first.fields["etag"]) == (second.body, second.fields["etag"]), question.name
            tag = first.fields["etag"]
            assert other.send("GET", path, accept=accept, if_none_match=tag, **fields).status == 304
