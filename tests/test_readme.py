"""What the README shows is what happens: its commands run, and what it prints is printed, in that order."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mandata.query import queryfile as header
from mandata.reason.rules.rule_file import read_rules

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = str(Path(sys.executable).with_name("mandata"))


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, list[str]]]:
    """Return each command of the console blocks, with the lines shown below it."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(blocks("console")).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def test_the_commands_print_what_the_readme_shows(tmp_path: Path) -> None:
    shutil.copy(ROOT / "data" / "texts" / "004_663fb785056b1583.txt", tmp_path / "letter.txt")
    assert steps()
    for command, lines in steps():
        words = shlex.split(command)
        assert words[0] == "mandata"
        done = subprocess.run(
            [COMMAND, *words[1:]], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        at, printed = 0, re.sub(r"[ ┃│]+", " ", done.stdout)
        for line in lines:
            wanted = re.sub(r"[ ┃│]+", " ", line).strip()
            at = printed.find(wanted, at)
            assert at >= 0, f"{command} does not print, in its place: {line}"


def test_the_library_answers_as_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "data" / "texts" / "004_663fb785056b1583.txt", tmp_path / "letter.txt")
    monkeypatch.chdir(tmp_path)
    (text,) = blocks("python")
    examples = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples, out=said.append)
    assert result.attempted > 10
    assert not result.failed, "".join(said)


def test_the_make_targets_are_there() -> None:
    targets = re.findall(r"^make (\w+)", "".join(blocks("sh")), re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets == ["run", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("text", blocks("sparql"))
def test_the_examples_of_questions_and_rules_are_well_formed(text: str, tmp_path: Path) -> None:
    if "CONSTRUCT" in text:
        (tmp_path / "mandate-serves.rq").write_text(text, encoding="utf-8")
        assert [rule.name for rule in read_rules(tmp_path)] == ["mandate-serves"]
    else:
        assert header.parse(text, "README.md").name == "letters-of-a-year"
