"""A paragraph restates a function where it says it again in close wording, and the words that show it are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from mandata.errors import MandataError
from mandata.package_data import read_yaml, shipped_path
from mandata.reason.rules.wording import (
    REVERSED,
    THRESHOLD,
    Similarity,
    Weights,
    Wording,
    parse_weights,
    restatements,
    similarity,
    weights_of,
)

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "texts"
with_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
LANGUAGES = ("en", "fr")
LATER = {
    "A_RES_75_272": {"op1": 1, "pp13": 4},
    "A_RES_77_273": {"op1": 1, "op2": 3, "pp17": 5, "pp21": 4},
}
"""What a careful reader finds in the two later resolutions: which paragraph restates which function."""

FRENCH = (
    "Faire la liaison pour les problèmes relevant de la diplomatie préventive avec les gouvernements de "
    "la région et, s'ils y consentent, avec les autres parties intéressées;",
    "Suivre et analyser la situation sur le terrain et donner au Secrétaire général de l'Organisation des "
    "Nations Unies des informations à jour pour l'action de prévention des conflits;",
    "Entretenir des contacts avec l'Organisation pour la sécurité et la coopération en Europe, la "
    "Communauté d'États indépendants, l'Organisation de Shanghai pour la coopération et les autres "
    "organisations régionales, encourager leur action et leurs initiatives de rétablissement de la paix, "
    "et faciliter la coordination et les échanges d'informations entre elles, compte dûment tenu de la "
    "spécificité de leurs mandats respectifs;",
    "Assurer un cadre et une direction politiques pour les activités préventives des équipes de pays des "
    "Nations Unies dans la région; et soutenir les efforts faits par les coordonnateurs résidents et les "
    "organismes des Nations Unies, institutions de Bretton-Woods comprises, pour promouvoir une "
    "conception intégrée de l'aide préventive au développement et de l'assistance humanitaire;",
    "Entretenir des rapports étroits avec la Mission d'assistance des Nations Unies en Afghanistan afin "
    "que l'analyse de la situation dans la région soit complète et intégrée.",
)

ENGLISH = (
    "To liaise with the Governments of the region and, with their concurrence, with other parties "
    "concerned on issues relevant to preventive diplomacy;",
    "To monitor and analyse the situation on the ground and provide the Secretary-General of the United "
    "Nations with up-to-date information related to conflict prevention efforts;",
    "To maintain contact with the Organization for Security and Cooperation in Europe, the Commonwealth "
    "of Independent States, the Shanghai Cooperation Organization and other regional organizations, "
    "encourage their peacemaking efforts and initiatives, and facilitate coordination and information "
    "exchange between them, with due regard to their specific mandates;",
    "To provide a political framework and leadership for the preventive activities of the United Nations "
    "country teams in the region; and to support the efforts of the resident coordinators and those of "
    "the United Nations system, including the Bretton Woods institutions, in promoting an integrated "
    "approach to preventive development and humanitarian assistance;",
    "To maintain close contact with the United Nations Assistance Mission in Afghanistan to ensure a "
    "comprehensive and integrated analysis of the situation in the region.",
)

# The same five, translated with other words than those the resolutions chose.
FREELY = (
    "Liaising on matters of preventive diplomacy with the Governments of the region and, if they consent, with other "
    "interested parties;",
    "Following and analysing the situation on the ground and giving the Secretary-General current information for "
    "conflict prevention;",
    "Keeping up contacts with the Organization for Security and Cooperation in Europe, the Commonwealth of Independent "
    "States, the Shanghai Cooperation Organization and the other regional organizations, encouraging their peacemaking "
    "action and initiatives, and facilitating the coordination and the exchange of information among them, due account "
    "being taken of the specificity of their respective mandates;",
    "Providing a political framework and direction for the preventive activities of the United Nations country teams "
    "in the region; and supporting the efforts made by the resident coordinators and the United Nations bodies, "
    "Bretton Woods institutions included, to promote an integrated conception of preventive development aid and "
    "humanitarian assistance;",
    "Maintaining close relations with the United Nations Assistance Mission in Afghanistan so that the analysis of the "
    "situation in the region may be complete and integrated.",
)

RESOLUTION_72_7 = {
    "pp1": ("Guidée par la Charte des Nations Unies,"),
    "pp2": (
        "Rappelant l'échange de lettres entre le Secrétaire général et le Président du Conseil de sécurité "
        "sur la création d'un Centre régional des Nations Unies pour la diplomatie préventive à Achgabat,"
    ),
    "pp3": (
        "Se félicitant de la célébration du vingt-cinquième anniversaire de l'adhésion des pays d'Asie "
        "centrale à l'Organisation des Nations Unies, réaffirmant le rôle unique que cette dernière joue dans "
        "le système des relations internationales et préconisant la tenue d'un dialogue politique axé sur "
        "l'action collective visant à relever les défis communs et l'instauration d'une coopération "
        "économique et sociale entre les pays de la région,"
    ),
    "pp4": (
        "Notant que le mois de décembre 2017 marque le dixième anniversaire de la création du Centre régional "
        "des Nations Unies pour la diplomatie préventive en Asie centrale et faisant fond sur son expérience,"
    ),
    "pp5": (
        "Réaffirmant l'importance de la diplomatie préventive, qui est un moyen de soutenir les efforts que "
        "l'Organisation fait pour favoriser le règlement pacifique des différends et, dans ce contexte, "
        "saluant le rôle que le Centre joue, conformément à son mandat et dans le cadre d'une coopération "
        "régionale accrue, en aidant les États d'Asie centrale à faire face aux menaces transnationales "
        "pesant sur la paix et en contribuant au développement durable de la région,"
    ),
    "pp6": (
        "Consciente de l'importance que revêt la création d'un environnement le plus stable et le plus sûr "
        "possible en Asie centrale, et de le préserver, ce qui aidera les pays de la région à réaliser leur "
        "aspiration à établir en Asie centrale une zone de paix, de sécurité, de coopération et de "
        "développement qui serve de modèle, tout en tenant compte des enseignements tirés de la coopération "
        "régionale, ainsi que de l'assistance fournie par la communauté internationale, représentée par "
        "l'Organisation,"
    ),
    "pp7": (
        "Notant que le Centre s'attache tout particulièrement à appuyer la coopération entre les États d'Asie "
        "centrale dans les domaines de la lutte contre le terrorisme et de la prévention de l'extrémisme "
        "violent, qui fait le lit du terrorisme, afin de mettre en œuvre de manière intégrée et équilibrée "
        "tous les piliers de la Stratégie antiterroriste mondiale des Nations Unies dans la région,"
    ),
    "pp8": (
        "Rappelant la Déclaration d'Achgabat issue du dialogue de haut niveau ONU-Asie centrale sur "
        "l'application de la Stratégie antiterroriste mondiale des Nations Unies en Asie centrale, adoptée "
        "le 13 juin 2017,"
    ),
    "pp9": (
        "Soulignant la nécessité de lutter contre la production et le trafic de drogues illicites dans la "
        "région et louant l'action menée par le Centre à cet égard, de concert avec l'Office des Nations "
        "Unies contre la drogue et le crime, par l'intermédiaire de son Bureau régional pour l'Asie centrale "
        "situé à Tachkent, et avec le Centre régional d'information et de coordination d'Asie centrale pour "
        "la lutte contre le trafic illicite de stupéfiants, de substances psychotropes et de leurs "
        "précurseurs situé à Almaty (Kazakhstan),"
    ),
    "pp10": (
        "Saluant les liens de collaboration étroits qui unissent le Centre et les équipes de pays des Nations "
        "Unies, ainsi que le Fonds pour la consolidation de la paix, dans les domaines de la prévention des "
        "conflits et de la consolidation de la paix,"
    ),
    "pp11": (
        "Notant avec satisfaction que les pays d'Asie centrale sont disposés à faire des efforts pour "
        "parvenir à des accords mutuellement avantageux sur l'utilisation intégrée des ressources en eau et "
        "en énergie dans la région,"
    ),
    "op1": (
        "Encourage le Centre régional des Nations Unies pour la diplomatie préventive en Asie centrale à "
        "continuer d'entretenir le dialogue sur les questions relevant de la diplomatie préventive avec les "
        "gouvernements de la région et, s'ils y consentent, avec les autres parties intéressées;"
    ),
    "op2": (
        "Se félicite du concours que le Centre apporte à la mise en œuvre des initiatives des pays d'Asie "
        "centrale en faveur d'une région stable, pacifique et prospère;"
    ),
    "op3": (
        "Encourage le Centre à continuer de coopérer étroitement avec les gouvernements de la région pour "
        "rendre celle-ci plus à même de surmonter les obstacles à la paix, à la stabilité et au développement "
        "durable, en s'appuyant sur la diplomatie préventive et le dialogue."
    ),
}


def functions(texts: Sequence[str], language: str) -> list[Wording]:
    """Return the functions of a mandate, keyed by number."""
    return [Wording(f"f{number}", text, language) for number, text in enumerate(texts, 1)]


def paragraphs(texts: Mapping[str, str], language: str = "fr", document: str = "A_RES_72_7") -> list[Wording]:
    """Return the paragraphs of a document, keyed as the graph keys them."""
    return [Wording(f"{document}.{place}", text, language) for place, text in texts.items()]


def corpus(language: str, *, later: bool) -> list[Wording]:
    """Return the paragraphs of the two later resolutions on the Centre, or of all the other resolutions."""
    files = [path for path in sorted((CORPUS / language).glob("*.json")) if (path.stem in LATER) == later]
    return list(chain.from_iterable(_paragraphs_of(path, language) for path in files))


def _paragraphs_of(path: Path, language: str) -> list[Wording]:
    document = json.loads(path.read_text(encoding="utf-8"))
    texts = {f"pp{each['n']}": each["text"] for each in document["preambular"]}
    texts |= {f"op{each['n']}": each["text"] for each in document["operative"]}
    return paragraphs(texts, language, path.stem)


def pairs(found: Sequence[Similarity]) -> set[tuple[str, str]]:
    """Return which paragraph restates which function, without the scores."""
    return {(each.paragraph, each.function) for each in found}


def weights(language: str) -> Weights:
    """Return the weights of a language that has a table."""
    found = weights_of(language)
    assert found is not None
    return found


def scores(asked: Sequence[Wording], said: Sequence[Wording]) -> dict[tuple[str, str], Decimal]:
    """Return the score of every pair, restated or not."""
    compared = (similarity(one, other, weights(one.language)) for one in asked for other in said)
    return {(each.paragraph, each.function): each.score for each in compared}


def english(function: str, paragraph: str) -> Similarity:
    """Return the likeness of two English texts."""
    return similarity(Wording("f", function, "en"), Wording("p", paragraph, "en"), weights("en"))


EXPECTED = {(f"{document}.{place}", f"f{number}") for document, at in LATER.items() for place, number in at.items()}


class TestTheCentresMandate:
    """What the wording of the Centre's five functions shows in the three resolutions on it."""

    def test_operative_paragraph_1_of_72_7_restates_the_first_function_and_no_other_paragraph_any(self) -> None:
        found = restatements(functions(FRENCH, "fr"), paragraphs(RESOLUTION_72_7))
        assert pairs(found) == {("A_RES_72_7.op1", "f1")}

    def test_the_words_compared_are_kept_as_the_paragraph_prints_them(self) -> None:
        (found,) = restatements(functions(FRENCH, "fr"), paragraphs({"op1": RESOLUTION_72_7["op1"]}))
        assert found.words[-5:] == ("gouvernements", "région", "consentent", "parties", "intéressées")
        assert found.score.as_tuple().exponent == -3

    def test_between_what_restates_in_72_7_and_what_does_not_lies_a_wide_margin(self) -> None:
        scored = scores(functions(FRENCH, "fr"), paragraphs(RESOLUTION_72_7))
        true = scored.pop(("A_RES_72_7.op1", "f1"))
        assert true - max(scored.values()) > Decimal("0.3")

    @with_corpus
    @pytest.mark.parametrize(
        ("texts", "language"), [(FRENCH, "fr"), (ENGLISH, "en"), (FREELY, "en")], ids=["fr", "en", "en, freely"]
    )
    def test_the_later_resolutions_restate_just_what_a_careful_reader_finds(
        self, texts: tuple[str, ...], language: str
    ) -> None:
        assert pairs(restatements(functions(texts, language), corpus(language, later=True))) == EXPECTED

    @with_corpus
    @pytest.mark.parametrize(("texts", "language"), [(FRENCH, "fr"), (ENGLISH, "en"), (FREELY, "en")])
    def test_no_paragraph_of_a_hundred_other_resolutions_is_claimed(
        self, texts: tuple[str, ...], language: str
    ) -> None:
        others = corpus(language, later=False)
        assert len({each.key.partition(".")[0] for each in others}) >= 50
        assert restatements(functions(texts, language), others) == []

    @with_corpus
    @pytest.mark.parametrize(("texts", "language"), [(FRENCH, "fr"), (ENGLISH, "en"), (FREELY, "en")])
    def test_the_threshold_stands_clear_of_both_sides(self, texts: tuple[str, ...], language: str) -> None:
        """Between the lowest true score and the highest false one, over all resolutions at hand, lies at least 0.2."""
        asked = functions(texts, language)
        scored = scores(asked, corpus(language, later=True)) | scores(asked, corpus(language, later=False))
        true = {pair: scored.pop(pair) for pair in EXPECTED}
        assert min(true.values()) - max(scored.values()) >= Decimal("0.2")
        assert min(true.values()) >= THRESHOLD + Decimal("0.05")
        assert max(scored.values()) <= THRESHOLD - Decimal("0.05")


