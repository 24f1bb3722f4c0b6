"""What is asked about, on the test sets: hardly ever a clear sentence, and never a button's own."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

import lex_definitions
from bot.definition import load
from bot.definition.model import BotLocale
from bot.engine.recogniser import IntentScore
from bot.nlu import train
from bot.nlu.recogniser import TrainedRecogniser
from fulfillment.conversations.small_talk import TRY
from fulfillment.conversations.topics import topics_of
from fulfillment.conversations.which_meant import ASKED_ABOUT, NEVER_WAITS
from fulfillment.lex import LexEvent
from fulfillment.lex.readings import close_readings
from fulfillment.replies import Speech
from tests.learned import LEARNED
from tests.unit.nlu.bots import NOW

LOCALES = ("en_US", "en_GB", "es_US")
each_locale = pytest.mark.parametrize("locale", LOCALES)


@cache
def definition(locale: str) -> BotLocale:
    return load(Path(lex_definitions.__file__).parent).locales[locale]


@cache
def ears(locale: str) -> TrainedRecogniser:
    return train(definition(locale), LEARNED)


def heard(locale: str, said: str) -> list[IntentScore]:
    """The readings of a sentence that nothing came before."""
    fresh = [intent.name for intent in definition(locale).intents.values()
             if not intent.is_fallback and not intent.input_contexts]  # fmt: skip
    return ears(locale).intents(said, NOW, fresh)


def is_asked_about(locale: str, said: str) -> bool:
    """Whether the bot asks what was meant, as its first answer."""
    if topics_of(said):
        return True
    found = heard(locale, said)[:4]
    if found[0].score < definition(locale).threshold:
        return False
    readings = [{"intent": {"name": f.name}, "nluConfidence": f.score} for f in found]
    event = LexEvent.model_validate(
        {
            "sessionId": "s",
            "invocationSource": "DialogCodeHook",
            "interpretations": readings,
            "sessionState": {"intent": {"name": found[0].name}},
        }
    )
    close = [one.intent.name for one in close_readings(event) if one.intent.name in ASKED_ABOUT]
    return found[0].name in ASKED_ABOUT - NEVER_WAITS and len(close) > 1


@each_locale
def test_fewer_than_two_sentences_in_a_hundred_are_asked_about(locale: str) -> None:
    with (Path(__file__).parent / f"teller_{locale}.csv").open(encoding="utf-8") as file:
        said = [row["Input"] for row in csv.DictReader(file) if row["Source"] == "User"]
    asked = [one for one in said if is_asked_about(locale, one)]
    assert len(asked) <= 0.02 * len(said), asked


SENTENCES = {
    ("balance.all_button", "said.balances"): "CheckBalance",
    ("cases.recent", "said.transactions"): "ListTransactions",
    ("common.spending_button", "said.spending"): "GetSpending",
    ("common.send_button", "said.send"): "SendMoney",
    ("common.freeze_button", "said.freeze"): "FreezeCard",
    ("common.human_button", "said.human"): "TalkToHuman",
    ("common.help_button", "said.help"): "Help",
}
"""Buttons beside no question: what they show, what they send, and what both are heard as."""


@each_locale
def test_what_a_button_beside_no_question_shows_is_heard_as_what_it_sends(locale: str) -> None:
    words = Speech(locale, "UTC", NOW).words
    for keys, intent in SENTENCES.items():
        assert [heard(locale, words(key))[0].name for key in keys] == [intent, intent]


def test_no_button_beside_no_question_is_left_out() -> None:
    assert set(TRY) <= set(SENTENCES)


@each_locale
def test_what_a_button_sends_is_heard_as_what_it_shows_and_not_asked_about(locale: str) -> None:
    words = Speech(locale, "UTC", NOW).words
    sent = {intent: words("which.said", task=intent) for intent in sorted(ASKED_ABOUT)}
    wrong = {said: heard(locale, said)[0].name for intent, said in sent.items()
             if heard(locale, said)[0].name != intent or is_asked_about(locale, said)}  # fmt: skip
    assert wrong == {}
    shown = [words("which.shown", task=intent) for intent in sorted(ASKED_ABOUT)]
    assert len(set(shown)) == len(shown)
    assert max(map(len, shown)) <= 50


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_US", "card"),
        ("en_US", "a transfer please"),
        ("en_US", "my account"),
        ("en_GB", "payments"),
        ("es_US", "mi tarjeta"),
        ("es_US", "transferencia"),
        ("es_US", "límites"),
    ],
)
def test_a_noun_alone_is_asked_about(locale: str, said: str) -> None:
    assert is_asked_about(locale, said)
    assert set(topics_of(said)) <= ASKED_ABOUT


@pytest.mark.parametrize(
    "said", ["transfer 50 to savings", "freeze my card", "balance", "card " * 30, "", "?"]
)
def test_more_than_a_noun_or_less_is_not(said: str) -> None:
    assert topics_of(said) == ()
