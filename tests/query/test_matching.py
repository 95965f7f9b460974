"""``md:matches`` in SPARQL: what is a use is answered from the index, what is none is left alone, the rest teaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandata.errors import MandataError
from mandata.kb.knowledge_base import open_kb
from mandata.query.search.find import SearchIndex
from mandata.query.source import Embedded, select
from mandata.query.text_matching import expand_matches
from mandata.rdf.namespaces import ID, MD, PREFIXES

WORDS = '"diplomatie preventive"'
OP1 = f"<{ID}A_RES_72_7.op1>"


@pytest.fixture(scope="module")
def source(kb: Path) -> Embedded:
    return Embedded(open_kb(kb).store, SearchIndex(kb))


USES = [
    f"SELECT ?p {{ ?p md:matches {WORDS} }}",
    f"SELECT ?p {{ ?p md:matches {WORDS} . }}",
    f"SELECT ?p {{ ?p a md:OperativeParagraph . ?p md:matches {WORDS} }}",
    f"SELECT ?p {{ ?p md:matches {WORDS} ; a md:OperativeParagraph }}",
    f"SELECT ?p {{ ?p md:matches {WORDS} . ?p a md:OperativeParagraph }}",
    f"SELECT ?p {{ ?p a md:OperativeParagraph FILTER(true) ?p md:matches {WORDS} }}",
    f"SELECT ?p {{ {{ ?p md:matches {WORDS} }} UNION {{ ?p md:matches 'nothing of this kind' }} }}",
    f"SELECT ?p {{ ?p md:matches {WORDS} FILTER(true) }}",
    f"SELECT ?p {{ ?p md:matches {WORDS} OPTIONAL {{ ?p md:text ?t }} }}",
    f"SELECT ?p {{ ?p <{MD}matches> {WORDS} }}",
    f"PREFIX o: <{MD}> SELECT ?p {{ ?p o:matches {WORDS} }}",
    f"PREFIX : <{MD}> SELECT $p {{ $p :matches {WORDS} }}",
    "SELECT ?p { ?p md:matches '''\"diplomatie\\u0020preventive\"''' }",
    f"SELECT ?p {{ # md:matches 'a'\n ?p # b .\n md:matches # c ;\n {WORDS} # d\n . }}",
    f"SELECT ?p {{ OPTIONAL {{ ?p md:matches {WORDS} }} }}",
    f"SELECT ?p {{ ?p md:matches {WORDS} #; md:symbol ?none\n ; a ?c }}",
    f"PREFIX e: <e:> SELECT ?p {{ OPTIONAL {{ ?s ?q e:a\\#b }} ?p md:matches {WORDS} }}",
    f"SELECT ?p {{ GRAPH <https://w3id.org/mandata/graph/A_RES_72_7> {{ ?p a ?c . ?p md:matches {WORDS} }} }}",
    f"SELECT ?p {{ {{ SELECT ?p {{ ?p md:matches {WORDS} }} }} }}",
]


@pytest.mark.parametrize("query", USES)
def test_a_use_is_answered_from_the_index(query: str, source: Embedded) -> None:
    found = {str(row["p"]) for row in select(source, query.replace(WORDS, f"'{WORDS}'"))}
    assert OP1 in found and f"<{ID}A_RES_72_7.pp1>" not in found


LEFT = [
    'SELECT ?s { ?s ?p "md:matches" }',
    "SELECT ?s { ?s ?p ?o } # ?p md:matches 'a'",
    'SELECT ?s { ?s rdfs:label "?p md:matches \\"a\\"" }',
    "DESCRIBE md:matches",
    "SELECT ?l { md:matches rdfs:label ?l }",
    "SELECT ?s { ?s rdfs:seeAlso md:matches }",
    "SELECT ?s { ?s ?p md:matches ; ?q ?r }",
    "SELECT ?s { VALUES ?s { md:matches } }",
    "SELECT ?s { ?s ?p ?o FILTER(?p IN (md:matches, md:text)) }",
    "SELECT ?matches { ?matches a md:Document }",
    "PREFIX md: <https://example.org/> SELECT ?s { ?s md:matches 'a' }",
]


@pytest.mark.parametrize("query", LEFT)
def test_what_is_no_use_is_left_alone(query: str) -> None:
    assert expand_matches(query, PREFIXES, None) == query


MISUSES = [
    "SELECT ?p { ?p md:matches ?words }",
    "SELECT ?p { ?p md:matches 'a'@en }",
    "SELECT ?p { ?p md:matches 'a'^^xsd:string }",
    "SELECT ?p { ?p md:matches 'a', 'b' }",
    "SELECT ?p { ?p md:matches 7 }",
    "SELECT ?p { ?p a md:Document ; md:matches 'a' }",
    "SELECT ?p { id:A_RES_72_7 md:matches 'a' }",
    "SELECT ?p { [] md:matches 'a' }",
    "SELECT ?p { [ md:matches 'a' ] a ?p }",
    "SELECT ?p { ?p md:matches|md:text 'a' }",
    "SELECT ?p { ?p ^md:matches 'a' }",
    "SELECT ?p { ?p md:matches+ 'a' }",
    "SELECT ?p { ?p md:hasPart/md:matches 'a' }",
    "SELECT ?p { ?q ?r ?p md:matches 'a' }",
    "md:matches 'a'",
]


@pytest.mark.parametrize("query", MISUSES)
def test_a_use_that_is_not_clear_teaches(query: str, source: Embedded) -> None:
    with pytest.raises(MandataError) as caught:
        source.run(query)
    assert caught.value.code in ("matches", "sparql")
    assert "md:matches" in caught.value.mend or caught.value.code == "sparql"


def test_without_an_index_it_says_so(kb: Path) -> None:
    with pytest.raises(MandataError, match="no-index"):
        Embedded(open_kb(kb).store).run("SELECT ?p { ?p md:matches 'a' }")


def test_too_many_things_are_refused_and_not_cut(source: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mandata.query.text_matching.MAX_THINGS", 3)
    with pytest.raises(MandataError, match="more than 3 things"):
        source.run("SELECT ?p { ?p md:matches 'centre' }")


def test_a_fault_behind_a_use_keeps_its_line(source: Embedded) -> None:
    with pytest.raises(MandataError, match="query, line 3, "):
        source.run('SELECT ?p { ?p md:matches """centre\n""" .\n % }')


@pytest.mark.parametrize(
    "words", ['"' * 400, "'", "}", "> ?s ?p", "\\", "\n", "NEAR(a)", "} UNION { ?s ?p ?o", "…\u202e", ""]
)
def test_words_are_words_whatever_they_are(words: str, source: Embedded) -> None:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    assert select(source, f'SELECT ?p {{ ?p md:matches "{escaped}" }}') == []
