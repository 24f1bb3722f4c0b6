"""What may be quoted: every refusal has its reason, and the figure that fell short."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fulfillment.bank.books import Account, AccountKind, AccountStatus, Payee
from fulfillment.bank.limits import Usage, standard_limits
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, Refusal, Refused
from fulfillment.bank.rules import check_order, malformed, quote
from tests.unit.bank.values import (
    ACCOUNTS,
    ANNA,
    CHECKING,
    NOW,
    SAVINGS,
    account,
    between,
    dollars,
    limits_of,
    to_anna,
)

LIMITS = standard_limits()


def check(
    order: PaymentOrder,
    accounts: list[Account] = ACCOUNTS,
    payees: tuple[Payee, ...] = (ANNA,),
) -> Refused | None:
    return check_order(order, accounts, payees, NOW, LIMITS)


def with_account(changed: Account) -> list[Account]:
    return [changed if one.account_id == changed.account_id else one for one in ACCOUNTS]


def test_a_payment_within_the_available_funds_may_be_quoted() -> None:
    assert check(to_anna("480.00")) is None
    assert check(to_anna("479.75", fee="0.25")) is None


def test_a_transfer_between_own_accounts_may_be_quoted() -> None:
    assert check(between("checking", "savings", "480.00")) is None


def test_a_credit_card_may_be_paid_into() -> None:
    assert check(between("checking", "credit-card", "100.00")) is None


def test_more_than_is_available_is_refused_with_the_available_figure() -> None:
    refused = Refused(Refusal.INSUFFICIENT_FUNDS, available=dollars("480.00"))
    assert check(to_anna("480.01")) == refused
    assert check(to_anna("480.00", fee="0.01")) == refused


@pytest.mark.parametrize("amount", ["0", "-5.00"])
def test_an_amount_that_is_not_positive_is_refused(amount: str) -> None:
    assert check(to_anna(amount)) == Refused(Refusal.AMOUNT_NOT_POSITIVE)


def test_a_negative_fee_cannot_create_money() -> None:
    assert malformed(to_anna("5.00", fee="-1.00")) is Refusal.AMOUNT_NOT_POSITIVE


def test_a_fee_in_another_currency_is_refused() -> None:
    order = replace(to_anna("5.00"), fee=Money(1, "EUR"))
    assert check(order) == Refused(Refusal.CURRENCY_MISMATCH)


def test_a_transfer_to_the_same_account_is_refused() -> None:
    assert check(between("checking", "checking", "5.00")) == Refused(Refusal.SAME_ACCOUNT)


def test_a_transfer_whose_money_would_go_elsewhere_is_refused() -> None:
    order = replace(between("checking", "savings", "5.00"), destination_ref="checking")
    assert check(order) == Refused(Refusal.UNKNOWN_ACCOUNT)


def test_an_account_that_is_not_the_customers_is_unknown() -> None:
    assert check(to_anna("5.00", source="elsewhere")) == Refused(Refusal.UNKNOWN_ACCOUNT)
    unknown = between("checking", "elsewhere", "5.00")
    assert check(unknown) == Refused(Refusal.UNKNOWN_ACCOUNT)


@pytest.mark.parametrize("status", [AccountStatus.FROZEN, AccountStatus.CLOSED])
def test_an_account_that_is_not_active_neither_pays_nor_receives(status: AccountStatus) -> None:
    refused = Refused(Refusal.ACCOUNT_NOT_ACTIVE)
    assert check(to_anna("5.00"), with_account(replace(CHECKING, status=status))) == refused
    order = between("checking", "savings", "5.00")
    assert check(order, with_account(replace(SAVINGS, status=status))) == refused


@pytest.mark.parametrize("kind", [AccountKind.CREDIT_CARD, AccountKind.LOAN])
def test_borrowed_money_is_not_a_source(kind: AccountKind) -> None:
    borrowed = account("borrowed", "900.00", kind=kind)
    order = to_anna("5.00", source="borrowed")
    assert check(order, [borrowed]) == Refused(Refusal.NOT_A_PAYMENT_ACCOUNT)


def test_an_account_in_another_currency_neither_pays_nor_receives() -> None:
    euros = account("euros", "900.00", currency="EUR")
    refused = Refused(Refusal.CURRENCY_MISMATCH)
    assert check(to_anna("5.00", source="euros"), [euros]) == refused
    assert check(between("checking", "euros", "5.00"), [*ACCOUNTS, euros]) == refused


def test_a_payee_that_is_not_the_customers_or_not_active_is_unknown() -> None:
    refused = Refused(Refusal.UNKNOWN_PAYEE)
    assert check(to_anna("5.00"), payees=()) == refused
    assert check(to_anna("5.00"), payees=(replace(ANNA, active=False),)) == refused


def test_a_payee_whose_account_was_changed_needs_a_new_quote() -> None:
    moved = replace(ANNA, target="021000021-9999")
    assert check(to_anna("5.00"), payees=(moved,)) == Refused(Refusal.QUOTE_CHANGED)


def test_more_than_one_payment_may_be_is_refused_with_what_is_allowed() -> None:
    refused = check_order(to_anna("101.00"), ACCOUNTS, [ANNA], NOW, limits_of("100.00", "900.00"))
    assert refused == Refused(Refusal.OVER_LIMIT, allowed=dollars("100.00"))


def test_what_was_paid_today_lowers_what_is_allowed() -> None:
    limits = limits_of("100.00", "150.00")
    spent = Usage(NOW.date(), dollars("120.00"), 1)
    today = replace(limits, used={(PaymentKind.TO_PAYEE, "USD"): spent})
    refused = Refused(Refusal.OVER_LIMIT, allowed=dollars("30.00"))
    assert check_order(to_anna("30.01"), ACCOUNTS, [ANNA], NOW, today) == refused
    assert check_order(to_anna("30.00"), ACCOUNTS, [ANNA], NOW, today) is None
    tomorrow = NOW + timedelta(days=1)
    assert check_order(to_anna("30.01"), ACCOUNTS, [ANNA], tomorrow, today) is None


def test_a_currency_without_a_limit_is_not_paid_in() -> None:
    kronor = account("kronor", "900.00", currency="SEK")
    order = replace(to_anna("5.00", source="kronor"), amount=Money(500, "SEK"), fee=Money(0, "SEK"))
    refused = Refused(Refusal.OVER_LIMIT, allowed=Money(0, "SEK"))
    assert check(order, [kronor]) == refused


def test_a_quote_holds_its_figures_for_five_minutes_for_one_session() -> None:
    order = to_anna("5.00")
    made = quote(order, "session-1", "quote-1", NOW)
    assert (made.quote_id, made.session_id, made.customer_id) == ("quote-1", "session-1", "mira")
    assert (made.order, made.digest) == (order, order.digest)
    assert made.expires_at - made.created_at == timedelta(minutes=5)
