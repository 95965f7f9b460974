"""The language versions of one document are one work: what each says stands, and where they differ is reported."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad

from mandata.errors import Issue
from mandata.graph.build import build_documents
from mandata.identity.headers import header
from mandata.identity.resolve import resolve
from mandata.rdf.namespaces import ID, MD
from mandata.reading import read
from mandata.text.source import decode

FRENCH = """A/RES/79/321
Assemblée générale
Soixante-dix-neuvième session
Résolution adoptée par l'Assemblée générale le 24 février 2025

79/321. Rôle des vergers

L'Assemblée générale,

Rappelant sa résolution 72/7 du 17 novembre 2017 et les vœux des peuples et des États de la région,

1. Encourage les États à planter des arbres dans la région et dans le monde ;

2. Prie le Secrétaire général de lui faire rapport sur la question des vergers.
"""
ENGLISH = """A/RES/79/321
General Assembly
Seventy-ninth session
Resolution adopted by the General Assembly on 24 February 2025

79/321. Role of the orchards

The General Assembly,

Recalling its resolution 72/7 of 17 November 2017 and the wishes of the peoples and of the States of the region,

1. Supports the States in the planting of trees in the region and in the world as set out in resolution 73/338;

2. Requests the Secretary-General to report to it on the question of the orchards.
"""


def built(*texts: str) -> tuple[Sequence[Quad], dict[str, list[Issue]]]:
    readings = [read(decode(text.encode(), f"text {n}")) for n, text in enumerate(texts)]
    stated, doubts = build_documents(readings, resolve([header(r) for r in readings], []))
    return [one.quad for one in stated], doubts


def values(quads: Sequence[Quad], subject: str, prop: str) -> list[str]:
    about = (NamedNode(ID + subject), NamedNode(MD + prop))
    found = (q.object for q in quads if (q.subject, q.predicate) == about)
    shown = (f"{o.value}@{o.language}" if isinstance(o, Literal) and o.language else str(o).strip("<>") for o in found)
    return sorted(value.removeprefix(ID) for value in shown)


def test_two_languages_are_one_work_with_two_expressions() -> None:
    quads, _ = built(FRENCH, ENGLISH)
    work = "A_RES_79_321"
    assert values(quads, work, "realizedBy") == [f"{work}.en", f"{work}.fr"]
    assert values(quads, work, "title") == ["Role of the orchards@en", "Rôle des vergers@fr"]
    assert values(quads, f"{work}.op1", "hasVersion") == [f"{work}.op1.en", f"{work}.op1.fr"]
    for language, concept in (("en", "supports"), ("fr", "encourages")):
        assert [v.rsplit("/", 1)[-1] for v in values(quads, f"{work}.op1.{language}", "operator")] == [concept]


def test_one_version_alone_speaks_for_the_work() -> None:
    quads, _ = built(FRENCH, ENGLISH)
    said = values(quads, "A_RES_79_321.op1", "text")
    assert len(said) == 1
    assert len(values(quads, "A_RES_79_321.op1", "operator")) == 1
    assert built(ENGLISH, FRENCH)[0] and values(built(ENGLISH, FRENCH)[0], "A_RES_79_321.op1", "text") == said


def test_the_language_it_was_written_in_speaks_for_it() -> None:
    for language, text in (("fr", FRENCH), ("en", ENGLISH)):
        other = ENGLISH if language == "fr" else FRENCH
        line = "Original : français" if language == "fr" else "Original: English"
        quads, _ = built(other, text.replace("A/RES/79/321\n", f"A/RES/79/321\n{line}\n", 1))
        assert values(quads, "A_RES_79_321.op1", "text")[0].endswith(f"@{language}")


def test_where_versions_differ_both_stand_and_it_is_reported() -> None:
    quads, issues = built(FRENCH, ENGLISH)
    assert "A_RES_73_338" in values(quads, "A_RES_79_321.op1", "cites")
    (said,) = [issue.message for found in issues.values() for issue in found if issue.code == "versions-differ"]
    assert "operators: op1 " in said
    assert "only: op1 A/RES/73/338" in said


def test_operators_that_translators_use_for_one_another_do_not_differ() -> None:
    """« Souligne » is "Emphasizes": each stands in its version, and nothing is reported."""
    french = FRENCH.replace("Encourage les États à planter", "Souligne que les États plantent")
    english = ENGLISH.replace("Supports the States in", "Emphasizes to the States")
    quads, issues = built(french, english.replace(" as set out in resolution 73/338", ""))
    said = {
        values(quads, f"A_RES_79_321.op1.{language}", "operator")[0].rsplit("/", 1)[-1] for language in ("en", "fr")
    }
    assert said == {"emphasizes", "stresses"}
    assert "versions-differ" not in {issue.code for found in issues.values() for issue in found}


def test_the_citation_of_both_is_one_attested_by_both_files() -> None:
    quads, _ = built(FRENCH, ENGLISH)
    files = {v.split(".")[1] for v in values(quads, "A_RES_79_321.pp1.cites-A_RES_72_7", "evidence")}
    assert files == {"en", "fr"}