class TestWhatAScoreDependsOn:
    """On the two texts and the table of their language, and on nothing else."""

    @with_corpus
    @pytest.mark.parametrize("removed", range(1, 6))
    def test_a_mandate_without_a_function_loses_exactly_its_restatements(self, removed: int) -> None:
        said = [*paragraphs(RESOLUTION_72_7), *corpus("fr", later=True)]
        whole = functions(FRENCH, "fr")
        less = [each for each in whole if each.key != f"f{removed}"]
        expected = [each for each in restatements(whole, said) if each.function != f"f{removed}"]
        assert restatements(less, said) == expected

    def test_a_document_more_changes_no_score_of_another(self) -> None:
        asked, held = functions(FRENCH, "fr"), paragraphs(RESOLUTION_72_7)
        more = [Wording(f"new.pp{n}", text, "fr") for n, text in enumerate(RESOLUTION_72_7.values())]
        found = restatements(asked, [*more, *held])
        assert [each for each in found if each.paragraph.startswith("A_RES")] == restatements(asked, held)

    def test_the_order_of_what_is_given_changes_nothing(self) -> None:
        asked, said = (
            functions(FRENCH, "fr"),
            paragraphs(RESOLUTION_72_7) + paragraphs(RESOLUTION_72_7, document="copy"),
        )
        found = restatements(asked, said)
        assert found == restatements(asked[::-1], said[::-1])
        assert found == sorted(found)

    def test_texts_of_two_languages_are_never_compared(self) -> None:
        same = FRENCH[0]
        assert restatements([Wording("f1", same, "fr")], [Wording("p", same, "en")]) == []

    def test_a_language_without_a_table_claims_nothing(self) -> None:
        assert weights_of("tlh") is None
        assert restatements([Wording("f1", ENGLISH[0], "tlh")], [Wording("p", ENGLISH[0], "tlh")]) == []

    def test_a_regional_variety_is_weighed_as_its_language(self) -> None:
        assert weights_of("fr-CH") == weights_of("fr")

    @pytest.mark.parametrize(
        "printed",
        [
            FRENCH[0].replace("'", "\u2019"),
            FRENCH[0].replace(" ", "\u00a0"),
            FRENCH[0].replace("é", "e\u0301"),
            FRENCH[0].upper(),
        ],
        ids=["apostrophes", "spaces", "accents", "capitals"],
    )
    def test_typography_does_not_count(self, printed: str) -> None:
        (found,) = restatements([Wording("f1", FRENCH[0], "fr")], [Wording("p", printed, "fr")])
        assert found.score == 1


