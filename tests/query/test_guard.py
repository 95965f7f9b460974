"""What may be asked: reading, here, of a sane size; everything else is one line that says why not."""

from __future__ import annotations

import time

import pytest

from mandata.errors import MandataError
from mandata.query.guard import check_query
from mandata.query.source import Embedded
from mandata.query.sparql import read

PASSES = [
    "SELECT * { ?s ?p ?o }",
    "ASK { ?service ?from ?load }",
    'SELECT * { ?s ?p "SERVICE <http://x/>" }',
    "SELECT * { ?s ?p '''FROM\nSERVICE <x>''' } # SERVICE <http://x/>",
    "PREFIX service: <http://x/service#> SELECT * { ?s service:from service:SERVICE }",
    "PREFIX from: <http://x/FROM/> SELECT * { <http://x/SERVICE> from:a _:service }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    "SELECT * { ?s ?p 'x'@from }",
    "PREFIX e: <e:> SELECT * { ?s ?p e:a\\#SERVICE }",
]
REFUSED = [
    ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "query-service"),
    ("SELECT * { service silent <http://x/> { ?s ?p ?o } }", "query-service"),
    ("SELECT * { ?s ?p ?o FILTER(1<2)SERVICE?x{?s ?p ?o} }", "query-service"),
    ('PREFIX a: <a:> SELECT * { FILTER(1<a:b#> """\n) SERVICE <http://x/> { ?s ?p ?o } #"""\n }', "query-service"),
    ('SELECT * { ?s ?p "\\"" . SERVICE <http://x/> { ?s ?p "" } }', "query-service"),
    ("PREFIX e: <e:> ASK { OPTIONAL { ?s ?p e:a\\#b } SERVICE <http://x/> { ?s ?p ?o } }", "query-service"),
    ("PREFIX e: <e:> INSERT DATA { e:s e:p e:a\\#b }; LOAD <http://x/>", "query-update"),
    ("PREFIX e: <e:> ASK { ?s ?p e:a\\#b " + "{" * 200 + "}" * 200 + " }", "query-depth"),
    ("SELECT * FROM <http://x/> { ?s ?p ?o }", "query-from"),
    ("ASK FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "query-from"),
    ("INSERT DATA { <a:a> <a:a> <a:a> }", "query-update"),
    ("PREFIX a: <a:> # SELECT\nload <http://x/>", "query-update"),
    ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "query-update"),
    ("SELECT * {" + "{" * 200 + "}" * 200 + "}", "query-depth"),
    ("ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "query-depth"),
    ("SELECT * { ?s ?p '" + "é" * 40_000 + "' }", "query-size"),
]


@pytest.mark.parametrize("query", PASSES)
def test_a_query_that_only_reads_passes(query: str) -> None:
    assert check_query(query) in ("SELECT", "ASK")


@pytest.mark.parametrize(("query", "code"), REFUSED)
def test_what_changes_or_reaches_out_or_is_too_big_is_refused(query: str, code: str) -> None:
    with pytest.raises(MandataError) as caught:
        check_query(query)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


@pytest.mark.timed
@pytest.mark.parametrize("unit", ["a", "a-", ".", "<a", '"', "'''", "#", "{}", "1.", "a:", "\\", "<a>"])
def test_the_guard_is_quick_on_any_text_it_reads(unit: str) -> None:
    start = time.perf_counter()
    check_query((unit * 65_536)[:65_000])
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "line 1, column 26"),
        ("ASK {\n ?s ?p ?o .\n } }", "line 3, column 5"),
        ("", "line 1"),
    ],
)
def test_malformed_sparql_is_one_line_with_its_place(query: str, place: str, source: Embedded) -> None:
    with pytest.raises(MandataError, match=place) as caught:
        source.run(query)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 300


def test_a_query_is_a_text_or_a_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("q") / "all.rq"
    path.write_text("\ufeffASK {}", encoding="utf-8")
    assert read(str(path)) == "ASK {}"
    assert read("ASK { ?s ?p ?o }") == "ASK { ?s ?p ?o }"
    path.write_bytes(b"\xff\xfe\x00")
    for name, says in ((str(path), "is not UTF-8"), (str(path.with_name("none.rq")), "No such file")):
        with pytest.raises(MandataError, match=says):
            read(name)
