"""The reference facts in ``data/`` keep their promises: known ids, one owner for each name, a source for each fact."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef

from mandata.package_data import read_yaml, shipped_path
from mandata.rdf.namespaces import PREFIXES
from mandata.un.symbol import SymbolError, parse

Entry = dict[str, Any]

FILES = sorted(shipped_path("data/entities").glob("*.yaml"))
ENTRIES: list[Entry] = [entry for path in FILES for entry in read_yaml(path)]
CATALOGUE: list[Entry] = read_yaml(shipped_path("data/catalogue.yaml"))
SOURCES: list[Entry] = read_yaml(shipped_path("data/texts/sources.yaml"))

KIND_FILES = {
    "state": "states",
    "region": "regions",
    "group": "groups",
    "org": "organisations",
    "centre": "organisations",
    "organ": "organs",
    "place": "places",
    "person": "people",
    "post": "posts",
    "event": "events",
    "instrument": "instruments",
    "proclamation": "proclamations",
    "topic": "topics",
}
MEMBER_STATES = 193
SHARED_NAMES: dict[tuple[str, str], str] = {}
"""(language, name) that two entities may both claim, and why; none today."""

LOCAL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*[A-Za-z0-9]")
PART = re.compile(r"annex(?: [IVX]+)?")
PARAGRAPH = re.compile(r"(?:pp|op|p)[1-9][0-9]*")
VIAS = {"symbol", "footnote", "name", "context"}


def ids(*kinds: str) -> set[str]:
    return {entry["id"] for entry in ENTRIES if entry["kind"] in kinds}


def local_name(entry: Entry) -> str:
    """Return kind and key as in an IRI: spaces become ``_``, all marks but the hyphen and the full stop fall."""
    return f"{entry['kind']}-" + re.sub(r"[^A-Za-z0-9_.-]", "", entry["id"].replace(" ", "_"))


def surface_names(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (language, name) for each form a text is searched for, as the gazetteer folds them."""
    for forms in (entry["names"], entry.get("context", {}), entry.get("demonyms", {})):
        for language, names in forms.items():
            yield from ((language, folded(name)) for name in names)


def folded(name: str) -> str:
    """Return the name with straight apostrophes and, where it has several words, a small first letter."""
    straight = name.replace("’", "'")
    return straight[0].lower() + straight[1:] if " " in straight else straight


def symbols_in(entry: Entry) -> Iterator[str]:
    yield from filter(None, [entry.get("document"), *entry.get("documents", []), *entry.get("reviews", [])])


def is_normal(symbol: str) -> bool:
    """Tell whether a text is a symbol, written in normal form."""
    try:
        return str(parse(symbol)) == symbol
    except SymbolError:
        return False


def name_of(entry: Entry) -> str:
    return f"{entry['kind']}-{entry['id']}"


CITATIONS = [(entry["symbol"], cited) for entry in CATALOGUE for cited in entry.get("cites", [])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_entity_file_holds_the_kinds_its_name_says(path: Path) -> None:
    assert {KIND_FILES[entry["kind"]] for entry in read_yaml(path)} == {path.stem}


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_an_entity_has_class_names_in_both_languages_and_source(entry: Entry) -> None:
    needed = {"fr"} if entry["kind"] == "person" else {"en", "fr"}
    assert needed <= entry["names"].keys()
    assert all(isinstance(name, str) and name == name.strip() for names in entry["names"].values() for name in names)
    assert all(len(names) == len(set(names)) > 0 for names in entry["names"].values())
    assert entry["class"][0].isupper()
    assert entry["source"].strip()


def test_ids_are_unique_within_their_kind() -> None:
    keys = [(entry["kind"], entry["id"]) for entry in ENTRIES]
    assert len(keys) == len(set(keys))


def test_local_names_are_legal_in_turtle_and_unique() -> None:
    names = [local_name(entry) for entry in ENTRIES]
    assert [name for name in names if not LOCAL_NAME.fullmatch(name)] == []
    assert len(names) == len(set(names))


def test_no_name_has_two_owners() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in ENTRIES:
        for claim in surface_names(entry):
            owners[claim].add(name_of(entry))
    assert {claim: sorted(who) for claim, who in owners.items() if len(who) > 1 and claim not in SHARED_NAMES} == {}
    assert [claim for claim in SHARED_NAMES if len(owners[claim]) < 2] == [], "an excuse that is no longer needed"


def test_every_id_an_entity_refers_to_is_known() -> None:
    known = {
        "region": ids("region"),
        "members": ids("state"),
        "covers": ids("state"),
        "in": ids("state"),
        "seat": ids("place"),
        "sub_organ_of": ids("organ"),
        "of": ids("organ", "org", "centre", "state"),
    }
    for entry in ENTRIES:
        for key in known.keys() & entry.keys():
            values = entry[key] if isinstance(entry[key], list) else [entry[key]]
            assert set(values) <= known[key], (name_of(entry), key)
        assert {held["post"] for held in entry.get("holds", [])} <= ids("post"), name_of(entry)


def test_states_are_the_members_and_bear_their_m49_number() -> None:
    states = [entry for entry in ENTRIES if entry["kind"] == "state"]
    members = [entry for entry in states if entry["class"] == "MemberState"]
    assert len(members) == MEMBER_STATES
    assert len({entry["m49"] for entry in states}) == len(states)
    assert all(re.fullmatch(r"[0-9]{3}", entry["m49"]) and re.fullmatch(r"[A-Z]{3}", entry["id"]) for entry in states)
    assert all(entry["exact"] == [f"http://metadata.un.org/UNMS/{entry['m49']}"] for entry in members)


def test_every_state_is_named_in_the_six_languages() -> None:
    """With the short name first, which no other State bears, and no name twice."""
    states = [entry for entry in ENTRIES if entry["kind"] == "state"]
    for language in ("ar", "en", "es", "fr", "ru", "zh"):
        names = [entry["names"][language] for entry in states]
        assert all(len(set(those)) == len(those) > 0 for those in names), language
        assert len({those[0] for those in names}) == len(states), language


def test_a_shared_name_is_shared_and_an_ambiguous_one_is_a_name() -> None:
    """Each with at least one other bearer, in the language that the entry says."""
    for language in ("ar", "en", "es", "fr", "ru", "zh"):
        borne = Counter(
            name
            for entry in ENTRIES
            for name in {*entry["names"].get(language, ()), *entry.get("shared", {}).get(language, ())}
        )
        for entry in ENTRIES:
            assert all(borne[name] > 1 for name in entry.get("shared", {}).get(language, ())), entry["id"]
            assert set(entry.get("ambiguous", {}).get(language, ())) <= set(entry["names"].get(language, ()))


def test_the_region_its_states_and_their_group_agree() -> None:
    inside = {entry["id"] for entry in ENTRIES if entry["kind"] == "state" and entry.get("region") == "Central Asia"}
    (region,) = (entry for entry in ENTRIES if entry["kind"] == "region" and entry["id"] == "Central Asia")
    (group,) = (entry for entry in ENTRIES if entry["kind"] == "group" and entry["id"] == "Central Asian States")
    assert inside == set(region["covers"]) == set(group["members"])


def test_outside_iris_are_of_registers_we_know() -> None:
    registers = re.compile(r"http://metadata\.un\.org/(?:UNMS/[0-9]{3}|thesaurus/[0-9]{6,7})")
    outside = [iri for entry in ENTRIES for iri in entry.get("exact", [])]
    assert [iri for iri in outside if not registers.fullmatch(iri)] == []
    assert len(outside) == len(set(outside))


def test_the_label_of_a_topic_is_its_id() -> None:
    topics = [entry for entry in ENTRIES if entry["kind"] == "topic"]
    assert [entry["id"] for entry in topics if entry["names"]["en"][0] != entry["id"]] == []


def test_documents_of_instruments_are_symbols_in_normal_form() -> None:
    instruments = [entry for entry in ENTRIES if entry["kind"] == "instrument"]
    assert [s for entry in instruments for s in symbols_in(entry) if not is_normal(s)] == []
    assert all(PART.fullmatch(entry["part"]) and "document" in entry for entry in instruments if "part" in entry)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry["symbol"])
