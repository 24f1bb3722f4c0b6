"""A definition as lint sees it: every part with its file, duplicates and damaged parts included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeVar

from bot.definition.model import Intent, Slot, SlotType
from bot.definition.parts import LAST_PRIORITY, parse_intent, parse_slot, parse_slot_type
from bot.definition.reading import Export, Files
from bot.definition.vocabulary import FILE_NAME as VOCABULARY_FILE

Json = Mapping[str, Any]
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, eq=False)
class SlotPart:
    place: PurePosixPath
    raw: Json
    slot: Slot


@dataclass(frozen=True, slots=True, eq=False)
class IntentPart:
    place: PurePosixPath
    raw: Json
    intent: Intent
    slots: tuple[SlotPart, ...]

    @property
    def files(self) -> tuple[tuple[PurePosixPath, Json], ...]:
        """The intent's own file and those of its slots."""
        return ((self.place, self.raw), *((slot.place, slot.raw) for slot in self.slots))


@dataclass(frozen=True, slots=True, eq=False)
class TypePart:
    place: PurePosixPath
    raw: Json
    type: SlotType


@dataclass(frozen=True, slots=True, eq=False)
class LocalePart:
    """`names` has the intents and slot types that could not be read too."""

    place: PurePosixPath
    raw: Json
    locale_id: str
    intents: tuple[IntentPart, ...]
    types: tuple[TypePart, ...]
    vocabulary: tuple[tuple[PurePosixPath, Json], ...] = ()
    names: frozenset[str] = frozenset()

    @property
    def language(self) -> str:
        return self.locale_id.partition("_")[0]

    @property
    def custom_types(self) -> Mapping[str, SlotType]:
        return {part.type.name: part.type for part in self.types}


@dataclass(frozen=True, slots=True, eq=False)
class Unread:
    """A file whose JSON is not of the kind that its place asks for."""

    place: PurePosixPath
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A whole export. `root` is the folder above its manifest, `.` in a proper archive."""

    files: Files
    root: PurePosixPath
    manifest: PurePosixPath | None
    bots: tuple[tuple[PurePosixPath, Json], ...]
    locales: tuple[LocalePart, ...]
    unread: tuple[Unread, ...]

    @property
    def intents(self) -> Iterator[tuple[LocalePart, IntentPart]]:
        return ((locale, part) for locale in self.locales for part in locale.intents)

    @property
    def slots(self) -> Iterator[tuple[LocalePart, IntentPart, SlotPart]]:
        return ((locale, intent, slot) for locale, intent in self.intents for slot in intent.slots)

    @property
    def types(self) -> Iterator[tuple[LocalePart, TypePart]]:
        return ((locale, part) for locale in self.locales for part in locale.types)


def subject_of(export: Export) -> Subject:
    """The parts of an export; what cannot be read as a part is told in `unread`."""
    reader = _Reader(export.files)
    locales = tuple(reader.locale(place, raw) for place, raw in reader.named("BotLocale.json"))
    return Subject(
        files=export.files,
        root=export.root,
        manifest=export.manifest,
        bots=tuple(reader.named("Bot.json")),
        locales=locales,
        unread=tuple(reader.unread),
    )


class _Reader:
    def __init__(self, files: Files) -> None:
        self._by_name: dict[str, list[tuple[PurePosixPath, dict[str, Any]]]] = defaultdict(list)
        for place, raw in files.items():
            self._by_name[place.name].append((place, raw))
        self.unread: list[Unread] = []

    def named(
        self, name: str, below: PurePosixPath | None = None
    ) -> Iterator[tuple[PurePosixPath, dict[str, Any]]]:
        for place, raw in self._by_name[name]:
            if below is None or place.is_relative_to(below):
                yield place, raw

    def locale(self, place: PurePosixPath, raw: dict[str, Any]) -> LocalePart:
        root = place.parent
        types = tuple(self._types(root / "SlotTypes"))
        intents = tuple(self._intents(root / "Intents"))
        files = (*self.named("Intent.json", root), *self.named("SlotType.json", root))
        return LocalePart(
            place=place,
            raw=raw,
            locale_id=str(raw.get("identifier") or root.name),
            intents=intents,
            types=types,
            vocabulary=tuple(self.named(VOCABULARY_FILE, root)),
            names=frozenset(str(content.get("name")) for _, content in files),
        )

    def _types(self, below: PurePosixPath) -> Iterator[TypePart]:
        for place, raw in self.named("SlotType.json", below):
            read = self._read(parse_slot_type, place, raw)
            if read is not None:
                yield TypePart(place, raw, read)

    def _intents(self, below: PurePosixPath) -> Iterator[IntentPart]:
        slots: dict[PurePosixPath, list[SlotPart]] = defaultdict(list)
        for place, raw in self.named("Slot.json", below):
            slot = self._read(parse_slot, place, raw)
            if slot is not None:
                # <Intent>/Slots/<Slot>/Slot.json
                slots[place.parent.parent.parent].append(SlotPart(place, raw, slot))
        for place, raw in self.named("Intent.json", below):
            parts = tuple(slots.get(place.parent, ()))
            intent = self._read(partial(_intent, parts), place, raw)
            if intent is not None:
                yield IntentPart(place, raw, intent, parts)

    def _read(
        self, parse: Callable[[dict[str, Any]], Read], place: PurePosixPath, raw: dict[str, Any]
    ) -> Read | None:
        try:
            return parse(raw)
        except KeyError as error:
            self.unread.append(Unread(place, f"{error} is missing"))
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            self.unread.append(Unread(place, f"a value is of the wrong kind ({error})"))
        return None


def _intent(parts: tuple[SlotPart, ...], raw: dict[str, Any]) -> Intent:
    listed = raw.get("slotPriorities") or []
    priorities = {str(item["slotName"]): int(item["priority"]) for item in listed}
    slots = sorted(
        (part.slot for part in parts), key=lambda s: (priorities.get(s.name, LAST_PRIORITY), s.name)
    )
    return parse_intent(raw, tuple(slots), priorities)
