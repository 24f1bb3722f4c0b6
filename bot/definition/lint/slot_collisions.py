"""Rules on utterances that collide once their slots are filled with values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bot.definition.lint.findings import WARNING, Fault, Rule
from bot.definition.lint.phrases import Phrase, phrases_of, plain
from bot.definition.lint.subject import LocalePart, Subject

MAX_EXPANSIONS = 200_000
"""Utterances with a slot filled in that are compared, at most, in one locale."""


def _value_twin(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        said = {plain(p.text): p for p in phrases_of(locale) if not p.slots}
        left = MAX_EXPANSIONS
        for phrase in phrases_of(locale):
            for filled, value in _filled(locale, phrase):
                left -= 1
                twin = said.get(filled)
                if twin is not None and twin.owner is not phrase.owner:
                    yield Fault(
                        twin.at,
                        f"{twin.text!r} is also {phrase.text!r} of {phrase.owner.intent.name}, "
                        f"with {value!r} in it.",
                    )
            if left < 0:
                break


def _filled(locale: LocalePart, phrase: Phrase) -> Iterator[tuple[str, str]]:
    """The utterance with each value of its one slot, where that is of the bot's own type."""
    if len(phrase.slots) != 1:
        return
    slot = phrase.owner.intent.slot(phrase.slots[0])
    type_ = locale.custom_types.get(slot.type_name) if slot else None
    for value in type_.values if type_ else ():
        for word in (value.value, *value.synonyms):
            yield plain(phrase.text.replace(f"{{{phrase.slots[0]}}}", word)), word


def _value_overlap(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        values = {name: _words(locale, name) for name in locale.custom_types}
        frames: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases_of(locale):
            if phrase.slots:
                yield from _overlaps(phrase, frames[phrase.frame], values)
                frames[phrase.frame].append(phrase)


def _overlaps(
    phrase: Phrase, others: list[Phrase], values: dict[str, frozenset[str]]
) -> Iterator[Fault]:
    for other in others:
        if other.owner is phrase.owner or other.slot_types == phrase.slot_types:
            continue
        shared = [
            _shared(one, another, values)
            for one, another in zip(phrase.slot_types, other.slot_types, strict=True)
        ]
        if None not in shared:
            word = next(word for word in shared if word)
            yield Fault(
                phrase.at,
                f"{phrase.text!r} is {other.text!r} of {other.owner.intent.name}"
                f" when the word is {word!r}.",
            )
            return


def _shared(one: str, other: str, values: dict[str, frozenset[str]]) -> str | None:
    """A word that both types hold; empty for one and the same type; None where there is none."""
    if one == other:
        return ""
    return min(values.get(one, frozenset()) & values.get(other, frozenset()), default=None)


def _words(locale: LocalePart, type_name: str) -> frozenset[str]:
    return frozenset(
        plain(word)
        for value in locale.custom_types[type_name].values
        for word in (value.value, *value.synonyms)
    )


RULES = (
    Rule(
        "utterance.value_twin",
        WARNING,
        "No utterance is another intent's with a slot value in it.",
        _value_twin,
    ),
    Rule(
        "utterance.value_overlap",
        WARNING,
        "Utterances of two intents that differ only in slot types share no slot value.",
        _value_overlap,
    ),
)
