"""English texts: mastheads, letters, councils' resolutions, notes called after commas. All of them invented."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mandata.document.model import Document
from mandata.reading import Reading, read
from mandata.text.source import decode

ABOUT = "Aware of the importance of apples for the peoples of the region and for the States of the world as a whole,"

RESOLUTION = f"""United Nations
A/RES/79/321
General Assembly
Distr.: General
3 March 2025
Seventy-ninth session
Agenda item 58 (b)
Apples and pears
Resolution adopted by the General Assembly on 24 February 2025
[on the report of the Special Political and Decolonization Committee (Fourth Committee) (A/79/420, para. 9)]

79/321. Role of the orchards

The General Assembly,

{ABOUT}

*Recalling also* its resolution 72/7 of 17 November 2017,<sup>1</sup>

1. *Also welcomes* the apples;

2. *Decides* to include in the provisional agenda of its eightieth session the item entitled “Orchards”.

60th (resumed) plenary meeting
24 February 2025

<sup>1</sup> See resolution 77/273.
"""

LETTER = """S/2007/999
Security Council
Distr.: General
9 May 2007
Original: English

Letter dated 7 May 2007 from the Permanent Representative of Turkmenistan to the United Nations addressed to the \
President of the Security Council

I have the honour to transmit to you the declaration of the friends of apples.

I should be grateful if you would circulate the present letter and its annex under agenda item 19 (a) as a document of \
the Security Council.

(Signed) A. Nobody
Permanent Representative

Annex to the letter dated 7 May 2007 from the Permanent Representative of Turkmenistan

[Original: Russian]

Ashgabat Declaration

1. The friends of apples met in the orchard.

Adopted at Ashgabat on 13 June 2006.
"""


def words(text: str) -> Reading:
    return read(decode(text.encode(), "invented"))


def resolution() -> Document:
    return words(RESOLUTION).document


def test_the_masthead_of_an_english_resolution() -> None:
    head = resolution().masthead
    assert head.symbol and head.session and head.agenda_item and head.agenda_item_title and head.adopted
    assert head.distribution_date and head.main_committee
    assert [head.symbol.value, head.session.value, head.agenda_item.value] == ["A/RES/79/321", 79, "58 b"]
    assert head.agenda_item_title.value == "Apples and pears"
    assert (head.distribution_date.value, head.adopted.value) == (date(2025, 3, 3), date(2025, 2, 24))
    assert (head.main_committee.value, [s.value for s in head.based_on]) == ("organ-GA-C4", ["A/79/420"])


def test_the_paragraphs_of_an_english_resolution() -> None:
    document = resolution()
    assert document.language == "en"
    assert document.meeting and document.meeting.value == 60
    operators = [p.operator.words for p in (*document.preambular, *document.operative) if p.operator]
    assert operators == ["Aware", "Recalling also", "Also welcomes", "Decides"]
    assert document.preambular[1].text.chars == "Recalling also its resolution 72/7 of 17 November 2017,"
    assert [(c.number, c.at) for c in document.preambular[1].calls] == [("1", 55)]
    assert [(p.path, p.number) for p in document.operative] == [("op1", "1"), ("op2", "2")]


def test_a_call_that_extraction_lowered_behind_a_comma_is_a_call() -> None:
    lowered = RESOLUTION.replace("2017,<sup>1</sup>", "2017,1").replace("<sup>1</sup> See", "1 See")
    document = words(lowered).document
    assert document.preambular[1].text.chars == "Recalling also its resolution 72/7 of 17 November 2017,"
    assert [c.number for c in document.preambular[1].calls] == ["1"]


def test_a_lowered_call_that_stands_right_before_a_word_is_a_call() -> None:
    """A space moved ("1994, 1in which"): taken where no other place is possible, and never without its note."""
    glued = RESOLUTION.replace("2017,<sup>1</sup>", "2017, 1in which it spoke of pears,")
    document = words(glued.replace("<sup>1</sup> See", "1 See")).document
    assert document.preambular[1].text.chars.endswith("17 November 2017, in which it spoke of pears,")
    assert [c.number for c in document.preambular[1].calls] == ["1"]
    document = words(glued.replace("<sup>1</sup> See resolution 77/273.", "")).document
    assert "1in which" in document.preambular[1].text.chars


@pytest.mark.parametrize(
    ("bracket", "based_on"),
    [
        ("[on the recommendation of the Apple Committee (A/79/16)]", ["A/79/16"]),
        ("[on the report of the Third Committee (A/79/420, para. 9)]", ["A/79/420"]),
    ],
)
def test_what_a_resolution_is_based_on_stands_in_the_bracket(bracket: str, based_on: list[str]) -> None:
    head = words(re.sub(r"\[on the report.*\]", bracket, RESOLUTION)).document.masthead
    assert [symbol.value for symbol in head.based_on] == based_on


def test_an_english_agenda_placing() -> None:
    (placing,) = words(RESOLUTION).mandates.placings
    assert (placing.session, placing.title) == (80, "Orchards")


def test_an_english_letter() -> None:
    reading = words(LETTER)
    document, posts = reading.document, reading.correspondence
    assert document.kind == "letter"
    assert document.letterhead and document.letterhead.date.value == date(2007, 5, 7)
    assert posts.sender and posts.sender.state and posts.addressee
    assert (posts.sender.state.key, posts.addressee.post) == ("TKM", "post-President_of_the_Security_Council")
    assert posts.sender.name == "A. Nobody"
    assert document.masthead.original_language and document.masthead.original_language.value == "en"
    assert document.masthead.agenda_item and document.masthead.agenda_item.value == "19 a"
    (annex,) = document.annexes
    assert annex.original_language and annex.original_language.value == "ru"
    assert (annex.kind, annex.title.chars if annex.title else None) == ("declaration", "Ashgabat Declaration")
    assert annex.adopted and annex.adopted.value == date(2006, 6, 13)


def test_a_letter_in_the_title_of_an_agenda_item_makes_no_letter_of_a_resolution() -> None:
    title = "Letter dated 28 February 2014 from the Permanent Representative of Ukraine to the United Nations addressed"
    text = RESOLUTION.replace("Apples and pears", f"{title} to the President of the Security Council (S/2014/136)")
    document = words(text).document
    assert (document.kind, document.title.chars if document.title else None) == ("resolution", "Role of the orchards")


def test_an_operator_that_is_not_listed_is_taken_from_its_place_and_reported() -> None:
    text = RESOLUTION.replace("1. *Also welcomes* the apples;", "1. Savours the apples;")
    document = words(text).document
    assert document.operative[0].operator is not None
    assert (document.operative[0].operator.words, document.operative[0].operator.concept) == ("Savours", None)
    assert "operator-unknown" in {issue.code for issue in document.issues}


def test_emphasis_tells_how_far_an_operator_goes() -> None:
    text = RESOLUTION.replace("*Also welcomes* the", "*Reaffirms* its commitment to the")
    operator = words(text).document.operative[0].operator
    assert operator is not None
    assert (operator.words, operator.concept) == ("Reaffirms", "reaffirms-commitment")
