"""When somebody wants to pay, out of a whole sentence: from which day, how often, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.future_days import SaidDay, find_day, first_of, later
from fulfillment.bank.letters import without_accents
from fulfillment.bank.recurrence import LAST_DAY, Frequency, Recurrence, day_in_month
from fulfillment.bank.timing_words import TimingWords, timing_words

_MAX_LENGTH = 400
_UNIT_OF = {Frequency.WEEKLY: "week", Frequency.MONTHLY: "month", Frequency.YEARLY: "year"}


@dataclass(frozen=True, slots=True)
class Timing:
    """What was said of it; the rest is None. `day` is the day of the month that was asked for.

    `impossible`: a rhythm was named that this bank does not pay in. `endless`: it was said that
    there is no end.
    """

    start: date | None = None
    day: int | None = None
    frequency: Frequency | None = None
    until: date | None = None
    times: int | None = None
    endless: bool = False
    impossible: bool = False

    @property
    def says_something(self) -> bool:
        return self != Timing()

    @property
    def ends(self) -> bool:
        """Whether it was said when it ends, or that it never does."""
        return self.until is not None or self.times is not None or self.endless

    def is_later_than(self, today: date) -> bool:
        """Whether this asks for anything else than paying at once."""
        repeats = self.frequency not in (None, Frequency.ONCE)
        return repeats or self.impossible or (self.start is not None and self.start != today)


def read_timing(
    words: str, today: date, rhythm: Frequency | None = None, locale: str = "en_US"
) -> Timing:
    """What `words` say about when to pay. `today` is the customer's. Never raises.

    `rhythm` is what was said before of how often: "for six months" alone depends on it. `locale` is
    a Lex locale id.
    """
    grammar = timing_words(locale)
    said = _plain(words, grammar)
    if not said or len(said) > _MAX_LENGTH:
        return Timing()
    try:
        return _read(said, today, rhythm, grammar)
    except (OverflowError, ValueError):
        return Timing()


def read_day(words: str, today: date, locale: str = "en_US") -> SaidDay | None:
    """The day in an answer to "from which day?", where a bare "15" is a day of the month."""
    grammar = timing_words(locale)
    said = _plain(words, grammar)
    if len(said) > _MAX_LENGTH:
        return None
    try:
        bare = grammar.only_day.fullmatch(said)
        if bare is not None:
            return _of_month(grammar.nth(bare["nth"]), today)
        weekday = grammar.only_weekday.fullmatch(said)
        if weekday is not None:
            return _coming(grammar.weekdays[weekday["weekday"]], today)
        return find_day(said, today, grammar)
    except (OverflowError, ValueError):
        return None


def _of_month(number: int, today: date) -> SaidDay | None:
    """The next day `number` of a month."""
    if not 1 <= number <= LAST_DAY:
        return None
    day = day_in_month(today, 0, number)
    if day is None or day <= today:
        day = day_in_month(today, 1, number)
    return SaidDay(day, 0, 0, number) if day else None


def _coming(weekday: int, today: date) -> SaidDay:
    day = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return SaidDay(day, 0, 0, day.day)


def bare_amount(words: str, today: date, locale: str = "en_US") -> str | None:
    """The one number in `words` that is no part of a day, a rhythm or an end: "60" of "pay the
    sitter 60 every friday until 12/18"; None when there is none or more than one.
    """
    grammar = timing_words(locale)
    said = _plain(words, grammar)
    if not said or len(said) > _MAX_LENGTH:
        return None
    try:
        rest = _without_timing(said, today, grammar)
    except (OverflowError, ValueError):
        return None
    numbers = grammar.bare_number.findall(rest)
    return numbers[0] if len(numbers) == 1 else None


def recurrence(timing: Timing, frequency: Frequency, start: date) -> Recurrence:
    """The due days of a payment that begins on `start`."""
    if frequency is Frequency.ONCE:
        return Recurrence.once(start)
    # A day that its month does not have was asked for all the same: it has it in longer ones.
    day = timing.day if timing.day is not None and timing.day > start.day else start.day
    return Recurrence(frequency, start, day, timing.until, timing.times)


def _without_timing(said: str, today: date, words: TimingWords) -> str:
    rest = _end(said, today, words)[0]
    for _, pattern in words.frequencies:
        rest = pattern.sub(" ~ ", rest)
    rest = words.span.sub(" ~ ", rest)
    day = find_day(said, today, words) and find_day(rest, today, words)
    return f"{rest[: day.start]} ~ {rest[day.end :]}" if day else rest


def _read(said: str, today: date, rhythm: Frequency | None, words: TimingWords) -> Timing:
    without_purpose = words.purpose.sub(" ", said)
    found, impossible = _frequency(without_purpose, words)
    head, until, times, endless = _end(without_purpose, today, words)
    said_day = find_day(head, today, words)
    start = said_day.day if said_day else None
    if until is None and times is None:
        until, times = _span(head, found or rhythm, start or today, words)
    return Timing(
        start=start,
        day=said_day.of_month if said_day else None,
        frequency=found,
        until=until,
        times=times,
        endless=endless,
        impossible=impossible,
    )


def _frequency(said: str, words: TimingWords) -> tuple[Frequency | None, bool]:
    for frequency, pattern in words.frequencies:
        if pattern.search(said):
            return frequency, frequency is None
    return None, False


def _end(said: str, today: date, words: TimingWords) -> tuple[str, date | None, int | None, bool]:
    """What is left without the end, and the end: a day, a number of times, or that it has none."""
    if words.endless.search(said):
        return words.endless.sub(" ", said), None, None, True
    times = words.times.search(said)
    if times is not None:
        rest = said[: times.start()] + said[times.end() :]
        return rest, None, words.number(times["n"]), False
    match = words.until.search(said)
    if match is None:
        return said, None, None, False
    rest = match["rest"]
    day = find_day(rest, today, words)
    if day is not None:
        return said[: match.start()] + rest[day.end :], day.day, None, False
    return said[: match.start()], _end_of_month(rest, today, words), None, False


def _end_of_month(said: str, today: date, words: TimingWords) -> date | None:
    """ "until june" is with june."""
    month = words.month.match(said)
    if month is None:
        return None
    first = first_of(month["month"], today, words)
    if first is None:
        return None
    start = first.replace(year=int(month["y"])) if month["y"] else first
    after = later(start, 1, "month")
    return after - timedelta(days=1) if after else None


def _span(
    said: str, frequency: Frequency | None, start: date, words: TimingWords
) -> tuple[date | None, int | None]:
    """ "for six months": six times by month, else for as long as that."""
    match = words.span.search(said)
    if match is None or frequency in (None, Frequency.ONCE):
        return None, None
    number, unit = words.number(match["n"]), words.units[match["unit"]]
    if _UNIT_OF.get(frequency) == unit:
        return None, number
    after = later(start, number, unit)
    return (after - timedelta(days=1) if after else None), None


def _plain(words: str, grammar: TimingWords) -> str:
    said = words.casefold().replace("’", "'").replace("\u2011", "-")
    if grammar.has_accents:
        said = without_accents(said)
    said = re.sub(r"(?<!\d)-|-(?!\d)", " ", said)
    return " ".join(re.sub(r"[^\w\s/',.$-]", " ", said).replace(", ", " ").split()).strip(" .,")
