"""A period is the days that the customer means, in their own calendar."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.periods import Period, month_of, parse_period

MONDAY = date(2026, 11, 23)
DEFINITION = Path(__file__).parents[3] / "lex_definitions/Teller/BotLocales/en_US/SlotTypes"
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "last"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("yesterday", "2026-11-22", "2026-11-22"),
        ("the day before yesterday", "2026-11-21", "2026-11-21"),
        ("this week", "2026-11-23", "2026-11-23"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("over the weekend", "2026-11-21", "2026-11-22"),
        ("this month", "2026-11-01", "2026-11-23"),
        ("so far this month", "2026-11-01", "2026-11-23"),
        ("Last month?", "2026-10-01", "2026-10-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("this year", "2026-01-01", "2026-11-23"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last 7 days", "2026-11-17", "2026-11-23"),
        ("in the past 30 days", "2026-10-25", "2026-11-23"),
        ("the last two weeks", "2026-11-10", "2026-11-23"),
        ("last 3 months", "2026-08-24", "2026-11-23"),
        ("last few days", "2026-11-21", "2026-11-23"),
        ("2 days ago", "2026-11-21", "2026-11-21"),
        ("a couple of weeks ago", "2026-11-09", "2026-11-15"),
        ("a month ago", "2026-10-01", "2026-10-31"),
        ("since Monday", "2026-11-16", "2026-11-23"),
        ("since March", "2026-03-01", "2026-11-23"),
        ("since the start of the year", "2026-01-01", "2026-11-23"),
        ("since the weekend", "2026-11-21", "2026-11-23"),
        ("in March", "2026-03-01", "2026-03-31"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("in november", "2026-11-01", "2026-11-23"),
        ("last november", "2025-11-01", "2025-11-30"),
        ("March 2025", "2025-03-01", "2025-03-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("q1 2025", "2025-01-01", "2025-03-31"),
        ("2026-10-03", "2026-10-03", "2026-10-03"),
        ("October 3", "2026-10-03", "2026-10-03"),
        ("3rd of October", "2026-10-03", "2026-10-03"),
        ("Oct 3rd, 2025", "2025-10-03", "2025-10-03"),
        ("December 24", "2025-12-24", "2025-12-24"),
        ("February 29", "2024-02-29", "2024-02-29"),
        ("the 31st", "2026-10-31", "2026-10-31"),
        ("on Friday", "2026-11-20", "2026-11-20"),
        ("monday", "2026-11-16", "2026-11-16"),
        ("between 3 and 12 October", "2026-10-03", "2026-10-12"),
        ("between 3 and 12 October 2025", "2025-10-03", "2025-10-12"),
        ("between October 3 and 12", "2026-10-03", "2026-10-12"),
        ("from 28 October to 3 November", "2026-10-28", "2026-11-03"),
        ("from December to February", "2025-12-01", "2026-02-28"),
        ("from Monday to Friday", "2026-11-16", "2026-11-20"),
        ("from 2025-01-15 to 2026-03-01", "2025-01-15", "2026-03-01"),
        ("from last Monday to yesterday", "2026-11-16", "2026-11-22"),
    ],
)
def test_a_period_is_read_on_a_monday_in_november(text: str, start: str, last: str) -> None:
    end = date.fromisoformat(last) + timedelta(days=1)
    assert parse_period(text, MONDAY) == Period(date.fromisoformat(start), end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "next week",
        "the time of the dinosaurs",
        "2030-01-01",
        "October 2030",
        "February 30",
        "0000-00-00",
        "2026-00-10",
        "9999-12-31",
        "last 0 days",
        "last 9999 years",
        "3",
        "since",
        "between 12 and 3 October",
        "since tomorrow",
    ],
)
def test_what_is_no_period_of_a_history_is_none(text: str) -> None:
    assert parse_period(text, MONDAY) is None


def test_a_month_that_was_named_is_the_latest_that_has_begun() -> None:
    assert parse_period("march", date(2026, 3, 1)) == Period(date(2026, 3, 1), date(2026, 3, 2))
    assert parse_period("march", date(2026, 2, 28)) == Period(date(2025, 3, 1), date(2025, 4, 1))


def test_three_months_from_the_last_day_of_a_month_are_whole_months() -> None:
    assert parse_period("last 3 months", date(2026, 5, 31)) == Period(
        date(2026, 3, 1), date(2026, 6, 1)
    )


@given(days, st.integers(1, 400))
def test_the_last_days_are_as_many_as_was_said_and_end_today(today: date, count: int) -> None:
    period = parse_period(f"last {count} days", today)
    assert period is not None
    assert (period.end - period.start).days == count
    assert period.end == today + timedelta(days=1)


@given(days)
def test_last_month_and_this_month_meet(today: date) -> None:
    last, this = parse_period("last month", today), parse_period("this month", today)
    assert last is not None
    assert this is not None
    assert last.end == this.start == today.replace(day=1)
    assert last == month_of(last.start)


@given(days)
def test_last_week_is_the_monday_to_sunday_before_this_week(today: date) -> None:
    period = parse_period("last week", today)
    assert period is not None
    assert (period.start.weekday(), (period.end - period.start).days) == (0, 7)
    assert 0 < (today - period.end).days + 1 <= 7


@given(days, days)
def test_a_day_written_out_is_that_day(day: date, today: date) -> None:
    period = parse_period(f"{day:%B} {day.day}, {day.year}", today)
    assert period == (Period(day, day + timedelta(days=1)) if day <= today else None)
    assert parse_period(day.isoformat(), today) == period


_WORDS = st.sampled_from(
    "last this since between from to and the of ago in 3 12th 0 31 2025 9999 october feb monday "
    "day weeks months year weekend q2 few a - today 2026-02-31 quarter".split()
)


@given(st.one_of(st.text(max_size=90), st.lists(_WORDS, max_size=8).map(" ".join)), days)
def test_no_text_raises_and_no_period_reaches_into_the_future(text: str, today: date) -> None:
    period = parse_period(text, today)
    if period is not None:
        assert period.start < period.end <= today + timedelta(days=1)
        for zone in ("America/Los_Angeles", "Asia/Tokyo"):
            begin, end = period.instants(zone)
            assert begin < end


def test_the_bounds_are_the_customers_midnights() -> None:
    october = month_of(date(2026, 10, 9))
    assert october.instants("America/New_York") == (
        datetime(2026, 10, 1, 4, tzinfo=UTC),
        datetime(2026, 11, 1, 4, tzinfo=UTC),
    )


def test_a_day_on_which_the_clock_goes_back_has_25_hours() -> None:
    day = parse_period("november 1", MONDAY)
    assert day is not None
    begin, end = day.instants("America/New_York")
    assert end - begin == timedelta(hours=25)


def test_every_period_that_the_bot_offers_is_understood() -> None:
    definition = json.loads((DEFINITION / "TimePeriod/SlotType.json").read_text())
    offered = [
        value["value"]
        for entry in definition["slotTypeValues"]
        for value in (entry["sampleValue"], *(entry["synonyms"] or []))
    ]
    assert len(offered) > 50
    assert [text for text in offered if parse_period(text, MONDAY) is None] == []
