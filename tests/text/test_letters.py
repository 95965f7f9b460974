"""Letters in Spanish, Russian, Arabic, Chinese are read by data alone: heading, signature, circulation, annexes."""

from __future__ import annotations

from datetime import date

import pytest

from mandata.reading import Reading, read
from mandata.text.source import decode
from mandata.un.entities import shipped_entities

LETTERS: dict[str, str] = {
    "es": """Naciones Unidas
S/2018/999
Consejo de Seguridad
Distr. general
15 de mayo de 2018
Español
Original: ruso

Carta de fecha 3 de mayo de 2018 dirigida al Presidente del Consejo de Seguridad por la Representante Permanente de \
Turkmenistán ante las Naciones Unidas

Tengo el honor de transmitir adjunto el texto de la Declaración de los amigos de los huertos, aprobada en Asjabad.

Le agradecería que tuviera a bien hacer distribuir la presente carta y su anexo como documento de la Asamblea General, \
en relación con el tema 19 a) del programa, y del Consejo de Seguridad, de conformidad con la resolución 72/7 de la \
Asamblea General.

(Firmado) A. Nadie
Representante Permanente

Anexo de la carta de fecha 3 de mayo de 2018 dirigida al Presidente del Consejo de Seguridad por la Representante \
Permanente de Turkmenistán ante las Naciones Unidas

[Original: ruso]

Declaración de los amigos de los huertos

1. Los huertos acercan a los pueblos de la región y del mundo.

2. Los Estados cuidarán de los árboles y compartirán los frutos.
""",
    "ru": """Организация Объединенных Наций
S/2018/999
Совет Безопасности
Distr.: General
15 May 2018
Russian
Original: Russian

Письмо Постоянного представителя Туркменистана при Организации Объединенных Наций от 3 мая 2018 года на имя \
Председателя Совета Безопасности

Имею честь настоящим препроводить текст Декларации друзей садов, принятой в Ашхабаде.

Буду признательна за распространение настоящего письма и приложения к нему в качестве документа Генеральной \
Ассамблеи по пункту 19 a) повестки дня и Совета Безопасности в соответствии с резолюцией 72/7 Генеральной Ассамблеи.

(Подпись) А. Никто
Постоянный представитель

Приложение к письму Постоянного представителя Туркменистана при Организации Объединенных Наций от 3 мая 2018 года \
на имя Председателя Совета Безопасности

[Подлинный текст на русском языке]

Декларация друзей садов

1. Сады сближают народы региона и всего мира.

2. Государства будут ухаживать за деревьями и делиться плодами.
""",
    "ar": """الأمم المتحدة
S/2018/999
مجلس الأمن
Distr.: General
15 May 2018
Arabic
Original: Russian

رسالة مؤرخة 3 أيار/مايو 2018 موجهة إلى رئيس مجلس الأمن من الممثلة الدائمة لتركمانستان لدى الأمم المتحدة

يشرفني أن أحيل إليكم طيه نص إعلان أصدقاء البساتين الذي اعتمد في عشق أباد.

وأرجو ممتنة تعميم هذه الرسالة ومرفقها باعتبارهما وثيقة من وثائق الجمعية العامة، في إطار البند 19 (أ) من جدول \
الأعمال، ومن وثائق مجلس الأمن، وفقا لقرار الجمعية العامة 72/7.

(توقيع) أ. لا أحد
الممثلة الدائمة

مرفق الرسالة المؤرخة 3 أيار/مايو 2018 الموجهة إلى رئيس مجلس الأمن من الممثلة الدائمة لتركمانستان لدى الأمم المتحدة

[الأصل: بالروسية]

إعلان أصدقاء البساتين

1 - البساتين تقرب بين شعوب المنطقة والعالم.

2 - تعتني الدول بالأشجار وتتقاسم الثمار.
""",
    "zh": """联合国
S/2018/999
安全理事会
Distr.: General
15 May 2018
Chinese
Original: Russian

2018年5月3日土库曼斯坦常驻联合国代表给安全理事会主席的信

谨随函转递在阿什哈巴德通过的果园之友宣言的案文。

请将本信及其附件作为大会议程项目19(a)下的文件和安全理事会的文件分发，并遵照大会第72/7号决议行事为荷。

常驻代表
无名(签名)

2018年5月3日土库曼斯坦常驻联合国代表给安全理事会主席的信的附件

[原件：俄文]

果园之友宣言

1. 果园使该区域和全世界各国人民更加接近。

2. 各国将照料树木并分享果实。
""",
}


