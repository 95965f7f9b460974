"""The command that searches, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mandata.cli.main import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    printed = capsys.readouterr()
    return int(caught.value.code or 0), printed.out, printed.err


def test_words_are_found_and_printed(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "search", "résolution", "72/7", "--kb", str(kb))
    assert status == 0 and out.startswith("1 found\n") and "A/RES/72/7" in out
    status, out, _ = run(capsys, "search", "nothing of this kind", "--kb", str(kb))
    assert (status, out.endswith("(none)\n")) == (0, True)


def test_what_is_found_is_printed_as_json(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = ("--set", "operator=encourages", "--set", "organ=A", "--sort", "paragraphs", "--json", "--kb", str(kb))
    found = json.loads(run(capsys, "search", "centre", *settings)[1])
    assert [item["thing"]["label"] for item in found["items"]] == ["A/RES/72/7 op1", "A/RES/72/7 op3"]
    assert found["total"] == 2 and {value["value"] for value in found["facets"]["operator"]} == {"encourages"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--set", "organ"), "usage"),
        (("--set", "organ=Z"), "unknown-value"),
        (("--set", "colour=red"), "unknown-facet"),
        (("--sort", "all"), "unknown-sort"),
    ],
)
def test_wrong_use_teaches(arguments: tuple[str, ...], code: str, kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "search", "centre", *arguments, "--kb", str(kb))
    assert status == 2 and f"[{code}]" in err and " - " in err


def test_a_folder_without_a_knowledge_base_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "search", "centre", "--kb", str(tmp_path))
    assert status == 2 and "[no-knowledge-base]" in err
