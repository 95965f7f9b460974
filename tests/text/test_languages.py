"""Spanish, Russian, Arabic, Chinese are read by data alone: dates, sessions, operators, numbers, a whole resolution."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mandata.citation.find import find_citations
from mandata.document.model import Document, Paragraph
from mandata.document.parse import parse
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon, lexicons, recognise
from mandata.package_data import read_yaml
from mandata.text.clean import clean
from mandata.text.source import decode

TABLE: dict[str, dict[str, dict[str, Any]]] = read_yaml(Path(__file__).parents[1] / "tables" / "languages.yaml")


def cases(name: str) -> list[tuple[str, str, Any]]:
    return [(language, words, value) for language, table in TABLE.items() for words, value in table[name].items()]


def lexicon_of(language: str) -> Lexicon:
    return next(lexicon for lexicon in lexicons() if lexicon.language == language)


@pytest.mark.parametrize(("language", "words", "day"), cases("dates"))
def test_a_date_is_read_as_its_language_writes_it(language: str, words: str, day: date | None) -> None:
    lexicon = lexicon_of(language)
    found = lexicon.search("date-line", words)
    assert found is not None
    assert found["date"] == words
    assert parse_date(words, lexicon) == day


@pytest.mark.parametrize(("language", "words", "number"), cases("ordinals"))
def test_a_session_is_counted(language: str, words: str, number: int) -> None:
    assert lexicon_of(language).ordinal(words) == number


@pytest.mark.parametrize(("language", "words", "expected"), cases("operators"))
def test_an_operator_is_known(language: str, words: str, expected: tuple[list[str], str, bool] | None) -> None:
    found = lexicon_of(language).operator(words)
    if expected is None:
        assert found is None
        return
    assert found is not None
    forms, end, also = found
    assert [{form.concept for form in forms}, words[:end], also] == [set(expected[0]), *expected[1:]]


RESOLUTIONS: dict[str, str] = {
    "es": """Naciones Unidas

Asamblea General

1 de agosto de 2022

Septuagésimo sexto período de sesiones

Tema 19 a) del programa

Resolución aprobada por la Asamblea General el 28 de julio de 2022

[sobre la base del informe de la Tercera Comisión (A/76/999, párr. 7)]

### 76/298. El papel de los huertos en la paz

*La Asamblea General*,

*Recordando* su resolución 72/7, de 17 de noviembre de 2017, y el informe sobre los huertos<sup>1</sup>, que

<sup>1</sup> A/75/1234, anexo.

2/3

Alemania presentó en nombre de los agricultores de la región,

*Convencida* de que los huertos acercan a los pueblos,

1. *Invita* a los Estados Miembros a que planten árboles;

2. *Alienta también* a las organizaciones:

a) A que cuiden de los árboles;

b) A que compartan los frutos.

97ª sesión plenaria 28 de julio de 2022
""",
    "ru": """Организация Объединенных Наций

Генеральная Ассамблея

1 August 2022

Семьдесят шестая сессия

Пункт 19 a) повестки дня

Резолюция, принятая Генеральной Ассамблеей 28 июля 2022 года

[по докладу Третьего комитета (A/76/999, пункт 7)]

### 76/298. Роль садов в деле мира

*Генеральная Ассамблея*,

*ссылаясь* на свою резолюцию 72/7 от 17 ноября 2017 года и на доклад о садах<sup>1</sup>, который был

<sup>1</sup> A/75/1234, приложение.

2/3

представлен от имени садоводов региона и получил широкую поддержку,

*будучи убеждена* в том, что сады сближают народы,

1. *предлагает* государствам-членам сажать деревья;

2. *рекомендует также* организациям:

a) ухаживать за деревьями;

b) делиться плодами.

97-е пленарное заседание 28 июля 2022 года
""",
    "ar": """الأمم المتحدة

الجمعية العامة

1 August 2022

الدورة السادسة والسبعون

البند 19 (أ) من جدول الأعمال

قرار اتخذته الجمعية العامة في 28 تموز/يوليه 2022

[بناء على تقرير اللجنة الثالثة (A/76/999، الفقرة 7)]

### 76/298 - دور البساتين في السلام

*إن الجمعية العامة*،

*إذ تشير* إلى قرارها 72/7 المؤرخ 17 تشرين الثاني/نوفمبر 2017 وإلى التقرير المتعلق بالبساتين(<sup>1</sup>) الذي

(<sup>1</sup>) A/75/1234، المرفق.

2/3

قدم باسم المزارعين في المنطقة من أجل جميع الدول،

*واقتناعا منها* بأن البساتين تقرب بين الشعوب،

1 - *تدعو* الدول الأعضاء إلى زراعة الأشجار؛

2 - *تشجع أيضا* المنظمات على ما يلي:

(أ) العناية بالأشجار؛

(ب) تقاسم الثمار.

الجلسة العامة 97 28 تموز/يوليه 2022
""",
    "zh": """联合国

大会

1 August 2022

第七十六届会议

议程项目19(a)

2022年7月28日大会决议

[根据第三委员会的报告(A/76/999，第7段)]

### 76/298. 果园在和平中的作用

*大会*，

*回顾*其2017年11月17日第72/7号决议和关于果园的报告，<sup>1</sup> 其中

<sup>1</sup> A/75/1234，附件。

2/3

介绍了该区域农民的工作，并得到各国支持，

*深信*果园使各国人民更加接近，

1. *邀请*会员国植树；

2. *又鼓励*各组织：

(a) 照料树木；

(b) 分享果实。

