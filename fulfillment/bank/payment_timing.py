"""When somebody wants to pay, out of a whole sentence: from which day, how often, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.future_days import SaidDay, find_day, later
from fulfillment.bank.recurrence import Frequency, Recurrence
from fulfillment.bank.timing_words import FREQUENCIES, MONTH, NUMBER, NUMBERS, ORDINALS, UNIT

_MAX_LENGTH = 400
_UNTIL = re.compile(
    r"\b(?:until|till|til|through|thru|up to|ending(?: on| in)?|ends?(?: on| in)"
    r"|stop(?:ping)?(?: on| in| after)?|with the last (?:one )?on) (?P<rest>.+)$"
)
_ENDLESS = re.compile(
    r"\b(?:until (?:i|further notice|you hear)|for ?ever|indefinitely|no end(?: date)?|open ended"
    r"|never ends?|without an? end)\b"
)
_TIMES = re.compile(rf"\b(?P<n>{NUMBER}) (?:times|payments|installments|instalments)\b")
_SPAN = re.compile(rf"\bfor (?:the next )?(?P<n>{NUMBER}) (?P<unit>{UNIT})\b")
_MONTH = re.compile(rf"(?:the )?(?:end of )?(?P<month>{MONTH})\b(?:,? (?P<y>20\d\d)\b)?")
_ONLY_DAY = re.compile(rf"(?:on |from )?(?:the )?(?P<nth>\d{{1,2}}|{'|'.join(ORDINALS)})")
_UNIT_OF = {Frequency.WEEKLY: "week", Frequency.MONTHLY: "month", Frequency.YEARLY: "year"}
_BARE_NUMBER = re.compile(
    r"(?<![\w/.,-])(?<!ending )(?<!ending in )(?<!account )(?<!number )"
    r"\$?\d[\d,]*(?:\.\d+)?k?(?![\w/]|[.,-]\d)"
)
# "for friday's dinner" says what it is for, and "the first of the two" says nothing of a day.
_PURPOSE = re.compile(r"\bfor (?:the )?(?:last |this |next )?\w+(?:day)?'s \w+")


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

    def is_later_than(self, today: date) -> bool:
        """Whether this asks for anything else than paying at once."""
        repeats = self.frequency not in (None, Frequency.ONCE)
        return repeats or self.impossible or (self.start is not None and self.start != today)


def read_timing(words: str, today: date, rhythm: Frequency | None = None) -> Timing:
    """What `words` say about when to pay. `today` is the customer's. Never raises.

    `rhythm` is what was said before of how often: "for six months" alone depends on it.
    """
    said = _plain(words)
    if not said or len(said) > _MAX_LENGTH:
        return Timing()
    try:
        return _read(said, today, rhythm)
    except (OverflowError, ValueError):
        return Timing()


def read_day(words: str, today: date) -> SaidDay | None:
    """The day in an answer to "from which day?", where a bare "15" is a day of the month."""
    said = _plain(words)
    if len(said) > _MAX_LENGTH:
        return None
    bare = _ONLY_DAY.fullmatch(said)
    try:
        if bare is not None:
            number = ORDINALS.get(bare["nth"]) or int(bare["nth"])
            return find_day(f"the {number}th", today) if 1 <= number <= 31 else None
        return find_day(said, today)
    except (OverflowError, ValueError):
        return None


def bare_amount(words: str, today: date) -> str | None:
    """The one number in `words` that is no part of a day, a rhythm or an end: "60" of "pay the
    sitter 60 every friday until 12/18"; None when there is none or more than one.
    """
    said = _plain(words)
    if not said or len(said) > _MAX_LENGTH:
        return None
    try:
        rest = _without_timing(said, today)
    except (OverflowError, ValueError):
        return None
    numbers = _BARE_NUMBER.findall(rest)
    return numbers[0] if len(numbers) == 1 else None


def recurrence(timing: Timing, frequency: Frequency, start: date) -> Recurrence:
    """The due days of a payment that begins on `start`."""
    if frequency is Frequency.ONCE:
        return Recurrence.once(start)
    # A day that its month does not have was asked for all the same: it has it in longer ones.
    day = timing.day if timing.day is not None and timing.day > start.day else start.day
    return Recurrence(frequency, start, day, timing.until, timing.times)


def _without_timing(said: str, today: date) -> str:
    rest = _end(said, today)[0]
    for _, pattern in FREQUENCIES:
        rest = pattern.sub(" ~ ", rest)
    rest = _SPAN.sub(" ~ ", rest)
    day = find_day(said, today) and find_day(rest, today)
    return f"{rest[: day.start]} ~ {rest[day.end :]}" if day else rest


def _read(said: str, today: date, rhythm: Frequency | None) -> Timing:
    without_purpose = _PURPOSE.sub(" ", said)
    found, impossible = _frequency(without_purpose)
    head, until, times, endless = _end(without_purpose, today)
    said_day = find_day(head, today)
    start = said_day.day if said_day else None
    if until is None and times is None:
        until, times = _span(head, found or rhythm, start or today)
    return Timing(
        start=start,
        day=said_day.of_month if said_day else None,
        frequency=found,
        until=until,
        times=times,
        endless=endless,
        impossible=impossible,
    )


def _frequency(said: str) -> tuple[Frequency | None, bool]:
    for frequency, pattern in FREQUENCIES:
        if pattern.search(said):
            return frequency, frequency is None
    return None, False


def _end(said: str, today: date) -> tuple[str, date | None, int | None, bool]:
    """What is left without the end, and the end: a day, a number of times, or that it has none."""
    if _ENDLESS.search(said):
        return _ENDLESS.sub(" ", said), None, None, True
    times = _TIMES.search(said)
    if times is not None:
        rest = said[: times.start()] + said[times.end() :]
        return rest, None, NUMBERS.get(times["n"]) or int(times["n"]), False
    match = _UNTIL.search(said)
    if match is None:
        return said, None, None, False
    rest = match["rest"]
    day = find_day(rest, today)
    if day is not None:
        return said[: match.start()] + rest[day.end :], day.day, None, False
    return said[: match.start()], _end_of_month(rest, today), None, False


def _end_of_month(said: str, today: date) -> date | None:
    """ "until june" is with june."""
    month = _MONTH.match(said)
    if month is None:
        return None
    first = find_day(f"in {month['month']}", today)
    if first is None:
        return None
    start = first.day.replace(year=int(month["y"])) if month["y"] else first.day
    after = later(start, 1, "months")
    return after - timedelta(days=1) if after else None


def _span(said: str, frequency: Frequency | None, start: date) -> tuple[date | None, int | None]:
    """ "for six months": six times by month, else for as long as that."""
    match = _SPAN.search(said)
    if match is None or frequency in (None, Frequency.ONCE):
        return None, None
    number, unit = NUMBERS.get(match["n"]) or int(match["n"]), match["unit"]
    if frequency in _UNIT_OF and unit.startswith(_UNIT_OF[frequency]):
        return None, number
    after = later(start, number, unit)
    return (after - timedelta(days=1) if after else None), None


def _plain(words: str) -> str:
    said = words.casefold().replace("’", "'").replace("-", "-")
    said = re.sub(r"(?<!\d)-|-(?!\d)", " ", said)
    return " ".join(re.sub(r"[^\w\s/',.$-]", " ", said).replace(", ", " ").split()).strip(" .,")
