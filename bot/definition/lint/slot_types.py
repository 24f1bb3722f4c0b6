"""Rules on slot types: their values, their patterns, and who uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.shapes import code_units
from bot.definition.lint.subject import Subject, TypePart

MAX_VALUES = 10_000
MAX_VALUE, MODEL_VALUE = 500, 140
MAX_REGEX_VALUE = 30
_PATTERN = ("valueSelectionSetting", "regexFilter", "pattern")
_EXTENDABLE = "AMAZON.AlphaNumeric"


def _empty(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.types:
        kind = part.type
        if not (kind.values or kind.parent or kind.parts or part.raw.get("externalSourceSetting")):
            yield Fault(at(part.place, "slotTypeValues"), f"{kind.name} has no values.")


def _parent(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.types:
        if part.type.parent not in (None, _EXTENDABLE):
            yield Fault(
                at(part.place, "parentSlotTypeSignature"),
                f"Only {_EXTENDABLE} can be extended, not {part.type.parent}.",
            )


def _duplicate_value(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.types:
        seen: set[str] = set()
        for index, value in enumerate(part.type.values):
            if value.value in seen:
                yield Fault(
                    at(part.place, "slotTypeValues", index), f"{value.value!r} is a value twice."
                )
            seen.add(value.value)


def _synonym_clash(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.types:
        owner: dict[str, str] = {value.value.casefold(): value.value for value in part.type.values}
        for index, value in enumerate(part.type.values):
            for number, synonym in enumerate(value.synonyms):
                first = owner.setdefault(synonym.casefold(), value.value)
                if first.casefold() != value.value.casefold():
                    yield Fault(
                        at(part.place, "slotTypeValues", index, "synonyms", number),
                        f"{synonym!r} means {first!r} already.",
                    )


def _value_length(subject: Subject, least: int, most: int | None) -> Iterator[Fault]:
    for _, part in subject.types:
        for index, value in enumerate(part.type.values):
            for word in (value.value, *value.synonyms):
                size = code_units(word)
                if size > least and (most is None or size <= most):
                    yield Fault(
                        at(part.place, "slotTypeValues", index),
                        f"A value of {size} characters; {least} is the most.",
                    )


def _long_value(subject: Subject) -> Iterator[Fault]:
    return _value_length(subject, MODEL_VALUE, MAX_VALUE)


def _too_long_value(subject: Subject) -> Iterator[Fault]:
    return _value_length(subject, MAX_VALUE, None)


def _too_many_values(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.types:
        count = sum(1 + len(value.synonyms) for value in part.type.values)
        if count > MAX_VALUES:
            yield Fault(
                at(part.place, "slotTypeValues"),
                f"{count} values and synonyms; {MAX_VALUES:,} is the most.",
            )


def _patterns(subject: Subject) -> Iterator[tuple[TypePart, str]]:
    for _, part in subject.types:
        if part.type.pattern:
            yield part, part.type.pattern


def _regex_invalid(subject: Subject) -> Iterator[Fault]:
    for part, pattern in _patterns(subject):
        try:
            re.compile(pattern)
        except re.error as fault:
            yield Fault(at(part.place, *_PATTERN), f"{pattern!r} is no pattern: {fault}.")


def _regex_forbidden(subject: Subject) -> Iterator[Fault]:
    for part, pattern in _patterns(subject):
        outside = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", pattern)
        used = [sign for sign in ("*", "+", ".") if sign in outside]
        used += re.findall(r"\{\d+,\}", outside)
        if used:
            yield Fault(
                at(part.place, *_PATTERN), f"Lex does not take {' or '.join(used)} in a pattern."
            )


def _regex_parent(subject: Subject) -> Iterator[Fault]:
    for part, _ in _patterns(subject):
        if part.type.parent != _EXTENDABLE:
            yield Fault(
                at(part.place, *_PATTERN), f"A pattern is for a type that extends {_EXTENDABLE}."
            )


def _regex_value(subject: Subject) -> Iterator[Fault]:
    for part, _ in _patterns(subject):
        for index, value in enumerate(part.type.values):
            if code_units(value.value) > MAX_REGEX_VALUE:
                yield Fault(
                    at(part.place, "slotTypeValues", index),
                    f"A value beside a pattern has at most {MAX_REGEX_VALUE} characters.",
                )


def _unused(subject: Subject) -> Iterator[Fault]:
    for locale in subject.locales:
        used = {inner for part in locale.types for _, inner in part.type.parts}
        for intent in locale.intents:
            for slot in intent.slots:
                parts = slot.slot.composition.parts if slot.slot.composition else ()
                used |= {slot.slot.type_name, *(sub.type_name for sub in parts)}
        for part in locale.types:
            if part.type.name not in used:
                yield Fault(at(part.place), f"No slot is of the type {part.type.name}.")


RULES = (
    Rule("type.empty", ERROR, "A slot type has values, a parent, a grammar or parts.", _empty),
    Rule("type.parent", ERROR, "A slot type extends AMAZON.AlphaNumeric or nothing.", _parent),
    Rule("type.duplicate_value", WARNING, "A value is listed once.", _duplicate_value),
    Rule("type.synonym_clash", WARNING, "A synonym belongs to one value.", _synonym_clash),
    Rule("type.long_value", WARNING, "A value has at most 140 characters.", _long_value),
    Rule("limits.value_length", ERROR, "A value has at most 500 characters.", _too_long_value),
    Rule(
        "limits.type_values",
        ERROR,
        "A slot type has at most 10,000 values and synonyms.",
        _too_many_values,
    ),
    Rule("regex.invalid", ERROR, "A slot type's pattern can be compiled.", _regex_invalid),
    Rule("regex.forbidden", ERROR, "A pattern has no *, +, {n,} or dot.", _regex_forbidden),
    Rule("regex.parent", ERROR, "A pattern is on an extension of AlphaNumeric.", _regex_parent),
    Rule("regex.value", WARNING, "A value beside a pattern is short.", _regex_value),
    Rule("type.unused", WARNING, "A slot is of every slot type.", _unused),
)
