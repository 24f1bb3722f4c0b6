"""What a transaction of the feed is in the books' terms. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fulfillment.bank.books import Account, Hold
from fulfillment.bank.holds import CARD_HOLD_LIFE
from fulfillment.bank.totals import day_of
from fulfillment.feed.transaction import (
    AccountCredit,
    CardPurchase,
    CardRefund,
    DirectDebit,
    FeedTransaction,
)
from fulfillment.fraud.facts import PaymentFacts


def other_party(sent: FeedTransaction) -> str:
    """Who is paid, or pays."""
    match sent:
        case CardPurchase() | CardRefund():
            return sent.merchant
        case DirectDebit():
            return sent.creditor
        case AccountCredit():
            return sent.payer


def line_kind(sent: FeedTransaction) -> str:
    """The kind of the booked line."""
    match sent:
        case CardPurchase():
            return "card"
        case CardRefund():
            return "refund"
        case DirectDebit():
            return "direct_debit"
        case AccountCredit():
            return sent.purpose


def hold_of(sent: FeedTransaction, account_id: str, now: datetime, zone: str) -> Hold:
    """The money on its account: held, or booked at once. What comes in is below zero.

    A purchase counts as the card's spending of today, by the customer's calendar in `zone`.
    """
    name = other_party(sent)
    comes_in = isinstance(sent, CardRefund | AccountCredit)
    placed_at = now.replace(microsecond=0)
    return Hold(
        customer_id=sent.customer,
        account_id=account_id,
        hold_id=sent.transfer_id,
        placed_at=placed_at,
        expires_at=placed_at + CARD_HOLD_LIFE,
        amount=-sent.amount.money if comes_in else sent.amount.money,
        description=name,
        merchant=None if isinstance(sent, AccountCredit) else name,
        category=sent.category,
        card_id=sent.card if isinstance(sent, CardPurchase | CardRefund) else None,
        counted_on=day_of(now, zone) if isinstance(sent, CardPurchase) else None,
    )


def why_not(sent: FeedTransaction, account: Account | None) -> str:
    """Why `account`, as it stands, cannot take `sent`."""
    if account is None:
        return "unknown_account"
    if account.posted.currency != sent.amount.currency:
        return "currency_mismatch"
    if account.status != "active":
        return "account_not_active"
    return "insufficient_funds"


def facts_of(sent: CardPurchase, zone: str, abroad: str = "") -> PaymentFacts:
    """The facts that fraud features and rules see. A merchant is known by its name, as in the
    history; `abroad` is the country that the customer did not say they would be in.
    """
    offset = sent.at.astimezone(ZoneInfo(zone)).utcoffset()
    return PaymentFacts(
        payment_id=sent.transfer_id,
        at=int(sent.at.timestamp()),
        customer=sent.customer,
        counterparty=sent.merchant,
        minor=sent.amount.minor,
        category=sent.category or "",
        device=sent.device,
        abroad=abroad,
        offset_s=int(offset.total_seconds()) if offset else 0,
    )
