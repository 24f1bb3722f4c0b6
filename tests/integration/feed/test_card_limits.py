"""A card's own limits are kept where its spending is booked; what is given back counts no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fulfillment.bank.card_limits import CardSpending
from fulfillment.bank.money import Money
from tests.integration.feed.conftest import Feed
from tests.integration.feed.test_taking import SUSPICIOUS
from tests.unit.bank.values import NOW, dollars


def limit(feed: Feed, day: str | None = None, month: str | None = None) -> None:
    card = replace(
        feed.card(),
        daily_limit=dollars(day) if day else None,
        monthly_limit=dollars(month) if month else None,
    )
    assert feed.books.card_desk.set_limits(card, NOW) == card


def spent(feed: Feed) -> CardSpending:
    return feed.books.card_desk.spending(feed.card(), NOW.date(), "USD")


def minor(amount: int) -> dict[str, object]:
    return {"minor": amount, "currency": "USD"}


def test_a_purchase_up_to_the_limit_is_booked_and_the_next_cent_is_declined(feed: Feed) -> None:
    limit(feed, day="50.00")
    assert feed.send(amount=minor(4500)).booked
    assert feed.send(id="auth-2", amount=minor(500)).booked
    declined = feed.send(id="auth-3", amount=minor(1))
    assert (declined.decision, declined.reasons) == ("decline", ("card_day_limit",))
    assert spent(feed) == CardSpending(dollars("50.00"), dollars("50.00"))
    assert feed.violations() == []


def test_a_purchase_above_the_limit_by_itself_is_declined_before_anything_was_spent(
    feed: Feed,
) -> None:
    limit(feed, day="500.00", month="44.99")
    declined = feed.send(amount=minor(4500))
    assert declined.reasons == ("card_month_limit",)
    assert feed.send(id="auth-2", amount=minor(4499)).booked
    assert feed.violations() == []


def test_a_limit_that_is_set_at_noon_knows_the_morning_and_gone_it_declines_nothing(
    feed: Feed,
) -> None:
    assert feed.send(amount=minor(4500)).booked
    limit(feed, month="60.00")
    assert feed.send(id="auth-2", amount=minor(1501)).reasons == ("card_month_limit",)
    limit(feed)
    assert feed.send(id="auth-3", amount=minor(1501)).booked
    assert feed.card().monthly_limit is None
    assert feed.violations() == []


def test_the_same_purchase_sent_twice_counts_once(feed: Feed) -> None:
    limit(feed, day="50.00")
    feed.send(amount=minor(4500))
    assert feed.send(amount=minor(4500)).replayed
    assert spent(feed).day == dollars("45.00")


def test_what_was_held_and_is_given_back_was_not_spent(feed: Feed) -> None:
    limit(feed, day="50.00")
    feed.scorer.probability = SUSPICIOUS
    held = feed.send(amount=minor(4500))
    assert spent(feed).day == dollars("45.00")
    feed.books.holds.release(held.transfer_id, NOW + timedelta(minutes=5))
    assert spent(feed) == CardSpending(Money.zero("USD"), Money.zero("USD"))
    assert feed.violations() == []


def test_a_refund_gives_no_room_back(feed: Feed) -> None:
    feed.send(amount=minor(4500))
    feed.send(id="back-1", kind="card_refund", amount=minor(4500))
    assert spent(feed).day == dollars("45.00")
    assert feed.violations() == []


def test_an_audit_notices_a_count_that_no_payment_made(feed: Feed) -> None:
    feed.send(amount=minor(4500))
    feed.client.update_item(
        TableName=feed.books.table,
        Key={"PK": {"S": "C#mira"}, "SK": {"S": "KS#card-1#2026-03"}},
        UpdateExpression="ADD m :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
    )
    assert feed.violations() == [
        "card spending KS#card-1#2026-03 of mira: it is not what its payments make"
    ]
