"""A balance that is asked for in the same breath as something else."""

from __future__ import annotations

import pytest

from fulfillment.conversations.balance_besides import balance_besides


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("check my balance and then send 50 to Anna", ""),
        ("freeze my card and tell me my balance", ""),
        ("what's my savings balance and send 20 to Anna", "savings"),
        ("move 50 to savings, then show me my balances please", ""),
        ("how much do I have and freeze my card", ""),
        ("dime mi saldo y luego envía 50 a Ana", ""),
        ("congela mi tarjeta y dime mi saldo de ahorros", "ahorros"),
        ("send 20 to Tom and Jerry and tell me my balance", ""),
    ],
)
def test_one_of_two_wishes_is_a_balance(said: str, which: str) -> None:
    assert balance_besides(said) == which


@pytest.mark.parametrize(
    "said",
    ["what's my balance", "check my balance and how much do I have", "send 20 to Tom and Jerry",
     "my balance and transactions", "what's my checking and savings balance",
     "freeze my card and send 50 to Anna", "tell me my balance and thanks", "",
     "pay my balance and freeze my card"],
)  # fmt: skip
def test_no_balance_is_asked_for_besides(said: str) -> None:
    assert balance_besides(said) is None
