"""Rules on sample utterances: their slots, their length, and those that collide."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.phrases import Phrase, phrases_of, plain
from bot.definition.lint.shapes import code_units
from bot.definition.lint.subject import LocalePart, Subject
from bot.definition.model import FREE_FORM

MAX_LENGTH = 500
MAX_PER_INTENT = 1500


def _phrases(subject: Subject) -> Iterator[Phrase]:
    for locale in subject.locales:
        yield from phrases_of(locale)


def _unknown_slot(subject: Subject) -> Iterator[Fault]:
    for phrase in _phrases(subject):
        for name in phrase.slots:
            if phrase.owner.intent.slot(name) is None:
                yield Fault(phrase.at, f"{phrase.owner.intent.name} has no slot {name!r}.")


def _only_freeform(subject: Subject) -> Iterator[Fault]:
    for phrase in _phrases(subject):
        for name in phrase.slots:
            slot = phrase.owner.intent.slot(name)
            if slot is not None and slot.type_name == FREE_FORM:
                yield Fault(phrase.at, f"{name} takes any words, so it can only be asked for.")


def _empty(subject: Subject) -> Iterator[Fault]:
    for phrase in _phrases(subject):
        if not phrase.exact:
            yield Fault(phrase.at, "The utterance is empty.")


def _length(subject: Subject) -> Iterator[Fault]:
    for phrase in _phrases(subject):
        if code_units(phrase.text) > MAX_LENGTH:
            yield Fault(
                phrase.at, f"{code_units(phrase.text)} characters; {MAX_LENGTH} is the most."
            )


def _count(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        count = len(part.intent.utterances)
        if count > MAX_PER_INTENT:
            yield Fault(
                at(part.place, "sampleUtterances"),
                f"{count} utterances; {MAX_PER_INTENT} is the most.",
            )


Pair = tuple[Phrase, Phrase]


def _pairs(locale: LocalePart, form: Callable[[Phrase], str]) -> Iterator[Pair]:
    """Phrases of one form: each with the first that had it."""
    first: dict[str, Phrase] = {}
    for phrase in phrases_of(locale):
        text = form(phrase)
        if not text:
            continue
        if text in first:
            yield first[text], phrase
        else:
            first[text] = phrase


def _same_contexts(one: Phrase, other: Phrase) -> bool:
    return set(one.owner.intent.input_contexts) == set(other.owner.intent.input_contexts)


def _duplicates(subject: Subject) -> Iterator[Pair]:
    for locale in subject.locales:
        for first, phrase in _pairs(locale, lambda phrase: phrase.exact):
            if not _is_respelt(first, phrase):
                yield first, phrase


def _is_respelt(first: Phrase, phrase: Phrase) -> bool:
    """Whether one intent has a phrase in two spellings, which nobody refuses."""
    return first.owner is phrase.owner and first.text.split() != phrase.text.split()


def _duplicate(subject: Subject) -> Iterator[Fault]:
    for first, phrase in _duplicates(subject):
        if _same_contexts(first, phrase):
            yield Fault(phrase.at, f"{phrase.text!r} is {_whose(first, phrase)}.")


def _duplicate_in_context(subject: Subject) -> Iterator[Fault]:
    for first, phrase in _duplicates(subject):
        if not _same_contexts(first, phrase):
            yield Fault(
                phrase.at, f"{phrase.text!r} is {_whose(first, phrase)}; only contexts part them."
            )


def _whose(first: Phrase, phrase: Phrase) -> str:
    if first.owner is phrase.owner:
        return "here twice"
    return f"an utterance of {first.owner.intent.name} too"


def _near(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        for first, phrase in _pairs(locale, lambda phrase: phrase.generalised):
            if first.exact != phrase.exact or _is_respelt(first, phrase):
                owner = "" if first.owner is phrase.owner else f" of {first.owner.intent.name}"
                yield Fault(phrase.at, f"{phrase.text!r} sounds like {first.text!r}{owner}.")


def _bare_slot(subject: Subject) -> Iterator[Fault]:
    for phrase in _phrases(subject):
        if len(phrase.slots) == 1 and plain(phrase.text) == f"{{{phrase.slots[0].casefold()}}}":
            yield Fault(phrase.at, "A slot alone: any value said in another intent may lead here.")


RULES = (
    Rule("utterance.unknown_slot", ERROR, "An utterance names slots of its intent.", _unknown_slot),
    Rule(
        "utterance.duplicate",
        ERROR,
        "An utterance is said once, in one intent of a context.",
        _duplicate,
    ),
    Rule(
        "utterance.duplicate_in_context",
        WARNING,
        "Intents with one utterance do not rely on contexts alone.",
        _duplicate_in_context,
    ),
    Rule(
        "utterance.near",
        WARNING,
        "Utterances differ in more than case, punctuation or which slot of a type they hold.",
        _near,
    ),
    Rule("utterance.bare_slot", WARNING, "An utterance is more than a slot.", _bare_slot),
    Rule("utterance.empty", ERROR, "An utterance has words.", _empty),
    Rule("utterance.length", ERROR, "An utterance has at most 500 characters.", _length),
    Rule("utterance.count", ERROR, "An intent has at most 1,500 utterances.", _count),
    Rule(
        "utterance.only_freeform",
        ERROR,
        "A free-form slot is asked for, not heard in an utterance.",
        _only_freeform,
    ),
)
