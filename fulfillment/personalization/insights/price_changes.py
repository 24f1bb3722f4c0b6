"""Subscriptions that got dearer, and trials that turned, or are about to turn, into paid ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.money import exponent
from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.recurring import SUBSCRIPTIONS, Recurring, price_steps
from fulfillment.personalization.insights.rhythms import Rhythm

_TOLD_FOR = timedelta(days=365)
_TRIAL_MOST = 2
"""The most a trial costs, in whole units of the currency: a sum that only proves the card."""
_TRIAL_LASTS = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class PriceRise:
    """What `series` cost before and costs since the day `since`; minor units, positive."""

    series: Recurring
    before: int
    now: int
    since: date

    @property
    def percent(self) -> int:
        """The rise in whole percent of the price before, rounded half to even."""
        return round((self.now - self.before) * 100 / self.before)

    @property
    def a_year(self) -> int:
        """What the rise costs in a year."""
        return (self.now - self.before) * self.series.rhythm.per_year


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial whose first paid charge was, or is expected, on `paid_from`.

    `price` is None until it is known.
    """

    party: str
    started: Entry
    paid_from: date
    price: int | None = None


def price_rises(found: Iterable[Recurring], today: date) -> list[PriceRise]:
    """The last rise of each steady series under way, within a year; the dearest first."""
    rises = [rise for one in found if (rise := _rise(one, today)) is not None]
    return sorted(rises, key=lambda rise: (-rise.a_year, rise.series.party))


def _rise(series: Recurring, today: date) -> PriceRise | None:
    if not series.is_active or series.varies or series.amount > 0:
        return None
    lines = series.entries
    places = [place for place in price_steps(lines) if not _is_trial(lines, place)]
    if not places:
        return None
    place = places[-1]
    before, first = lines[place - 1], lines[place]
    if lines[-1].size <= before.size or today - first.day > _TOLD_FOR:
        return None
    return PriceRise(series, before.size, lines[-1].size, first.day)


def trials(found: Iterable[Recurring], entries: Iterable[Entry], today: date) -> list[Trial]:
    """Trials that ended in the last weeks or end in the next, newest first.

    A trial is a subscription's first, token charge: of a series known by now, or the only line yet.
    """
    ended = [
        Trial(one.party, one.entries[0], one.entries[1].day, one.entries[1].size)
        for one in found
        if one.is_active
        and _is_trial(one.entries, 1)
        and today - one.entries[1].day <= _TRIAL_LASTS
    ]
    ending = [
        Trial(one.party, one, _month_after(one.day))
        for one in _only_lines(entries)
        if one.category == SUBSCRIPTIONS
        and _is_token(one)
        and timedelta(0) <= today - one.day <= _TRIAL_LASTS
    ]
    return sorted((*ended, *ending), key=lambda trial: trial.started.at, reverse=True)


def _is_trial(lines: Sequence[Entry], place: int) -> bool:
    return place == 1 and len(lines) > 1 and _is_token(lines[0]) and lines[1].size > lines[0].size


def _is_token(line: Entry) -> bool:
    return 0 < -line.minor <= _TRIAL_MOST * int(10 ** exponent(line.currency))


def _only_lines(entries: Iterable[Entry]) -> list[Entry]:
    """The lines of parties that have just one."""
    by_party: dict[str, list[Entry]] = {}
    for one in entries:
        by_party.setdefault(one.party, []).append(one)
    return [lines[0] for lines in by_party.values() if len(lines) == 1]


def _month_after(day: date) -> date:
    monthly = Rhythm(months=1, on=(day.day,))
    return monthly.following(day)
