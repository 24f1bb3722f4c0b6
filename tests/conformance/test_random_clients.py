"""Whatever a client says or sets, the offline Lex answers in AWS's shapes or refuses by name."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.definition import BotLocale
from tests.conformance.offline_lex import OfflineLex
from tests.conformance.playing import Json
from tests.conformance.test_conformance import HOOK, hosted_bot
from tests.unit.engine.aws_answers import check_answer
from tests.unit.engine.hook_event_model import HookEvent

BOTS = ("hooked", "shapes", "steps", "flowers", "contexts", "messages", "conditions", "builtins")
WORDS = tuple("yes no 3 big red ham olives Paris 10 o'clock tomorrow cancel help x i u l a".split())
STATES = ("InProgress", "ReadyForFulfillment", "Fulfilled", "Failed", "Waiting")
ACTIONS = ("Delegate", "ConfirmIntent", "ElicitIntent", "Close", "None")
REFUSALS = ("DependencyFailedException", "ValidationException")
TURNS = 4


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_a_client_does_is_answered_as_aws_models_it(seed: int) -> None:
    chance = Random(seed)
    bot = hosted_bot(chance.choice(BOTS))
    [(name, locale)] = bot.definition.locales.items()
    HOOK.seen = []
    lex = OfflineLex(bot, HOOK, name, f"random-{seed}")
    try:
        for _ in range(TURNS):
            answer = turn(lex, locale, chance)
            if "error" in answer:
                assert answer["error"] in REFUSALS
            else:
                check_answer(answer, "RecognizeText")
                check_answer(lex.get(), "GetSession")
        for event in lex.events():
            HookEvent.model_validate(event)
    finally:
        lex.close()


def turn(lex: OfflineLex, locale: BotLocale, chance: Random) -> Json:
    """RecognizeText or PutSession, with or without a state of the client's making."""
    state = session_state(locale, chance) if chance.random() < 0.4 else None
    if state is not None and chance.random() < 0.5:
        return lex.put({"sessionState": state}, {})
    return lex.recognise(words(locale, chance), state, {})


def words(locale: BotLocale, chance: Random) -> str:
    samples = [words for intent in locale.intents.values() for words in intent.utterances]
    if chance.random() < 0.5:
        return chance.choice(samples)
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 4)))


def session_state(locale: BotLocale, chance: Random) -> Json:
    intent = chance.choice(list(locale.intents.values()))
    action: Json = {"type": chance.choice(ACTIONS)}
    if intent.slots and chance.random() < 0.5:
        action = {"type": "ElicitSlot", "slotToElicit": chance.choice(intent.slots).name}
    confirmation = chance.choice(("None", "Confirmed", "Denied"))
    chosen = {
        "name": intent.name,
        "state": chance.choice(STATES),
        "confirmationState": confirmation,
    }
    return {"intent": chosen, "dialogAction": action}
