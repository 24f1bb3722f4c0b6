"""What a hold may become: posted in full or in part, or given back; never more, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.books import Hold
from fulfillment.bank.holds import (
    Authorisation,
    HoldRefusal,
    HoldRefused,
    digest,
    ended,
    hold_of,
    malformed,
    may_post,
)
from fulfillment.bank.money import Money
from fulfillment.bank.payments import TransferState
from tests.unit.bank.values import CHECKING, NOW, dollars, opening_hold, to_anna

LATER = NOW + timedelta(days=3)
CARD_HOLD = opening_hold(CHECKING)
PAYMENT_HOLD = hold_of(to_anna("50.00", fee="0.25"), "q-1", NOW, LATER)


def pending(hold: Hold) -> Authorisation:
    return Authorisation(hold, TransferState.PENDING)


def test_a_payment_is_held_with_its_fee() -> None:
    assert PAYMENT_HOLD.amount == dollars("50.25")
    assert PAYMENT_HOLD.description == "Payment to Anna Kovacs"
    assert hold_of(replace(to_anna("1"), destination_name=""), "q", NOW, LATER).description == (
        "Payment"
    )


@pytest.mark.parametrize(
    ("hold", "taken", "reason"),
    [
        (CARD_HOLD, dollars("20.01"), HoldRefusal.MORE_THAN_HELD),
        (CARD_HOLD, dollars("0"), HoldRefusal.NOT_POSITIVE),
        (CARD_HOLD, dollars("-1"), HoldRefusal.NOT_POSITIVE),
        (CARD_HOLD, Money(100, "EUR"), HoldRefusal.CURRENCY_MISMATCH),
        # A payment's fee comes on top of what may be posted.
        (PAYMENT_HOLD, dollars("50.01"), HoldRefusal.MORE_THAN_HELD),
    ],
)
def test_what_cannot_be_posted_is_refused_with_its_reason(
    hold: Hold, taken: Money, reason: HoldRefusal
) -> None:
    refused = may_post(pending(hold), taken)
    assert refused is not None
    assert refused.reason is reason


def test_all_or_a_part_of_a_hold_may_be_posted() -> None:
    for hold, taken in ((CARD_HOLD, "20"), (CARD_HOLD, "0.01"), (PAYMENT_HOLD, "50")):
        assert may_post(pending(hold), dollars(taken)) is None


def test_a_hold_of_nothing_or_of_the_past_is_not_placed() -> None:
    assert malformed(CARD_HOLD, NOW) is None
    assert malformed(replace(CARD_HOLD, amount=dollars("0")), NOW) is HoldRefusal.NOT_POSITIVE
    expired = replace(CARD_HOLD, expires_at=NOW)
    assert malformed(expired, NOW) is HoldRefusal.ALREADY_EXPIRED


@pytest.mark.parametrize("change", [{"account_id": "savings"}, {"card_id": "c"}, {"merchant": "X"}])
def test_another_figure_or_party_makes_another_digest(change: dict[str, str]) -> None:
    changed = replace(CARD_HOLD, **change)  # type: ignore[arg-type]  # only texts are changed
    assert digest(changed) != digest(CARD_HOLD)
    assert digest(replace(CARD_HOLD, amount=dollars("20.01"))) != digest(CARD_HOLD)
    assert digest(replace(CARD_HOLD, expires_at=LATER)) == digest(CARD_HOLD)
    assert PAYMENT_HOLD.order is not None
    assert digest(PAYMENT_HOLD) == PAYMENT_HOLD.order.digest


def test_asking_again_for_the_same_end_repeats_it_and_for_another_says_which_it_was() -> None:
    posted = Authorisation(PAYMENT_HOLD, TransferState.POSTED, dollars("40.25"), NOW)
    assert ended(posted, TransferState.POSTED) == replace(posted, replayed=True)
    assert ended(posted, TransferState.POSTED, dollars("40.00")) == replace(posted, replayed=True)
    settled = HoldRefused(HoldRefusal.SETTLED, state=TransferState.POSTED)
    assert ended(posted, TransferState.POSTED, dollars("41.00")) == settled
    assert ended(posted, TransferState.RELEASED) == settled


@given(st.integers(1, 2000))
def test_what_is_taken_and_what_goes_back_are_what_was_held(taken: int) -> None:
    posted = Authorisation(CARD_HOLD, TransferState.POSTED, Money(taken, "USD"), NOW)
    assert posted.rest + Money(taken, "USD") == CARD_HOLD.amount
    assert pending(CARD_HOLD).rest == dollars("0")
    released = Authorisation(CARD_HOLD, TransferState.RELEASED, None, NOW)
    assert released.rest == CARD_HOLD.amount
