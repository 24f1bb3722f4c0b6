"""A customer without a plan: says what a person might say next, and often something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bot.conversation.reply import Reply
from bot.definition.model import BotLocale
from tests.fuzz.words import Words

_SLOT = re.compile(r"\{(\w+)\}")
_NOISE = [
    "", " ", "🦄🦄", "flurble gargle", "{{7*7}}", "<b>x</b>", "'; DROP TABLE accounts; --", "12",
    "ＦＵＬＬ ＷＩＤＴＨ １２", "\u202egnp.exe", "a" * 300, "9" * 60, "null", "%s%n", "¿qué?",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What the walker says, and why: `leaving` and `calling` test a way out."""

    text: str
    why: str


class Walker:
    """Draws the next sentence from the last answer; the same `rng` walks the same way."""

    def __init__(self, locale: BotLocale, words: Words, rng: Random) -> None:
        self._rng = rng
        self._words = words
        self._samples = [
            utterance for intent in locale.intents.values() for utterance in intent.utterances
        ]

    def next(self, last: Reply | None) -> Said:
        """One more sentence."""
        draw = self._rng.random()
        asked = last.dialog.slot_to_elicit if last and last.dialog else None
        action = last.dialog.action if last and last.dialog else None
        if draw < 0.03:
            return Said(self._words.calling, "calling")
        if draw < 0.07:
            return Said(self._words.leaving, "leaving")
        if draw < 0.14:
            return Said(self._pick(_NOISE), "noise")
        if draw < 0.27:
            return Said(self._pick(self._words.asides), "aside")
        if last and last.buttons and draw < 0.45:
            return Said(self._pick([button.value for button in last.buttons]), "button")
        if asked and draw < 0.85:
            return Said(self._answer(asked), "answer")
        if action == "ConfirmIntent" and draw < 0.85:
            return Said(self._pick(self._words.answers[:4]), "confirmation")
        return Said(_SLOT.sub(self._value, self._pick(self._samples)), "sample")

    def _value(self, slot: re.Match[str]) -> str:
        return self._answer(slot[1])

    def _answer(self, slot: str) -> str:
        return self._pick(self._words.values.get(slot, self._words.answers))

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[self._rng.randrange(len(choices))]
