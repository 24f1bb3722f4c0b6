"""Whatever moves money can be switched off, at each of its steps, and moves none then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from fulfillment.store.loading import load_books
from tests.conversation_coverage.patterns import MONEY
from tests.integration.conversations.conftest import Bank
from tests.unit.bank.values import CHECKING, SAVINGS, opening_books

PAYMENT = {"amount": "20", "payee": "Anna", "sourceAccount": "checking"}
REFUSALS = {
    "en_US": "has switched that off",
    "en_GB": "has switched that off",
    "es_US": "ha desactivado esa función",
}


@dataclass
class Off:
    """Everything but `intent` is on."""

    intent: str

    def is_on(self, intent: str, context: Mapping[str, str]) -> bool:
        return intent != self.intent


def books_of(bank: Bank) -> list[Any]:
    """Every item but those of sessions."""
    items = bank.client.scan(TableName=bank.table)["Items"]
    return [item for item in items if not str(item["PK"]["S"]).startswith("SESSION#")]


def test_what_is_off_is_refused_in_every_language_and_moves_nothing(bank: Bank) -> None:
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS))
    before = books_of(bank)
    for intent in MONEY:
        for locale, refusal in REFUSALS.items():
            counter = bank.counter(switches=Off(intent))
            counter.locale = locale
            assert refusal in counter.say(intent, "yes", **PAYMENT), (intent, locale)
    assert books_of(bank) == before


@pytest.mark.parametrize("label", ["Yes, send it", "yes send it!"])
def test_a_label_that_is_typed_presses_no_button_of_what_is_off_since(
    bank: Bank, label: str
) -> None:
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS))
    shown = bank.counter()
    assert shown.say("SendMoney", "send anna 20", **PAYMENT).startswith("Please check")
    before, off = books_of(bank), bank.counter(switches=Off("SendMoney"))
    off.session = shown.session
    assert "switched that off" in off.say("SendMoney", label, **PAYMENT)
    assert books_of(bank) == before
