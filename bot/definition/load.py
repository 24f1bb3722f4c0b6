"""From an export's files to a `BotDefinition`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from bot.definition.model import BotDefinition, BotLocale, Intent, Slot, SlotType
from bot.definition.parts import parse_intent, parse_slot, parse_slot_type
from bot.definition.reading import DefinitionError, Files, read_files

DEFAULT_IDLE_TTL_S = 300
DEFAULT_THRESHOLD = 0.4

Part = TypeVar("Part", Intent, Slot, SlotType)


def load(path: Path | str) -> BotDefinition:
    """The bot in the export at `path`, a folder or a zip.

    Raises `DefinitionError` with the file at fault. Names come from the files, not the folders.
    """
    files = read_files(Path(path))
    _check_manifest(files)
    locales = [_locale(files, place) for place in files if place.name == "BotLocale.json"]
    if not locales:
        raise DefinitionError(path, "has no BotLocale.json")
    bot = next((content for place, content in files.items() if place.name == "Bot.json"), {})
    return BotDefinition(
        name=str(bot.get("name") or _folder_name(files)),
        identifier=str(bot.get("identifier") or ""),
        version=str(bot.get("version") or "DRAFT"),
        idle_ttl_s=int(bot.get("idleSessionTTLInSeconds") or DEFAULT_IDLE_TTL_S),
        locales={locale.locale_id: locale for locale in locales},
        raw=bot,
    )


def _check_manifest(files: Files) -> None:
    manifest = next(c for place, c in files.items() if place.name.lower() == "manifest.json")
    data = manifest.get("metaData") or manifest.get("metadata") or {}
    version = str(data.get("schemaVersion", "1"))
    if version.split(".")[0] != "1":
        raise DefinitionError("Manifest.json", f"schema version {version} is not supported")
    kind = str(data.get("resourceType", "BOT")).upper().replace("_", "")
    if kind not in ("BOT", "BOTLOCALE"):
        raise DefinitionError("Manifest.json", f"a {kind} is not a bot")


def _folder_name(files: Files) -> str:
    place = next(p for p in files if p.name == "BotLocale.json")
    return place.parts[0] if len(place.parts) > 3 else "Bot"


def _locale(files: Files, place: PurePosixPath) -> BotLocale:
    root, raw = place.parent, files[place]
    types = [
        _read(parse_slot_type, files[p], p)
        for p in files
        if p.name == "SlotType.json" and p.is_relative_to(root / "SlotTypes")
    ]
    intents = [
        _intent(files, p)
        for p in files
        if p.name == "Intent.json" and p.is_relative_to(root / "Intents")
    ]
    return BotLocale(
        locale_id=str(raw.get("identifier") or root.name),
        threshold=float(_or(raw.get("nluConfidenceThreshold"), DEFAULT_THRESHOLD)),
        intents=_by_name(intents, root),
        slot_types=_by_name(types, root),
        raw=raw,
    )


def _intent(files: Files, place: PurePosixPath) -> Intent:
    raw, folder = files[place], place.parent / "Slots"
    priorities = {str(p["slotName"]): int(p["priority"]) for p in raw.get("slotPriorities") or []}
    slots = [
        _read(parse_slot, files[p], p)
        for p in files
        if p.name == "Slot.json" and p.is_relative_to(folder)
    ]
    ordered = sorted(slots, key=lambda s: (priorities.get(s.name, 1000), s.name))
    by_name = _by_name(ordered, folder)
    return _read(lambda r: parse_intent(r, tuple(by_name.values()), priorities), raw, place)


def _read(
    parse: Callable[[dict[str, Any]], Part], raw: dict[str, Any], place: PurePosixPath
) -> Part:
    try:
        return parse(raw)
    except KeyError as error:
        raise DefinitionError(place, f"lacks {error}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise DefinitionError(place, f"has a value of the wrong kind ({error})") from None


def _by_name(parts: list[Part], place: PurePosixPath) -> dict[str, Part]:
    named: dict[str, Part] = {}
    for part in parts:
        if part.name in named:
            raise DefinitionError(place, f"{part.name} is defined twice")
        named[part.name] = part
    return named


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value
