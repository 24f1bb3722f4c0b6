"""What the plain ledger keeps and answers, in figures and words that know no table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from fulfillment.bank.books import AccountKind, AccountStatus, CardStatus, Hold
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentOrder, TransferState

Own = tuple[str, str]
"""A customer's id, and the id of something of theirs."""
Effect = Callable[[], object]
OUTSIDE, FEES, EXCHANGE = "clearing", "fees", "exchange"
"""The bank's own sides of a movement."""
BANK = frozenset({OUTSIDE, FEES, EXCHANGE})
Line = tuple[str, int, str]
"""An account id or the bank's side, what is booked there in minor units, and of which currency."""


@dataclass(frozen=True)
class Verdict:
    """The right answer at this moment, and what comes of it."""

    answer: Any
    effect: Effect | None = None


@dataclass(frozen=True)
class Paid:
    """A payment that is recorded, by this request or by an earlier one."""

    transfer_id: str
    amount: Money
    fee: Money
    replayed: bool
    state: TransferState


@dataclass(frozen=True)
class Held:
    """A hold as it stands."""

    state: TransferState
    replayed: bool = False


class Reversed(str):
    """The id of what was reversed."""

    __slots__ = ()


@dataclass
class PlainAccount:
    kind: AccountKind
    currency: str
    status: AccountStatus
    posted: int
    held: int
    credit_limit: int

    @property
    def available(self) -> int:
        return self.posted - self.held + self.credit_limit


@dataclass
class PlainCard:
    account_id: str
    status: CardStatus


@dataclass
class PlainPayee:
    target: str
    active: bool
    new_until: datetime | None = None
    paid: Counter[str] = field(default_factory=Counter)


@dataclass
class PlainQuote:
    order: PaymentOrder
    session_id: str
    expires_at: datetime
    needs_code: bool
    digest: str = ""
    """What the customer is shown: a payment's own digest, or that of a schedule."""
    code_for: str = ""
    state: str = "quoted"


@dataclass
class Movement:
    """Anything that has an id for ever: a payment, a hold, a reversal. Figures in minor units."""

    customer_id: str
    kind: str
    session_id: str
    digest: str
    amount: int
    fee: int
    currency: str
    day: date
    source: str
    state: TransferState
    order: PaymentOrder | None = None
    hold: Hold | None = None
    lines: list[Line] = field(default_factory=list)
    taken: int | None = None
