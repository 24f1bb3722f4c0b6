"""Invented payments for the model that ships with the demo bank: nobody's data, made by chance.

Customers pay familiar payees and shops in their own rhythm. Fraud comes in three ways that banks
know: an account taken over (a device never seen, a new payee, several large payments within hours),
a scam (the customer pays a new, round, large sum to a mule that others paid too) and a stolen card
(many payments at shops in a night). `python -m models.fraud.demo_data --out DIR`.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path

SEED = 2026
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
CUSTOMERS = 400
DAYS = 150
COLUMNS = (
    "paid_at", "customer_id", "counterparty", "payee_id", "category", "device", "amount_minor",
    "is_fraud",
)  # fmt: skip
FILE = "payments.csv"
_SHOPS = {
    "groceries": 25, "dining": 18, "transport": 9, "entertainment": 14, "shopping": 40, "bills": 60,
}  # fmt: skip
_MULES = 12
_TAKEOVERS_A_DAY = 0.9
_SCAMS_A_DAY = 0.9
_STOLEN_CARDS_A_DAY = 0.5

Row = tuple[datetime, str, str, str, str, str, int, int]


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    wealth: float
    payments_a_day: float
    payees: tuple[str, ...]
    device: str


def payments(seed: int = SEED, customers: int = CUSTOMERS, days: int = DAYS) -> list[Row]:
    """Every payment in time order. The same seed gives the same payments."""
    dice = random.Random(seed)  # noqa: S311 - invents a world, keeps no secret
    people = [_person(dice, number) for number in range(customers)]
    rows: list[Row] = []
    for number in range(days):
        day = FIRST_DAY + timedelta(days=number)
        for person in people:
            rows += _ordinary_day(dice, person, day)
        rows += _fraud_of(dice, people, day)
    return sorted(rows, key=lambda row: row[0])


def _person(dice: random.Random, number: int) -> _Person:
    payees = tuple(f"acct-{dice.randrange(4_000):04d}" for _ in range(dice.randint(2, 7)))
    return _Person(
        f"demo-{number:04d}", exp(dice.gauss(0, 0.5)), dice.uniform(0.4, 2.2), payees,
        f"phone-{number:04d}",
    )  # fmt: skip


def _ordinary_day(dice: random.Random, person: _Person, day: datetime) -> Iterator[Row]:
    for _ in range(_poisson(dice, person.payments_a_day)):
        at = day + timedelta(hours=min(23.9, max(0.0, dice.gauss(14, 4))))
        if dice.random() < 0.15:
            # Now and then somebody new is paid, or from a new telephone, in all honesty.
            new = dice.random() < 0.12
            to = f"acct-{dice.randrange(4_000):04d}" if new else dice.choice(person.payees)
            device = f"{person.device}b" if dice.random() < 0.03 else person.device
            minor = _money(dice, 180 * person.wealth, 0.9)
            if dice.random() < 0.3:
                minor = max(1_000, round(minor, -3))
            yield at, person.name, to, to, "transfer", device, minor, 0
        else:
            category, usual = dice.choice(list(_SHOPS.items()))
            shop = f"{category}-{dice.randrange(60):02d}"
            minor = _money(dice, usual * person.wealth, 0.6)
            yield at, person.name, shop, "", category, person.device, minor, 0


def _fraud_of(dice: random.Random, people: Sequence[_Person], day: datetime) -> Iterator[Row]:
    # A mule lasts some three weeks; then its account is found and another takes its place.
    mule = f"acct-mule-{(day - FIRST_DAY).days // 21}-{dice.randrange(_MULES)}"
    for _ in range(_poisson(dice, _TAKEOVERS_A_DAY)):
        victim, at = dice.choice(people), day + timedelta(hours=dice.uniform(0, 23))
        for step in range(dice.randint(1, 4)):
            minor = _money(dice, 700 * victim.wealth, 0.6)
            when = at + timedelta(minutes=7 * step)
            yield when, victim.name, mule, mule, "transfer", f"burner-{at:%j%H}", minor, 1
    for _ in range(_poisson(dice, _SCAMS_A_DAY)):
        victim, at = dice.choice(people), day + timedelta(hours=dice.uniform(9, 20))
        minor = max(20_000, round(_money(dice, 900 * victim.wealth, 0.5), -4))
        yield at, victim.name, mule, mule, "transfer", victim.device, minor, 1
    for _ in range(_poisson(dice, _STOLEN_CARDS_A_DAY)):
        victim, at = dice.choice(people), day + timedelta(hours=dice.uniform(0, 5))
        for step in range(dice.randint(3, 8)):
            shop = f"shopping-{dice.randrange(60):02d}"
            minor = _money(dice, 130 * victim.wealth, 0.5)
            when = at + timedelta(minutes=11 * step)
            yield when, victim.name, shop, "", "shopping", "", minor, 1


def _money(dice: random.Random, usual: float, spread: float) -> int:
    return max(100, round(100 * usual * exp(dice.gauss(0, spread))))


def _poisson(dice: random.Random, mean: float) -> int:
    """How often something happens that happens `mean` times on average (Knuth's way)."""
    limit, product, count = exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count


def write_payments(folder: Path, rows: Sequence[Row]) -> Path:
    """A CSV file of the layout `teller`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows((f"{row[0]:%Y-%m-%dT%H:%M:%S}", *row[1:]) for row in rows)
    return folder / FILE


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the demo model's invented payments.")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    given = parser.parse_args(argv)
    rows = payments()
    path = write_payments(given.out, rows)
    sys.stdout.write(f"{len(rows):,} payments, {sum(row[-1] for row in rows):,} frauds: {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
