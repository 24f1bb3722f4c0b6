"""The books a bank starts with, and the proof that they add up before a single item is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

from fulfillment.bank.books import Account, Card, Customer, Hold, Payee, Posting
from fulfillment.bank.contacts import Contact
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentOrder

AccountKey = tuple[str, str]
"""A customer id and an account id."""


@dataclass(frozen=True, slots=True)
class OpeningBooks:
    """Everything to load. Postings are the customers' side; the bank's side follows from it."""

    customers: list[Customer] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    payees: list[Payee] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Every reason why these books may not be loaded, in words; empty when they add up."""
        return [
            *_repeated("customer", (customer.customer_id for customer in self.customers)),
            *_repeated("account", (_account_key(account) for account in self.accounts)),
            *_repeated("card", ((card.customer_id, card.card_id) for card in self.cards)),
            *_repeated("payee", ((payee.customer_id, payee.payee_id) for payee in self.payees)),
            *_repeated("posting", ((*_account_key(p), p.posting_id) for p in self.postings)),
            *_repeated("contact", (contact.customer_id for contact in self.contacts)),
            *_repeated("customer number", (contact.number for contact in self.contacts)),
            *_repeated("hold", ((*_account_key(hold), hold.hold_id) for hold in self.holds)),
            *self._orphans(),
            *self._undated(),
            *self._wrong_figures(),
            *self._one_sided_transfers(),
        ]

    def bank_side(self) -> dict[tuple[date, str], int]:
        """What the bank's own account books against the customers, per UTC day and currency.

        In minor units, and the negative of the customers' sum: together they are zero.
        """
        sums: Counter[tuple[date, str]] = Counter()
        for posting in self.postings:
            day = posting.booked_at.astimezone(UTC).date()
            sums[day, posting.amount.currency] -= posting.amount.minor
        return {key: minor for key, minor in sorted(sums.items()) if minor}

    def _orphans(self) -> Iterator[str]:
        customers = {customer.customer_id for customer in self.customers}
        accounts = {_account_key(account) for account in self.accounts}
        for what, owner in (
            *((f"account {account.account_id}", account.customer_id) for account in self.accounts),
            *((f"payee {payee.payee_id}", payee.customer_id) for payee in self.payees),
            *((f"customer number {c.number}", c.customer_id) for c in self.contacts),
        ):
            if owner not in customers:
                yield f"{what} belongs to no customer"
        for what, account_key in (
            *((f"card {card.card_id}", _account_key(card)) for card in self.cards),
            *((f"posting {line.posting_id}", _account_key(line)) for line in self.postings),
            *((f"hold {hold.hold_id}", _account_key(hold)) for hold in self.holds),
        ):
            if account_key not in accounts:
                yield f"{what} is on no account"

    def _undated(self) -> Iterator[str]:
        for posting in self.postings:
            if posting.booked_at.utcoffset() != timedelta(0):
                yield f"posting {posting.posting_id} is not dated in UTC"
        for hold in self.holds:
            if hold.placed_at.utcoffset() != timedelta(0):
                yield f"hold {hold.hold_id} is not dated in UTC"
            if not hold.amount.is_positive:
                yield f"hold {hold.hold_id} is not of a positive amount"
            if hold.order is not None and not _is_of(hold, hold.order):
                yield f"hold {hold.hold_id} is not what its payment says"

    def _wrong_figures(self) -> Iterator[str]:
        posted, held = _sums(self.postings), _sums(self.holds)
        for account in self.accounts:
            key, currency = _account_key(account), account.posted.currency
            expected_posted = posted.pop((*key, currency), 0)
            expected_held = held.pop((*key, currency), 0)
            available = expected_posted - expected_held + account.credit_limit.minor
            for name, figure, expected in (
                ("posted", account.posted, expected_posted),
                ("held", account.held, expected_held),
                ("available", account.available, available),
            ):
                if figure != Money(expected, currency):
                    yield (
                        f"account {account.account_id} has {name} {_figure(figure)}, "
                        f"its lines make {_figure(Money(expected, currency))}"
                    )
        for customer_id, account_id, currency in [*posted, *held]:
            yield f"account {account_id} of {customer_id} has lines in {currency}, not its currency"

    def _one_sided_transfers(self) -> Iterator[str]:
        legs: Counter[tuple[str, str]] = Counter()
        for posting in self.postings:
            if posting.kind == "transfer":
                legs[posting.transfer_id, posting.amount.currency] += posting.amount.minor
        for (transfer_id, currency), minor in legs.items():
            if minor:
                yield f"transfer {transfer_id} does not sum to zero: {minor} {currency} minor units"


def _is_of(hold: Hold, order: PaymentOrder) -> bool:
    source = order.customer_id, order.source_account_id
    return order.total == hold.amount and source == _account_key(hold)


def _account_key(value: Account | Card | Posting | Hold) -> AccountKey:
    return value.customer_id, value.account_id


def _sums(lines: Iterable[Posting] | Iterable[Hold]) -> Counter[tuple[str, str, str]]:
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        sums[line.customer_id, line.account_id, line.amount.currency] += line.amount.minor
    return sums


def _repeated(what: str, keys: Iterable[object]) -> Iterator[str]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield f"{what} {key} is there {count} times"


def _figure(money: Money) -> str:
    return f"{money.amount} {money.currency}"
