"""A day or month that is only partly said ("the 3rd", "October 3", "March", "Monday")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

OLDEST_YEAR = 1900
# Eight years hold a 29 February, whatever the year.
_YEARS_BACK = 8


@dataclass(frozen=True, slots=True)
class Point:
    """What was said of it; the rest is None. `previous`: "last October", not the current one."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    previous: bool = False

    def in_month_of(self, other: Point) -> Point:
        """This point, in the month that only the other one names."""
        if self.month is not None or self.weekday is not None:
            return self
        return replace(self, month=other.month)

    def latest(self, today: date) -> tuple[date, date] | None:
        """The last one that has begun by `today`, as first day and day after the last."""
        last = today.replace(day=1) - timedelta(days=1) if self.previous else today
        return next((span for span in self._back_from(last) if span[0] <= last), None)

    def first_from(self, start: date) -> tuple[date, date] | None:
        """The first one that begins on `start` or later."""
        later = start + timedelta(days=366)
        spans = [span for span in self._back_from(later) if span[0] >= start]
        return min(spans, default=None)

    def _back_from(self, last: date) -> Iterator[tuple[date, date]]:
        if self.weekday is not None:
            back = (last.weekday() - self.weekday) % 7
            for weeks in range(54):
                yield _day_span(last - timedelta(days=back + 7 * weeks))
            return
        years = _years_back(last) if self.year is None else [self.year]
        for year in years:
            for month in range(12, 0, -1) if self.month is None else [self.month]:
                span = self._span(year, month)
                if span is not None:
                    yield span

    def _span(self, year: int, month: int) -> tuple[date, date] | None:
        if not OLDEST_YEAR <= year < date.max.year:
            return None
        try:
            first = date(year, month, 1 if self.day is None else self.day)
        except ValueError:
            return None
        return (first, months_later(first, 1)) if self.day is None else _day_span(first)


def months_later(first: date, count: int) -> date:
    """The first day of the month `count` months after that of `first`."""
    index = first.year * 12 + first.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def _day_span(day: date) -> tuple[date, date]:
    return day, day + timedelta(days=1)


def _years_back(last: date) -> range:
    return range(last.year, last.year - _YEARS_BACK - 1, -1)
