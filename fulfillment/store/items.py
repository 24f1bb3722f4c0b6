"""How customers, accounts, cards, payees, postings and cases are laid down as items.

Amounts are minor units beside their currency (`ccy`); statuses and kinds are their enum values.
What a key already says (ids, the second of a booking) is not stored twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from fulfillment.bank.books import (
    Account,
    AccountKind,
    AccountStatus,
    Card,
    CardStatus,
    Customer,
    Payee,
    Posting,
)
from fulfillment.bank.cases import Case, CaseKind, CaseStatus
from fulfillment.bank.money import Money
from fulfillment.store import keys
from fulfillment.store.wire import Record, Scalar, encode

if TYPE_CHECKING:
    from fulfillment.store.wire import Item, MutableItem


_PAID = "paid_"


def customer_item(customer: Customer) -> MutableItem:
    return encode(
        {
            **keys.customer(customer.customer_id),
            "name": customer.name,
            "short": customer.short_name,
            "locale": customer.locale,
            "zone": customer.time_zone,
            "born": customer.born.isoformat() if customer.born else None,
            "home": customer.residence or None,
        }
    )


def read_customer(item: Item) -> Customer:
    record = Record(item)
    return Customer(
        customer_id=record.tail("PK"),
        name=record.text("name"),
        short_name=record.text("short"),
        locale=record.text("locale"),
        time_zone=record.text("zone"),
        news=record.number_or_zero("news"),
        messages=record.number_or_zero("msgs"),
        heard=record.number_or_zero("heard"),
        speaks_with=record.optional_text("desk"),
        tips=record.flag_or_false("tips"),
        born=date.fromisoformat(born) if (born := record.optional_text("born")) else None,
        residence=record.optional_text("home") or "",
    )


def account_item(account: Account) -> MutableItem:
    return encode(
        {
            **keys.account(account.customer_id, account.account_id),
            "kind": account.kind,
            "name": account.name,
            "last4": account.last4,
            "st": account.status,
            "ccy": account.posted.currency,
            "posted": account.posted.minor,
            "held": account.held.minor,
            "avail": account.available.minor,
            "lim": account.credit_limit.minor,
            "ver": account.version,
            "num": account.number or None,
        }
    )


def read_account(item: Item) -> Account:
    record = Record(item)
    currency = record.text("ccy")
    return Account(
        customer_id=record.tail("PK"),
        account_id=record.tail("SK"),
        kind=AccountKind(record.text("kind")),
        name=record.text("name"),
        last4=record.text("last4"),
        status=AccountStatus(record.text("st")),
        posted=Money(record.number("posted"), currency),
        held=Money(record.number("held"), currency),
        available=Money(record.number("avail"), currency),
        credit_limit=Money(record.number("lim"), currency),
        version=record.number("ver"),
        number=record.optional_text("num") or "",
    )


def card_item(card: Card) -> MutableItem:
    return encode(
        {
            **keys.card(card.customer_id, card.card_id),
            "aid": card.account_id,
            "kind": card.kind,
            "product": card.product,
            "last4": card.last4,
            "st": card.status,
            **limit_fields(card),
        }
    )


def limit_fields(card: Card) -> dict[str, Scalar]:
    """A card's own limits as attributes; one that it does not have is None."""
    day, month = card.daily_limit, card.monthly_limit
    either = day or month
    return {
        "dlim": day.minor if day else None,
        "mlim": month.minor if month else None,
        "lccy": either.currency if either else None,
    }


def read_card(item: Item) -> Card:
    record = Record(item)
    day, month = (
        Money(record.number(name), record.text("lccy")) if name in item else None
        for name in ("dlim", "mlim")
    )
    return Card(
        customer_id=record.tail("PK"),
        card_id=record.tail("SK"),
        account_id=record.text("aid"),
        kind=record.text("kind"),
        product=record.text("product"),
        last4=record.text("last4"),
        status=CardStatus(record.text("st")),
        daily_limit=day,
        monthly_limit=month,
    )


def payee_item(payee: Payee) -> MutableItem:
    return encode(
        {
            **keys.payee(payee.customer_id, payee.payee_id),
            "name": payee.name,
            "nick": payee.nickname,
            "bank": payee.bank_name,
            "target": payee.target,
            "active": payee.active,
            "new": keys.exact_instant(payee.new_until) if payee.new_until else None,
            **{paid_attribute(paid.currency): paid.minor for paid in payee.paid},
        }
    )


def read_payee(item: Item) -> Payee:
    record = Record(item)
    new = record.optional_text("new")
    return Payee(
        customer_id=record.tail("PK"),
        payee_id=record.tail("SK"),
        name=record.text("name"),
        nickname=record.optional_text("nick"),
        bank_name=record.text("bank"),
        target=record.text("target"),
        active=record.flag("active"),
        new_until=keys.moment(new) if new else None,
        paid=tuple(_paid(item)),
    )


def paid_attribute(currency: str) -> str:
    """Where a payee counts the minor units that were sent or held for it."""
    return f"{_PAID}{currency}"


def _paid(item: Item) -> Iterator[Money]:
    for name in sorted(item):
        if name.startswith(_PAID):
            yield Money(Record(item).number(name), name.removeprefix(_PAID))


def posting_item(posting: Posting, day: date, load_id: str | None = None) -> MutableItem:
    """`day` is the customer's own day of the booking, under which it is counted for good.

    `load_id` marks a line of opening books, which has no transfer item behind it.
    """
    return encode(
        {
            **keys.posting(
                posting.customer_id, posting.account_id, posting.booked_at, posting.posting_id
            ),
            "tid": posting.transfer_id,
            "day": day.isoformat(),
            "amt": posting.amount.minor,
            "ccy": posting.amount.currency,
            "kind": posting.kind,
            "text": posting.description,
            "merchant": posting.merchant,
            "category": posting.category,
            "party": posting.counterparty,
            "load": load_id,
        }
    )


def read_posting(item: Item) -> Posting:
    record = Record(item)
    _, customer_id, _, account_id = record.text("PK").split("#")
    _, booked_at, posting_id = record.text("SK").split("#")
    return Posting(
        customer_id=customer_id,
        account_id=account_id,
        posting_id=posting_id,
        transfer_id=record.text("tid"),
        booked_at=keys.moment(booked_at),
        amount=Money(record.number("amt"), record.text("ccy")),
        kind=record.text("kind"),
        description=record.text("text"),
        merchant=record.optional_text("merchant"),
        category=record.optional_text("category"),
        counterparty=record.optional_text("party"),
    )


def case_item(case: Case) -> MutableItem:
    return encode(
        {
            **keys.case(case.customer_id, case.case_id),
            "kind": case.kind,
            "summary": case.summary,
            "at": keys.exact_instant(case.opened_at),
            "st": case.status,
            "subject": case.subject or None,
            "about": case.about,
            "due": case.due.isoformat() if case.due else None,
            "packet": case.packet,
        }
    )


def read_case(item: Item) -> Case:
    record = Record(item)
    due = record.optional_text("due")
    return Case(
        case_id=record.tail("SK"),
        customer_id=record.tail("PK"),
        kind=CaseKind(record.text("kind")),
        summary=record.text("summary"),
        opened_at=keys.moment(record.text("at")),
        status=CaseStatus(record.text("st")),
        subject=record.optional_text("subject") or "",
        about=record.optional_text("about"),
        due=date.fromisoformat(due) if due else None,
        packet=record.optional_text("packet"),
    )
