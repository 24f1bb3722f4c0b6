"""A sentence says when to pay: the day, how often, and until when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.payment_timing import Timing, read_day, read_timing, recurrence
from fulfillment.bank.recurrence import Frequency, Recurrence

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("send 50 to Anna on friday", "2026-11-27"),
        ("send 50 to Anna this Friday", "2026-11-27"),
        ("send 30 to anna next friday", "2026-12-04"),
        ("pay tom on thursday", "2026-12-03"),
        ("send 20 to mom tomorrow", "2026-11-27"),
        ("the day after tomorrow, 20 to mom", "2026-11-28"),
        ("send anna 25 today", "2026-11-26"),
        ("pay anna 25 right away", "2026-11-26"),
        ("pay 100 on 12/15", "2026-12-15"),
        ("pay 100 on 12/15/27", "2027-12-15"),
        ("pay 100 on 2026-12-04", "2026-12-04"),
        ("pay tom 40 on dec 3", "2026-12-03"),
        ("pay tom 40 on the 3rd of december", "2026-12-03"),
        ("pay tom 40 on January 31st, 2027", "2027-01-31"),
        ("pay tom 40 on march 1", "2027-03-01"),
        ("pay my card on the 20th", "2026-12-20"),
        ("pay my card on the 28th", "2026-11-28"),
        ("on the 1st of the month", "2026-12-01"),
        ("send 40 to tom on the 5th of next month", "2026-12-05"),
        ("at the end of the month", "2026-11-30"),
        ("pay him 40 in 3 days", "2026-11-29"),
        ("send 10 to anna in two weeks", "2026-12-10"),
        ("in a month", "2026-12-26"),
        ("send $15 to noah a week from tomorrow", "2026-12-04"),
        ("next week", "2026-11-30"),
        ("starting in january", "2027-01-01"),
        # Over already: the bank says so, and does not wait a year.
        ("pay tom 40 on november 3", "2026-11-03"),
        ("send 5 last friday", "2026-11-20"),
        ("yesterday", "2026-11-25"),
        ("3 days ago", "2026-11-23"),
    ],
)
def test_a_day_is_heard(words: str, day: str) -> None:
    timing = read_timing(words, THURSDAY)
    assert str(timing.start) == day
    assert timing.frequency is None


@pytest.mark.parametrize(
    ("words", "frequency", "start", "day"),
    [
        ("pay rent 1200 every month on the 1st", "monthly", "2026-12-01", 1),
        ("pay 300 on the 29th of every month", "monthly", "2026-11-29", 29),
        ("1,200 on the 31st of every month", "monthly", "2026-11-30", 31),
        ("the landlord 900 on the last day of each month", "monthly", "2026-11-30", 31),
        ("every 15th", "monthly", "2026-12-15", 15),
        ("pay anna 100 a month", "monthly", "None", None),
        ("make it monthly", "monthly", "None", None),
        ("pay anna 30 every Friday", "weekly", "2026-11-27", 27),
        ("send mom 20 on mondays", "weekly", "2026-11-30", 30),
        ("move 50 a week into savings", "weekly", "None", None),
        ("every other friday", "every_two_weeks", "2026-11-27", 27),
        ("45 to marcus every second tuesday", "every_two_weeks", "2026-12-01", 1),
        ("pay 50 every 2 weeks starting on 2026-12-04", "every_two_weeks", "2026-12-04", 4),
        ("pay sofia bi-weekly", "every_two_weeks", "None", None),
        ("pay 20 yearly on march 5", "yearly", "2027-03-05", 5),
        ("just once, on friday", "once", "2026-11-27", 27),
    ],
)
def test_a_rhythm_is_heard(words: str, frequency: str, start: str, day: int | None) -> None:
    timing = read_timing(words, THURSDAY)
    assert (timing.frequency, str(timing.start), timing.day) == (Frequency(frequency), start, day)


@pytest.mark.parametrize(
    ("words", "until", "times", "start"),
    [
        ("every friday until june", "2027-06-30", None, "2026-11-27"),
        ("monthly from january until december 2027", "2027-12-31", None, "2027-01-01"),
        ("every tuesday ending on march 31", "2027-03-31", None, "2026-12-01"),
        ("every month on the 1st for 6 months", "None", 6, "2026-12-01"),
        ("10 weekly for three months starting monday", "2027-02-27", None, "2026-11-30"),
        ("every week from tomorrow, 20 times", "None", 20, "2026-11-27"),
        ("every friday until 12/18", "2026-12-18", None, "2026-11-27"),
    ],
)
def test_an_end_is_heard_and_no_beginning_taken_for_it(
    words: str, until: str, times: int | None, start: str
) -> None:
    timing = read_timing(words, THURSDAY)
    assert (str(timing.until), timing.times, str(timing.start)) == (until, times, start)


def test_a_length_of_time_depends_on_the_rhythm_that_was_said_before() -> None:
    assert read_timing("for six months", THURSDAY) == Timing()
    assert read_timing("for six months", THURSDAY, Frequency.MONTHLY).times == 6
    weekly = read_timing("for six months", THURSDAY, Frequency.WEEKLY)
    assert str(weekly.until) == "2027-05-25"


def test_no_end_is_heard_as_one() -> None:
    assert read_timing("every month until i cancel", THURSDAY).endless


@pytest.mark.parametrize(
    "words",
    ["every day", "pay anna 5 daily", "every three weeks", "quarterly", "every other month"],
)
def test_a_rhythm_that_nobody_can_schedule_here_is_no_other_one(words: str) -> None:
    timing = read_timing(words, THURSDAY)
    assert timing.impossible
    assert timing.frequency is None


@pytest.mark.parametrize(
    "words",
    [
        "send 50 to anna",
        "send 50 to anna for friday's dinner",
        "send it from the second account",
        "the second one",
        "pay april 60",
        "send her another 20",
        "half my balance",
        "1,200.50",
        "sun",
        "x" * 500,
        "",
    ],
)
def test_a_payment_without_a_day_is_made_now(words: str) -> None:
    assert not read_timing(words, THURSDAY).is_later_than(THURSDAY)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("15", "2026-12-15"),
        ("the 5th", "2026-12-05"),
        ("first", "2026-12-01"),
        ("31", "2026-11-30"),
    ],
)
def test_an_answer_to_which_day_may_be_a_bare_number(words: str, day: str) -> None:
    found = read_day(words, THURSDAY)
    assert found is not None
    assert str(found.day) == day


@pytest.mark.parametrize("words", ["0", "32", "soon", "x" * 500])
def test_what_is_no_day_is_none(words: str) -> None:
    assert read_day(words, THURSDAY) is None


def test_the_day_of_the_month_that_was_asked_for_is_kept() -> None:
    timing = read_timing("on the 31st of every month", THURSDAY)
    assert timing.start is not None
    assert recurrence(timing, Frequency.MONTHLY, timing.start) == Recurrence(
        Frequency.MONTHLY, date(2026, 11, 30), 31
    )


@given(st.text(max_size=450), st.dates(date(1970, 1, 1), date(9990, 1, 1)))
def test_no_words_make_it_fail(words: str, today: date) -> None:
    read_timing(words, today)
    read_day(words, today)


_WORDS = st.sampled_from(
    "every other the 31st 29th of month week friday next last in until for times 12 3 1/32 2/29 "
    "feb january 9999 year ago from now tomorrow end day a on two biweekly 2026-02-30".split()
)


@given(st.lists(_WORDS, max_size=12), st.dates(date(2020, 1, 1), date(9990, 1, 1)))
def test_no_heap_of_such_words_makes_it_fail(words: list[str], today: date) -> None:
    read_timing(" ".join(words), today)