def test_a_catalogue_entry_has_symbol_class_title_and_source(entry: Entry) -> None:
    assert is_normal(entry["symbol"])
    assert entry["class"] in {"Resolution", "Decision", "Letter", "Report"}
    assert all(is_normal(draft) for draft in entry.get("drafts", []))
    assert entry["title"]
    assert entry["source"].strip()
    dates = [entry[key] for key in ("dated", "adopted", "distributed") if key in entry]
    assert dates
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(date)) for date in dates)


def test_a_document_is_catalogued_once() -> None:
    symbols = [entry["symbol"] for entry in CATALOGUE]
    assert len(symbols) == len(set(symbols))


def test_senders_and_addressees_are_posts() -> None:
    for entry in CATALOGUE:
        assert entry.get("sent_to", "Secretary-General") in ids("post"), entry["symbol"]
        if "sender_state" in entry:
            assert entry["sender_state"] in ids("state"), entry["symbol"]
        elif "sent_by" in entry:
            assert entry["sent_by"] in ids("post"), entry["symbol"]


@pytest.mark.parametrize(("symbol", "cited"), CITATIONS, ids=lambda value: str(value)[:40])
def test_a_cited_id_is_a_symbol_in_normal_form_or_a_known_instrument(symbol: str, cited: Entry) -> None:
    assert is_normal(cited["id"]) or cited["id"] in ids("instrument")
    assert cited["id"] != symbol
    assert "paragraph" not in cited or PARAGRAPH.fullmatch(cited["paragraph"])
    assert "via" not in cited or cited["via"] in VIAS
    assert ("note" in cited) == (cited.get("via") == "footnote")


def test_operators_of_catalogued_citations_are_in_the_scheme() -> None:
    scheme = Graph().parse(shipped_path("ontology/schemes/operators.ttl"), format="turtle")
    concepts = set(scheme.subjects())
    used = {cited["operator"] for _, cited in CITATIONS if "operator" in cited}
    assert {name for name in used if URIRef(PREFIXES["op"] + name) not in concepts} == set()


def test_what_sets_out_an_instrument_of_the_texts_is_catalogued() -> None:
    catalogued = {entry["symbol"] for entry in CATALOGUE}
    (strategy,) = (entry for entry in ENTRIES if entry["id"] == "UN Global Counter-Terrorism Strategy")
    assert set(symbols_in(strategy)) <= catalogued
    sessions = [int(symbol.split("/")[2]) for symbol in strategy["reviews"]]
    assert sessions == sorted(set(sessions)), "the reviews stand in order"


@pytest.mark.parametrize("entry", SOURCES, ids=lambda entry: entry["file"])
def test_a_source_text_is_as_received(entry: Entry) -> None:
    content = (shipped_path("data/texts") / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["received_from"]
    assert entry["known_faults"]


def test_every_source_text_is_listed() -> None:
    assert {path.name for path in shipped_path("data/texts").glob("*.txt")} == {entry["file"] for entry in SOURCES}
