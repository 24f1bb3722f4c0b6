"""A card abroad: asked about, unless the customer told of a trip there on that day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from fulfillment.bank.travel import TravelNotice
from fulfillment.feed.transaction import CardPurchase, read_transaction
from fulfillment.store.travel_notices import TravelDesk
from tests.integration.feed.conftest import PURCHASE, Feed
from tests.unit.bank.values import NOW

SMALL: dict[str, Any] = {"minor": 900, "currency": "USD"}


def told_of(feed: Feed, place: str, first: str, last: str) -> None:
    books = feed.books
    desk = TravelDesk(books.client, books.table, books.patience, lambda: f"trip-{place}")
    trip = TravelNotice("mira", place, date.fromisoformat(first), date.fromisoformat(last))
    assert desk.note(trip, NOW)


def test_a_purchase_abroad_that_nobody_told_of_waits_for_the_customers_word(feed: Feed) -> None:
    receipt = feed.send(country="MX")
    assert (receipt.decision, receipt.reasons) == ("hold", ("abroad",))
    assert [one.payment_id for one in feed.told()] == [receipt.transfer_id]
    assert feed.send(id="auth-2", country="US").decision == "allow"
    assert feed.send(id="auth-3", country="MX", amount=SMALL).decision == "allow"
    assert feed.violations() == []


def test_on_the_days_of_a_trip_a_purchase_there_is_not_asked_about(feed: Feed) -> None:
    told_of(feed, "Mexico", "2026-03-01", "2026-03-05")
    assert feed.send(country="MX").decision == "allow"
    assert feed.send(id="auth-2", country="JP").decision == "hold"
    assert feed.told() != []


def test_before_and_after_a_trip_it_is(feed: Feed) -> None:
    told_of(feed, "Mexico", "2026-03-03", "2026-03-05")
    told_of(feed, "Japan", "2026-02-20", "2026-03-01")
    assert feed.send(country="MX").reasons == ("abroad",)
    assert feed.send(id="auth-2", country="JP").reasons == ("abroad",)


def test_another_customers_trip_is_nobodys(feed: Feed) -> None:
    books = feed.books
    desk = TravelDesk(books.client, books.table, books.patience, lambda: "trip")
    assert desk.note(TravelNotice("ned", "Mexico", date(2026, 3, 1), date(2026, 3, 5)), NOW)
    assert feed.send(country="MX").decision == "hold"


def test_at_home_no_trip_is_read(feed: Feed) -> None:
    feed.send(country="US")
    assert "query" not in feed.calls.made


def test_who_names_no_country_says_what_they_said_before_one_could_be_named() -> None:
    """So that a purchase from before is still known when it is sent again."""
    plain = read_transaction(json.dumps(PURCHASE), NOW)
    there = read_transaction(json.dumps(PURCHASE | {"country": "MX"}), NOW)
    assert isinstance(plain, CardPurchase)
    assert plain.digest == CardPurchase.model_validate(plain.model_dump() | {"country": ""}).digest
    assert plain.digest == "e104cdfcb45a5e6da9be76b63f32361557a2c14daee058e132a35af7c4af0ef1"
    assert there.digest != plain.digest
