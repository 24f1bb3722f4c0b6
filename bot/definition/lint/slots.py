"""Rules on slots: their type, their question and their turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.definition.built_ins import RENAMED_SLOT_TYPES, SLOT_TYPES, is_built_in, serves
from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.flow_walk import slots_named_in, steps_in
from bot.definition.lint.subject import IntentPart, LocalePart, SlotPart, Subject
from bot.definition.model import FREE_FORM

_SETTING = "valueElicitationSetting"


def _no_type(subject: Subject) -> Iterator[Fault]:
    for _, _, part in subject.slots:
        if not part.slot.type_name and part.slot.composition is None:
            yield Fault(at(part.place, "slotTypeName"), f"{part.slot.name} has no slot type.")


def _types_used(subject: Subject) -> Iterator[tuple[LocalePart, SlotPart, str]]:
    for locale, _, part in subject.slots:
        inner = part.slot.composition.parts if part.slot.composition else ()
        for name in (part.slot.type_name, *(sub.type_name for sub in inner)):
            if name:
                yield locale, part, name


def _unknown_type(subject: Subject) -> Iterator[Fault]:
    for locale, part, name in _types_used(subject):
        if name in RENAMED_SLOT_TYPES:
            now = RENAMED_SLOT_TYPES[name]
            hint = f"it is called {now} now" if now else "Lex V2 has no such type"
            yield Fault(at(part.place, "slotTypeName"), f"{name} is of Lex V1: {hint}.")
        elif not is_built_in(name) and name not in locale.names:
            yield Fault(
                at(part.place, "slotTypeName"), f"{locale.locale_id} has no slot type {name!r}."
            )


def _unverified_type(subject: Subject) -> Iterator[Fault]:
    for _, part, name in _types_used(subject):
        if is_built_in(name) and name not in SLOT_TYPES and name not in RENAMED_SLOT_TYPES:
            yield Fault(
                at(part.place, "slotTypeName"), f"{name} is no built-in slot type known here."
            )


def _type_locale(subject: Subject) -> Iterator[Fault]:
    for locale, part, name in _types_used(subject):
        if not serves(name, locale.locale_id):
            yield Fault(
                at(part.place, "slotTypeName"), f"{name} does not serve {locale.locale_id}."
            )


def _no_prompt(subject: Subject) -> Iterator[Fault]:
    for _, _, part in subject.slots:
        slot = part.slot
        if slot.required and slot.prompt is None and not slot.defaults:
            yield Fault(
                at(part.place, _SETTING, "promptSpecification"),
                f"{slot.name} is required, but nothing asks for it and it has no default.",
            )


def _multi_type(subject: Subject) -> Iterator[Fault]:
    for locale, _, part in subject.slots:
        if not part.slot.multiple:
            continue
        if is_built_in(part.slot.type_name):
            yield Fault(
                at(part.place, "multipleValuesSetting"), "A list is of a slot type of one's own."
            )
        if locale.locale_id != "en_US":
            yield Fault(at(part.place, "multipleValuesSetting"), "Lists of values are en_US only.")


def _priorities(part: IntentPart) -> list[tuple[str, int]]:
    """Slot name and priority of each entry, in the order of the file."""
    listed = part.raw.get("slotPriorities") or []
    return [(str(item["slotName"]), int(item["priority"])) for item in listed]


def _priority_unknown(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        for index, (name, _) in enumerate(_priorities(part)):
            if part.intent.slot(name) is None:
                yield Fault(
                    at(part.place, "slotPriorities", index, "slotName"),
                    f"{part.intent.name} has no slot {name!r}.",
                )


def _priority_missing(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        listed = {name for name, _ in _priorities(part)}
        for slot in part.slots:
            if slot.slot.name not in listed:
                yield Fault(
                    at(part.place, "slotPriorities"),
                    f"{slot.slot.name} has no priority: it is asked for last.",
                )


def _priority_shared(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        uses = Counter(priority for _, priority in _priorities(part))
        for priority, count in uses.items():
            if count > 1:
                yield Fault(
                    at(part.place, "slotPriorities"),
                    f"{count} slots have priority {priority}: their order is left to chance.",
                )


def _utterance_without_slot(subject: Subject) -> Iterator[Fault]:
    for _, _, part in subject.slots:
        for index, utterance in enumerate(part.slot.utterances):
            if part.slot.name not in slots_named_in(utterance):
                yield Fault(
                    at(part.place, _SETTING, "sampleUtterances", index, "utterance"),
                    f"A reply that fills {part.slot.name} has {{{part.slot.name}}} in it.",
                )


def _utterance_unknown_slot(subject: Subject) -> Iterator[Fault]:
    for _, intent, part in subject.slots:
        for index, utterance in enumerate(part.slot.utterances):
            for name in slots_named_in(utterance):
                if intent.intent.slot(name) is None:
                    yield Fault(
                        at(part.place, _SETTING, "sampleUtterances", index, "utterance"),
                        f"{intent.intent.name} has no slot {name!r}.",
                    )


def _freeform(subject: Subject) -> Iterator[Fault]:
    for _, _, part in subject.slots:
        if part.slot.type_name != FREE_FORM:
            continue
        if part.slot.utterances:
            yield Fault(
                at(part.place, _SETTING, "sampleUtterances"),
                f"{part.slot.name} takes any words, so Lex allows it no utterances.",
            )
        if part.slot.wait is not None:
            yield Fault(
                at(part.place, _SETTING, "waitAndContinueSpecification"),
                f"{part.slot.name} takes any words, so it cannot wait for others.",
            )


def _unasked(subject: Subject) -> Iterator[Fault]:
    for _, intent in subject.intents:
        # A hook could ask for any slot.
        if intent.intent.dialog_hook:
            continue
        heard = _heard(intent)
        for part in intent.slots:
            if not part.slot.required and part.slot.name not in heard:
                yield Fault(
                    at(part.place),
                    f"{part.slot.name} is optional, and no utterance, step or default fills it.",
                )


def _heard(intent: IntentPart) -> set[str]:
    names = {name for text in intent.intent.utterances for name in slots_named_in(text)}
    names |= {part.slot.name for part in intent.slots if part.slot.defaults}
    for step in steps_in(intent):
        names |= {*step.sets, *([step.slot] if step.slot else [])}
    return names


def _one_voice(subject: Subject) -> Iterator[Fault]:
    for _, _, part in subject.slots:
        prompt = part.slot.prompt
        if prompt and prompt.max_retries and all(len(g.choices) == 1 for g in prompt.groups):
            yield Fault(
                at(part.place, _SETTING, "promptSpecification"),
                f"{part.slot.name} is asked {prompt.max_retries + 1} times in the same words.",
            )


RULES = (
    Rule("slot.no_type", ERROR, "A slot has a slot type.", _no_type),
    Rule("slot.unknown_type", ERROR, "A slot's type is in the locale or built in.", _unknown_type),
    Rule("slot.unverified_type", WARNING, "A built-in slot type is a known one.", _unverified_type),
    Rule("slot.type_locale", WARNING, "A built-in slot type serves the locale.", _type_locale),
    Rule("slot.no_prompt", ERROR, "A required slot has a prompt or a default.", _no_prompt),
    Rule(
        "slot.freeform",
        ERROR,
        "A free-form slot has no utterances and does not wait.",
        _freeform,
    ),
    Rule("slot.multi_type", ERROR, "A list is of one's own type, in en_US.", _multi_type),
    Rule(
        "slot.utterance_unknown_slot",
        ERROR,
        "A slot's utterances name slots of its intent.",
        _utterance_unknown_slot,
    ),
    Rule(
        "slot.utterance_without_slot",
        WARNING,
        "A slot's utterances hold the slot itself.",
        _utterance_without_slot,
    ),
    Rule(
        "priority.unknown", ERROR, "A priority is given to a slot of the intent.", _priority_unknown
    ),
    Rule("priority.missing", WARNING, "A slot has a priority.", _priority_missing),
    Rule("priority.shared", WARNING, "Slots differ in priority.", _priority_shared),
    Rule("slot.unasked", WARNING, "Something can fill an optional slot.", _unasked),
    Rule("slot.one_voice", WARNING, "A prompt that is repeated has variations.", _one_voice),
)
