"""A customer without a plan: says what a person might say next, and often something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bot.conversation.reply import Reply
from bot.definition.model import BotLocale

_SLOT = re.compile(r"\{(\w+)\}")
VALUES = {
    "amount": [
        "20",
        "$15.50",
        "fifty",
        "half of it",
        "1.5k",
        "0",
        "-5",
        "1,50",
        "all of it",
        "€20",
    ],
    "payee": ["anna", "Marcus Bell", "bob", "her", "the second one", "Ann@"],
    "sourceAccount": ["checking", "savings", "visa", "my account", "the other one"],
    "destinationAccount": ["savings", "checking", "everyday", "vacation"],
    "account": ["checking", "savings", "all of them", "visa", "that one"],
    "card": ["visa debit", "the credit card", "visa", "the first one", "platinum"],
    "merchant": ["Whole Foods", "netflix", "Shell", "zorblatt"],
    "category": ["groceries", "dining", "transport", "unicorns"],
    "period": ["last month", "in march", "yesterday", "since 2019", "next year", "last 10 days"],
    "portion": ["minimum", "statement balance", "everything"],
    "reason": ["I didn't make it", "charged twice", "it never arrived"],
    "charge": ["the first one", "the fifth one", "Shell", "the big one"],
}
_ANSWERS = ["yes", "no", "yes please", "nope", "maybe", "the first one", "not that one", "ok"]
_ASIDES = [
    "wait", "why do you ask?", "say that again", "start over", "what's in savings", "help",
    "show more", "and checking?", "no, 60", "from savings instead", "make it 80", "hello",
    "how much did I spend on groceries last month", "where were we", "thanks", "freeze my card",
]  # fmt: skip
_NOISE = [
    "", " ", "🦄🦄", "flurble gargle", "{{7*7}}", "<b>x</b>", "'; DROP TABLE accounts; --", "12",
    "ＦＵＬＬ ＷＩＤＴＨ １２", "\u202egnp.exe", "a" * 300, "9" * 60, "null", "%s%n", "¿qué?",
]  # fmt: skip
LEAVING = "cancel"
CALLING = "talk to a human"


@dataclass(frozen=True, slots=True)
class Said:
    """What the walker says, and why: `leaving` and `calling` test a way out."""

    text: str
    why: str


class Walker:
    """Draws the next sentence from the last answer; the same `rng` walks the same way."""

    def __init__(self, locale: BotLocale, rng: Random) -> None:
        self._rng = rng
        self._samples = [
            utterance for intent in locale.intents.values() for utterance in intent.utterances
        ]

    def next(self, last: Reply | None) -> Said:
        """One more sentence."""
        draw = self._rng.random()
        asked = last.dialog.slot_to_elicit if last and last.dialog else None
        action = last.dialog.action if last and last.dialog else None
        if draw < 0.03:
            return Said(CALLING, "calling")
        if draw < 0.07:
            return Said(LEAVING, "leaving")
        if draw < 0.14:
            return Said(self._pick(_NOISE), "noise")
        if draw < 0.27:
            return Said(self._pick(_ASIDES), "aside")
        if last and last.buttons and draw < 0.45:
            return Said(self._pick([button.value for button in last.buttons]), "button")
        if asked and draw < 0.85:
            return Said(self._pick(VALUES.get(asked, _ANSWERS)), "answer")
        if action == "ConfirmIntent" and draw < 0.85:
            return Said(self._pick(_ANSWERS[:4]), "confirmation")
        return Said(_SLOT.sub(self._value, self._pick(self._samples)), "sample")

    def _value(self, slot: re.Match[str]) -> str:
        return self._pick(VALUES.get(slot[1], _ANSWERS))

    def _pick(self, choices: Sequence[str]) -> str:
        return choices[self._rng.randrange(len(choices))]
