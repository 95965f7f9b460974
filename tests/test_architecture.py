"""The plan of the house: who may know whom, which door a library enters by, how large a room may be.

The plan is the data below; change it and the house in one commit. Each exception bears its reason, and one that is
no longer needed fails.
"""

from __future__ import annotations

import ast
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from mandata.text.language import Lexicon, lexicons

SOURCE = Path(__file__).parents[1] / "src" / "mandata"

# Where the floors differ from a first sketch: `entities` and `catalogue` are doors to reference data which both the
# names in a text and the statements of a graph need, so they lie below `text`; `iris` is shared by both wings and needs
# no text; `reading` joins what the rooms of one text find; `graph` states what `identity` resolved, so it lies above;
# `batch` is what the pipeline does for each text in a process of its own, from its bytes to the text of its statements,
# so the wings meet there too; `proof` explains what `reason` concluded, so it lies above the store and the dump;
# `serve` answers with proofs too, so it lies above `proof`; `search` knows statements alone, and is asked by questions;
# `commands` are what `cli` runs, a module for each kind of work.
FLOORS = (
    {"errors"},
    {"resources", "symbol", "vocab"},
    {"catalogue", "entities", "iris"},
    {"text"},
    {"document", "reason", "search", "store"},
    {"citation", "mandate", "mention", "question"},
    {"reading"},
    {"identity", "publish"},
    {"graph", "proof"},
    {"batch", "serve"},
    {"building", "progress"},
    {"pipeline"},
    {"commands"},
    {"cli"},
)
WRITING = {
    "catalogue",
    "citation",
    "document",
    "entities",
    "graph",
    "identity",
    "mandate",
    "mention",
    "reading",
    "text",
}
READING = {"proof", "publish", "question", "reason", "search", "serve", "store"}
SHARED = {"errors", "iris", "resources", "symbol", "vocab"}
MEETING = {"batch", "building", "cli", "commands", "pipeline", "progress"}

DOORS = {  # an outside library -> the rooms or files through which alone it enters
    "babel": {"text/language.py"},
    "distributed": {"batch/workers.py"},
    "jinja2": {"publish/site/templates.py"},
    "markupsafe": {"publish/site/templates.py"},
    "mimeparse": {"serve/formats.py"},
    "numpy": {"publish", "reason"},  # columns of facts, and of what is sorted
    "owlrl": {"reason/owlrl_door.py"},
    # RDF terms, which many rooms hold
    "pyoxigraph": {
        *("batch", "building.py", "commands", "graph", "proof", "publish"),
        *("question", "reason", "search", "serve", "store"),
    },
    "pypdfium2": {"text/formats/pdf.py"},
    "prometheus_client": {"serve/operations.py"},
    "pyshacl": {"reason/shapes.py"},
    "rdflib": {"reason/owlrl_door.py", "reason/shapes.py"},
    "rich": {"commands", "progress.py", "question/show.py"},
    "snowballstemmer": {"reason/wording.py"},
    "SPARQLWrapper": {"question/remote.py"},
    "starlette": {"serve"},
    "typer": {"cli.py", "commands"},
    "uvicorn": {"serve/run.py"},
    "yaml": {"resources.py"},
    # of the standard library, what keeps or reaches things outside the process:
    "http": {"publish/remote_store.py", "question"},
    "multiprocessing": {"batch/workers.py"},
    "pickle": set(),
    "socket": {"serve"},  # between the server and its workers
    "sqlite3": {"reason/steps.py", "search"},
    "subprocess": {"serve/cradle.py", "text/formats/apart.py"},
    "urllib": {"publish", "question", "serve", "symbol/model.py"},
}
# Who may name pyoxigraph's Store.
STORE_DOORS = {
    *("proof/lookup.py", "question/source.py", "reason/verify.py", "store/embedded.py"),
    *("serve/engine.py", "serve/pages/held.py", "serve/writing.py"),
}

