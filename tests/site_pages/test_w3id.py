"""The rules of w3id/ in a real Apache on loopback: a table of what is asked, and every name in the dump.

Debian's apache2 runs them; where it is not, these tests are skipped, and say so.
"""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox
import pytest

from mandata.kb.statements import Statements
from mandata.package_data import read_yaml
from mandata.rdf.namespaces import BASE, HOME
from mandata.site.addresses import Addresses
from site_collection import collected

APACHE, MODULES = shutil.which("apache2", path="/usr/sbin:/usr/bin"), Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.skipif(APACHE is None, reason="there is no apache2 here: apt-get install apache2")

RULES = Path(__file__).parents[2] / "w3id" / ".htaccess"
TABLE = read_yaml(Path(__file__).with_name("redirects.yaml"))
WANTED = ("authz_core", "env", "headers", "mpm_event", "rewrite")
SETTINGS = """ServerRoot {root}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {root}/pid
ErrorLog {root}/errors
{modules}
DocumentRoot {root}/files
<Directory {root}/files>
  AllowOverride All
  Require all granted
</Directory>
"""


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an Apache that has the rules at /mandata/, as w3id.org has them."""
    root = tmp_path_factory.mktemp("apache")
    (root / "files" / "mandata").mkdir(parents=True)
    shutil.copy(RULES, root / "files" / "mandata" / ".htaccess")
    root.chmod(0o755)
    for above in root.parents[:2]:  # Apache's children are another user
        above.chmod(above.stat().st_mode | 0o055)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in WANTED)
    (root / "conf").write_text(SETTINGS.format(root=root, port=port, modules=modules), "utf-8")
    running = subprocess.Popen([str(APACHE), "-f", str(root / "conf"), "-D", "FOREGROUND"], stderr=subprocess.PIPE)
    try:
        answering(port)
        yield port
    finally:
        running.terminate()
        running.communicate(timeout=20)


def answering(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("Apache does not answer")


class Asking:
    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)

    def __call__(self, path: str, accept: str = "*/*", language: str = "") -> tuple[int, str]:
        """Return the status and where it leads, below the site."""
        headers = {name: value for name, value in (("Accept", accept), ("Accept-Language", language)) if value}
        self.connection.request("GET", f"/mandata/{quote(path)}", headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")


def site() -> str:
    found = re.search(r"E=SITE:(\S+)\]", RULES.read_text("utf-8"))
    assert found
    return found[1]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]} as {row[1]} in {row[2]}")
def test_a_name_leads_to_what_is_asked_for(apache: int, row: tuple[str, str, str, int, str]) -> None:
    path, accept, language, status, leads = row
    assert Asking(apache)(path, accept, language) == (status, f"{site()}/{leads}")


def test_what_is_no_name_of_ours_is_not_found(apache: int) -> None:
    assert Asking(apache)("nothing")[0] == 404
    assert Asking(apache)("id/")[0] == 404


def test_every_name_in_the_dump_leads_to_its_page(apache: int, statements: Statements) -> None:
    """The rules and the pages agree on where each thing stands; a term's # is never sent."""
    addresses = Addresses(collected(statements).__contains__)
    terms = {term.value for quad in statements.together for term in quad if isinstance(term, ox.NamedNode)}
    ours = sorted(iri for iri in terms if iri.startswith(BASE) and "#" not in iri)
    assert len(ours) > 1000
    asking, wrong = Asking(apache), {}
    for iri in ours:
        address = addresses.of(iri)
        assert address
        wanted = f"{site()}/{address.page}.html" + (f"#{address.anchor}" if address.anchor else "")
        status, leads = asking(iri.removeprefix(HOME))
        if (status, unquote(leads)) != (303, unquote(wanted)):
            wrong[iri] = leads
    assert not wrong
