"""The booked lines of a payment: what leaves one side arrives on the other, to the last unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.bank.books import Hold, Posting
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.store import keys
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from fulfillment.store.wire import Item, MutableItem


@dataclass(frozen=True, slots=True)
class BankPosting:
    """One booked line on a shard of the bank's own account `code` (clearing, fees)."""

    code: str
    shard: int
    posting_id: str
    transfer_id: str
    booked_at: datetime
    amount: Money
    description: str


def payment_lines(
    transfer_id: str, order: PaymentOrder, booked_at: datetime, shard: int
) -> tuple[list[Posting], list[BankPosting]]:
    """The customer's and the bank's lines of one payment. Their sum is zero."""
    own = order.kind is PaymentKind.OWN_TRANSFER
    kind = "transfer" if own else "payment"
    title = "Transfer" if own else "Payment"

    def customer_line(
        suffix: str, account_id: str, amount: Money, kind: str, text: str, counterparty: str
    ) -> Posting:
        return Posting(
            customer_id=order.customer_id,
            account_id=account_id,
            posting_id=f"{transfer_id}-{suffix}",
            transfer_id=transfer_id,
            booked_at=booked_at,
            amount=amount,
            kind=kind,
            description=text,
            counterparty=counterparty or None,
        )

    def bank_line(suffix: str, code: str, amount: Money, text: str) -> BankPosting:
        line_id = f"{transfer_id}-{suffix}"
        return BankPosting(code, shard, line_id, transfer_id, booked_at, amount, text)

    to = _with_name(f"{title} to", order.destination_name, title)
    lines = [
        customer_line(
            "out", order.source_account_id, -order.amount, kind, to, order.destination_name
        )
    ]
    bank_lines = []
    if own:
        received = _with_name(f"{title} from", order.source_name, title)
        lines.append(
            customer_line(
                "in", order.destination_ref, order.arrives, kind, received, order.source_name
            )
        )
        if order.exchange is not None:
            # The bank takes in the one currency and gives out the other: each stays balanced.
            bank_lines.append(bank_line("sold", keys.EXCHANGE, order.amount, to))
            bank_lines.append(bank_line("bought", keys.EXCHANGE, -order.arrives, to))
    else:
        bank_lines.append(bank_line("in", keys.CLEARING, order.amount, to))
    if order.fee.minor:
        text = f"Fee: {to}"
        lines.append(customer_line("fee", order.source_account_id, -order.fee, "fee", text, ""))
        bank_lines.append(bank_line("fee", keys.FEES, order.fee, text))
    return lines, bank_lines


def card_lines(
    hold: Hold, amount: Money, booked_at: datetime, shard: int, kind: str = "card"
) -> tuple[list[Posting], list[BankPosting]]:
    """The customer's and the bank's line of what a merchant took out of its authorisation.

    An `amount` below zero came in: a refund, or what the feed booked as arrived. `kind` is then the
    line's, and without a merchant the description names who it came from or went to.
    """
    line = Posting(
        customer_id=hold.customer_id,
        account_id=hold.account_id,
        posting_id=f"{hold.hold_id}-out",
        transfer_id=hold.hold_id,
        booked_at=booked_at,
        amount=-amount,
        kind=kind,
        description=hold.description,
        merchant=hold.merchant,
        category=hold.category,
        counterparty=hold.description if kind != "card" and not hold.merchant else None,
    )
    into = BankPosting(
        code=keys.CLEARING,
        shard=shard,
        posting_id=f"{hold.hold_id}-in",
        transfer_id=hold.hold_id,
        booked_at=booked_at,
        amount=amount,
        description=hold.description,
    )
    return [line], [into]


def bank_posting_item(line: BankPosting, load_id: str | None = None) -> MutableItem:
    """`load_id` marks a line of opening books, which has no transfer item behind it."""
    currency = line.amount.currency
    key = keys.bank_posting(line.code, currency, line.shard, line.booked_at, line.posting_id)
    return encode(
        {
            **key,
            "tid": line.transfer_id,
            "amt": line.amount.minor,
            "ccy": line.amount.currency,
            "text": line.description,
            "load": load_id,
        }
    )


def read_bank_posting(item: Item) -> BankPosting:
    record = Record(item)
    _, booked_at, posting_id = record.text("SK").split("#")
    account, shard = keys.bank_account_of(record.text("PK"))
    return BankPosting(
        code=account.split("#")[1],
        shard=shard,
        posting_id=posting_id,
        transfer_id=record.text("tid"),
        booked_at=keys.moment(booked_at),
        amount=Money(record.number("amt"), record.text("ccy")),
        description=record.text("text"),
    )


def _with_name(phrase: str, name: str, without: str) -> str:
    return f"{phrase} {name}" if name else without
