"""The days of a trip out of a whole sentence, and trips that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from fulfillment.bank.travel import (
    TravelNotice,
    TripDays,
    TripProblem,
    read_trip_days,
    trip_problem,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "locale", "first", "last"),
    [
        ("i'll be in mexico from december 5 to december 12", "en_US", (12, 5), (12, 12)),
        ("in peru from dec 5 to 12", "en_US", (12, 5), (12, 12)),
        ("from the 5th to the 12th of december", "en_US", (12, 5), (12, 12)),
        ("italy 12/05 - 12/12", "en_US", (12, 5), (12, 12)),
        ("italy 5/12 to 12/12", "en_GB", (12, 5), (12, 12)),
        ("mexico next week from monday till friday", "en_US", (11, 30), (12, 4)),
        ("from monday to wednesday", "en_US", (11, 30), (12, 2)),
        ("from friday to monday", "en_US", (11, 27), (11, 30)),
        ("from dec 5 to dec 3", "en_US", (12, 5), (12, 3)),
        ("i leave friday and come back december 4", "en_US", (11, 27), (12, 4)),
        ("i'm flying to japan tomorrow for two weeks", "en_US", (11, 24), (12, 7)),
        ("i'm off to spain on december 1", "en_US", (12, 1), None),
        ("i'm in canada until friday", "en_US", None, (11, 27)),
        ("i'll be back on december 9", "en_US", None, (12, 9)),
        ("i'm going to chile", "en_US", None, None),
        ("voy a perú del 5 al 12 de diciembre", "es_US", (12, 5), (12, 12)),
        ("salgo el 1 de diciembre y regreso el 9 de diciembre", "es_US", (12, 1), (12, 9)),
        ("estoy en chile hasta el viernes", "es_US", None, (11, 27)),
    ],
)
def test_the_days_of_a_trip_are_read_as_people_say_them(
    said: str, locale: str, first: tuple[int, int] | None, last: tuple[int, int] | None
) -> None:
    days = [date(2026, *one) if one else None for one in (first, last)]
    assert read_trip_days(said, TODAY, locale) == TripDays(*days)


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (date(2026, 12, 5), date(2026, 12, 4), TripProblem.BACKWARDS),
        (date(2026, 11, 1), date(2026, 11, 22), TripProblem.OVER),
        (date(2026, 12, 1), date(2027, 12, 3), TripProblem.TOO_LONG),
        (date(2026, 11, 20), TODAY, None),
        (TODAY, TODAY, None),
    ],
)
def test_a_trip_ends_after_it_began_is_not_over_and_lasts_a_year_at_most(
    first: date, last: date, problem: TripProblem | None
) -> None:
    assert trip_problem(first, last, TODAY) is problem


def test_a_trip_that_is_told_twice_is_one_trip() -> None:
    one = TravelNotice("mira", "Peru", TODAY, TODAY)
    assert one.notice_id == TravelNotice("mira", "peru", TODAY, TODAY).notice_id
    assert one.notice_id != TravelNotice("mira", "Chile", TODAY, TODAY).notice_id