class TestTheMeasure:
    """What the parts of the measure promise, on small texts."""

    FUNCTION = "To monitor the ceasefire lines, verify the withdrawal of troops and investigate alleged violations"

    def test_the_same_words_score_one(self) -> None:
        assert english(self.FUNCTION, f"Requests the Mission {self.FUNCTION.lower()};").score == 1

    def test_texts_with_no_word_in_common_score_nothing(self) -> None:
        found = english(self.FUNCTION, "Welcomes the celebration of the anniversary;")
        assert found.score == 0
        assert not found.words

    def test_an_empty_text_scores_nothing(self) -> None:
        assert english("", "").score == 0

    def test_words_scattered_over_a_paragraph_are_no_phrase(self) -> None:
        filler = " apples pears plums figs "
        scattered = filler.join(self.FUNCTION.split())
        assert english(self.FUNCTION, scattered).score == 0

    def test_a_phrase_turned_round_counts_less_than_one_in_order(self) -> None:
        ahead = english(self.FUNCTION, "troops investigate").score
        assert english(self.FUNCTION, "investigate troops").score == ahead * Decimal(REVERSED)

    def test_common_words_weigh_less_than_rare_ones(self) -> None:
        table = weights("en")
        assert table.of("nation") < table.of("region") < table.of("ceasefir") == 1

    def test_a_name_weighs_half_of_a_plain_word(self) -> None:
        named = english(
            "To maintain steady contact with Ruritania Zembla authorities on river levels", "Ruritania Zembla"
        )
        plain = english(
            "To maintain steady contact with ruritania zembla authorities on river levels", "Ruritania Zembla"
        )
        assert 0 < named.score < plain.score

    def test_two_words_prove_nothing_however_short_the_function(self) -> None:
        assert english("Monitor ceasefires", "Monitors ceasefires").score < THRESHOLD

    def test_a_long_function_is_restated_by_one_whole_clause(self) -> None:
        clauses = [FRENCH[3].partition(";")[0], FRENCH[3].partition(";")[2]]
        asked = functions(FRENCH, "fr")
        assert {each.function for clause in clauses for each in restatements(asked, [Wording("p", clause, "fr")])} == {
            "f4"
        }

    def test_both_ways_round_the_same_words_are_shared(self) -> None:
        there = english(ENGLISH[0], ENGLISH[4] + " " + ENGLISH[0])
        back = english(ENGLISH[4] + " " + ENGLISH[0], ENGLISH[0])
        assert {word.lower() for word in there.words} == {word.lower() for word in back.words}
        assert there.words


