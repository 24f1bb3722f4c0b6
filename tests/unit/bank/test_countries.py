"""The countries that a place names, as customers write them."""

from __future__ import annotations

from datetime import date

import pytest

from fulfillment.bank.countries import countries_in, home_country
from fulfillment.bank.travel import TravelNotice


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("Mexico", {"MX"}),
        ("méxico", {"MX"}),
        ("Italy and France", {"IT", "FR"}),
        ("Italia, Francia y Alemania", {"IT", "FR", "DE"}),
        ("the UK", {"GB"}),
        ("Scotland", {"GB"}),
        ("Rome, Italy", {"IT"}),
        ("Papua New Guinea", {"PG"}),
        ("Trinidad & Tobago", {"TT"}),
        ("the Dominican Republic", {"DO"}),
        ("New Mexico", {"US"}),
        ("Cancún", set()),
        ("my sister's", set()),
        ("", set()),
        ("Chinatown", set()),
    ],
)
def test_a_place_names_countries_or_none(place: str, codes: set[str]) -> None:
    assert countries_in(place) == codes


def test_home_is_where_the_locale_says() -> None:
    assert [home_country(one) for one in ("en_US", "es_US", "en_GB")] == ["US", "US", "GB"]


def test_a_trip_covers_its_countries_on_its_days_and_no_others() -> None:
    trip = TravelNotice("mira", "Italy", date(2026, 12, 5), date(2026, 12, 12))
    assert trip.is_in("IT", date(2026, 12, 5))
    assert trip.is_in("IT", date(2026, 12, 12))
    assert not trip.is_in("IT", date(2026, 12, 4))
    assert not trip.is_in("IT", date(2026, 12, 13))
    assert not trip.is_in("FR", date(2026, 12, 6))