IMPORTS_WITHIN = {  # (file, what a function imports) -> why not at the top
    ("batch/limits.py", "None"): "Windows has no module resource",
    ("batch/workers.py", "None"): "distributed is an extra, which only --on needs",
    (
        "reason/close.py",
        "mandata.reason.owlrl_door",
    ): "owlrl and rdflib take half a second to load; the native engine needs neither",
    ("serve/confine.py", "None"): "Windows has no module resource",
    ("serve/scratch.py", "None"): "Windows has no module fcntl",
    ("text/formats/apart.py", "None"): "Windows has no module resource",
}
LONG_FUNCTIONS = {  # file and function of more than 40 lines -> why
    "graph/record.py record": "one JSON object, a line for each key that the contract promises",
}
FOREIGN_WORDS = {  # file and word in code -> why it is no word of a language
    "document/model.py communiqué": "the key of a kind of annex, as the UN writes it in English too",
    "graph/document.py communiqué": "the same key, to its class",
    "mention/correspondence.py chargé": "the key of the rule, as the UN writes the office in English too",
    "mention/correspondence.py Chargé": "the name of that office in English",
}
LANGUAGE_CHECKS = {  # file -> why code compares with the code of a language
    "proof/names.py": "a thing without a name in the language asked for is shown by its English one",
}
CODES = {"ar", "de", "en", "es", "fr", "ru", "zh"}
ELEMENTS = {"del"}  # names of elements in HTML and Office files that some language has as a word
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 40

FILES = [path.relative_to(SOURCE).as_posix() for path in sorted(SOURCE.rglob("*.py"))]
MODULES = [file for file in FILES if file != "__init__.py"]


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((SOURCE / file).read_text(encoding="utf-8"), file)


def room(file: str) -> str:
    return file.partition("/")[0].removesuffix(".py")


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def imported(node: ast.AST) -> Iterator[str]:
    """Yield the full names of what a statement imports; the names taken from a module stand behind it."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports(file: str) -> Iterator[str]:
    for node in ast.walk(tree(file)):
        yield from imported(node)


def ours(name: str) -> str | None:
    """Return the file of ours that an imported name is of; None for outside names and the package's own."""
    if not name.startswith("mandata."):
        return None
    parts = name.split(".")[1:]
    for length in range(len(parts), 0, -1):
        for end in (".py", "/__init__.py"):
            if (SOURCE / ("/".join(parts[:length]) + end)).is_file():
                return "/".join(parts[:length]) + end
    return None


def known(file: str) -> set[str]:
    return {target for name in imports(file) if (target := ours(name)) and target != file}


def test_every_room_stands_on_one_floor_and_in_one_wing() -> None:
    rooms = {room(file) for file in MODULES}
    assert sorted(name for rooms_here in FLOORS for name in rooms_here) == sorted(rooms)
    assert sorted([*WRITING, *READING, *SHARED, *MEETING]) == sorted(rooms)


@pytest.mark.parametrize("file", MODULES)
def test_a_file_knows_lower_floors_and_its_own_folder_alone(file: str) -> None:
    above = {t for t in known(file) if room(t) != room(file) and floor(room(t)) >= floor(room(file))}
    assert not above, f"{file} stands on floor {floor(room(file)) + 1}, not above these"


@pytest.mark.parametrize(("wing", "other"), [(WRITING, READING), (READING, WRITING), (SHARED, WRITING | READING)])
def test_the_wings_meet_in_the_pipeline_and_the_batch_alone(wing: set[str], other: set[str]) -> None:
    assert not {(file, t) for file in MODULES if room(file) in wing for t in known(file) if room(t) in other}


