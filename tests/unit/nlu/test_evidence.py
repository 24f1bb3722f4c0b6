"""Why an intent scored as it did."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from bot.nlu import train
from bot.nlu.evidence import Evidence
from bot.nlu.recogniser import TrainedRecogniser
from tests.unit.console.conftest import definition

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@cache
def ears() -> TrainedRecogniser:
    return train(definition().locales["en_US"])


def explained(text: str) -> dict[str, Evidence]:
    return {each.intent: each for each in ears().explained(text, NOW)}


def test_evidence_is_given_for_every_candidate_with_its_score() -> None:
    scores = {each.name: each.score for each in ears().intents("when do you open", NOW)}
    assert {name: each.score for name, each in explained("when do you open").items()} == scores


def test_a_sample_word_for_word_is_its_own_closest_sample() -> None:
    best = explained("When do you open?")["OpeningHours"]
    assert (best.basis, best.sample, best.likeness) == ("sample", "when do you open", 1.0)


def test_a_sample_whose_slots_are_filled_is_called_a_pattern() -> None:
    best = explained("can I get a cappuccino")["OrderCoffee"]
    assert (best.basis, best.sample) == ("pattern", "can I get a {drink}")


def test_a_word_of_the_samples_speaks_for_its_intent_and_against_the_other() -> None:
    found = explained("could you tell me when you close")
    for_hours = {each.word: each.weight for each in found["OpeningHours"].words}
    for_coffee = {each.word: each.weight for each in found["OrderCoffee"].words}
    assert for_hours["close"] > 0 > for_coffee["close"]
    assert found["OpeningHours"].basis == "classifier"


def test_words_are_told_as_they_were_said() -> None:
    words = [each.word for each in explained("Could I have a LATTE")["OrderCoffee"].words]
    assert words == ["Could", "I", "have", "a", "LATTE"]


def test_nothing_said_has_no_evidence_and_a_long_text_is_not_weighed_word_by_word() -> None:
    assert explained("") == {}
    assert explained("coffee " * 100)["OrderCoffee"].words == ()