def letter(language: str, change: tuple[str, str] = ("", "")) -> Reading:
    return read(decode(LETTERS[language].replace(*change).encode(), f"{language}.txt"))


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_says_the_same_in_each_language(language: str) -> None:
    document = letter(language).document
    head = document.masthead
    assert (document.language, document.kind) == (language, "letter")
    assert [value and value.value for value in (head.symbol, head.distribution_date, head.original_language)] == [
        "S/2018/999", date(2018, 5, 15), "ru",
    ]  # fmt: skip
    assert document.letterhead
    assert document.letterhead.date.value == date(2018, 5, 3)
    assert document.letterhead.signature
    assert (head.agenda_item and head.agenda_item.value) == "19 a"
    assert len(document.paragraphs) == 2


@pytest.mark.parametrize("language", LETTERS)
def test_who_writes_to_whom_is_known_in_each_language(language: str) -> None:
    correspondence = letter(language).correspondence
    assert correspondence.sender
    assert (correspondence.sender.role, correspondence.sender.state) == (
        "Permanent Representative",
        shipped_entities().get("state", "TKM"),
    )
    assert correspondence.addressee
    assert correspondence.addressee.post == "post-President_of_the_Security_Council"


@pytest.mark.parametrize("language", LETTERS)
def test_its_annex_is_a_declaration_with_paragraphs_of_its_own(language: str) -> None:
    (annex,) = letter(language).document.annexes
    assert (annex.kind, annex.original_language and annex.original_language.value) == ("declaration", "ru")
    assert [paragraph.number for paragraph in annex.paragraphs] == ["1", "2"]


@pytest.mark.parametrize("language", LETTERS)
def test_what_it_cites_is_the_same_in_each_language(language: str) -> None:
    assert [(c.path, c.target) for c in letter(language).citations.found] == [("p2", "A/RES/72/7")]


SENDERS = {  # how each language names who writes -> the role and the State of the sender
    "es": [
        (
            "la Representante Permanente de Turkmenistán ante las Naciones Unidas",
            "el Encargado de Negocios interino de la Misión Permanente de Kazajstán ante las Naciones Unidas",
            ("Chargé d'affaires", "KAZ"),
        ),
        ("la Representante Permanente de Turkmenistán ante las Naciones Unidas", "el Secretario General", None),
    ],
    "ru": [
        (
            "Постоянного представителя Туркменистана при Организации Объединенных Наций",
            "временного поверенного в делах Постоянного представительства Казахстана при Организации Объединенных "
            "Наций",
            ("Chargé d'affaires", "KAZ"),
        ),
        ("Постоянного представителя Туркменистана при Организации Объединенных Наций", "Генерального секретаря", None),
    ],
    "ar": [
        (
            "من الممثلة الدائمة لتركمانستان لدى",
            "من القائم بالأعمال بالنيابة للبعثة الدائمة لكازاخستان لدى",
            ("Chargé d'affaires", "KAZ"),
        ),
        (
            "من الممثلة الدائمة لتركمانستان لدى",
            "من الممثل الدائم للاتحاد الروسي لدى",
            ("Permanent Representative", "RUS"),
        ),
        ("من الممثلة الدائمة لتركمانستان لدى الأمم المتحدة", "من الأمين العام", None),
    ],
    "zh": [
        ("土库曼斯坦常驻联合国代表", "哈萨克斯坦常驻联合国代表团临时代办", ("Chargé d'affaires", "KAZ")),
        ("土库曼斯坦常驻联合国代表", "秘书长", None),
    ],
}


