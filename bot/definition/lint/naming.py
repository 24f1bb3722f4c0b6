"""Rules on names: their pattern, who else has them, and the folders that repeat them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from bot.definition.built_ins import INTENTS
from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.subject import Subject

# Lex compares without case.
_INTENTS = {name.removeprefix("AMAZON.").casefold() for name in INTENTS}
_TYPES = {"Confirmation"}
"""Reserved since August 2023; other types may be called like built-in ones without `AMAZON.`."""

Named = tuple[PurePosixPath, str]


def _builtin(subject: Subject) -> Iterator[Fault]:
    for _, intent in subject.intents:
        if intent.intent.parent is None and intent.intent.name.casefold() in _INTENTS:
            yield _taken(intent.place, intent.intent.name)
    for _, part in subject.types:
        if part.type.name in _TYPES:
            yield _taken(part.place, part.type.name)


def _taken(place: PurePosixPath, name: str) -> Fault:
    return Fault(at(place, "name"), f"{name!r} is the name of something built in.")


def _folder(subject: Subject) -> Iterator[Fault]:
    for place, name in _everything(subject):
        if place.parent.name != name:
            yield Fault(
                at(place, "name"),
                f"It is called {name!r} in a folder called {place.parent.name!r}.",
            )


def _everything(subject: Subject) -> Iterator[Named]:
    for place, raw in subject.bots:
        if raw.get("name"):
            yield place, str(raw["name"])
    for scope in (_intents(subject), _slots(subject), _types(subject)):
        for group in scope:
            yield from group


def _intents(subject: Subject) -> Iterator[list[Named]]:
    for locale in subject.locales:
        yield [(part.place, part.intent.name) for part in locale.intents]


def _slots(subject: Subject) -> Iterator[list[Named]]:
    for _, intent in subject.intents:
        yield [(part.place, part.slot.name) for part in intent.slots]


def _types(subject: Subject) -> Iterator[list[Named]]:
    for locale in subject.locales:
        yield [(part.place, part.type.name) for part in locale.types]


def _duplicates(groups: Iterable[list[Named]], scope: str) -> Iterator[Fault]:
    for group in groups:
        first: dict[str, PurePosixPath] = {}
        for place, name in group:
            if name in first:
                yield Fault(
                    at(place, "name"), f"{name!r} is in {first[name]} too; {scope} has it once."
                )
            first.setdefault(name, place)


def _intent_duplicate(subject: Subject) -> Iterator[Fault]:
    return _duplicates(_intents(subject), "a locale")


def _slot_duplicate(subject: Subject) -> Iterator[Fault]:
    return _duplicates(_slots(subject), "an intent")


def _type_duplicate(subject: Subject) -> Iterator[Fault]:
    return _duplicates(_types(subject), "a locale")


def _case_twin(subject: Subject) -> Iterator[Fault]:
    for groups in (_intents(subject), _slots(subject), _types(subject)):
        for group in groups:
            spelt: dict[str, str] = {}
            for place, name in group:
                twin = spelt.setdefault(name.casefold(), name)
                if twin != name:
                    yield Fault(at(place, "name"), f"{name!r} differs from {twin!r} by case only.")


RULES = (
    Rule(
        "name.builtin",
        ERROR,
        "An intent or a slot type of one's own is not named like a built-in one.",
        _builtin,
    ),
    Rule(
        "intent.duplicate", ERROR, "An intent's name is its own in the locale.", _intent_duplicate
    ),
    Rule("slot.duplicate", ERROR, "A slot's name is its own in the intent.", _slot_duplicate),
    Rule("type.duplicate", ERROR, "A slot type's name is its own in the locale.", _type_duplicate),
    Rule("name.case_twin", WARNING, "Names differ by more than case.", _case_twin),
    Rule("name.folder", WARNING, "A folder is called like what it holds.", _folder),
)
