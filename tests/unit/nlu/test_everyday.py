from functools import cache

import numpy as np

from bot.definition.model import BotLocale, Intent
from bot.nlu.everyday import everyday, strange_to
from bot.nlu.recogniser import TrainedRecogniser
from bot.nlu.training import train
from tests.unit.nlu.bots import NOW

TRAVEL = {
    "Book": "flight to {place}; hotel in {place}; room in {place}; ticket to {place}",
    "Cancel": "trip; flight; booking; reservation",
    "Status": "flight; plane; train; booking",
}
FRAMES = {
    "Book": ("book a {}", "i need a {}", "find me a {}", "get me a {}", "reserve a {}"),
    "Cancel": ("cancel my {}", "i cannot make my {}", "call off my {}", "i want my {} cancelled"),
    "Status": ("is my {} on time", "when does my {} leave", "is my {} late", "where is my {}"),
}


@cache
def travel(locale_id: str = "en_US") -> TrainedRecogniser:
    intents = {
        name: Intent(
            name,
            None,
            tuple(
                frame.format(thing.replace("{place}", place))
                for frame in FRAMES[name]
                for thing in things.split("; ")
                for place in (("rome", "chicago") if "{place}" in thing else ("",))
            ),
            (),
        )
        for name, things in TRAVEL.items()
    }
    return train(BotLocale(locale_id, 0.4, intents, {}))


def best(said: str, locale_id: str = "en_US") -> float:
    return travel(locale_id).intents(said, NOW)[0].score


def test_what_a_bot_of_another_field_is_for_is_not_strange_to_it() -> None:
    heard = travel().intents("find me a cheap hotel in rome please", NOW)[0]
    assert heard.name == "Book"
    assert heard.score > 0.8


def test_what_is_said_to_any_assistant_speaks_against_a_bot_that_has_no_such_intent() -> None:
    for said in ("i need a good recipe for dinner", "where is the nearest pharmacy"):
        assert best(said) < 0.4
        assert best(said) < best(said, "it_IT")


def test_a_language_without_a_list_has_nothing_against_any_sentence() -> None:
    assert everyday("it_IT") == ()
    assert len(everyday("en_GB")) > 200


def test_sentences_that_mean_nearly_what_a_sample_does_are_left_out() -> None:
    samples = np.array([[1, 0], [0.8, 0.6]], np.float32)
    sentences = np.array([[1, 0], [0, 1], [-1, 0]], np.float32)
    assert strange_to(samples, sentences) == [2]
    assert list(strange_to(samples[:0], sentences)) == [0, 1, 2]


def test_no_intent_is_ever_named_by_what_speaks_against_all() -> None:
    names = {heard.name for heard in travel().intents("will it rain tomorrow", NOW)}
    assert names == set(TRAVEL)