class TestTheTables:
    """The shipped tables are whole, and a broken one is refused in one line."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_stem_stands_in_a_table_once(self, language: str) -> None:
        table = read_yaml(shipped_path(f"data/wording/{language}.yaml"))
        common = list(chain.from_iterable(table["commonplaces"].values()))
        stops = list(chain.from_iterable(table["stop_words"].values()))
        assert all(isinstance(word, str) for word in common + stops)
        assert len(weights(language).by_stem) == len(common)
        assert len(set(stops)) == len(stops)
        assert not set(stops) & set(common)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_weight_lies_between_nothing_and_one(self, language: str) -> None:
        assert all(0 < weight <= 1 for weight in weights(language).by_stem.values())

    @pytest.mark.parametrize(
        "table",
        [
            None,
            [],
            {"stemmer": "english", "stop_words": {"articles": ["the"]}},
            {"stemmer": "klingon", "stop_words": {}, "commonplaces": {2: ["word"]}},
            {"stemmer": "english", "stop_words": ["the"], "commonplaces": {2: ["word"]}},
            {"stemmer": "english", "stop_words": {}, "commonplaces": {}},
            {"stemmer": "english", "stop_words": {}, "commonplaces": {"often": ["word"]}},
            {"stemmer": "english", "stop_words": {}, "commonplaces": {0: ["word"]}},
            {"stemmer": "english", "stop_words": {}, "commonplaces": {100: ["word"]}},
            {"stemmer": "english", "stop_words": {}, "commonplaces": {2: ["word"], 100: ["every"]}},
            {"stemmer": "english", "stop_words": {}, "commonplaces": {2: None}},
            {"stemmer": "english", "stop_words": {}, "commonplaces": {2: "word"}},
            {"stemmer": "english", "stop_words": {"particles": [False]}, "commonplaces": {2: ["word"]}},
        ],
    )
    def test_a_broken_table_is_refused_with_its_place(self, table: Any) -> None:
        with pytest.raises(MandataError, match=r"^en\.yaml: is no table of word weights") as caught:
            parse_weights(table, "en.yaml")
        assert caught.value.code == "wording-table"
