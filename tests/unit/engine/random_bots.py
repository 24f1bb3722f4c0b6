"""Draws small bots, hooks and words by chance: every kind of step, condition and failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from bot.definition.model import BotLocale, Intent
from bot.engine.filling import empty_intent
from bot.engine.session import DialogAction
from bot.engine.session_wire import slot_of_wire
from tests.unit.engine.export import (
    Json,
    code_hook,
    conditional,
    intent,
    locale,
    prompt,
    response,
    slot,
    slot_type,
    step,
    when,
)
from tests.unit.engine.random_replies import RandomReplies
from tests.unit.engine.talk import reply, value

INTENTS = ("Alpha", "Beta", "Gamma")
SLOTS = ("one", "two", "three")
WORDS = (
    "alpha", "beta", "gamma", "alpha 5", "5", "red", "10", "yes", "no", "hm", "", "a and b", "🎂",
    "red, red and red", "🎂" * 512, "x" * 1024,
)  # fmt: skip
CONDITIONS = (
    '{one} = "5"', "fn.IS_NULL({two})", "[a] > 3", "broken (", "{one} CONTAINS 5", "NOT [a]",
)  # fmt: skip
ACTIONS = (
    None, "ElicitSlot", "ElicitSlot", "ElicitIntent", "StartIntent", "ConfirmIntent",
    "FulfillIntent", "CloseIntent", "EndConversation", "InvokeDialogCodeHook",
    "EvaluateConditional", "Unheard",
)  # fmt: skip
COMPOSITE = {
    "expression": "x OR y",
    "slotSpecifications": {
        "x": {"slotTypeName": "AMAZON.Number"},
        "y": {"slotTypeName": "Colour"},
    },
}


class Chance:
    """One seed, one bot: the same seed gives the same bot, hooks and words."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def bot(self) -> BotLocale:
        types = (slot_type("Colour", "red", restricted=True), slot_type("Open", "blue"))
        return locale(*(self._intent(name) for name in INTENTS), types=types)

    def words(self) -> str:
        return self._random.choice(WORDS)

    def hook(self) -> Callable[[Json], Any]:
        """As it should, wrongly, late or not at all; or with nothing but a few steadfast words."""
        if self._flag():
            return RandomReplies(self._random, INTENTS, SLOTS).hook()
        action = self._one(("Delegate",) * 3 + ("ElicitSlot", "ElicitIntent", "Close"))
        texts = self._one(((), ("Hook.",)))
        parts: Json = {
            "slots": self._one(({}, {"one": value("5")}, {"one": None})),
            "state": self._one(("InProgress", "Failed", "Fulfilled", "ReadyForFulfillment")),
            "confirmation": self._one(("None", "Confirmed", "Denied")),
            "slot": self._one(SLOTS),
        }
        return lambda event: reply(event, action, *texts, **parts)

    def given(self, bot: BotLocale) -> Json:
        """Parts of a session as its caller may set them."""
        intent = empty_intent(bot, self._one(INTENTS))
        states = ("InProgress", "InProgress", "ReadyForFulfillment", "Failed", "Fulfilled")
        answers = ("None", "None", "Confirmed", "Denied")
        intent = replace(intent, state=self._one(states), confirmation=self._one(answers))
        for name in intent.slots:
            if self._flag():
                intent = intent.with_slot(name, slot_of_wire(value("5")))
        actions = [DialogAction(kind) for kind in ("ConfirmIntent", "Delegate", "Close", "None")]
        actions += [DialogAction("ElicitSlot", name) for name in intent.slots]
        return {
            "intent": intent,
            "action": self._random.choice(actions),
            "attributes": {"a": self._one(("", "4", "x" * 2000))},
        }

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def _intent(self, name: str) -> Intent:
        return intent(
            name,
            name.lower(),
            f"{name.lower()} {{one}}",
            slots=tuple(self._slot(item) for item in SLOTS[: self._random.randrange(4)]),
            parentIntentSignature=self._parent(name),
            inputContexts=[{"name": "c"}] if name == "Beta" and self.chance(0.2) else None,
            initialResponseSetting=self._maybe(
                {
                    "initialResponse": self._response(),
                    "nextStep": self._step(),
                    "conditional": self._conditional(),
                    "codeHook": self._code_hook(),
                }
            ),
            intentConfirmationSetting=self._maybe(
                {
                    "promptSpecification": prompt("Sure?", retries=1),
                    **self._outcomes("confirmation", "declination", "failure"),
                    **self._hooks(),
                }
            ),
            intentClosingSetting=self._maybe(
                {
                    "closingResponse": self._response(),
                    "nextStep": self._step(),
                    "conditional": self._conditional(),
                }
            ),
            dialogCodeHook={"enabled": self._flag()},
            fulfillmentCodeHook={
                "enabled": self._flag(),
                "postFulfillmentStatusSpecification": self._maybe(self._after()),
            },
            outputContexts=[{"name": "c", "timeToLiveInSeconds": 60, "turnsToLive": 2}],
        )

    def _parent(self, name: str) -> str | None:
        if name == "Gamma":
            return "AMAZON.FallbackIntent"
        return "AMAZON.QnAIntent" if self.chance(0.05) else None

    def _slot(self, name: str) -> Json:
        return slot(
            name,
            self._one(("AMAZON.Number", "Colour", "AMAZON.Time", "Open", "AMAZON.FreeFormInput")),
            ask=prompt(f"{name}?", retries=self._random.randrange(3)),
            required=self._random.random() < 0.8,
            defaults=self._one(((), (), ("[a]", "#c.d"), ("9",))),
            capture=self._maybe({**self._outcomes("capture", "failure"), **self._hooks()}),
            multiple=self._flag(),
            composite=self._one((None, None, COMPOSITE)),
        )

    def _hooks(self) -> Json:
        return {
            "codeHook": self._code_hook(),
            "elicitationCodeHook": {"enableCodeHookInvocation": self._flag()},
        }

    def _code_hook(self) -> Json | None:
        return self._maybe(code_hook("Label", invoke=self._flag(), **self._after()))

    def _after(self) -> Json:
        return self._outcomes("success", "failure", "timeout")

    def _outcomes(self, *names: str) -> Json:
        made: Json = {}
        for name in names:
            made[f"{name}Response"] = self._response()
            made[f"{name}NextStep"] = self._maybe(self._step())
            made[f"{name}Conditional"] = self._conditional()
        return made

    def _response(self) -> Json | None:
        texts = self._one((("Hi {one}.",), ("[a] ((b)) {x}",), ("1", "2", "3", "4", "5 {two}")))
        said = response(*texts)
        if self.chance(0.2):
            card = {"title": "{one}", "buttonsList": [{"text": "{two}", "value": "[a]"}]}
            said["messageGroupsList"][-1] = {"message": {"imageResponseCard": card}}
        return self._maybe(said)

    def _conditional(self) -> Json | None:
        if self._random.random() < 0.7:
            return None
        branch = when(self._one(CONDITIONS), self._step(), self._response())
        return conditional(branch, default=self._maybe(self._step()), active=self._flag())

    def _step(self) -> Json:
        return step(
            self._one(ACTIONS),
            self._one((*SLOTS, None, "nowhere")),
            intent=self._one((None, None, *INTENTS, "Nobody")),
            slots={self._one(SLOTS): self._one((None, "7", "{two}"))} if self._flag() else {},
            attributes=self._maybe({"a": self._one(("1", "{one}"))}),
            suppress=self._flag(),
        )

    def _maybe(self, item: Json) -> Json | None:
        return item if self._flag() else None

    def _flag(self) -> bool:
        return self._random.random() < 0.5

    def _one(self, among: tuple[Any, ...]) -> Any:
        return self._random.choice(among)
