"""Rules on composite slots and types: their expression and their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.definition.lint.findings import ERROR, WARNING, Fault, Rule, at
from bot.definition.lint.subject import LocalePart, SlotPart, Subject
from bot.definition.model import Composition

_EXPRESSION_WORD = re.compile(r"[^\s()]+")


def _compositions(subject: Subject) -> Iterator[tuple[LocalePart, SlotPart, Composition]]:
    for locale, _, part in subject.slots:
        if part.slot.composition is not None:
            yield locale, part, part.slot.composition


def _composite_expression(subject: Subject) -> Iterator[Fault]:
    for _, part, composition in _compositions(subject):
        words = set(_EXPRESSION_WORD.findall(composition.expression)) - {"AND", "OR"}
        for name in sorted(words - {sub.name for sub in composition.parts}):
            yield Fault(
                at(part.place, "subSlotSetting", "expression"),
                f"{part.slot.name} has no part {name!r}.",
            )


def _composite_locale(subject: Subject) -> Iterator[Fault]:
    for locale, part, _ in _compositions(subject):
        if locale.locale_id != "en_US":
            yield Fault(at(part.place, "subSlotSetting"), "Composite slots are en_US only.")


def _composite_nested(subject: Subject) -> Iterator[Fault]:
    for locale, part in subject.types:
        for index, (name, type_name) in enumerate(part.type.parts):
            inner = locale.custom_types.get(type_name)
            if inner is not None and inner.parts:
                yield Fault(
                    at(part.place, "compositeSlotTypeSetting", "subSlots", index),
                    f"{name} is composite itself, which a part cannot be.",
                )


RULES = (
    Rule(
        "composite.expression",
        ERROR,
        "A composite slot's expression names its parts.",
        _composite_expression,
    ),
    Rule("composite.nested", ERROR, "A part of a composite type is plain.", _composite_nested),
    Rule("composite.locale", WARNING, "Composite slots are used in en_US.", _composite_locale),
)
