"""Changes to a customer's payees, each shown first and bound to its figures like a payment."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fulfillment.bank.books import Payee
from fulfillment.bank.payee_names import looks_like, same_name
from fulfillment.bank.rules import QUOTE_LIFETIME

MOST_PAYEES = 100
"""Active payees of one customer: they are read in one query with every payment."""


class ChangeKind(StrEnum):
    ADD = "add"
    RENAME = "rename"
    REMOVE = "remove"


class ChangeRefusal(StrEnum):
    """Why a change was not made."""

    NOT_SHOWN = "not_shown"
    """There is no such change for this customer in this session, or it is of other figures."""
    EXPIRED = "expired"
    PAYEE_CHANGED = "payee_changed"
    """The payee is not as it was when the change was shown."""


@dataclass(frozen=True, slots=True)
class PayeeChange:
    """What is shown for a yes. `name` is the name afterwards, `was` the name before.

    A payee's id follows from where its money goes, so the same account is the same payee: one that
    was removed and is added again keeps the count of what it has been sent.
    """

    change_id: str
    customer_id: str
    session_id: str
    kind: ChangeKind
    payee_id: str
    target: str
    name: str
    was: str
    bank_name: str
    created_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.created_at + QUOTE_LIFETIME

    @property
    def digest(self) -> str:
        """What the customer confirms, as one SHA-256."""
        parts = (
            self.kind, self.customer_id, self.payee_id, self.target, self.name, self.was,
            self.bank_name,
        )  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def adding(
    customer_id: str, session_id: str, change_id: str, now: datetime, payee: NewPayee
) -> PayeeChange:
    """Somebody new on the list."""
    seed = json.dumps((customer_id, payee.target)).encode()
    return PayeeChange(
        change_id=change_id,
        customer_id=customer_id,
        session_id=session_id,
        kind=ChangeKind.ADD,
        payee_id=f"P-{hashlib.sha256(seed).hexdigest()[:20]}",
        target=payee.target,
        name=payee.name,
        was="",
        bank_name=payee.bank_name,
        created_at=now,
    )


def renaming(
    payee: Payee, name: str, session_id: str, change_id: str, now: datetime
) -> PayeeChange:
    """Another name for a payee; the account stays."""
    return _about(ChangeKind.RENAME, payee, name, session_id, change_id, now)


def removing(payee: Payee, session_id: str, change_id: str, now: datetime) -> PayeeChange:
    """A payee off the list; what was paid stays in the books."""
    return _about(ChangeKind.REMOVE, payee, payee.name, session_id, change_id, now)


def _about(
    kind: ChangeKind, payee: Payee, name: str, session_id: str, change_id: str, now: datetime
) -> PayeeChange:
    return PayeeChange(
        change_id=change_id,
        customer_id=payee.customer_id,
        session_id=session_id,
        kind=kind,
        payee_id=payee.payee_id,
        target=payee.target,
        name=name,
        was=payee.name,
        bank_name=payee.bank_name,
        created_at=now,
    )


@dataclass(frozen=True, slots=True)
class NewPayee:
    """What a customer says about somebody new; `bank_name` is empty when they did not say."""

    name: str
    target: str
    bank_name: str = ""


@dataclass(frozen=True, slots=True)
class PayeeChanged:
    """A change that was made. `replayed` is true when it had been made before."""

    change: PayeeChange
    replayed: bool = False


def with_account(target: str, payees: Sequence[Payee]) -> Payee | None:
    """The active payee whose money goes to `target` already."""
    return next((payee for payee in payees if payee.active and payee.target == target), None)


def with_name(name: str, payees: Sequence[Payee]) -> Payee | None:
    """An active payee of the same name."""
    return next((payee for payee in payees if same_name(payee.name, name)), None)


def lookalike(name: str, payees: Sequence[Payee]) -> Payee | None:
    """An active payee whose other name looks the same."""
    return next((payee for payee in payees if looks_like(payee.name, name)), None)
