"""Documents of the same kinds that no one ever wrote come out as they stand.

``../cases/invented-*.txt`` are ours; the YAML file beside each says what a careful reader finds in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mandata.ingest import conversion
from mandata.package_data import read_yaml
from mandata.reading import read
from mandata.text.source import decode

CASES = sorted((Path(__file__).parents[1] / "cases").glob("invented-*.txt"))


def differences(found: Any, expected: Any, where: str = "") -> list[str]:
    """Return where something found differs from what is expected; keys that are not expected are not compared."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{where}: {found!r} is no mapping"]
        return [d for key, value in expected.items() for d in differences(found.get(key), value, f"{where}.{key}")]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return [f"{where}: {found!r} for {expected!r}"]
        pairs = enumerate(zip(found, expected, strict=True))
        return [d for n, (f, e) in pairs for d in differences(f, e, f"{where}[{n}]")]
    return [] if found == expected else [f"{where}: {found!r} for {expected!r}"]


def converted(path: Path) -> dict[str, Any]:
    return conversion.records([path])[0]


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.stem))
def test_it_comes_out_as_it_stands(path: Path) -> None:
    assert differences(converted(path), read_yaml(path.with_suffix(".yaml"))) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.stem))
def test_each_paragraph_has_a_path_of_its_own(path: Path) -> None:
    paths = [p.path for p in read(decode(path.read_bytes(), path.name)).document.body()]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.stem))
def test_every_paragraph_stands_in_the_file(path: Path) -> None:
    """Its letters and figures are those of its stretches of the file, mark-up and note calls apart."""
    document = read(decode(path.read_bytes(), path.name)).document
    for paragraph in document.body():
        for char, start, end in zip(paragraph.text.chars, paragraph.text.starts, paragraph.text.ends, strict=True):
            assert not char.isalnum() or document.source.raw[start:end] == char


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.stem))
@pytest.mark.parametrize("share", range(5, 100, 5))
def test_cut_short_it_says_less_and_nothing_else(path: Path, share: int) -> None:
    """A document cut anywhere still comes out; of its paragraphs only the last may differ from the whole one's."""
    raw = path.read_text(encoding="utf-8")
    whole = read(decode(raw.encode(), path.name)).document
    cut = read(decode(raw[: len(raw) * share // 100].encode(), path.name)).document
    texts = {p.path: p.text.chars for p in whole.body()}
    found = [(p.path, p.text.chars) for p in cut.body()]
    assert all(texts.get(name) == text for name, text in found[:-1])
    if cut.masthead.adopted:
        assert cut.masthead.adopted == whole.masthead.adopted
    if cut.masthead.symbol and len(cut.source.raw) > 40:
        assert cut.masthead.symbol == whole.masthead.symbol


def words(text: str) -> Any:
    return read(decode(text.encode(), "a text")).document


FRENCH = "Consciente de l'importance de la paix pour tous et de la sécurité pour les peuples et pour le monde,"


def test_an_emphasised_opening_that_is_not_known_is_an_operator_without_a_concept() -> None:
    raw = f"Assemblée générale\n\nL'Assemblée générale,\n\n{FRENCH}\n\n*Frémissant d'effroi* devant la guerre,"
    document = words(raw)
    operator = document.preambular[1].operator
    assert (operator.words, operator.concept) == ("Frémissant d'effroi", None)
    (issue,) = [i for i in document.issues if i.code == "operator-unknown"]
    assert raw[issue.start : issue.end] == "*Frémissant d'effroi* devant la guerre,".lstrip("*")


def test_an_opening_neither_known_nor_emphasised_is_no_operator() -> None:
    document = words(f"Assemblée générale\n\nL'Assemblée générale,\n\n{FRENCH}\n\nLes peuples étant ce qu'ils sont,")
    assert document.preambular[1].operator is None
    assert [i.code for i in document.issues] == ["operator-missing", "cut-short"]  # and it ends with a comma


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La recette de la tarte aux pommes est dans le livre de la cuisine.", "no-un-document"),
        ("Receptet på äppelpajen står i boken som ligger därborta.", "language-unknown"),
        ("Lettre de ma mère : les pommes sont dans le jardin de la maison.", "no-un-document"),
    ],
)
def test_what_is_no_document_is_other_and_says_nothing(text: str, code: str) -> None:
    document = words(text)
    assert (document.kind, list(document.body()), document.footnotes) == ("other", [], ())
    assert [i.code for i in document.issues] == [code]


def test_a_letter_of_a_day_that_does_not_exist_has_no_date() -> None:
    document = words(
        "Conseil de sécurité\n\nLettre datée du 31 juin 2007, adressée au Président du Conseil de sécurité par le"
        " Secrétaire général\n\nLe texte de la lettre."
    )
    assert (document.kind, document.letterhead) == ("letter", None)
    assert [i.code for i in document.issues] == ["no-such-date"]


def test_a_special_session_is_not_taken_for_a_regular_one() -> None:
    document = words(f"Assemblée générale\nVingt-sixième session extraordinaire\n\nL'Assemblée générale,\n\n{FRENCH}")
    assert document.masthead.session is None


def test_a_note_called_nowhere_is_reported() -> None:
    document = words(f"Assemblée générale\n\nL'Assemblée générale,\n\n{FRENCH}\n\n<sup>1</sup> Résolution 60/288.")
    assert [i.code for i in document.issues if i.code.startswith("note")] == ["note-uncalled"]


def test_of_two_notes_of_one_number_the_first_is_kept() -> None:
    """A file may hold a document twice; names found in the second note were placed in the first."""
    notes = "<sup>1</sup> Résolution 60/288.\n\n<sup>1</sup> Voir la Charte des Nations Unies et A/73/444."
    document = words(f"Assemblée générale\n\nL'Assemblée générale,\n\nRappelant la Stratégie¹,\n\n{FRENCH}\n\n{notes}")
    assert [note.text.chars for note in document.footnotes] == ["Résolution 60/288."]
    (issue,) = [i for i in document.issues if i.code == "note-twice"]
    assert "Voir la Charte" in document.source.raw[issue.start : issue.end]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("les organisations sous-\n\nrégionales de la région", "les organisations sous-régionales de la région"),
        ("le texte de l\n\n’Assemblée générale", "le texte de l’Assemblée générale"),
        ("le dialogue ONU\n\n-Asie centrale", "le dialogue ONU-Asie centrale"),
        ("la période 2014-\n\n2024 et la suite", "la période 2014- 2024 et la suite"),
    ],
)
def test_a_line_that_breaks_within_a_word_is_mended(lines: str, text: str) -> None:
    document = words(
        "  Lettre datée du 3 mai 2007, adressée au Président\n\ndu Conseil de sécurité par le Secrétaire général\n\n"
        f"  Je vous fais tenir pour les États {lines}."
    )
    assert [p.text.chars for p in document.paragraphs] == [f"Je vous fais tenir pour les États {text}."]
