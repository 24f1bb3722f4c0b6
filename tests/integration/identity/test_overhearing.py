"""Who listens to the bank's news in an open chat: whoever is verified in it, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.conversations.inbox import InboxRequest, read_inbox
from fulfillment.store.bank_messages import tell
from fulfillment.store.books import Books
from tests.integration.identity.conftest import Bank, Caller, OneKey, minutes


def books(bank: Bank) -> Books:
    return Books(bank.calls.as_client(), bank.table)


def bank_says(bank: Bank, number: int = 1) -> None:
    """The bank leaves Mira a message."""
    message = BankMessage(
        "mira", number, bank.now, BankMessageKind.ANALYST_SAID, text="It is paid."
    )
    bank.client.transact_write_items(TransactItems=tell(bank.table, message))


def news(bank: Bank, caller: Caller, token: str | None = None, **asked: object) -> tuple[str, int]:
    """Whose news the chat gets, and how many messages."""
    request = InboxRequest.model_validate(
        {"bot_id": "B", "bot_alias_id": "A", "session_id": caller.session_id, "identity": token}
        | asked
    )
    found = read_inbox(request, books(bank), OneKey(), lambda: bank.now)
    return str(found["customer"]), len(found["messages"])


def test_a_right_code_brings_the_news_and_nothing_else_does(bank: Bank) -> None:
    bank_says(bank)
    caller = bank.caller()
    assert news(bank, caller) == ("None", 0)
    liar = bank.caller("s-2")
    liar.attributes = {"customerId": "mira", "verifying": "code", "level": "2"}
    liar.say("VerifyIdentity", "40207781", customerNumber="40207781")
    caller.verify()
    assert news(bank, liar) == ("None", 0)
    bank_says(bank, 2)
    assert news(bank, caller)[0] == "mira"
    assert news(bank, caller)[1] >= 1


def test_listening_ends_with_the_session_and_keeps_none_open(bank: Bank) -> None:
    caller = bank.caller()
    caller.verify()
    bank.now += minutes(9)
    assert news(bank, caller)[0] == "mira"
    bank.now += minutes(1)
    assert news(bank, caller) == ("None", 0)
    caller.verify()
    assert news(bank, caller)[0] == "mira"
    caller.say("LogOut", "log out")
    assert news(bank, caller) == ("None", 0)


def test_a_session_that_a_token_opened_is_nobody_s_without_it(bank: Bank) -> None:
    caller = bank.caller("s-1", "mira")
    assert news(bank, caller, caller.token())[0] == "mira"
    caller.say("CheckBalance", "all my balances")
    assert news(bank, caller) == ("None", 0)
    assert news(bank, caller, caller.token()[:-2] + "xx") == ("None", 0)
    caller.say("LogOut", "log out")
    assert news(bank, caller, caller.token()) == ("None", 0)


@pytest.mark.parametrize("of", ["mira", "somebody-else"])
def test_what_another_customer_heard_in_the_chat_is_nobody_else_s(bank: Bank, of: str) -> None:
    caller = bank.caller("s-1", "mira")
    bank_says(bank)
    _, count = news(bank, caller, caller.token(), of=of, after=1, heard=1)
    assert count == (0 if of == "mira" else 1)
    heard = books(bank).customer("mira").heard
    assert heard == (1 if of == "mira" else 0)


def test_an_hour_after_the_code_nothing_is_told_however_busy_the_chat_is(bank: Bank) -> None:
    caller = bank.caller()
    caller.verify()
    for _ in range(12):
        bank.now += timedelta(minutes=5)
        caller.say("CheckBalance", "all my balances")
    assert news(bank, caller) == ("None", 0)