@pytest.mark.parametrize(
    ("language", "before", "after", "sender"),
    [(language, *case) for language, cases in SENDERS.items() for case in cases],
)
def test_other_senders_are_known(language: str, before: str, after: str, sender: tuple[str, str] | None) -> None:
    found = letter(language, (before, after)).correspondence.sender
    assert found
    role, state = sender or ("Secretary-General", None)
    assert (found.role, found.state.key if found.state else None) == (role, state)


IDENTICAL = {
    "es": (
        "Carta de fecha 3 de mayo de 2018 dirigida al Presidente del Consejo de Seguridad por",
        "Cartas idénticas de fecha 3 de mayo de 2018 dirigidas al Secretario General y al Presidente del Consejo de "
        "Seguridad por",
    ),
    "ru": (
        "Письмо Постоянного представителя Туркменистана при Организации Объединенных Наций от 3 мая 2018 года на имя "
        "Председателя Совета Безопасности\n",
        "Идентичные письма Постоянного представителя Туркменистана при Организации Объединенных Наций от 3 мая 2018 "
        "года на имя Генерального секретаря и Председателя Совета Безопасности\n",
    ),
    "ar": (
        "رسالة مؤرخة 3 أيار/مايو 2018 موجهة إلى رئيس مجلس الأمن من",
        "رسالتان متطابقتان مؤرختان 3 أيار/مايو 2018 موجهتان إلى الأمين العام ورئيس مجلس الأمن من",
    ),
    "zh": (
        "2018年5月3日土库曼斯坦常驻联合国代表给安全理事会主席的信\n",
        "2018年5月3日土库曼斯坦常驻联合国代表给秘书长和安全理事会主席的同文信\n",
    ),
}


@pytest.mark.parametrize("language", IDENTICAL)
def test_identical_letters_have_two_addressees(language: str) -> None:
    addressees = letter(language, IDENTICAL[language]).correspondence.addressees
    assert [one.post for one in addressees] == ["post-Secretary-General", "post-President_of_the_Security_Council"]


NOTES = {
    "es": (
        "Carta de fecha 3 de mayo de 2018 dirigida al Presidente del Consejo de Seguridad por la Representante "
        "Permanente de Turkmenistán",
        "Nota verbal de fecha 3 de mayo de 2018 dirigida al Secretario General por la Misión Permanente de "
        "Turkmenistán",
    ),
    "ru": (
        "Письмо Постоянного представителя Туркменистана при Организации Объединенных Наций от 3 мая 2018 года на имя "
        "Председателя Совета Безопасности\n",
        "Вербальная нота Постоянного представительства Туркменистана при Организации Объединенных Наций от 3 мая 2018 "
        "года на имя Генерального секретаря\n",
    ),
    "ar": (
        "رسالة مؤرخة 3 أيار/مايو 2018 موجهة إلى رئيس مجلس الأمن من الممثلة الدائمة لتركمانستان",
        "مذكرة شفوية مؤرخة 3 أيار/مايو 2018 موجهة إلى الأمين العام من البعثة الدائمة لتركمانستان",
    ),
    "zh": (
        "2018年5月3日土库曼斯坦常驻联合国代表给安全理事会主席的信\n",
        "2018年5月3日土库曼斯坦常驻联合国代表团给秘书长的普通照会\n",
    ),
}


@pytest.mark.parametrize("language", NOTES)
def test_a_note_verbale_is_known_by_its_heading(language: str) -> None:
    reading = letter(language, NOTES[language])
    assert reading.document.kind == "note"
    assert reading.correspondence.sender
    assert reading.correspondence.sender.role == "Permanent Mission"
    assert reading.correspondence.addressee
    assert reading.correspondence.addressee.post == "post-Secretary-General"
