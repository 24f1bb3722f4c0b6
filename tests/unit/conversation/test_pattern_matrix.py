"""Every pattern of a conversation has been played with every intent that moves money."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.parser import load
from bot.conversation.script import Conversation, Subject
from bot.definition import load as load_bot

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "conversations"
MONEY = (
    "SendMoney", "TransferMoney", "PayCreditCard", "SchedulePayment", "ChangeScheduledPayment",
    "CancelScheduledPayment", "CancelPayment",
)  # fmt: skip
PATTERNS = (
    "bad_input", "cancellation", "channels", "context", "corrections", "digressions",
    "disambiguation", "languages", "repair", "rights",
)  # fmt: skip
ELSEWHERE = {
    "ResendCode",
    "ActivateCard",
    "OtherService",
    "LogOut",
    "HoldOn",
    "RepeatThat",
    "WhyAsked",
}
"""What leaves the intent before it in play, or takes a phone that rings or a card in the post."""


def intents_of(conversation: Conversation) -> set[str]:
    """The intents that a file says its turns are heard as."""
    expected = (one for turn in conversation.turns for one in turn.expectations)
    return {
        pattern.source
        for one in expected
        if one.subject is Subject.INTENT
        for pattern in one.patterns
    }


def played(folder: str, locale: str | None = None) -> set[str]:
    """The intents of the files of one pattern, all of them or those of one language."""
    files = [load(path) for path in (FOLDER / folder).glob("*.chat")]
    return {
        intent for file in files if locale in (None, file.locale) for intent in intents_of(file)
    }


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_played_with_everything_that_moves_money(pattern: str) -> None:
    assert set(MONEY) - played(pattern) == set()


@pytest.mark.parametrize("locale", ["en_GB", "es_US"])
def test_everything_that_moves_money_is_played_in_every_language(locale: str) -> None:
    assert set(MONEY) - played("languages", locale) == set()


@pytest.mark.parametrize("channel", ["sms", "voice", "slack"])
def test_everything_that_moves_money_is_played_on_every_channel(channel: str) -> None:
    files = map(load, (FOLDER / "channels").glob("*.chat"))
    by = [one for one in files if one.request_attributes.get("x-teller-channel") == channel]
    assert set(MONEY) - set().union(*map(intents_of, by)) == set()


def test_most_other_intents_go_through_some_pattern() -> None:
    """And every one through some conversation."""
    intents = set(load_bot(ROOT / "lex_definitions").locales["en_US"].intents)
    in_patterns = set().union(*map(played, PATTERNS))
    assert len(in_patterns & intents) >= 2 / 3 * len(intents), sorted(intents - in_patterns)
    anywhere = {intent for path in FOLDER.rglob("*.chat") for intent in intents_of(load(path))}
    assert intents - anywhere - ELSEWHERE == set()
