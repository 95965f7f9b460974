"""The description of a release by schema.org, as a Dataset, which search engines read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mandata.rdf.json_ld import json_bytes
from mandata.rdf.namespaces import BASE
from mandata.release.describe.dcat import CATALOGUE, PUBLISHER
from mandata.release.describe.terms import MEDIA, publication, rights
from mandata.release.edition import DATASET, Edition, address
from mandata.release.files import FORMS, PARTS
from mandata.release.manifest import FileEntry


def dataset(edition: Edition, identity: str, entries: Mapping[str, FileEntry]) -> bytes:
    """Return the description as JSON-LD, with the size and checksum of each dump.

    Args:
        edition: the release.
        identity: the SHA-256 of its canonical N-Quads.
        entries: the files of the release by path.
    """
    files = {path: entries[path] for path in _dumps(edition)}
    return json_bytes(
        dataset_metadata(edition)
        | {
            "identifier": f"sha256:{identity}",
            "distribution": [_download(path) | _size_and_checksum(entry) for path, entry in files.items()],
        }
    )


def dataset_metadata(edition: Edition) -> dict[str, Any]:
    """Return the description for the home page: what is known before the files are written."""
    metadata = publication()
    publisher = {"@id": PUBLISHER, "@type": "Organization", "name": metadata["publisher"]}
    return {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": edition.iri,
        "@type": "Dataset",
        "url": {"@id": BASE},
        "name": _language_map(metadata["title"]),
        "description": _language_map(metadata["description"]),
        "version": edition.version,
        "datePublished": edition.day,
        "license": {"@id": metadata["licence"]},
        "usageInfo": {"@id": rights()},
        "acquireLicensePage": {"@id": rights()},
        "creditText": _language_map(metadata["acknowledgement"]),
        "isBasedOn": {"@id": metadata["source"]},
        "isPartOf": {"@id": DATASET},
        "includedInDataCatalog": {
            "@id": CATALOGUE,
            "@type": "DataCatalog",
            "name": _language_map(metadata["catalogue"]),
        },
        "inLanguage": sorted(metadata["title"]),
        "keywords": _language_map({language: ", ".join(words) for language, words in metadata["keywords"].items()}),
        "publisher": publisher,
        "creator": publisher,
        "isAccessibleForFree": True,
        "subjectOf": {"@id": address("dataset.jsonld")},
        "distribution": [_download(path) for path in _dumps(edition)],
    }


def _dumps(edition: Edition) -> list[str]:
    return [edition.dump(part, ending) for part in PARTS for ending in FORMS]


def _language_map(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in sorted(words.items())]


def _download(path: str) -> dict[str, object]:
    ending = path.split(".")[-2]
    return {
        "@id": address(path),
        "@type": "DataDownload",
        "contentUrl": {"@id": address(path)},
        "encodingFormat": [MEDIA[ending], MEDIA["gz"]],
    }


def _size_and_checksum(entry: FileEntry) -> dict[str, object]:
    return {"contentSize": f"{entry.size} B", "sha256": entry.sha256}
