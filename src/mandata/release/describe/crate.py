"""The description of a release as an RO-Crate 1.1: its files, publisher and licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mandata.rdf.json_ld import json_bytes
from mandata.rdf.namespaces import BASE
from mandata.release.describe.terms import LANGUAGES, MEDIA, publication
from mandata.release.edition import Edition
from mandata.release.manifest import FileEntry

CRATE = "ro-crate-metadata.json"
VOID = ".well-known/void"
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}  # RO-Crate 1.1 has no word for it


def crate(edition: Edition, identity: str, entries: Mapping[str, FileEntry]) -> bytes:
    """Return the metadata file of the crate.

    Args:
        edition: the release.
        identity: the SHA-256 of its canonical N-Quads.
        entries: the files that are parts of the crate, by path.
    """
    metadata, language = publication(), LANGUAGES[0]
    publisher = BASE + "publisher"
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": metadata["title"][language],
        "description": f"{metadata['description'][language]} {metadata['acknowledgement'][language]}",
        "identifier": f"sha256:{identity}",
        "version": edition.version,
        "datePublished": edition.day,
        "license": {"@id": metadata["licence"]},
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
        {"@id": publisher, "@type": "Organization", "name": metadata["publisher"], "url": BASE},
        {
            "@id": metadata["licence"],
            "@type": "CreativeWork",
            "name": metadata["licence"],
            "description": "The licence of this dataset.",
        },
    ]
    files = [_file(path, entry) for path, entry in sorted(entries.items())]
    return json_bytes({"@context": [f"{_SPECIFICATION}/context", _TERMS], "@graph": [about, root, *others, *files]})


def _file(path: str, entry: FileEntry) -> dict[str, Any]:
    """Return the entity of a file; a compressed one has the media type of its content, then that of gzip."""
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
