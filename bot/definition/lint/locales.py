"""Rules on bots of several languages: no intent, slot or question is in one and not in another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

from bot.definition.lint.findings import WARNING, Fault, Rule, at
from bot.definition.lint.flow_walk import Keys, texts_in
from bot.definition.lint.subject import IntentPart, LocalePart, SlotPart, Subject

MIN_WORDS = 3
"""Shorter messages may well be the same in two languages."""


def _pairs(subject: Subject) -> Iterator[tuple[LocalePart, LocalePart]]:
    return permutations(subject.locales, 2)


def _named(locale: LocalePart) -> dict[str, IntentPart]:
    return {part.intent.name: part for part in locale.intents}


def _intent_missing(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        for name, owner in _elsewhere(subject, locale, lambda other: list(_named(other))):
            yield Fault(at(locale.place), f"{owner} has an intent {name} that is missing here.")


def _type_missing(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        for name, owner in _elsewhere(subject, locale, lambda other: list(other.custom_types)):
            yield Fault(at(locale.place), f"{owner} has a slot type {name} that is missing here.")


def _elsewhere(
    subject: Subject, locale: LocalePart, names: Callable[[LocalePart], list[str]]
) -> Iterator[tuple[str, str]]:
    """What other locales have and this one lacks, each once, with the first that has it."""
    seen = set(names(locale))
    for other in subject.locales:
        for name in names(other):
            if name not in seen:
                seen.add(name)
                yield name, other.locale_id


def _intents_in_both(subject: Subject) -> Iterator[tuple[LocalePart, IntentPart, IntentPart]]:
    for here, there in _pairs(subject):
        theirs = _named(there)
        for part in here.intents:
            if part.intent.name in theirs:
                yield there, part, theirs[part.intent.name]


def _slots_in_both(subject: Subject) -> Iterator[tuple[LocalePart, SlotPart, SlotPart]]:
    for there, part, twin in _intents_in_both(subject):
        theirs = {slot.slot.name: slot for slot in twin.slots}
        for slot in part.slots:
            if slot.slot.name in theirs:
                yield there, slot, theirs[slot.slot.name]


def _slot_missing(subject: Subject) -> Iterator[Fault]:
    for there, part, twin in _intents_in_both(subject):
        for name in sorted({s.slot.name for s in twin.slots} - {s.slot.name for s in part.slots}):
            yield Fault(
                at(part.place), f"{there.locale_id} has a slot {name} that is missing here."
            )


def _prompt_missing(subject: Subject) -> Iterator[Fault]:
    for there, slot, twin in _slots_in_both(subject):
        if slot.slot.prompt is None and twin.slot.prompt is not None:
            yield Fault(
                at(slot.place, "valueElicitationSetting", "promptSpecification"),
                f"{there.locale_id} asks for {slot.slot.name}; this locale does not.",
            )


def _utterances_missing(subject: Subject) -> Iterator[Fault]:
    for there, part, twin in _intents_in_both(subject):
        if not part.intent.utterances and twin.intent.utterances:
            yield Fault(
                at(part.place, "sampleUtterances"), f"{there.locale_id} has utterances for it."
            )


def _differs(subject: Subject) -> Iterator[Fault]:
    # Each pair is told once, in the locale that comes later.
    order = {locale.locale_id: index for index, locale in enumerate(subject.locales)}
    for there, part, twin in _intents_in_both(subject):
        if order[there.locale_id] < _index_of(subject, part):
            for what in _intent_differences(part, twin):
                yield Fault(at(part.place), f"{what} is not as in {there.locale_id}.")
    for there, slot, other in _slots_in_both(subject):
        if order[there.locale_id] < _index_of(subject, slot):
            for what in _slot_differences(slot, other):
                yield Fault(at(slot.place), f"{what} is not as in {there.locale_id}.")


def _index_of(subject: Subject, part: IntentPart | SlotPart) -> int:
    return next(
        index
        for index, locale in enumerate(subject.locales)
        if part.place.is_relative_to(locale.place.parent)
    )


def _intent_differences(part: IntentPart, twin: IntentPart) -> Iterator[str]:
    one, other = part.intent, twin.intent
    if one.parent != other.parent:
        yield "Its parent"
    if (one.dialog_hook, one.fulfillment_hook) != (other.dialog_hook, other.fulfillment_hook):
        yield "Which code hooks are on"
    if (one.confirmation is None) != (other.confirmation is None):
        yield "Whether it asks to be confirmed"
    if set(one.input_contexts) != set(other.input_contexts):
        yield "What it waits for (input contexts)"


def _slot_differences(part: SlotPart, twin: SlotPart) -> Iterator[str]:
    one, other = part.slot, twin.slot
    if one.type_name != other.type_name:
        yield "Its slot type"
    if one.required != other.required:
        yield "Whether it is required"
    if one.obfuscated != other.obfuscated:
        yield "Whether it is hidden in logs"
    if one.multiple != other.multiple:
        yield "Whether it takes several values"


def _untranslated(subject: Subject) -> Iterator[Fault]:
    for here, there in _pairs(subject):
        if here.language == there.language or subject.locales.index(here) < subject.locales.index(
            there
        ):
            continue
        theirs = _named(there)
        for part in here.intents:
            twin = theirs.get(part.intent.name)
            said = _texts(twin) if twin else {}
            for node, text in texts_in(part):
                if (
                    len(text.split()) >= MIN_WORDS
                    and said.get((_short(node.place), node.keys)) == text
                ):
                    yield Fault(
                        at(node.place, *node.keys, "value"),
                        f"The message is the one of {there.locale_id}, word for word.",
                    )


def _texts(part: IntentPart) -> dict[tuple[str, Keys], str]:
    return {(_short(node.place), node.keys): text for node, text in texts_in(part)}


def _short(place: object) -> str:
    # The path below the locale is the same in every language.
    return str(place).partition("/Intents/")[2]


RULES = (
    Rule("locale.intent_missing", WARNING, "Every locale has every intent.", _intent_missing),
    Rule("locale.slot_missing", WARNING, "An intent has its slots in every locale.", _slot_missing),
    Rule("locale.type_missing", WARNING, "Every locale has every slot type.", _type_missing),
    Rule("locale.prompt_missing", WARNING, "A slot is asked for in every locale.", _prompt_missing),
    Rule(
        "locale.utterances_missing",
        WARNING,
        "An intent has utterances in every locale.",
        _utterances_missing,
    ),
    Rule("locale.differs", WARNING, "Intents and slots work alike in every locale.", _differs),
    Rule("locale.untranslated", WARNING, "Messages are in the locale's language.", _untranslated),
)
