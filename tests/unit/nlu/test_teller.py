"""The bot Teller understands what its customers say, in other words than its samples too."""

from functools import cache
from pathlib import Path

import pytest

import lex_definitions
from bot.definition import load
from bot.definition.model import BotLocale
from bot.nlu import train
from bot.nlu.recogniser import TrainedRecogniser
from bot.nlu.words import normal
from tests.learned import LEARNED
from tests.unit.nlu.bots import NOW


@cache
def teller() -> BotLocale:
    return load(Path(lex_definitions.__file__).parent).locales["en_US"]


@cache
def ears() -> TrainedRecogniser:
    return train(teller(), LEARNED)


def heard(said: str) -> tuple[str, dict[str, str | None]]:
    best = ears().intents(said, NOW)[0]
    if best.score < teller().threshold:
        return "FallbackIntent", {}
    return best.name, {name: match.interpreted for name, match in best.slots.items()}


MOVE = {"amount": "USD 100.00", "sourceAccount": "checking", "destinationAccount": "savings"}
MAIN = [
    ("hi", "Welcome", {}),
    ("what's my balance", "CheckBalance", {}),
    ("all my balances", "CheckBalance", {}),
    ("and savings?", "CheckBalanceFollowUp", {"account": "savings"}),
    ("show my recent transactions", "ListTransactions", {}),
    (
        "how much did I spend at Whole Foods last month",
        "GetSpending",
        {"merchant": "Whole Foods", "period": "last month"},
    ),
    ("send 50 dollars to Anna", "SendMoney", {"amount": "USD 50.00", "payee": "Anna"}),
    ("move 100 from checking to savings", "TransferMoney", MOVE),
    ("🔒💳", "FreezeCard", {}),
    ("freeze my debit card", "FreezeCard", {"card": "debit card"}),
    ("unfreeze it", "UnfreezeCard", {}),
    ("cancel", "Cancel", {}),
    ("help", "Help", {}),
    ("talk to a human", "TalkToHuman", {}),
]
PARAPHRASES = [
    ("heyyy good mornin", "Welcome", {}),
    ("cud u tell me how much $ i hav", "CheckBalance", {}),
    ("wat is my ballance", "CheckBalance", {}),
    ("got any $$ left in my account", "CheckBalance", {}),
    ("how much cash is sitting in my savings", "CheckBalance", {"account": "my savings"}),
    ("let me see what i bought yesterday", "ListTransactions", {"period": "yesterday"}),
    (
        "how much have i blown on coffee this month",
        "GetSpending",
        {"category": "dining", "period": "this month"},
    ),
    (
        "what did I spend at Blue Bottle last week",
        "GetSpending",
        {"merchant": "Blue Bottle", "period": "last week"},
    ),
    ("pls snd $20 2 mom", "SendMoney", {"amount": "USD 20.00", "payee": "mom"}),
    ("I need to give Tom forty dollars", "SendMoney", {"amount": "USD 40.00", "payee": "Tom"}),
    (
        "send fifty bucks to Anna Kowalska",
        "SendMoney",
        {"amount": "USD 50.00", "payee": "Anna Kowalska"},
    ),
    (
        "pay Zbigniew from savings 20 dollars",
        "SendMoney",
        {"amount": "USD 20.00", "payee": "Zbigniew", "sourceAccount": "savings"},
    ),
    ("could you put a hundred from checking in savings", "TransferMoney", MOVE),
    ("trasnfer $100 out of checking into savings pls", "TransferMoney", MOVE),
    ("i wanna move 100 to savings from checking", "TransferMoney", MOVE),
    ("i think somebody stole my card", "ReportLostCard", {}),
    ("can you make my visa work again", "UnfreezeCard", {"card": "my visa"}),
    ("oh nvm then", "Cancel", {}),
    ("i want to speak with a live person now", "TalkToHuman", {}),
    ("ok thx bye", "Goodbye", {}),
    ("so what can this thing do", "Help", {}),
]
OUT_OF_SCOPE = [
    "asdkjh qwe",
    "🦄🦄🦄",
    "who won the world cup in 1998",
    "what's the weather tomorrow",
    "book me a flight to paris",
    "which planets have rings",
    "blah blub " * 100,
    "{{7*7}} ${jndi} <script>alert(1)</script>",
]


@pytest.mark.parametrize(("said", "name", "slots"), MAIN)
def test_the_main_sentences_are_understood_with_their_slots(
    said: str, name: str, slots: dict[str, str]
) -> None:
    assert heard(said) == (name, slots)


@pytest.mark.parametrize(("said", "name", "slots"), PARAPHRASES)
def test_other_words_for_the_same_are_understood_with_their_slots(
    said: str, name: str, slots: dict[str, str]
) -> None:
    assert heard(said) == (name, slots)


def test_the_paraphrases_are_not_among_the_samples() -> None:
    samples = {normal(u) for i in teller().intents.values() for u in i.utterances}
    assert not samples & {normal(said) for said, _, _ in PARAPHRASES}


@pytest.mark.parametrize("said", OUT_OF_SCOPE)
def test_what_a_bank_cannot_help_with_falls_back(said: str) -> None:
    assert heard(said)[0] == "FallbackIntent"


def test_every_sample_utterance_is_understood_as_its_own_intent() -> None:
    wrong = [
        (utterance, intent.name, heard(text)[0])
        for intent in teller().intents.values()
        for utterance in intent.utterances
        if "{" not in utterance and heard(text := utterance)[0] != intent.name
    ]
    assert wrong == []
