from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.currency_spans import COUNTED
from bot.nlu.utterance import Utterance
from tests.unit.nlu.bots import NOW, found_in, reader_of, replied


@pytest.mark.parametrize(
    ("said", "day"),
    [
        # The developer guide's examples, said on Wednesday 25 November 2020.
        ("today", "2020-11-25"),
        ("November twenty-fifth", "2020-11-25"),
        ("11/25", "2020-11-25"),
        ("November twenty-fourth", "2021-11-24"),
        ("next week", "2020-11-29"),
        ("this week", "2020-11-23"),
        ("last week", "2020-11-16"),
        ("next month", "2020-12-31"),
        ("this month", "2020-11-01"),
        ("last month", "2020-10-01"),
        ("next year", "2021-12-31"),
        ("this year", "2020-01-01"),
        ("last year", "2019-01-01"),
        # As customers type them.
        ("tomorrow", "2020-11-26"),
        ("tmrw", "2020-11-26"),
        ("yesterday", "2020-11-24"),
        ("in 3 days", "2020-11-28"),
        ("in two weeks", "2020-12-09"),
        ("the day after tomorrow", "2020-11-27"),
        ("3 days ago", "2020-11-22"),
        ("a week from tomorrow", "2020-12-03"),
        ("Monday", "2020-11-30"),
        ("wednesday", "2020-11-25"),
        ("next Monday", "2020-11-30"),
        ("last friday", "2020-11-20"),
        ("June 5, 2024", "2024-06-05"),
        ("2024-06-05", "2024-06-05"),
        ("the 3rd", "2020-12-03"),
        ("4/5/2021", "2021-04-05"),
        ("25/12/2021", "2021-12-25"),
        ("3rd of March", "2021-03-03"),
        ("the first monday of next month", "2020-12-07"),
        ("end of the month", "2020-11-30"),
        ("at the end of next month", "2020-12-31"),
        ("christmas", "2020-12-25"),
        ("new year's eve", "2020-12-31"),
        ("february 29th", "2024-02-29"),
    ],
)
def test_a_day_is_read_by_the_clock(said: str, day: str | None) -> None:
    match = replied(said, "AMAZON.Date")
    assert (match and match.interpreted) == day


def test_the_day_comes_first_in_british_dates() -> None:
    [match] = found_in("on 4/5/2021", "AMAZON.Date", locale_id="en_GB")
    assert match.resolved == ("2021-05-04", "2021-04-05")


@pytest.mark.parametrize("said", ["30 february", "13/45", "in a moment", "marching", "99/99/9999"])
def test_what_is_no_day_gives_none(said: str) -> None:
    assert replied(said, "AMAZON.Date") is None


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_a_day_with_its_year_is_itself_in_every_writing(day: date) -> None:
    for written in ("%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%d %b %Y", "%d of %B %Y"):
        match = replied(day.strftime(written), "AMAZON.Date")
        assert match is not None
        assert match.interpreted == day.isoformat(), written


@given(st.integers(0, 400))
@settings(max_examples=50, deadline=None)
def test_days_without_a_year_are_never_in_the_past(ahead: int) -> None:
    day = NOW.date() + timedelta(days=ahead % 364)
    match = replied(day.strftime("%B %d"), "AMAZON.Date")
    assert match is not None
    assert match.interpreted == day.isoformat()


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("10 AM", ["10:00"]),
        ("10:00 am", ["10:00"]),
        ("10 o'clock", ["10:00", "22:00"]),
        ("at 10:30", ["10:30", "22:30"]),
        ("14:30", ["14:30"]),
        ("6 in the evening", ["18:00"]),
        ("6 pm", ["18:00"]),
        ("morning", ["MO"]),
        ("in the afternoon", ["AF"]),
        ("evening", ["EV"]),
        ("tonight", ["NI"]),
        ("noon", ["12:00"]),
        ("midnight", ["00:00"]),
        ("half past six", ["06:30", "18:30"]),
        ("quarter to 7", ["06:45", "18:45"]),
        ("20 past 4 in the afternoon", ["16:20"]),
        ("12 am", ["00:00"]),
        ("12:15 pm", ["12:15"]),
        ("in two hours", ["12:00"]),
        ("now", ["10:00"]),
        ("tonight at 8", ["20:00"]),
        ("half six", ["06:30", "18:30"]),
        ("7ish", ["07:00", "19:00"]),
        ("1730", ["17:30"]),
        ("0900 hours", ["09:00"]),
        ("at 15 35 in the afternoon", ["15:35"]),
    ],
)
def test_a_time_has_one_reading_or_two(said: str, readings: list[str]) -> None:
    match = replied(said, "AMAZON.Time")
    assert match is not None
    assert list(match.resolved) == readings
    assert match.interpreted == (readings[0] if len(readings) == 1 else None)


