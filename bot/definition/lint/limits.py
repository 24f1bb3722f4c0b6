"""Rules on kinds and limits that the API's own model states, for every file of an export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, cast

from botocore.model import StructureShape

from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.shapes import (
    Violation,
    known_keys,
    member_violations,
    unknown_key,
    violations,
)
from bot.definition.lint.subject import Subject
from bot.definition.service_model import input_shape, service_model
from bot.definition.vocabulary import listed_items

_OPERATIONS = {
    "Bot.json": "CreateBot",
    "BotLocale.json": "CreateBotLocale",
    "Intent.json": "UpdateIntent",
    "Slot.json": "CreateSlot",
    "SlotType.json": "CreateSlotType",
}
_GIVEN = {
    "botId", "botVersion", "localeId", "roleArn", "intentId", "slotPriorities", "botTags",
    "testBotAliasTags",
}  # fmt: skip
"""What the caller of an operation adds; an export has none of it, or says it by name."""

_FILE_ONLY = {
    "name", "identifier", "version", "slotPriorities", "slotConstraint",
    "bedrockAgentIntentConfiguration",
}  # fmt: skip


def _file(name: str, raw: Mapping[str, Any]) -> Iterator[Violation]:
    shape = cast("StructureShape", input_shape(_OPERATIONS[name]))
    members = [member for member in shape.members if member not in _GIVEN]
    yield from member_violations(shape, raw, (), members)
    known = known_keys(shape) | _FILE_ONLY
    yield from (unknown_key((), key) for key in raw if key not in known)
    if name == "Intent.json" and isinstance(raw.get("slotPriorities"), list):
        yield from _priorities(raw["slotPriorities"])


def _priorities(listed: list[Any]) -> Iterator[Violation]:
    shape = cast("StructureShape", service_model().shape_for("SlotPriority"))
    for index, item in enumerate(listed):
        if isinstance(item, Mapping):
            yield from member_violations(shape, item, ("slotPriorities", index), ["priority"])


def _vocabulary(raw: Mapping[str, Any]) -> Iterator[Violation]:
    shape = service_model().shape_for("NewCustomVocabularyItem")
    key = next((key for key in raw if raw[key] is listed_items(raw)), "")
    for index, item in enumerate(listed_items(raw)):
        yield from violations(shape, item, (key, index))


@lru_cache(maxsize=2)
def _broken(subject: Subject) -> tuple[tuple[PurePosixPath, Violation], ...]:
    found: list[tuple[PurePosixPath, Violation]] = []
    for place, content in subject.files.items():
        if place.name in _OPERATIONS:
            found += [(place, violation) for violation in _file(place.name, content)]
    for locale in subject.locales:
        for place, raw in locale.vocabulary:
            found += [(place, violation) for violation in _vocabulary(raw)]
    return tuple(found)


def _of(kind: str) -> Callable[[Subject], Iterator[Fault]]:
    def check(subject: Subject) -> Iterator[Fault]:
        for place, violation in _broken(subject):
            if violation.kind == kind:
                yield Fault(at(place, *violation.keys), violation.message)

    return check


def _rule(code: str, severity: str, says: str) -> Rule:
    return Rule(code, severity, says, _of(code))


RULES = (
    _rule("name.pattern", ERROR, "A name is letters and digits, with single _ or - between them."),
    _rule("shape.kind", ERROR, "A value is of the kind that Lex reads there."),
    _rule("shape.missing", ERROR, "An object has the keys that it needs."),
    _rule("shape.enum", ERROR, "A word is one of those that Lex knows there."),
    _rule(
        "key.unknown", WARNING, "A key is one that Lex knows: it drops others, and typing errors."
    ),
    _rule("limits.length", ERROR, "A text is as long as Lex allows."),
    _rule("limits.range", ERROR, "A number is within Lex's limits."),
    _rule("limits.count", ERROR, "A list has no more entries than Lex takes."),
    _rule("limits.pattern", ERROR, "An address, a key or an id has Lex's form."),
    _rule("message.empty", ERROR, "A message has words or a card."),
    _rule("message.several", ERROR, "A message is of one kind."),
    _rule("message.none", ERROR, "A response or a prompt has a message."),
)