第97次全体会议 2022年7月28日
""",
}


def read(language: str, change: tuple[str, str] = ("", "")) -> Document:
    return parse(clean(decode(RESOLUTIONS[language].replace(*change).encode(), f"{language}.txt")))


def summary(paragraph: Paragraph) -> tuple[str | None, str | None, tuple[str, ...], int]:
    operator = paragraph.operator
    calls = tuple(call.number for call in paragraph.calls)
    return paragraph.number, operator.concept if operator else None, calls, len(paragraph.items)


@pytest.mark.parametrize("language", RESOLUTIONS)
def test_a_whole_resolution_says_the_same_in_each_language(language: str) -> None:
    document = read(language)
    head = document.masthead
    assert (document.language, document.kind) == (language, "resolution")
    assert [organ.value for organ in head.organs] == ["organ-GA"]
    assert head.distribution_date is not None
    assert head.session is not None
    assert head.agenda_item is not None
    assert head.adopted is not None
    assert head.main_committee is not None
    assert head.number is not None
    assert document.meeting is not None
    stated = (head.distribution_date, head.session, head.agenda_item, head.adopted, head.main_committee, head.number)
    assert [value.value for value in stated] == [
        date(2022, 8, 1), 76, "19 a", date(2022, 7, 28), "organ-GA-C3", "76/298",
    ]  # fmt: skip
    assert document.meeting.value == 97
    assert [symbol.value for symbol in head.based_on] == ["A/76/999"]
    assert [summary(p) for p in document.preambular] == [(None, "recalling", ("1",), 0), (None, "convinced", (), 0)]
    assert [summary(p) for p in document.operative] == [("1", "invites", (), 0), ("2", "encourages", (), 2)]
    assert [note.number for note in document.footnotes] == ["1"]


@pytest.mark.parametrize("language", RESOLUTIONS)
def test_an_item_has_the_same_path_in_each_language(language: str) -> None:
    """Arabic letters number as Latin ones do, so that the versions of one document stand side by side."""
    assert [item.path for item in read(language).operative[1].items] == ["op2.a", "op2.b"]


@pytest.mark.parametrize("language", RESOLUTIONS)
def test_its_citations_are_the_same_in_each_language(language: str) -> None:
    found = find_citations(read(language), []).found
    cited = {(c.target, c.way, c.part) for c in found if c.path == "pp1"}
    assert cited == {("A/RES/72/7", "symbol", None), ("A/75/1234", "footnote", "annex")}


@pytest.mark.parametrize("language", RESOLUTIONS)
def test_a_paragraph_that_a_page_cuts_is_whole(language: str) -> None:
    """The words on both sides of the note stand together, with a space between them only where the language has one."""
    first = read(language).preambular[0].text.chars
    lexicon = lexicon_of(language)
    assert first.endswith(lexicon.clause_ends)
    assert ("  " in first) is False
    assert lexicon.spaced or "其中介绍了" in first


LOWERED = {  # a call as it stands in the resolution above -> as extraction lowers it
    "ar": ("بالبساتين(<sup>1</sup>) الذي", "بالبساتين،1 الذي"),
    "zh": ("报告，<sup>1</sup> 其中", "报告，1 其中"),
}


@pytest.mark.parametrize("language", LOWERED)
def test_a_call_that_extraction_lowered_is_a_call_behind_the_commas_of_each_script(language: str) -> None:
    raised, lowered = LOWERED[language]
    text = RESOLUTIONS[language].replace(raised, lowered)
    text = text.replace("(<sup>1</sup>) A/75", "1 A/75").replace("<sup>1</sup> A/75", "1 A/75")
    document = parse(clean(decode(text.encode(), "a text")))
    assert [call.number for call in document.preambular[0].calls] == ["1"]
    assert not {"،1", "，1"} & set(map("".join, pairwise(document.preambular[0].text.chars)))


BRACKETS = {
    "es": "[por recomendación del Comité de los Huertos (A/76/16)]",
    "ru": "[по рекомендации Комитета по садам (A/76/16)]",
    "ar": "[بناء على توصية لجنة البساتين (A/76/16)]",
    "zh": "[根据果园委员会的建议(A/76/16)]",
}


@pytest.mark.parametrize("language", BRACKETS)
def test_a_recommendation_that_a_resolution_is_based_on_is_read(language: str) -> None:
    bracket = next(line for line in RESOLUTIONS[language].splitlines() if line.startswith("["))
    head = read(language, (bracket, BRACKETS[language])).masthead
    assert [symbol.value for symbol in head.based_on] == ["A/76/16"]


@pytest.mark.parametrize(("language", "words", "expected"), cases("numbers"))
def test_the_numbers_of_resolutions_are_read(language: str, words: str, expected: list[str]) -> None:
    opening = next(p for p in RESOLUTIONS[language].split("\n\n") if "72/7" in p)
    document = read(language, (opening, words))
    found = [c.target for c in find_citations(document, []).found if c.path == "pp1"]
    assert sorted(set(found)) == sorted(expected)


@pytest.mark.parametrize(("language", "words", "expected"), cases("parts"))
def test_the_part_that_is_cited_is_read(language: str, words: str, expected: list[list[str | None]]) -> None:
    opening = next(p for p in RESOLUTIONS[language].split("\n\n") if "72/7" in p)
    found = find_citations(read(language, (opening, words)), []).found
    assert sorted([c.target, c.part] for c in found if c.path == "pp1") == sorted(expected)


@pytest.mark.parametrize("language", RESOLUTIONS)
def test_a_document_is_known_by_its_frequent_words(language: str) -> None:
    found = recognise(RESOLUTIONS[language])
    assert found is not None
    assert found.language == language
