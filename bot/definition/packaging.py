"""Makes an export into what Lex imports: the manifest at the root, under the name it looks for."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from bot.definition.reading import Export

MANIFEST = PurePosixPath("Manifest.json")


def importable(export: Export) -> Export:
    """The export with its manifest in place: moved, renamed, or written where there was none."""
    manifest = export.files[export.manifest] if export.manifest else _manifest_for(export)
    others = {place: raw for place, raw in export.files.items() if place != export.manifest}
    return Export({MANIFEST: manifest, **others}, PurePosixPath(), MANIFEST)


def _manifest_for(export: Export) -> dict[str, Any]:
    whole = any(place.name == "Bot.json" for place in export.files)
    return {
        "metaData": {
            "schemaVersion": "1",
            "fileFormat": "LexJson",
            "resourceType": "BOT" if whole else "BOT_LOCALE",
        }
    }
