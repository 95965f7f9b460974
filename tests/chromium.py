"""Debian's chromium, without a window, and what it finds wrong with a page; where it is missing, tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

_PROGRAM = shutil.which("chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PHONE = ViewportSize(width=390, height=844)
needs_chromium = pytest.mark.skipif(_PROGRAM is None, reason="there is no chromium here: apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_PROGRAM, args=_FLAGS)
        yield launched
        launched.close()


def faults(page: Page) -> list[str]:
    """Return what keeps some reader from using a page: WCAG 2.2 AA and best practice as axe finds them."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]
