"""What was spent with a card, counted by day and month in the transaction that holds or books it.

One item a card and month: `m` is the month's sum, `d05` that of the 5th, in minor units. It is
counted for every card, so that a limit set at noon knows the morning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from fulfillment.bank.books import Card, CardStatus, Hold
from fulfillment.bank.card_limits import CardSpending, LimitPeriod, Room
from fulfillment.bank.money import Money
from fulfillment.store import keys
from fulfillment.store.reading import Reader
from fulfillment.store.wire import Record, Scalar
from fulfillment.store.writes import check, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.evidence import Evidence
    from fulfillment.store.wire import Item

MONTH = "m"


def day_attribute(day: date) -> str:
    """Where a month's item counts one of its days."""
    return f"d{day.day:02d}"


def read_spending(reader: Reader, card: Card, day: date, currency: str) -> CardSpending:
    """What was spent with `card` on `day` and in its month. One read."""
    item = reader.one(keys.card_spending(card.customer_id, card.card_id, day))
    return spending_in(item or {}, day, currency)


def spending_in(item: Item, day: date, currency: str) -> CardSpending:
    record = Record(item)
    return CardSpending(
        Money(record.number_or_zero(day_attribute(day)), currency),
        Money(record.number_or_zero(MONTH), currency),
    )


def usable_card(table: str, hold: Hold, card: Card) -> TransactWriteItemTypeDef:
    """The card works, and its limits are those that the room was reckoned with."""
    values: dict[str, Scalar] = {":active": CardStatus.ACTIVE, ":account": hold.account_id}
    limits = []
    for name, limit in (("dlim", card.daily_limit), ("mlim", card.monthly_limit)):
        if limit is None:
            limits.append(f"attribute_not_exists({name})")
        else:
            limits.append(f"{name} = :{name}")
            values[f":{name}"] = limit.minor
    return check(
        table,
        keys.card(hold.customer_id, card.card_id),
        " AND ".join(["st = :active AND aid = :account", *limits]),
        values,
    )


def count_spending(
    table: str, hold: Hold, card_id: str, day: date, room: Room
) -> TransactWriteItemTypeDef:
    """Count a purchase, if no more was spent before than `room` says."""
    values: dict[str, Scalar] = {":amount": hold.amount.minor}
    names = {"#day": day_attribute(day), "#month": MONTH}
    conditions = []
    for name, most in (("day", room.day), ("month", room.month)):
        if most is not None:
            conditions.append(f"(attribute_not_exists(#{name}) OR #{name} <= :{name})")
            values[f":{name}"] = most
    return update(
        table,
        keys.card_spending(hold.customer_id, card_id, day),
        "ADD #day :amount, #month :amount",
        values,
        condition=" AND ".join(conditions) or None,
        names=names,
    )


def uncount_spending(
    table: str, hold: Hold, card_id: str, day: date, unused: Money
) -> TransactWriteItemTypeDef:
    """What was held and is not taken was not spent."""
    return update(
        table,
        keys.card_spending(hold.customer_id, card_id, day),
        "ADD #day :unused, #month :unused",
        {":unused": -unused.minor},
        names={"#day": day_attribute(day), "#month": MONTH},
    )


def limit_met(item: Item | None, day: date, room: Room) -> LimitPeriod:
    """Which limit refused, by the item that failed the condition."""
    spent = Record(item or {}).number_or_zero(day_attribute(day))
    return LimitPeriod.DAY if room.day is not None and spent > room.day else LimitPeriod.MONTH


def wrong_spending(evidence: Evidence) -> Iterator[str]:
    """Every month of a card whose counts are not what its records make."""
    made: dict[tuple[str, str], Counter[str]] = {}
    for record in evidence.transfers.values():
        if record.spending is not None:
            customer_id, sort, day, minor = record.spending
            counts = made.setdefault((customer_id, sort), Counter())
            counts.update({MONTH: minor, day: minor})
    for place in sorted(made.keys() | evidence.card_spending.keys()):
        stored = {k: v for k, v in evidence.card_spending.get(place, {}).items() if v}
        if stored != {k: v for k, v in made.get(place, Counter()).items() if v}:
            yield f"card spending {place[1]} of {place[0]}: it is not what its payments make"
