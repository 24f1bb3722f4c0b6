"""Rules on contexts: somebody sets what is waited for, and somebody waits for what is set."""

from __future__ import annotations

from collections.abc import Iterator

from bot.definition.lint.condition_references import ConditionError, contexts_in_condition
from bot.definition.lint.findings import WARNING, Fault, Rule, at
from bot.definition.lint.flow_walk import conditions_in
from bot.definition.lint.subject import LocalePart, SlotPart, Subject

_DEFAULTS = ("valueElicitationSetting", "defaultValueSpecification", "defaultValueList")


def _set_in(locale: LocalePart) -> set[str]:
    return {context.name for part in locale.intents for context in part.intent.output_contexts}


def _unknown(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        known = _set_in(locale)
        for part in locale.intents:
            for index, name in enumerate(part.intent.input_contexts):
                if name not in known:
                    yield Fault(
                        at(part.place, "inputContexts", index, "name"),
                        f"No intent sets {name!r}; only a code hook or a client could.",
                    )


def _unused(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        used = _used_in(locale)
        for part in locale.intents:
            for index, context in enumerate(part.intent.output_contexts):
                if context.name not in used:
                    yield Fault(
                        at(part.place, "outputContexts", index, "name"),
                        f"No intent, default or condition looks at {context.name!r}.",
                    )


def _used_in(locale: LocalePart) -> set[str]:
    used = {name for part in locale.intents for name in part.intent.input_contexts}
    for part in locale.intents:
        used |= {name for slot in part.slots for _, name in _default_contexts(slot)}
        for _, expression in conditions_in(part):
            try:
                used |= set(contexts_in_condition(expression))
            except ConditionError:
                continue
    return used


def _default_contexts(part: SlotPart) -> Iterator[tuple[int, str]]:
    for index, default in enumerate(part.slot.defaults):
        if default.startswith("#"):
            yield index, default[1:].partition(".")[0]


def _default_unknown(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        known = _set_in(locale)
        for intent in locale.intents:
            for slot in intent.slots:
                for index, name in _default_contexts(slot):
                    if name not in known:
                        yield Fault(
                            at(slot.place, *_DEFAULTS, index, "defaultValue"),
                            f"No intent sets {name!r}, so the default is never there.",
                        )


def _own(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        for index, name in enumerate(part.intent.input_contexts):
            own = {context.name for context in part.intent.output_contexts}
            others = [
                other
                for locale in subject.locales
                if part in locale.intents
                for other in locale.intents
                if other is not part
                and name in {context.name for context in other.intent.output_contexts}
            ]
            if name in own and not others:
                yield Fault(
                    at(part.place, "inputContexts", index, "name"),
                    f"Only this intent sets {name!r}, which it waits for itself.",
                )


RULES = (
    Rule(
        "context.unknown", WARNING, "An intent sets the context that another waits for.", _unknown
    ),
    Rule("context.unused", WARNING, "A context that is set is looked at.", _unused),
    Rule("context.own", WARNING, "An intent does not wait for a context of its own.", _own),
    Rule(
        "default.unknown_context",
        WARNING,
        "A default is of a context that is set.",
        _default_unknown,
    ),
)
