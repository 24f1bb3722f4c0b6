"""The reviewed tables say which labels of public bank data Teller claims, and which it does not."""

from __future__ import annotations

from pathlib import Path

from bot.definition import load
from bot.evaluation.labelled import read_labels

HERE = Path(__file__).parent
DEFINITIONS = HERE.parents[1] / "lex_definitions"
CLAIMED = read_labels(HERE / "labels" / "public_banking.csv")
NOT_SERVED = read_labels(HERE / "labels" / "not_served.csv")
STRANGERS = {"oos"}


def test_every_label_leads_to_an_intent_of_the_bot() -> None:
    intents = set(load(DEFINITIONS).locales["en_US"].intents)
    named = {
        intent for table in (CLAIMED, NOT_SERVED) for label in table.values() for intent in label
    }
    assert named - intents == set()


def test_what_is_not_served_leads_to_a_person_or_to_the_fallback() -> None:
    assert {frozenset(intents) for intents in NOT_SERVED.values()} == {
        frozenset({"FallbackIntent", "TalkToHuman"})
    }
    assert set(CLAIMED) & set(NOT_SERVED) == set()


def test_at_least_seven_in_ten_labels_of_banking_are_claimed() -> None:
    banking = len(CLAIMED) + len(set(NOT_SERVED) - STRANGERS)
    assert len(CLAIMED) / banking >= 0.7
