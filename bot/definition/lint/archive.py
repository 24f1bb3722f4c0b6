"""Rules on the archive itself: its manifest, its files and who they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from bot.definition.built_ins import LOCALE_PATTERN, LOCALES
from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.subject import Subject

_BOT, _LOCALE = ("Bot.json",), ("BotLocales", "*", "BotLocale.json")
_INTENT = ("BotLocales", "*", "Intents", "*")
_LAYOUT = (
    _BOT,
    _LOCALE,
    (*_INTENT, "Intent.json"),
    (*_INTENT, "ConversationFlow.json"),
    (*_INTENT, "Slots", "*", "Slot.json"),
    ("BotLocales", "*", "SlotTypes", "*", "SlotType.json"),
    ("BotLocales", "*", "CustomVocabulary", "CustomVocabulary.json"),
)
_KINDS = ("BOT", "BOTLOCALE")


def _manifest_missing(subject: Subject) -> Iterator[Fault]:
    if subject.manifest is None:
        yield Fault(at(PurePosixPath("Manifest.json")), "The archive has no Manifest.json.")


def _manifest_type(subject: Subject) -> Iterator[Fault]:
    if subject.manifest is None:
        return
    raw, place = subject.files[subject.manifest], subject.manifest
    key = "metaData" if raw.get("metaData") else "metadata"
    data = raw.get(key)
    if not isinstance(data, dict):
        yield Fault(at(place), "metaData is missing: it says what the archive holds.")
        return
    version = str(data.get("schemaVersion", ""))
    if version.split(".")[0] != "1":
        yield Fault(at(place, key, "schemaVersion"), f"Schema version {version!r} is not 1.")
    if data.get("fileFormat") != "LexJson":
        yield Fault(at(place, key, "fileFormat"), "The file format of a bot is LexJson.")
    kind = str(data.get("resourceType", ""))
    if kind.upper().replace("_", "") not in _KINDS:
        yield Fault(at(place, key, "resourceType"), f"{kind!r} is neither a bot nor a bot locale.")


def _manifest_nested(subject: Subject) -> Iterator[Fault]:
    if subject.root != PurePosixPath():
        yield Fault(
            at(subject.root / "Manifest.json"),
            f"Lex wants the manifest at the root of the archive, not in {subject.root}.",
        )


def _bot_missing(subject: Subject) -> Iterator[Fault]:
    if not subject.bots and _kind(subject) == "BOT":
        yield Fault(at(PurePosixPath("Bot.json")), "The manifest promises a bot; no Bot.json.")


def _kind(subject: Subject) -> str:
    raw = subject.files.get(subject.manifest, {}) if subject.manifest else {}
    data = raw.get("metaData") or raw.get("metadata")
    kind = data.get("resourceType") if isinstance(data, dict) else ""
    return str(kind).upper().replace("_", "")


def _bot_duplicate(subject: Subject) -> Iterator[Fault]:
    for place, _ in subject.bots[1:]:
        yield Fault(at(place), "An archive holds one bot; this is a second Bot.json.")


def _locale_missing(subject: Subject) -> Iterator[Fault]:
    if not subject.locales:
        yield Fault(at(PurePosixPath("BotLocales")), "There is no BotLocale.json: no language.")


def _locale_duplicate(subject: Subject) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for locale in subject.locales:
        seen[locale.locale_id] += 1
        if seen[locale.locale_id] > 1:
            yield Fault(
                at(locale.place, "identifier"), f"{locale.locale_id} is defined a second time."
            )


def _locale_id(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        if not LOCALE_PATTERN.fullmatch(locale.locale_id):
            yield Fault(
                at(locale.place, "identifier"),
                f"{locale.locale_id!r} is no locale of Lex: those look like en_US.",
            )


def _locale_unverified(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        if LOCALE_PATTERN.fullmatch(locale.locale_id) and locale.locale_id not in LOCALES:
            yield Fault(
                at(locale.place, "identifier"),
                f"{locale.locale_id} is not among the locales known here; Lex may have it.",
            )


def _shape_kind(subject: Subject) -> Iterator[Fault]:
    for unread in subject.unread:
        yield Fault(at(unread.place), f"The file cannot be used: {unread.reason}.")


def _file_orphan(subject: Subject) -> Iterator[Fault]:
    for place in subject.files:
        owner, name = _owner(place)
        if owner is not None and owner / name not in subject.files:
            yield Fault(at(place), f"There is no {name} in {owner} for it to belong to.")


def _owner(place: PurePosixPath) -> tuple[PurePosixPath | None, str]:
    if place.name == "Slot.json":
        return place.parent.parent.parent, "Intent.json"
    if place.name == "ConversationFlow.json":
        return place.parent, "Intent.json"
    if place.name in ("Intent.json", "SlotType.json"):
        return place.parent.parent.parent, "BotLocale.json"
    return None, ""


def _file_unknown(subject: Subject) -> Iterator[Fault]:
    for place in subject.files:
        # The bot's own folder may be missing in a locale archive.
        tails = (place.parts[1:], place.parts)
        known = any(_fits(tail, layout) for tail in tails for layout in _LAYOUT)
        if place != subject.manifest and not known:
            yield Fault(at(place), "Lex has no use for this file.")


def _fits(parts: tuple[str, ...], layout: tuple[str, ...]) -> bool:
    return len(parts) == len(layout) and all(
        wanted in ("*", part) for part, wanted in zip(parts, layout, strict=True)
    )


RULES = (
    Rule("manifest.missing", ERROR, "An archive has a Manifest.json.", _manifest_missing),
    Rule(
        "manifest.type",
        ERROR,
        "The manifest names schema version 1, format LexJson and a bot or a bot locale.",
        _manifest_type,
    ),
    Rule("manifest.nested", WARNING, "The manifest is at the root of the zip.", _manifest_nested),
    Rule("bot.missing", ERROR, "An archive of a bot has a Bot.json.", _bot_missing),
    Rule("bot.duplicate", ERROR, "An archive holds one bot.", _bot_duplicate),
    Rule("locale.missing", ERROR, "A bot has a language.", _locale_missing),
    Rule("locale.duplicate", ERROR, "A locale is defined once.", _locale_duplicate),
    Rule("locale.id", ERROR, "A locale's id looks like en_US or es_419.", _locale_id),
    Rule(
        "locale.unverified", WARNING, "A locale is one that Lex is known for.", _locale_unverified
    ),
    Rule("file.unreadable", ERROR, "A file holds what its place asks for.", _shape_kind),
    Rule("file.orphan", ERROR, "A file belongs to an intent or a locale.", _file_orphan),
    Rule("file.unknown", WARNING, "A file is one that Lex reads.", _file_unknown),
)