def test_no_import_goes_round_in_a_circle() -> None:
    try:
        TopologicalSorter({file: known(file) for file in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")


def test_imports_stand_at_the_top_save_the_listed_few() -> None:
    within = set()
    for file in FILES:
        top = {id(node) for node in tree(file).body}
        found = (node for node in ast.walk(tree(file)) if isinstance(node, ast.ImportFrom | ast.Import))
        within |= {(file, str(getattr(node, "module", None))) for node in found if id(node) not in top}
    assert within == IMPORTS_WITHIN.keys()


def test_no_module_is_imported_by_a_name_made_at_run_time() -> None:
    names = {(file, n.id) for file in FILES for n in ast.walk(tree(file)) if isinstance(n, ast.Name)}
    assert not {(file, name) for file, name in names if name in ("__import__", "importlib", "eval", "exec")}


def test_each_outside_library_enters_by_its_doors() -> None:
    used: dict[str, set[str]] = {library: set() for library in DOORS}
    for file in FILES:
        for library in {name.partition(".")[0] for name in imports(file)}:
            if library in DOORS or library not in {*sys.stdlib_module_names, "mandata"}:
                doors = DOORS.get(library, set())
                used.setdefault(library, set()).add(room(file) if room(file) in doors else file)
    assert used == DOORS


def test_the_store_is_named_at_its_doors_alone() -> None:
    def names_it(node: ast.AST) -> bool:
        taken = "pyoxigraph.Store" in imported(node)
        return taken or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("ox.Store", "pyoxigraph.Store"))

    assert {file for file in FILES if any(map(names_it, ast.walk(tree(file))))} == STORE_DOORS


def test_no_room_is_too_large() -> None:
    sizes = {file: (SOURCE / file).read_text(encoding="utf-8").count("\n") for file in FILES}
    assert not {file: size for file, size in sizes.items() if size > MOST_LINES}


def test_no_function_is_too_long_save_the_listed_few() -> None:
    long = set()
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                size = node.end_lineno - node.lineno + 1
                long |= {f"{file} {node.name}"} if size > MOST_LINES_OF_A_FUNCTION else set()
    assert long == LONG_FUNCTIONS.keys()


def literals(file: str) -> Iterator[str]:
    """Yield the strings of a file that are no docstrings."""
    told = {id(node.value) for node in ast.walk(tree(file)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def foreign(literal: str) -> Iterator[str]:
    """Yield the words with a letter beyond English: of Latin script two letters make a word, of another script one.

    A range of letters in a pattern, such as ``À-ɏ``, is no word, nor is a sign that modifies letters.
    """
    letters = "".join(
        sign if unicodedata.category(sign) in ("Ll", "Lo", "Lt", "Lu") else " " for sign in unranged(literal)
    )
    for word in letters.split():
        latin = all(unicodedata.name(letter, "").startswith("LATIN") for letter in word)
        if not word.isascii() and (len(word) > 1 or not latin):
            yield word


def unranged(literal: str) -> str:
    return re.sub(r"[^\x00-\x7f]-[^\x00-\x7f]", " ", literal)


@pytest.mark.parametrize(
    ("literal", "words"),
    [
        ("communiqué", ["communiqué"]),
        ("l'été à", ["été"]),
        ("[À-ɏ]|[\u3040-\u30ff\u3400-\u9fff]", []),
        ("\u0640\u02bc", []),
        ("«…» 10²", []),
        ("и", ["и"]),
        ("第", ["第"]),
        ("و", ["و"]),
        ("plain", []),
    ],
)
def test_words_of_other_languages_are_known_by_their_letters(literal: str, words: list[str]) -> None:
    assert list(foreign(literal)) == words


def test_no_word_of_another_language_stands_in_code() -> None:
    found = {f"{file} {word}" for file in FILES for literal in literals(file) for word in foreign(literal)}
    assert found == FOREIGN_WORDS.keys()


def vocabulary(lexicon: Lexicon) -> set[str]:
    words = {*lexicon.telltales, *lexicon.months, *lexicon.numerals, *lexicon.operators, *lexicon.articles}
    return {word.strip() for word in words if len(word.strip()) > 1} - CODES


@pytest.mark.parametrize("lexicon", [one for one in lexicons() if one.language != "en"], ids=lambda one: one.language)
def test_no_word_of_a_lexicon_stands_in_code(lexicon: Lexicon) -> None:
    """Its articles, frequent words, months, numerals and operators come from the lexicon alone, accents or not.

    Words that English has too, such as a month's name, are passed over.
    """
    english = set[str]().union(*(vocabulary(one) for one in lexicons() if one.language == "en"))
    words = sorted(vocabulary(lexicon) - english - ELEMENTS, key=lambda word: (-len(word), word))
    pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, words))})(?![^\W\d_])")
    assert not {(file, literal) for file in FILES for literal in literals(file) if pattern.search(literal)}


def test_no_code_asks_which_language_it_is_save_the_listed_few() -> None:
    asking = set()
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Compare | ast.MatchValue):
                held = (n.value for n in ast.walk(node) if isinstance(n, ast.Constant))
                asking |= {file} if any(isinstance(value, str) and value in CODES for value in held) else set()
    assert asking == LANGUAGE_CHECKS.keys()


FORBIDDEN = re.compile(r"util|helper|common|manager|handler", re.IGNORECASE)


def test_no_file_or_class_is_named_for_nothing() -> None:
    classes = {n.name for file in FILES for n in ast.walk(tree(file)) if isinstance(n, ast.ClassDef)}
    assert not [name for name in {*FILES, *classes} if FORBIDDEN.search(name)]
