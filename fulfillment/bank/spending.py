"""What was spent: exact totals over postings. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money

# A refund lowers spending; money between the customer's own accounts is not spending at all.
SPENDING_KINDS = frozenset({"card", "direct_debit", "refund", "fee", "cash", "payment", "interest"})


@dataclass(frozen=True, slots=True)
class Spending:
    """`total` is positive for money out, net of refunds; `purchases` does not count refunds.

    `largest` is the single posting that took most; `by_category` holds what each category took,
    net, the largest first, without those that gave more back than they took.
    """

    total: Money
    purchases: int
    refunded: Money
    largest: Posting | None
    by_category: tuple[tuple[str, Money], ...]


def spending(
    postings: Iterable[Posting],
    currency: str,
    wanted: Callable[[Posting], bool] = lambda _: True,
) -> Spending:
    """The spending in `currency` among the `postings` for which `wanted` holds."""
    out, back, purchases = 0, 0, 0
    largest: Posting | None = None
    categories: Counter[str] = Counter()
    for posting in postings:
        if not is_spending(posting) or posting.amount.currency != currency or not wanted(posting):
            continue
        out -= posting.amount.minor
        categories[posting.category or "other"] -= posting.amount.minor
        if posting.amount.minor > 0:
            back += posting.amount.minor
        else:
            purchases += 1
            if largest is None or posting.amount < largest.amount:
                largest = posting
    ranked = sorted(categories.items(), key=lambda item: (-item[1], item[0]))
    return Spending(
        Money(out, currency),
        purchases,
        Money(back, currency),
        largest,
        tuple((name, Money(minor, currency)) for name, minor in ranked if minor > 0),
    )


def is_spending(posting: Posting) -> bool:
    """Interest earned is income, interest charged is spending."""
    if posting.kind == "interest":
        return posting.amount.minor < 0
    return posting.kind in SPENDING_KINDS
