"""The reviewed tables say which labels of public bank data Teller claims, and which it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.definition import load
from bot.evaluation.labels import read_labels

HERE = Path(__file__).parent
DEFINITIONS = HERE.parents[1] / "lex_definitions"
LABELS = HERE / "labels"
CLAIMED = read_labels(LABELS / "public_banking.csv")
NOT_SERVED = read_labels(LABELS / "not_served.csv")
STRANGERS = {"oos"}
LEFT_OUT = "-"


def intents_in(table: dict[str, tuple[str, ...]]) -> set[str]:
    return {intent for intents in table.values() for intent in intents} - {LEFT_OUT}


def test_every_label_leads_to_an_intent_of_the_bot() -> None:
    intents = set(load(DEFINITIONS).locales["en_US"].intents)
    named = {name for path in LABELS.glob("*.csv") for name in intents_in(read_labels(path))}
    assert named - intents == set()


@pytest.mark.parametrize("name", ["not_served", "nlupp_not_served", "other_domains"])
def test_what_is_not_served_leads_to_a_person_or_to_the_fallback(name: str) -> None:
    table = read_labels(LABELS / f"{name}.csv")
    assert {frozenset(intents) for intents in table.values()} - {frozenset({LEFT_OUT})} == {
        frozenset({"FallbackIntent", "TalkToHuman", "OtherService"})
    }


def test_no_label_is_both_claimed_and_not_served() -> None:
    strangers = read_labels(LABELS / "other_domains.csv")
    assert set(CLAIMED) & (set(NOT_SERVED) | set(strangers)) == set()


def test_at_least_seven_in_ten_labels_of_banking_are_claimed() -> None:
    banking = len(CLAIMED) + len(set(NOT_SERVED) - STRANGERS)
    assert len(CLAIMED) / banking >= 0.7
