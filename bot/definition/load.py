"""From an export's files to a `BotDefinition`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from bot.definition.keys import flag, text_or_none
from bot.definition.model import BotDefinition, BotLocale, Intent, Slot, SlotType
from bot.definition.parse_settings import parse_voice
from bot.definition.parts import LAST_PRIORITY, parse_intent, parse_slot, parse_slot_type
from bot.definition.reading import DefinitionError, Files, read_files

DEFAULT_IDLE_TTL_S = 300
DEFAULT_THRESHOLD = 0.4

Read = TypeVar("Read")
Part = TypeVar("Part", Intent, Slot, SlotType)


def load(path: Path | str, password: str | None = None) -> BotDefinition:
    """The bot in the export at `path`, a folder or a zip (which may need its `password`).

    Raises `DefinitionError` with the file at fault. Names come from the files, not the folders.
    """
    return definition_of(read_files(Path(path), password))


def definition_of(files: Files) -> BotDefinition:
    """The bot in an export's files. Raises `DefinitionError` with the file at fault."""
    _check_manifest(files)
    locales: dict[str, BotLocale] = {}
    for place, raw in _named(files, "BotLocale.json"):
        locale = _read(partial(_locale, files, place), raw, place)
        if locale.locale_id in locales:
            raise DefinitionError(place, f"{locale.locale_id} is defined twice")
        locales[locale.locale_id] = locale
    if not locales:
        raise DefinitionError("the export", "has no BotLocale.json")
    return _bot(files, locales)


def _check_manifest(files: Files) -> None:
    place = next((p for p in files if p.name.lower() == "manifest.json"), None)
    manifest = files[place] if place else {}
    data = manifest.get("metaData") or manifest.get("metadata") or {}
    if not isinstance(data, dict):
        raise DefinitionError(place, "metaData must be an object")
    version = str(data.get("schemaVersion", "1"))
    if version.split(".")[0] != "1":
        raise DefinitionError(place, f"schema version {version} is not supported")
    kind = str(data.get("resourceType", "BOT")).upper().replace("_", "")
    if kind not in ("BOT", "BOTLOCALE"):
        raise DefinitionError(place, f"a {kind} is not a bot")


def _bot(files: Files, locales: dict[str, BotLocale]) -> BotDefinition:
    bots = list(_named(files, "Bot.json"))
    if len(bots) > 1:
        raise DefinitionError(bots[1][0], "is a second bot in one export")
    place, raw = bots[0] if bots else (PurePosixPath("Bot.json"), {})
    return _read(
        lambda bot: BotDefinition(
            name=str(bot.get("name") or _folder_name(files)),
            identifier=str(bot.get("identifier") or ""),
            version=str(bot.get("version") or "DRAFT"),
            idle_ttl_s=int(bot.get("idleSessionTTLInSeconds") or DEFAULT_IDLE_TTL_S),
            locales=locales,
            description=text_or_none(bot, "description"),
            child_directed=bool(flag(bot.get("dataPrivacy") or {}, "childDirected")),
            raw=bot,
            files=files,
        ),
        raw,
        place,
    )


def _folder_name(files: Files) -> str:
    place = next(p for p in files if p.name == "BotLocale.json")
    return place.parts[0] if len(place.parts) > 3 else "Bot"


def _locale(files: Files, place: PurePosixPath, raw: dict[str, Any]) -> BotLocale:
    root = place.parent
    types = [
        _read(parse_slot_type, content, p) for p, content in _named(files, "SlotType.json", root)
    ]
    slots: dict[PurePosixPath, list[Slot]] = {}
    for p, content in _named(files, "Slot.json", root):
        # <Intent>/Slots/<Slot>/Slot.json
        slots.setdefault(p.parent.parent.parent, []).append(_read(parse_slot, content, p))
    intents = [
        _intent(content, p, slots.get(p.parent, []))
        for p, content in _named(files, "Intent.json", root)
    ]
    threshold = raw.get("nluConfidenceThreshold")
    return BotLocale(
        locale_id=str(raw.get("identifier") or root.name),
        threshold=DEFAULT_THRESHOLD if threshold is None else float(threshold),
        intents=_by_name(intents, root),
        slot_types=_by_name(types, root),
        name=text_or_none(raw, "name"),
        description=text_or_none(raw, "description"),
        voice=parse_voice(raw.get("voiceSettings")),
        raw=raw,
    )


def _intent(raw: dict[str, Any], place: PurePosixPath, slots: list[Slot]) -> Intent:
    def parse(raw: dict[str, Any]) -> Intent:
        listed = raw.get("slotPriorities") or []
        priorities = {str(p["slotName"]): int(p["priority"]) for p in listed}
        by_name = _by_name(slots, place.parent / "Slots")
        ordered = sorted(
            by_name.values(), key=lambda s: (priorities.get(s.name, LAST_PRIORITY), s.name)
        )
        return parse_intent(raw, tuple(ordered), priorities)

    return _read(parse, raw, place)


def _named(
    files: Files, name: str, below: PurePosixPath | None = None
) -> Iterable[tuple[PurePosixPath, dict[str, Any]]]:
    for place, content in files.items():
        if place.name == name and (below is None or place.is_relative_to(below)):
            yield place, content


def _read(
    parse: Callable[[dict[str, Any]], Read], raw: dict[str, Any], place: PurePosixPath
) -> Read:
    try:
        return parse(raw)
    except DefinitionError:
        raise
    except KeyError as error:
        raise DefinitionError(place, f"lacks {error}") from None
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise DefinitionError(place, f"has a value of the wrong kind ({error})") from None


def _by_name(parts: list[Part], place: PurePosixPath) -> dict[str, Part]:
    named: dict[str, Part] = {}
    for part in parts:
        if part.name in named:
            raise DefinitionError(place, f"{part.name} is defined twice")
        named[part.name] = part
    return named
