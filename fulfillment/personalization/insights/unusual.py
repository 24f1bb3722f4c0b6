"""Purchases and headings that stand out against what this customer usually spends.

Everything is compared with the customer's own past, never with other people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median, quantiles

from fulfillment.personalization.insights.entries import Entry

_LATELY = timedelta(days=30)
_LEAST_AT_PARTY, _LEAST_OF_CATEGORY = 6, 15
_LEAST_WINDOWS = 3
_TIMES = 2
"""It is also at least so many times the usual: of even sums anything is an outlier."""
_HALF_MORE = 3  # halves: 1.5 times


@dataclass(frozen=True, slots=True)
class UnusualPurchase:
    """`usual` is the median of the customer's own purchases there, or, at a `new_party`, of those
    in the same category. Minor units, positive."""

    entry: Entry
    usual: int
    new_party: bool


@dataclass(frozen=True, slots=True)
class UnusualCategory:
    """What a category took in the last 30 days, and its median over the 30-day spans before."""

    category: str
    currency: str
    spent: int
    usual: int


def unusual_purchases(entries: Iterable[Entry], today: date) -> list[UnusualPurchase]:
    """Those of the last 30 days far above what is usual, the most times the usual first.

    Far above: beyond the third quartile by three times the distance of the quartiles, and twice the
    median. What recurs is not in it when `entries` leave it out.
    """
    bought = [one for one in entries if one.is_purchase and one.day <= today]
    by_party: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    by_category: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for one in bought:
        if one.day <= today - _LATELY:
            by_party[one.party, one.currency].append(one)
            by_category[one.category, one.currency].append(one)
    found = []
    for one in bought:
        if one.day <= today - _LATELY:
            continue
        at_party = by_party.get((one.party, one.currency), [])
        in_category = by_category.get((one.category, one.currency), [])
        usual = _usual_if_far(one, at_party, _LEAST_AT_PARTY)
        if not at_party:
            usual = _usual_if_far(one, in_category, _LEAST_OF_CATEGORY)
        if usual is not None:
            found.append(UnusualPurchase(one, usual, new_party=not at_party))
    return sorted(found, key=lambda odd: (-odd.entry.size / odd.usual, odd.entry.at))


def unusual_categories(entries: Iterable[Entry], today: date) -> list[UnusualCategory]:
    """Categories that took more in the last 30 days than in any such span before, and half more
    than the median; at least three spans of history. The largest excess first."""
    spans: defaultdict[tuple[str, str], defaultdict[int, int]] = defaultdict(
        lambda: defaultdict(int)
    )
    oldest = 0
    for one in entries:
        if not one.is_purchase or one.day > today:
            continue
        span = (today - one.day).days // _LATELY.days
        oldest = max(oldest, span)
        spans[one.category, one.currency][span] += one.size
    # The oldest span is cut off somewhere: it would make the usual too small.
    before = range(1, oldest)
    if len(before) < _LEAST_WINDOWS:
        return []
    found = []
    for (category, currency), sums in spans.items():
        past = [sums.get(span, 0) for span in before]
        usual = round(median(past))
        if category and usual and sums[0] > max(past) and 2 * sums[0] >= _HALF_MORE * usual:
            found.append(UnusualCategory(category, currency, sums[0], usual))
    return sorted(found, key=lambda odd: (odd.usual - odd.spent, odd.category))


def _usual_if_far(one: Entry, past: Sequence[Entry], least: int) -> int | None:
    if len(past) < least:
        return None
    sizes = [each.size for each in past]
    first, middle, third = quantiles(sizes, n=4, method="inclusive")
    far = one.size > third + 3 * (third - first) and one.size >= _TIMES * middle
    return round(middle) if far else None
