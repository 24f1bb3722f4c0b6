"""What asks the same lies together, the most frequent first."""

from __future__ import annotations

from bot.learning.clusters import gather
from bot.learning.missed import Missed
from bot.nlu.engines import LIGHT, meaning_of


def missed(*texts: str) -> list[Missed]:
    return [Missed(text, "en_US", "FallbackIntent", None) for text in texts]


SAID = missed(
    "can i open a pension plan",
    "how do i start a retirement plan",
    "i want a pension plan",
    "I want a pension plan!",
    "is there a branch near me",
    "where is the nearest branch",
    "asdf qwer",
)


def test_paraphrases_lie_together_and_every_utterance_is_counted_once() -> None:
    clusters = gather(SAID, meaning_of(LIGHT), lambda _: None)
    homes = {text: cluster.voice for cluster in clusters for text in cluster.texts}
    assert homes["can i open a pension plan"] == homes["I want a pension plan!"]
    assert homes["is there a branch near me"] == homes["where is the nearest branch"]
    assert homes["is there a branch near me"] != homes["can i open a pension plan"]
    assert sum(cluster.count for cluster in clusters) == len(SAID)


def test_the_largest_comes_first() -> None:
    counts = [cluster.count for cluster in gather(SAID, meaning_of(LIGHT), lambda _: None)]
    assert counts == sorted(counts, reverse=True)


def test_an_intent_is_proposed_only_when_it_is_near() -> None:
    (near,) = gather(missed("moolah"), meaning_of(LIGHT), lambda _: ("CheckBalance", 0.5))
    (far,) = gather(missed("moolah"), meaning_of(LIGHT), lambda _: ("CheckBalance", 0.2))
    assert (near.intent, far.intent) == ("CheckBalance", None)


def test_nothing_missed_is_nothing_to_learn() -> None:
    assert gather([], meaning_of(LIGHT), lambda _: None) == []
