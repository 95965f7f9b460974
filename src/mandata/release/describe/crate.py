"""The release as an RO-Crate 1.1: what the archive of it holds, by whom, under what licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mandata.rdf.json_ld import json_bytes
from mandata.rdf.namespaces import BASE
from mandata.release.describe.terms import LANGUAGES, MEDIA, publication
from mandata.release.edition import Edition
from mandata.release.manifest import Entry

CRATE = "ro-crate-metadata.json"
VOID = ".well-known/void"
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}  # RO-Crate 1.1 has no word for it


def crate(edition: Edition, identity: str, entries: Mapping[str, Entry]) -> bytes:
    """Return the metadata of the crate; every file that was written so far is a part of it."""
    chosen, language = publication(), LANGUAGES[0]
    publisher = BASE + "publisher"
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": chosen["title"][language],
        "description": f"{chosen['description'][language]} {chosen['acknowledgement'][language]}",
        "identifier": f"sha256:{identity}",
        "version": edition.version,
        "datePublished": edition.day,
        "license": {"@id": chosen["licence"]},
        "publisher": {"@id": publisher},
        "author": {"@id": publisher},
        "hasPart": [{"@id": path} for path in sorted(entries)],
    }
    about = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _SPECIFICATION},
    }
    others = [
        {"@id": publisher, "@type": "Organization", "name": chosen["publisher"], "url": BASE},
        {
            "@id": chosen["licence"],
            "@type": "CreativeWork",
            "name": chosen["licence"],
            "description": "The licence of this dataset.",
        },
    ]
    files = [_file(path, entry) for path, entry in sorted(entries.items())]
    return json_bytes({"@context": [f"{_SPECIFICATION}/context", _TERMS], "@graph": [about, root, *others, *files]})


def _file(path: str, entry: Entry) -> dict[str, Any]:
    """Return one file; what is compressed is told by its own form first."""
    endings = ["ttl"] if path == VOID else [one for one in path.rpartition("/")[2].split(".")[1:] if one in MEDIA]
    forms = [MEDIA[ending] for ending in endings]
    media = {"encodingFormat": forms[0] if len(forms) == 1 else forms} if forms else {}
    return {
        "@id": path,
        "@type": "File",
        "name": path.rpartition("/")[2],
        "contentSize": str(entry.size),
        "sha256": entry.sha256,
    } | media
