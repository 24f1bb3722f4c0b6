"""Rules on what a locale is made of: its fallback, its built-in intents, and how many of each."""

from __future__ import annotations

from collections.abc import Iterator

from bot.definition.built_ins import ENGLISH_WITH_GRAMMAR, INTENTS
from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.flow_walk import steps_in
from bot.definition.lint.shapes import code_units
from bot.definition.lint.subject import IntentPart, LocalePart, Subject

SLOTS_PER_INTENT = 100
SLOT_UTTERANCES = 10


def _fallbacks(locale: LocalePart) -> list[IntentPart]:
    return [part for part in locale.intents if part.intent.is_fallback]


def _fallback_missing(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        if not _fallbacks(locale):
            yield Fault(
                at(locale.place), "No intent has the parent AMAZON.FallbackIntent; Lex needs one."
            )


def _fallback_multiple(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        for part in _fallbacks(locale)[1:]:
            yield Fault(
                at(part.place, "parentIntentSignature"), "This is a second fallback intent."
            )


def _fallback_content(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        for part in _fallbacks(locale):
            if part.intent.utterances:
                yield Fault(at(part.place, "sampleUtterances"), "The fallback has utterances.")
            for slot in part.slots:
                yield Fault(at(slot.place), "The fallback intent has a slot.")
            if part.intent.confirmation:
                yield Fault(
                    at(part.place, "intentConfirmationSetting"),
                    "The fallback asks to be confirmed.",
                )


def _builtin_content(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        if part.intent.parent and not part.intent.is_fallback:
            for slot in part.slots:
                yield Fault(at(slot.place), f"{part.intent.parent} takes no slots.")


def _parent_unknown(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        parent = part.intent.parent
        if parent and parent not in INTENTS:
            yield Fault(
                at(part.place, "parentIntentSignature"), f"{parent!r} is no built-in intent."
            )


def _locale_empty(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        if not any(not part.intent.is_fallback for part in locale.intents):
            yield Fault(at(locale.place), "The locale has no intent but the fallback.")


def _unreachable(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        started = {
            name for part in locale.intents for step in steps_in(part) if (name := step.starts)
        }
        for part in locale.intents:
            intent = part.intent
            if intent.parent is None and not intent.utterances and intent.name not in started:
                yield Fault(
                    at(part.place, "sampleUtterances"),
                    "No utterance and no step leads here; only a code hook or a client could.",
                )


def _few_utterances(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        count = len(part.intent.utterances)
        if part.intent.parent is None and 0 < count < 3:
            yield Fault(
                at(part.place, "sampleUtterances"),
                f"{count} of at least 3 utterances: the intent will be hard to recognise.",
            )


def _over(part_place: LocalePart, count: int, most: int, what: str) -> Iterator[Fault]:
    if count > most:
        yield Fault(at(part_place.place), f"{count} {what}; {most} is the most.")


def _is_big(locale: LocalePart) -> bool:
    return locale.locale_id in ENGLISH_WITH_GRAMMAR


def _intents_per_locale(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        yield from _over(locale, len(locale.intents), 1000 if _is_big(locale) else 250, "intents")


def _values_per_locale(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        count = sum(1 + len(value.synonyms) for part in locale.types for value in part.type.values)
        yield from _over(locale, count, 50_000, "slot type values and synonyms")


def _locale_quota(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        big = _is_big(locale)
        slots = sum(len(part.slots) for part in locale.intents)
        words = sum(code_units(u) for part in locale.intents for u in part.intent.utterances)
        yield from _over(locale, slots, 4000 if big else 2000, "slots")
        yield from _over(locale, len(locale.types), 250 if big else 100, "slot types")
        yield from _over(locale, words, 2_000_000 if big else 200_000, "characters of utterances")


def _slots_per_intent(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        if len(part.slots) > SLOTS_PER_INTENT:
            yield Fault(at(part.place), f"{len(part.slots)} slots; {SLOTS_PER_INTENT} is the most.")


def _slot_utterances(subject: Subject) -> Iterator[Fault]:
    for _, _, slot in subject.slots:
        if len(slot.slot.utterances) > SLOT_UTTERANCES:
            yield Fault(
                at(slot.place, "valueElicitationSetting", "sampleUtterances"),
                f"{len(slot.slot.utterances)} utterances; {SLOT_UTTERANCES} is the most.",
            )


RULES = (
    Rule("fallback.missing", ERROR, "A locale has a fallback intent.", _fallback_missing),
    Rule("fallback.multiple", ERROR, "A locale has one fallback intent.", _fallback_multiple),
    Rule(
        "fallback.content",
        ERROR,
        "A fallback intent has no utterances, no slots and no confirmation.",
        _fallback_content,
    ),
    Rule("builtin.content", ERROR, "A built-in intent has no slots.", _builtin_content),
    Rule("builtin.unknown", WARNING, "An intent's parent is a built-in intent.", _parent_unknown),
    Rule("locale.empty", ERROR, "A locale has an intent besides the fallback.", _locale_empty),
    Rule("limits.intents", ERROR, "A locale has at most 1,000 intents (250).", _intents_per_locale),
    Rule("limits.slots", ERROR, "An intent has at most 100 slots.", _slots_per_intent),
    Rule("limits.slot_utterances", ERROR, "A slot has at most 10 utterances.", _slot_utterances),
    Rule(
        "limits.values",
        ERROR,
        "A locale has at most 50,000 values and synonyms.",
        _values_per_locale,
    ),
    Rule(
        "limits.locale",
        WARNING,
        "A locale keeps to Lex's quotas of slots, slot types and utterance characters.",
        _locale_quota,
    ),
    Rule("intent.unreachable", WARNING, "Something leads to every intent.", _unreachable),
    Rule("intent.few_utterances", WARNING, "An intent has three utterances.", _few_utterances),
)
