"""Rules on the dialog's way: steps, conditions, messages and code hooks that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from bot.definition.lint.condition_references import ConditionError, slots_in_condition
from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.flow_walk import (
    Step,
    conditions_in,
    nodes_in,
    slots_named_in,
    steps_in,
    texts_in,
)
from bot.definition.lint.subject import IntentPart, LocalePart, Subject


def _steps(subject: Subject) -> Iterator[tuple[LocalePart, IntentPart, Step]]:
    for locale, part in subject.intents:
        for step in steps_in(part):
            yield locale, part, step


def _intent_at(locale: LocalePart, part: IntentPart, name: str | None) -> IntentPart | None:
    if name is None:
        return part
    return next((other for other in locale.intents if other.intent.name == name), None)


def _step_unknown_intent(subject: Subject) -> Iterator[Fault]:
    for locale, _, step in _steps(subject):
        if step.starts and step.starts not in locale.names:
            yield Fault(
                at(step.node.place, *step.node.keys, "intent", "name"),
                f"{locale.locale_id} has no intent {step.starts!r}.",
            )


def _step_unknown_slot(subject: Subject) -> Iterator[Fault]:
    for locale, part, step in _steps(subject):
        target = _intent_at(locale, part, step.starts)
        if target is None:
            continue
        action = at(step.node.place, *step.node.keys, "dialogAction", "slotToElicit")
        if step.action == "ElicitSlot" and step.slot is None:
            yield Fault(action, "An ElicitSlot step names no slot.")
        elif step.slot and target.intent.slot(step.slot) is None:
            yield Fault(action, f"{target.intent.name} has no slot {step.slot!r}.")
        for name in step.sets:
            if target.intent.slot(name) is None:
                yield Fault(
                    at(step.node.place, *step.node.keys, "intent", "slots", name),
                    f"{target.intent.name} has no slot {name!r} to set.",
                )


def _step_no_intent(subject: Subject) -> Iterator[Fault]:
    for _, _, step in _steps(subject):
        if step.action == "StartIntent" and step.starts is None:
            yield Fault(
                at(step.node.place, *step.node.keys, "intent"),
                "A StartIntent step names no intent: the dialog ends here.",
            )


def _condition_syntax(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        for node, expression in conditions_in(part):
            try:
                slots_in_condition(expression)
            except ConditionError as fault:
                yield Fault(
                    at(node.place, *node.keys, "expressionString"), f"{expression!r}: {fault}."
                )


def _condition_unknown_slot(subject: Subject) -> Iterator[Fault]:
    for locale, part in subject.intents:
        anywhere = {slot.slot.name for other in locale.intents for slot in other.slots}
        for node, expression in conditions_in(part):
            try:
                named = slots_in_condition(expression)
            except ConditionError:
                continue
            for name in named:
                first = name.partition(".")[0]
                if not (first in anywhere or _is_known(locale, part, name)):
                    yield Fault(
                        at(node.place, *node.keys, "expressionString"),
                        f"No intent of {locale.locale_id} has a slot {name!r}.",
                    )


def _is_known(locale: LocalePart, part: IntentPart, name: str) -> bool:
    """Whether `Slot`, `Slot.Part` or `Intent.Slot` names a slot."""
    first, _, rest = name.partition(".")
    if part.intent.slot(first) is not None:
        return True
    other = _intent_at(locale, part, first) if rest else None
    return other is not None and other.intent.slot(rest.partition(".")[0]) is not None


def _message_unknown_slot(subject: Subject) -> Iterator[Fault]:
    for locale, part in subject.intents:
        for node, text in texts_in(part):
            for name in slots_named_in(text):
                if not _is_known(locale, part, name):
                    yield Fault(
                        at(node.place, *node.keys, "value"),
                        f"{part.intent.name} has no slot {name!r}: the braces stay.",
                    )


def _hook_switched_off(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        if part.intent.dialog_hook:
            continue
        node = next((n for n in nodes_in(part) if n.raw.get("enableCodeHookInvocation")), None)
        if node is not None:
            yield Fault(
                at(node.place, *node.keys, "enableCodeHookInvocation"),
                f"dialogCodeHook of {part.intent.name} is off, so no code hook here is called.",
            )


def _fallback_silent(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        intent = part.intent
        if intent.is_fallback and not (intent.dialog_hook or intent.fulfillment_hook):
            speaks = any(True for _ in texts_in(part)) or any(
                step.starts for step in steps_in(part)
            )
            if not speaks:
                yield Fault(at(part.place), "Whoever is not understood gets no answer at all.")


def _no_declination(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        setting = part.intent.confirmation
        if setting and not (setting.declination or setting.code_hook or part.intent.dialog_hook):
            yield Fault(
                at(part.place, "intentConfirmationSetting", "declinationResponse"),
                "A customer who says no gets no answer.",
            )


RULES = (
    Rule(
        "step.unknown_intent",
        ERROR,
        "A step goes to an intent of the locale.",
        _step_unknown_intent,
    ),
    Rule(
        "step.unknown_slot", ERROR, "A step asks for and sets slots that exist.", _step_unknown_slot
    ),
    Rule("step.no_intent", WARNING, "A StartIntent step names its intent.", _step_no_intent),
    Rule("condition.syntax", ERROR, "A condition can be parsed.", _condition_syntax),
    Rule(
        "condition.unknown_slot",
        ERROR,
        "A condition asks about slots that exist.",
        _condition_unknown_slot,
    ),
    Rule(
        "message.unknown_slot",
        WARNING,
        "A message repeats slots that exist.",
        _message_unknown_slot,
    ),
    Rule(
        "hook.switched_off", WARNING, "A code hook in a dialog can be called.", _hook_switched_off
    ),
    Rule("fallback.silent", WARNING, "The fallback intent answers.", _fallback_silent),
    Rule("confirmation.no_declination", WARNING, "A no is answered.", _no_declination),
)
