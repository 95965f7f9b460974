"""The plan of the house: which floor a file stands on, which door a library enters by, how large a room may be.

The floors and the two wings are in ``pyproject.toml`` under ``tool.importlinter``, the rest of the plan is the data
below; change it and the house in one commit. Each exception bears its reason, and one no longer needed fails.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from mandata.lexicon.lexicon import Lexicon, lexicons

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "mandata"
ENVIRONMENT = os.environ | {
    "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
    "PYTHONPATH": str(ROOT / "src"),
}

DOORS = {  # an outside library -> the rooms or files through which alone it enters
    "babel": {"lexicon/lexicon.py"},
    "distributed": {"ingest/workers.py"},
    "filelock": {"kb/lock.py"},
    "httpx": {"query/http_client.py", "query/http_credentials.py"},
    "jinja2": {"site/templates.py"},
    "markupsafe": {"site/templates.py"},
    "mimeparse": {"server/formats.py"},
    "numpy": {"reason"},  # columns of facts
    "pandas": {"library/rows.py"},
    "owlrl": {"reason/owlrl_engine.py"},
    # RDF terms, which many rooms hold
    "pyoxigraph": {
        *("cli", "graph", "ingest", "kb", "library", "proof", "query", "rdf", "reason", "release", "server", "site"),
        "validation",
    },
    "pypdfium2": {"text/pdf/reader.py"},
    "prometheus_client": {"server/metrics.py"},
    "pyshacl": {"validation/pyshacl_engine.py"},
    "rdflib": {"library", "reason/owlrl_engine.py", "validation/pyshacl_engine.py"},
    "rich": {"cli", "progress_bar.py"},
    "snowballstemmer": {"reason/rules/wording.py"},
    "SPARQLWrapper": {"query/remote.py"},
    "starlette": {"server"},
    "typer": {"cli"},
    "uvicorn": {"server/run.py"},
    "yaml": {"package_data.py"},
    # of the standard library, what keeps or reaches things outside the process:
    "http": set(),  # what goes out goes by httpx
    "multiprocessing": {"isolation/pool.py"},
    "pickle": {"ingest/stored_reading.py"},  # of values alone: any other name in it is refused, and a test holds it
    "resource": {"isolation/limits.py"},
    "socket": {"isolation", "server"},  # between the server and its workers
    "sqlite3": {"kb/evidence.py", "reason/steps.py", "query", "sqlite_files.py"},
    "subprocess": {"isolation"},
    "urllib": {"release", "server", "site", "un"},
}
# Who may name pyoxigraph's Store.
STORE_DOORS = {
    *("proof/fact_lookup.py", "query/source.py", "kb/store.py", "kb/knowledge_base.py"),
    *("server/engine.py", "site/stored_resources.py"),
}

IMPORTS_WITHIN = {  # (file, what a function imports) -> why not at the top
    (
        "library/opened.py",
        "rdflib",
    ): "only a graph for a notebook is rdflib's, which is slow to load",
    ("library/rows.py", "pandas"): "pandas is not needed where nobody asks for a table of it",
    ("cli/sources.py", "mandata.query.isolated_endpoint"): "only --at asks an endpoint, in a process of its own",
    ("cli/terminal.py", "mandata.cli.table"): "only a table is drawn by rich, JSON is not",
    ("ingest/workers.py", "None"): "distributed is an extra, which only --on needs",
    ("progress.py", "mandata.progress_bar"): "only long work on a terminal draws a bar, by rich",
    (
        "proof/knowledge.py",
        "mandata.proof.lost_wording",
    ): "only what is withdrawn has its wording compared again, which takes a stemmer",
    ("proof/knowledge.py", "mandata.reason.close"): "a proof is looked up; only what closes anew needs numpy",
    (
        "reason/close.py",
        "mandata.reason.owlrl_engine",
    ): "owlrl and rdflib take half a second to load; the native engine needs neither",
    (
        "pipeline.py",
        "mandata.validation.pyshacl_engine",
    ): "pyshacl and rdflib take half a second to load; only check --engine pyshacl asks for them",
    ("isolation/limits.py", "None"): "Windows has no module resource",
    ("server/scratch_folder.py", "None"): "Windows has no module fcntl",
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


def test_the_floors_and_the_wings_hold() -> None:
    """import-linter reads the plan in ``pyproject.toml``; a file knows lower floors and its own folder alone."""
    run = subprocess.run(["lint-imports", "--no-cache"], cwd=ROOT, env=ENVIRONMENT, check=False, stdout=-1, text=True)
    assert run.returncode == 0, run.stdout


def test_every_room_stands_on_a_floor() -> None:
    """import-linter passes over a module that no floor names."""
    plan = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    floors = [name for floor in plan[0]["layers"] for name in floor.split(" | ")]
    assert sorted(floors) == sorted({f"mandata.{room(file)}" for file in MODULES})


def test_no_import_goes_round_in_a_circle() -> None:
    try:
        TopologicalSorter({file: known(file) for file in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")


def for_types(file: str) -> Iterator[ast.stmt]:
    """Yield the imports that only a checker of types follows; they load nothing."""
    for node in tree(file).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from node.body


def test_imports_stand_at_the_top_save_the_listed_few() -> None:
    within = set()
    for file in FILES:
        top = {id(node) for node in (*tree(file).body, *for_types(file))}
        found = (node for node in ast.walk(tree(file)) if isinstance(node, ast.ImportFrom | ast.Import))
        within |= {(file, str(getattr(node, "module", None))) for node in found if id(node) not in top}
    assert within == IMPORTS_WITHIN.keys()


def test_modules_are_imported_by_name_at_two_doors() -> None:
    """The command line loads the module of the command that is called, the public face what a name needs; no other."""
    names = {(file, n.id) for file in FILES for n in ast.walk(tree(file)) if isinstance(n, ast.Name)}
    by_name = ("__import__", "importlib", "resolve_name", "eval", "exec")
    assert {(file, name) for file, name in names if name in by_name} == {
        ("__init__.py", "resolve_name"),
        ("cli/main.py", "resolve_name"),
    }


def test_each_outside_library_enters_by_its_doors() -> None:
    used: dict[str, set[str]] = {library: set() for library in DOORS}
    for file in FILES:
        for library in {name.partition(".")[0] for name in imports(file)}:
            if library in DOORS or library not in {*sys.stdlib_module_names, "mandata"}:
                doors = DOORS.get(library, set())
                used.setdefault(library, set()).add(room(file) if room(file) in doors else file)
    assert used == DOORS


def test_of_urllib_what_takes_urls_apart_is_used_and_not_what_fetches_them() -> None:
    """What goes out goes by the HTTP client, which has limits."""
    names = {name for file in FILES for name in imports(file) if name.startswith("urllib")}
    assert names and all(name.startswith("urllib.parse.") for name in names)


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