@pytest.mark.parametrize("said", ["25:99", "soonish", "50 dollars"])
def test_what_is_no_time_gives_none(said: str) -> None:
    assert replied(said, "AMAZON.Time") is None


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("ten minutes", "PT10M"),
        ("five hours", "PT5H"),
        ("three days", "P3D"),
        ("forty five seconds", "PT45S"),
        ("eight weeks", "P8W"),
        ("seven years", "P7Y"),
        ("five hours ten minutes", "PT5H10M"),
        ("two years three hours ten minutes", "P2YT3H10M"),
        ("90 minutes", "PT90M"),
        ("half an hour", "PT30M"),
        ("a week", "P1W"),
        ("an hour and a half", "PT1H30M"),
        ("1.5 hours", "PT1H30M"),
        ("three months", "P3M"),
        ("a fortnight", "P2W"),
        ("1h30m", "PT1H30M"),
        ("5d", "P5D"),
        ("three quarters of an hour", "PT45M"),
        ("the whole day", "P1D"),
        ("6 mos", "P6M"),
    ],
)
def test_a_length_of_time_is_iso_8601(said: str, value: str) -> None:
    match = replied(said, "AMAZON.Duration")
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3 days after christmas", "2020-12-28"),
        ("two weeks before May 13 1999", "1999-04-29"),
        ("the day before thanksgiving", "2020-11-25"),
        ("friday in a week", "2020-12-04"),
        ("easter 2018", "2018-04-01"),
        ("last easter", "2020-04-12"),
        ("black friday", "2020-11-27"),
        ("labor day", "2021-09-06"),
        ("the last day of february 2024", "2024-02-29"),
        ("2 fridays from now", "2020-12-04"),
        ("the last 30 days", "2020-10-26"),
        ("in a fortnight's time", "2020-12-09"),
        ("20161016", "2016-10-16"),
        ("10.31.1974", "1974-10-31"),
        ("2020/23/sep", "2020-09-23"),
        ("a week from friday", "2020-12-04"),
        ("week from tomorrow", "2020-12-03"),
        ("a week on friday", "2020-12-04"),
        ("friday week", "2020-12-04"),
        ("two weeks tomorrow", "2020-12-10"),
        ("the monday after next", "2020-12-07"),
        ("mid december", "2020-12-15"),
        ("eom", "2020-11-30"),
        ("the weekend", "2020-11-28"),
        ("sat", "2020-11-28"),
        ("the second tuesday of january", "2021-01-12"),
        ("next month on the 5th", "2020-12-05"),
        ("last december", "2019-12-01"),
        ("nov 24th last year", "2019-11-24"),
        ("this time next week", "2020-12-02"),
        ("in 3 business days", "2020-11-30"),
        ("5 working days ago", "2020-11-18"),
        ("25 11 2020", "2020-11-25"),
        ("first thing tomorrow", "2020-11-26"),
    ],
)
def test_a_day_is_reckoned_from_another(said: str, day: str) -> None:
    match = replied(said, "AMAZON.Date")
    assert (match and match.interpreted) == day


def test_a_weekday_that_does_not_fit_its_date_is_the_second_reading() -> None:
    match = replied("Sunday, November 22", "AMAZON.Date")
    assert match is not None
    assert match.resolved == ("2021-11-22", "2020-11-22")


def test_the_figure_of_an_amount_is_no_day() -> None:
    [match] = found_in("I bought it for $12 December 27", "AMAZON.Date")
    assert match.original == "December 27"


@pytest.mark.parametrize(
    ("type_name", "said"),
    [
        ("AMAZON.Date", "can you take the second charge off"),
        ("AMAZON.Date", "my first hawaiian bank account"),
        ("AMAZON.Date", "i need to activate it first"),
        ("AMAZON.Time", "i tried at two different machines"),
        ("AMAZON.Time", "i made one a few days ago"),
        ("AMAZON.Time", "it takes one to two weeks"),
        ("AMAZON.Time", "more than 2 cards"),
        ("AMAZON.Time", "good afternoon"),
    ],
)
def test_numbers_of_other_things_are_neither_days_nor_times(type_name: str, said: str) -> None:
    assert found_in(said, type_name) == []


def test_numbers_that_count_something_are_hardly_money() -> None:
    spans = reader_of("AMAZON.Currency").spans(
        "AMAZON.Currency", Utterance.of("the last 4 digits, in 10 days", NOW)
    )
    assert all(span.weight <= COUNTED for span in spans)
