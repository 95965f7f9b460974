"""Sections, lettered resolutions and the further kinds of documents as statements. All documents are invented."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.graph.divisions import part_symbol
from mandata.ingest import build as building
from mandata.ingest import conversion
from mandata.rdf.local_names import Name, read_name
from mandata.rdf.namespaces import ID, MD
from mandata.un.document_names import section_name, target_name

CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture(scope="module")
def statements() -> set[tuple[str, str, str]]:
    """The statements of all invented documents, by local names."""
    text = "".join(conversion.convert(sorted(CASES.glob("invented-*.txt")), "nquads"))
    quads = ox.parse(text, format=ox.RdfFormat.N_QUADS)
    return {(shown(q.subject), shown(q.predicate), shown(q.object)) for q in quads}


def shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(ID).removeprefix(MD).rpartition("#")[2]
    return term.value if isinstance(term, ox.Literal) else str(term)


@pytest.mark.parametrize(
    "fact",
    [
        ("A_RES_93_243", "hasPart", "A_RES_93_243_A"),
        ("A_RES_93_243", "hasPart", "A_RES_93_243_B"),
        ("A_RES_93_243_A", "type", "Resolution"),
        ("A_RES_93_243_B", "symbol", "A/RES/93/243 B"),
        ("A_RES_93_243_B", "title", "Programme of Action on a Culture of Orchards"),
        ("A_RES_93_243_B", "adoptedOn", "2038-09-13"),
        ("A_RES_93_243_A", "hasPart", "A_RES_93_243_A.op1"),
        ("A_RES_93_243_B", "hasPart", "A_RES_93_243_B.pp1"),
        ("A_RES_93_243_B.pp2", "recalls", "A_RES_93_243_A"),
        ("A_RES_96_226", "hasPart", "A_RES_96_226.section2"),
        ("A_RES_96_226.section2", "type", "Section"),
        ("A_RES_96_226.section2", "number", "II"),
        ("A_RES_96_226.section2", "title", "Décennie internationale des poiriers"),
        ("A_RES_96_226.section2", "hasPart", "A_RES_96_226.heading3"),
        ("A_RES_96_226.op2", "inSection", "A_RES_96_226.section2"),
        ("A_RES_96_226", "hasPart", "A_RES_96_226.op2"),
        ("A_RES_96_226.pp1", "cites", "A_RES_90_14"),
        ("A_RES_96_226.pp1.cites-A_RES_90_14", "citedPart", "A_RES_90_14.section2"),
        ("A_RES_90_14", "hasPart", "A_RES_90_14.section2"),
        ("A_92_480.section2", "hasPart", "A_92_480.section2.A"),
        ("A_92_480", "type", "Report"),
        ("A_92_480.p2", "type", "Paragraph"),
        ("A_92_565", "type", "Note"),
        ("A_92_777", "type", "NoteVerbale"),
        ("A_92_777", "sentBy", "post-Permanent_Mission_of_Turkmenistan"),
        ("post-Permanent_Mission_of_Turkmenistan", "represents", "state-TKM"),
        ("S_PRST_2031_28", "type", "Statement"),
        ("S_PRST_2031_28", "datedOn", "2031-10-08"),
        ("S_PRST_2030_12", "type", "Statement"),
        ("A_DEC_92_405", "type", "Decision"),
        ("A_DEC_92_405", "adoptedOn", "2037-09-15"),
        ("A_C.3_92_L.5", "type", "Draft"),
        ("A_C.3_92_L.5", "sponsoredBy", "state-TKM"),
        ("A_85_305-S_2030_809", "sentTo", "post-President_of_the_General_Assembly"),
        ("A_85_305-S_2030_809", "sentTo", "post-President_of_the_Security_Council"),
        ("A_HRC_RES_97_8", "adoptedBy", "organ-HRC"),
        ("A_HRC_RES_97_8", "inSession", "session-HRC-97"),
    ],
    ids=" ".join,
)
def test_it_is_stated(statements: set[tuple[str, str, str]], fact: tuple[str, str, str]) -> None:
    assert fact in statements


@pytest.mark.parametrize(
    "fact",
    [
        ("A_RES_93_243", "hasPart", "A_RES_93_243_A.op1"),
        ("A_RES_93_243_A", "type", "Document"),
        ("A_92_777", "type", "Note"),
        ("A_HRC_RES_97_8", "adoptedBy", "organ-GA"),
        ("A_RES_99_41", "transmits", "A_RES_99_41.annex1"),
    ],
    ids=" ".join,
)
def test_it_is_not_stated(statements: set[tuple[str, str, str]], fact: tuple[str, str, str]) -> None:
    assert fact not in statements


def test_the_invented_documents_contradict_nothing(tmp_path: Path) -> None:
    report = building.build(sorted(CASES.glob("invented-*.txt")), tmp_path / "kb", lambda _: None)
    assert report["contradictions"] == 0


@pytest.mark.parametrize(
    ("whole", "letter", "symbol"),
    [
        ("A/RES/53/243", "B", "A/RES/53/243 B"),
        ("A/RES/53/243 A-B", "B", "A/RES/53/243 B"),
        ("A/RES/2453(XXIII)", "A", "A/RES/2453(XXIII) A"),
        (None, "A", None),
    ],
)
def test_a_lettered_resolution_has_a_symbol_of_its_own(whole: str | None, letter: str, symbol: str | None) -> None:
    assert part_symbol(whole, letter) == symbol
    if whole and symbol:
        assert str(Name(target_name(whole), letter)) == target_name(symbol)


@pytest.mark.parametrize(
    ("document", "part", "local"),
    [
        ("A_RES_53_243", "A.pp1", "A_RES_53_243_A.pp1"),
        ("A_RES_54_54_A-V", "V.op2.a", "A_RES_54_54_V.op2.a"),
        ("A_RES_77_290_B", "B.op1", "A_RES_77_290_B.op1"),
        ("A_RES_53_243", "B.section2.A", "A_RES_53_243_B.section2.A"),
        ("A_72_480", "section2.A.p1", "A_72_480.section2.A.p1"),
        ("A_72_480", "heading3", "A_72_480.heading3"),
        ("S_2017_600", "annex1.section2", "S_2017_600.annex1.section2"),
        ("A_RES_72_7", "op3.b.iii", "A_RES_72_7.op3.b.iii"),
    ],
)
def test_a_name_is_printed_and_read_back(document: str, part: str, local: str) -> None:
    assert str(Name(document, part)) == local
    read = read_name(f"{local}.en")
    assert (str(read), read.language, f"{read.document}.{read.part}") == (f"{local}.en", "en", local)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("section II", "section2"),
        ("section XI", "section11"),
        ("section A", "sectionA"),
        ("section C", "sectionC"),
        ("section II, paragraph 3", "section2"),
        ("paragraph 3", None),
        ("annex II", None),
        (None, None),
    ],
)
def test_a_cited_section_is_named_as_the_section_is(part: str | None, name: str | None) -> None:
    assert section_name(part) == name
