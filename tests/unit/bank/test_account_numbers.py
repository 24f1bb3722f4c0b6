"""Receiving accounts: checked by arithmetic, whatever is written around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.account_numbers import NumberProblem, ReceivingAccount, read_account_number


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("021000021 12345678", "021000021-12345678"),
        ("routing 021000021, account 12345678", "021000021-12345678"),
        ("account number 12345678 and the routing number is 021000021", "021000021-12345678"),
        ("021000021-12345678", "021000021-12345678"),
        ("12345678 021000021", "021000021-12345678"),
        ("acct 021000089 routing 021000021", "021000021-021000089"),
        ("０２１００００２１ 12345678", "021000021-12345678"),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("de89370400440532013000", "DE89370400440532013000"),
        ("the iban is GB82 WEST 1234 5698 7654 32 thanks", "GB82WEST12345698765432"),
        ("NO93 8601 1117 947", "NO9386011117947"),
    ],
)  # fmt: skip
def test_a_number_that_adds_up_is_read_out_of_what_was_said(said: str, target: str) -> None:
    assert read_account_number(said) == ReceivingAccount(target)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", NumberProblem.NOT_A_NUMBER),
        ("I don't know it", NumberProblem.NOT_A_NUMBER),
        ("12345678", NumberProblem.NEEDS_BOTH),
        ("021000021", NumberProblem.NEEDS_BOTH),
        ("021000021 123", NumberProblem.NEEDS_BOTH),
        ("021000021 0000", NumberProblem.NEEDS_BOTH),
        ("0210 0002 1 12345678", NumberProblem.NEEDS_BOTH),
        ("021000022 12345678", NumberProblem.BAD_ROUTING),
        ("routing 021000012 account 12345678", NumberProblem.BAD_ROUTING),
        ("DE89 3704 0044 0532 0130 01", NumberProblem.BAD_IBAN),
        ("DE89 3704 0044 0532 0130", NumberProblem.BAD_IBAN),
        ("XX89 3704 0044 0532 0130 00", NumberProblem.BAD_IBAN),
        ("٠٢١٠٠٠٠٢١ ١٢٣٤٥٦٧٨", NumberProblem.NOT_A_NUMBER),
    ],
)
def test_a_number_that_does_not_add_up_is_refused_with_the_reason(
    said: str, problem: NumberProblem
) -> None:
    assert read_account_number(said) is problem


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_reading(said: str) -> None:
    read_account_number(said)


@given(st.integers(0, 8), st.integers(0, 9))
def test_one_wrong_digit_never_passes_for_a_routing_number(place: int, digit: int) -> None:
    right = "021000021"
    wrong = right[:place] + str(digit) + right[place + 1 :]
    read = read_account_number(f"{wrong} 12345678")
    assert isinstance(read, ReceivingAccount) == (wrong == right)


def test_only_the_end_of_a_number_is_ever_shown() -> None:
    assert ReceivingAccount("DE89370400440532013000").last4 == "3000"
    assert ReceivingAccount("DE89370400440532013000").is_iban
    assert not ReceivingAccount("021000021-12345678").is_iban
