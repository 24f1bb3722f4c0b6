"""Where a card is used, beside where its customer lives and the trips that they told of."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fulfillment.bank.books import Customer
from fulfillment.bank.countries import home_country
from fulfillment.feed.transaction import CardPurchase
from fulfillment.store.books import Books
from fulfillment.store.travel_notices import TravelDesk


def country_not_told_of(books: Books, sent: CardPurchase, customer: Customer) -> str:
    """The country of a purchase, if it is neither the customer's own nor one of a trip at that
    time; else "". The trips are read only where it may be abroad.
    """
    if sent.country in ("", home_country(customer.locale)):
        return ""
    day = sent.at.astimezone(ZoneInfo(customer.time_zone)).date()
    desk = TravelDesk(books.client, books.table, books.patience, books.chance.new_id)
    trips = desk.current(customer.customer_id, day)
    told = any(trip.is_in(sent.country, day) for trip in trips)
    return "" if told else sent.country
