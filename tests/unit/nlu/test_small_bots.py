"""Bots of a few utterances, as most published ones are: what is like a sample is that intent."""

import pytest

from bot.definition.model import BotLocale
from bot.nlu.training import train
from tests.unit.nlu.bots import NOW, intent, locale

_GARDEN = intent(
    "PlanGarden", ["I want to plan a garden", "help me with my garden", "plant some roses"]
)
_HOURS = intent("Hours", ["when do you open", "opening hours", "what are your hours"])


def _best(bot: BotLocale, text: str) -> tuple[str, float]:
    best = train(bot).intents(text, NOW)[0]
    return best.name, best.score


@pytest.mark.parametrize("text", ["could you plan my garden", "I would plant more roses"])
def test_a_bot_of_one_intent_hears_paraphrases_of_it(text: str) -> None:
    name, score = _best(locale([_GARDEN]), text)
    assert name == "PlanGarden"
    assert score >= 0.4


@pytest.mark.parametrize("text", ["tell me a joke", "who won the match", "asdf", "yesterday"])
def test_a_bot_of_one_intent_leaves_the_rest_to_its_fallback(text: str) -> None:
    assert _best(locale([_GARDEN]), text)[1] < 0.4


def test_a_word_that_one_intent_alone_has_finds_it_among_words_never_learned() -> None:
    bot = locale([intent("Hire", ["hire"]), intent("Hello", ["hi", "hello", "good day"])])
    name, score = _best(bot, "we must hire something")
    assert name == "Hire"
    assert score >= 0.4


def test_a_small_bot_is_not_sure_of_what_is_like_none_of_its_samples() -> None:
    hire = intent("Hire", ["hire", "hire a mower", "I would like to hire a spade"])
    bot = locale([_GARDEN, hire, _HOURS])
    for text in ("how do I boil an egg", "blah blah", "my cat is asleep"):
        assert _best(bot, text)[1] < 0.4, text
