"""The release as search engines read it: a Dataset of schema.org."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mandata.rdf.json_ld import json_bytes
from mandata.rdf.namespaces import BASE
from mandata.release.describe.dcat import CATALOGUE, PUBLISHER
from mandata.release.describe.terms import MEDIA, publication, rights
from mandata.release.edition import DATASET, Edition, address
from mandata.release.files import FORMS, PARTS
from mandata.release.manifest import Entry


def dataset(edition: Edition, identity: str, entries: Mapping[str, Entry]) -> bytes:
    """Return the description as JSON-LD, with the checksum and the size of each file."""
    files = {path: entries[path] for path in _dumps(edition)}
    return json_bytes(
        announced(edition)
        | {
            "identifier": f"sha256:{identity}",
            "distribution": [_download(path) | _measured(entry) for path, entry in files.items()],
        }
    )


def announced(edition: Edition) -> dict[str, Any]:
    """Return what the first page says of the release: all that is known before its files are written."""
    chosen = publication()
    publisher = {"@id": PUBLISHER, "@type": "Organization", "name": chosen["publisher"]}
    return {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": edition.iri,
        "@type": "Dataset",
        "url": {"@id": BASE},
        "name": _languages(chosen["title"]),
        "description": _languages(chosen["description"]),
        "version": edition.version,
        "datePublished": edition.day,
        "license": {"@id": chosen["licence"]},
        "usageInfo": {"@id": rights()},
        "acquireLicensePage": {"@id": rights()},
        "creditText": _languages(chosen["acknowledgement"]),
        "isBasedOn": {"@id": chosen["source"]},
        "isPartOf": {"@id": DATASET},
        "includedInDataCatalog": {"@id": CATALOGUE, "@type": "DataCatalog", "name": _languages(chosen["catalogue"])},
        "inLanguage": sorted(chosen["title"]),
        "keywords": _languages({language: ", ".join(words) for language, words in chosen["keywords"].items()}),
        "publisher": publisher,
        "creator": publisher,
        "isAccessibleForFree": True,
        "subjectOf": {"@id": address("dataset.jsonld")},
        "distribution": [_download(path) for path in _dumps(edition)],
    }


def _dumps(edition: Edition) -> list[str]:
    return [edition.dump(part, ending) for part in PARTS for ending in FORMS]


def _languages(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in sorted(words.items())]


def _download(path: str) -> dict[str, object]:
    ending = path.split(".")[-2]
    return {
        "@id": address(path),
        "@type": "DataDownload",
        "contentUrl": {"@id": address(path)},
        "encodingFormat": [MEDIA[ending], MEDIA["gz"]],
    }


def _measured(entry: Entry) -> dict[str, object]:
    return {"contentSize": f"{entry.size} B", "sha256": entry.sha256}
