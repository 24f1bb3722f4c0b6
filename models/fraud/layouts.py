"""Whose columns mean what: the files that training and evaluation read, as they are.

A layout is recognised by its columns, in any case. What is protected or gives the answer away
(gender, date of birth, job, the simulation's fraud scenario) is in no layout, so it cannot become
a feature.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one kind of file. `minor_per_unit` turns its amounts into minor units.

    `known_cards_left_out`: whether evaluation follows the Fraud Detection Handbook and leaves out
    customers whose card was known as compromised before the test day.
    """

    name: str
    at: str
    customer: str
    counterparty: str
    amount: str
    fraud: str
    minor_per_unit: int = 100
    category: str | None = None
    payee: str | None = None
    device: str | None = None
    known_cards_left_out: bool = False

    @property
    def needed(self) -> frozenset[str]:
        optional = (self.category, self.payee, self.device)
        return frozenset(
            {self.at, self.customer, self.counterparty, self.amount, self.fraud}
            | {name for name in optional if name}
        )


TELLER = Layout(
    "teller", "paid_at", "customer_id", "counterparty", "amount_minor", "is_fraud", 1,
    category="category", payee="payee_id", device="device",
)  # fmt: skip
"""Teller's own payments as they are exported."""

HANDBOOK = Layout(
    "handbook", "tx_datetime", "customer_id", "terminal_id", "amount", "is_fraud",
    known_cards_left_out=True,
)  # fmt: skip
"""The simulated card transactions of the Fraud Detection Handbook."""

SPARKOV = Layout(
    "sparkov", "tx_datetime", "customer_id", "merchant", "amount", "is_fraud",
    category="category",
)  # fmt: skip
"""Card transactions of the Sparkov generator."""

LAYOUTS = (TELLER, HANDBOOK, SPARKOV)


def layout_of(columns: Collection[str]) -> Layout | None:
    """The layout that a file with these columns has, or None."""
    present = {name.lower() for name in columns}
    return next((layout for layout in LAYOUTS if layout.needed <= present), None)


def named(name: str) -> Layout:
    """Raises `KeyError` for a layout that does not exist."""
    return {layout.name: layout for layout in LAYOUTS}[name]
