"""Writes the booked lines of one demo life, with ids that count up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money
from infra.local.demo_bank.life import Life

CURRENCY = "USD"


@dataclass
class Lines:
    """Every line is written, those after the end of the history too, so that an id never moves."""

    life: Life
    postings: list[Posting] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.life.time_zone)
        self._names = {plan.key: plan.name for plan in self.life.accounts}

    def book(
        self,
        account: str,
        when: datetime,
        text: str,
        amount: int,
        kind: str,
        category: str,
        *,
        merchant: bool = True,
    ) -> None:
        """One line of `amount` cents. `merchant`: the text is where it was spent."""
        self._append(
            account, when, text, amount, kind, category,
            merchant=text if merchant else None,
            counterparty=None if kind in ("card", "refund", "cash", "fee") else self._party(text),
        )  # fmt: skip

    def transfer(self, source: str, destination: str, when: datetime, amount: int) -> None:
        """Both lines of a transfer between own accounts."""
        transfer = f"H-{self._next_id()}"
        clears = any(p.key == destination and p.limit for p in self.life.accounts)
        words = ("Payment to", "Payment from") if clears else ("Transfer to", "Transfer from")
        for account, other, sign, word in (
            (source, destination, -1, words[0]),
            (destination, source, 1, words[1]),
        ):
            name = self._names[other]
            self._append(
                account, when, f"{word} {name}", sign * amount, "transfer", "transfer",
                counterparty=name, transfer=transfer,
            )  # fmt: skip

    def owed(self, account: str, when: datetime) -> int:
        """What a card owes at `when`, in cents."""
        return -sum(
            p.amount.minor for p in self.postings if p.account_id == account and p.booked_at < when
        )

    def _party(self, text: str) -> str:
        """The payee that the text names ("Wages Sofia Reyes"), or whom it says itself."""
        return next((p.name for p in self.life.payees if p.name in text), text)

    def _append(
        self,
        account: str,
        when: datetime,
        text: str,
        amount: int,
        kind: str,
        category: str,
        *,
        merchant: str | None = None,
        counterparty: str | None = None,
        transfer: str | None = None,
    ) -> None:
        name = self._next_id()
        self.postings.append(
            Posting(
                customer_id=self.life.customer_id,
                account_id=account,
                posting_id=name,
                transfer_id=transfer or f"H-{name}",
                booked_at=when,
                amount=Money(amount, CURRENCY),
                kind=kind,
                description=text,
                merchant=merchant,
                category=category,
                counterparty=counterparty,
            )
        )

    def _next_id(self) -> str:
        self._count += 1
        return f"{self.life.customer_id}-{self._count:06d}"
