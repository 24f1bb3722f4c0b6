"""The first conversation on the real page, with the whole bank behind it."""

from __future__ import annotations

from selenium.webdriver import Chrome

from tests.browser.chat_page import ChatPage
from tests.running_bank import RunningBank
from tests.stack.ledger_view import LedgerView


def test_a_customer_signs_in_asks_pays_and_freezes_a_card(bank: RunningBank, fresh: Chrome) -> None:
    ledger = LedgerView(bank, "amelia")
    page = ChatPage(fresh, bank.endpoint).open()
    page.sign_in("amelia")

    assert "Hi Amelia" in _said(page, "hi")
    assert "Which account" in _said(page, "what's my balance")
    assert "available in Rainy Day Savings" in _pressed(page, "Rainy Day Savings")
    assert "available in Everyday Checking" in _said(page, "and checking?")
    assert "Whole Foods" in _said(page, "show my recent transactions")
    spent = _said(page, "how much did I spend at Whole Foods last month")
    assert "You spent $733.81 at Whole Foods from Oct 1 to Oct 31" in spent

    assert "Which account should the money come from?" in _said(page, "send 50 dollars to Anna")
    assert "send $50.00 to Anna Lindqvist" in _pressed(page, "Everyday Checking")
    assert ledger.changes() == []
    assert "Receipt TR-" in _pressed(page, "Yes, send it")
    assert [str(change) for change in ledger.changes()] == ["chk -$50.00"]

    assert "move $100.00" in _said(page, "move 100 from checking to savings")
    assert "nothing was moved" in _said(page, "no")
    assert "is frozen" in _said(page, "freeze my debit card")
    assert "works again" in _said(page, "unfreeze it")
    assert "didn't get that" in _said(page, "florp blib zzz")
    assert "opened case H-" in _said(page, "talk to a human")
    assert ledger.changes() == []


def _said(page: ChatPage, text: str) -> str:
    return "\n".join(page.say(text))


def _pressed(page: ChatPage, label: str) -> str:
    return "\n".join(page.press(label))
