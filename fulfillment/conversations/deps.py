"""What the conversations need from outside, built once per function."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fulfillment.alerts import phone
from fulfillment.identity.one_time_code import CODE_DIGITS
from fulfillment.identity.session_policy import ABSOLUTE, IDLE
from fulfillment.store import offer_wishes
from fulfillment.store.proofs import Proofs
from fulfillment.switches import AllOn, Switches

if TYPE_CHECKING:
    from fulfillment.alerts.phone import Phones
    from fulfillment.fraud.assessing import Assessor
    from fulfillment.identity import SessionTokenKeys
    from fulfillment.personalization.scoring import PropensityEndpoint
    from fulfillment.store.books import Books
    from fulfillment.store.offer_wishes import WishesDesk
    from fulfillment.store.statement_shelf import StatementShelf

SCAM_PAUSE = timedelta(seconds=10)
"""Long enough to read the warning, and for a caller's pressure to be noticed."""


def _random_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


@dataclass(frozen=True, slots=True)
class Deps:
    """The books, the keys that prove who speaks, a clock (aware, UTC), fresh ids, and switches.

    `phones` reaches customers out of band; `new_code` draws a one-time code nobody can foresee.
    `assessor` judges payments, and is built at the first of them; None where nobody does.
    `statements` is where statement files are left to be fetched; None where there is no such place.
    `propensities` says how likely customers are to take a product; None where nothing does.
    `pause` is how long a customer who was warned of a scam has to take before they say yes.
    """

    books: Books
    keys: SessionTokenKeys
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    switches: Switches = field(default_factory=AllOn)
    phones: Phones = field(default_factory=lambda: phone.NoPhones())
    new_code: Callable[[], str] = _random_code
    assessor: Callable[[], Assessor] | None = None
    pause: timedelta = SCAM_PAUSE
    statements: StatementShelf | None = None
    propensities: Callable[[], PropensityEndpoint | None] = lambda: None

    @property
    def proofs(self) -> Proofs:
        """Sessions, one-time codes and contacts, in the same table as the books."""
        books = self.books
        return Proofs(books.client, books.table, IDLE, ABSOLUTE, books.patience)

    @property
    def wishes(self) -> WishesDesk:
        """What customers want of offers and tips, in the same table as the books."""
        return offer_wishes.WishesDesk(self.books.client, self.books.table, self.books.patience)
