"""What an answer points out is understood, whatever Lex took it for."""

from __future__ import annotations

import pytest

from fulfillment.conversations.pointing_out import pointed_out
from fulfillment.conversations.progress import CONFIRMATION, Task

SOURCE = Task("SendMoney", {"amount": "20"}, "sourceAccount")
CALLED_BACK = Task("CancelPayment", {"payee": "Noah", "amount": "260"}, CONFIRMATION)
CANCELLED = Task("CancelScheduledPayment", {"which": "SP-1"}, CONFIRMATION)


def test_the_end_of_its_number_names_an_account_that_was_asked_for() -> None:
    slots = pointed_out(SOURCE, "account ending 3358", "CloseAccount")
    assert slots == {"amount": "20", "sourceAccount": "account ending 3358"}


def test_what_lex_understood_itself_is_left_to_it() -> None:
    assert pointed_out(SOURCE, "3358", "SendMoney") is None


@pytest.mark.parametrize(
    "said", ["no, the one to Sofia Reyes", "the payment to Sofia Reyes", "no, el de Sofia Reyes"]
)
def test_another_payment_is_named_by_its_receiver(said: str) -> None:
    assert pointed_out(CALLED_BACK, said, "CancelPayment") == {"payee": "Sofia Reyes"}
    assert pointed_out(CANCELLED, said, "FallbackIntent") == {"payee": "Sofia Reyes"}


@pytest.mark.parametrize("said", ["no", "yes", "send 20 to Sofia", "close the account ending 3358"])
def test_a_sentence_of_its_own_points_nothing_out(said: str) -> None:
    for task in (SOURCE, CALLED_BACK, CANCELLED):
        assert pointed_out(task, said, "CloseAccount") is None


def test_a_payment_that_is_being_made_has_no_other_one_beside_it() -> None:
    confirmed = Task("SendMoney", {"amount": "20"}, CONFIRMATION)
    assert pointed_out(confirmed, "the one to Sofia", "SendMoney") is None
