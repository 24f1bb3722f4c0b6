"""What the feed may send, and what is said about everything else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fulfillment.feed.credential import FeedCredential, keys_in
from fulfillment.feed.openapi import fragment
from fulfillment.feed.transaction import (
    AccountCredit,
    CardPurchase,
    InvalidTransactionError,
    read_transaction,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PURCHASE: dict[str, Any] = {
    "kind": "card_purchase",
    "id": "auth-1",
    "at": "2026-11-23T14:59:00Z",
    "customer": "amelia",
    "card": "debit",
    "merchant": "Corner Coffee",
    "category": "dining",
    "amount": {"minor": 450, "currency": "USD"},
}


def read(**changes: Any) -> Any:
    return read_transaction(json.dumps(PURCHASE | changes), NOW)


def faults(**changes: Any) -> list[str]:
    with pytest.raises(InvalidTransactionError) as refused:
        read(**changes)
    return [fault["field"] for fault in refused.value.faults]


def test_a_purchase_is_read_in_utc_to_the_second() -> None:
    sent = read(at="2026-11-23T09:59:00.750-05:00")
    assert isinstance(sent, CardPurchase)
    assert sent.at == datetime(2026, 11, 23, 14, 59, tzinfo=UTC)
    assert sent.amount.money.minor == 450


def test_the_same_instant_in_another_zone_is_the_same_content() -> None:
    assert read().digest == read(at="2026-11-23T09:59:00-05:00").digest


@pytest.mark.parametrize(
    "change",
    [
        {"amount": {"minor": 451, "currency": "USD"}},
        {"merchant": "Corner Cafe"},
        {"card": "credit"},
    ],
)
def test_other_content_has_another_digest_and_the_same_movement(change: dict[str, Any]) -> None:
    assert read(**change).digest != read().digest
    assert read(**change).transfer_id == read().transfer_id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": {"minor": 4.5, "currency": "USD"}}, "amount.minor"),
        ({"amount": {"minor": "450", "currency": "USD"}}, "amount.minor"),
        ({"amount": {"minor": 0, "currency": "USD"}}, "amount.minor"),
        ({"amount": {"minor": 10**12, "currency": "USD"}}, "amount.minor"),
        ({"amount": {"minor": 450, "currency": "usd"}}, "amount.currency"),
        ({"at": "2026-11-23T14:59:00"}, "at"),
        ({"at": "2026-11-23T16:00:00Z"}, "at"),
        ({"at": "2026-08-01T00:00:00Z"}, "at"),
        ({"merchant": "  "}, "merchant"),
        ({"merchant": "a\nb"}, "merchant"),
        ({"merchant": "<@U0SAM>"}, "merchant"),
        ({"category": "yachts"}, "category"),
        ({"customer": "amelia#A"}, "customer"),
        ({"id": "x" * 65}, "id"),
        ({"kind": "wire"}, "body"),
        ({"approved": True}, "approved"),
    ],
)
def test_what_cannot_be_booked_is_refused_with_its_field(
    changes: dict[str, Any], field: str
) -> None:
    assert faults(**changes) == [field]


@pytest.mark.parametrize("body", ["", "[]", "no json", '{"kind": 3}'])
def test_what_is_no_transaction_at_all_is_refused(body: str) -> None:
    with pytest.raises(InvalidTransactionError):
        read_transaction(body, NOW)


def test_wages_name_who_paid_them_and_no_card() -> None:
    wages = {k: v for k, v in PURCHASE.items() if k not in ("card", "merchant")}
    wages |= {"kind": "account_credit", "account": "checking", "payer": "Brightline"}
    sent = read_transaction(json.dumps(wages | {"purpose": "salary"}), NOW)
    assert isinstance(sent, AccountCredit)
    assert sent.purpose == "salary"


class _Secrets:
    def __init__(self, secret: str) -> None:
        self.secret, self.asked = secret, 0

    def get_secret_value(self, **_: Any) -> Any:
        self.asked += 1
        return {"SecretString": self.secret}


KEY, OLD = "k" * 64, "o" * 64


def test_only_the_feeds_own_keys_are_let_in() -> None:
    secrets = _Secrets(json.dumps({"key": KEY, "previous": OLD}))
    credential = FeedCredential(secrets, "teller/feed", lambda: 0.0)
    assert credential.admits(f"Bearer {KEY}")
    assert credential.admits(f"bearer {OLD}")
    for wrong in (
        "",
        KEY,
        f"Basic {KEY}",
        "Bearer ",
        f"Bearer {KEY[:-1]}",
        f"Bearer {KEY}x",
        "Bearer é",
    ):
        assert not credential.admits(wrong)


def test_a_secret_without_a_key_lets_nobody_in() -> None:
    assert keys_in(json.dumps({"key": "", "previous": ""})) == ()
    credential = FeedCredential(_Secrets("{}"), "teller/feed", lambda: 0.0)
    assert not credential.admits("Bearer ")
    assert not credential.admits("Bearer None")


def test_the_secret_is_read_again_after_some_minutes() -> None:
    now = [0.0]
    secrets = _Secrets(json.dumps({"key": KEY}))
    credential = FeedCredential(secrets, "teller/feed", lambda: now[0])
    assert credential.admits(f"Bearer {KEY}")
    secrets.secret = json.dumps({"key": OLD})
    assert credential.admits(f"Bearer {KEY}")
    now[0] = timedelta(minutes=6).total_seconds()
    assert not credential.admits(f"Bearer {KEY}")
    assert secrets.asked == 2


def test_the_published_operation_is_the_one_that_is_checked() -> None:

    published = Path(__file__).parents[3] / "docs" / "openapi" / "feed.json"
    assert json.loads(published.read_text()) == fragment()
    kinds = fragment()["components"]["schemas"]["FeedTransaction"]["discriminator"]["mapping"]
    assert sorted(kinds) == ["account_credit", "card_purchase", "card_refund", "direct_debit"]
