"""The release as search engines read it: a Dataset of schema.org."""

from __future__ import annotations

from collections.abc import Mapping

from mandata.publish.context import written
from mandata.publish.describe.terms import MEDIA, publication, rights
from mandata.publish.edition import DATASET, Edition, address
from mandata.publish.files import FORMS, PARTS
from mandata.publish.ledger import Entry
from mandata.vocab import BASE


def dataset(edition: Edition, identity: str, entries: Mapping[str, Entry]) -> bytes:
    """Return the description as JSON-LD."""
    chosen = publication()
    return written(
        {
            "@context": {"@vocab": "https://schema.org/"},
            "@id": edition.iri,
            "@type": "Dataset",
            "url": BASE,
            "name": _languages(chosen["title"]),
            "description": _languages(chosen["description"]),
            "identifier": f"sha256:{identity}",
            "version": edition.version,
            "datePublished": edition.day,
            "license": {"@id": chosen["licence"]},
            "usageInfo": {"@id": rights()},
            "acquireLicensePage": {"@id": rights()},
            "creditText": _languages(chosen["acknowledgement"]),
            "isBasedOn": {"@id": chosen["source"]},
            "isPartOf": {"@id": DATASET},
            "inLanguage": sorted(chosen["title"]),
            "keywords": _languages({language: ", ".join(words) for language, words in chosen["keywords"].items()}),
            "publisher": {"@type": "Organization", "name": chosen["publisher"]},
            "creator": {"@type": "Organization", "name": chosen["publisher"]},
            "isAccessibleForFree": True,
            "distribution": [
                _download(edition.dump(part, ending), ending, entries) for part in PARTS for ending in FORMS
            ],
        }
    )


def _languages(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in sorted(words.items())]


def _download(path: str, ending: str, entries: Mapping[str, Entry]) -> dict[str, object]:
    return {
        "@id": address(path),
        "@type": "DataDownload",
        "contentUrl": {"@id": address(path)},
        "encodingFormat": [MEDIA[ending], MEDIA["gz"]],
        "contentSize": f"{entries[path].size} B",
        "sha256": entries[path].sha256,
    }
