"""What an account is, earns and costs: numbers, rates, fees, limits, and what a card has due."""

from __future__ import annotations

from fulfillment.bank.books import Account, AccountKind
from fulfillment.bank.fee_words import asks_of_fees_paid, fees_asked
from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_account
from fulfillment.bank.payments import PaymentKind
from fulfillment.bank.schedule import Terms, standard_schedule
from fulfillment.conversations.card_due import card_due
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.fees_paid import tell_fees_paid
from fulfillment.conversations.whole_number import tell_whole_number
from fulfillment.lex import Reply, Router, Turn

router = Router()


@router.dialog("GetAccountNumber")
@router.fulfillment("GetAccountNumber")
def tell_number(turn: Turn) -> Reply:
    """The routing number is public; of an account number only the end, unless all is asked for."""
    accounts = _meant(turn, Desk.of(turn).open_accounts())
    if isinstance(accounts, Reply):
        return accounts
    if turn.slots.get("detail") is not None:
        return tell_whole_number(turn, accounts)
    desk = Desk.of(turn)
    lines = [{"name": account.name, "last4": account.last4} for account in accounts]
    routing = standard_schedule().routing_number
    return turn.close(desk.say("info.numbers", routing=routing, lines=lines))


@router.dialog("GetInterestRate")
@router.fulfillment("GetInterestRate")
def tell_rates(turn: Turn) -> Reply:
    accounts = _meant(turn, Desk.of(turn).open_accounts())
    if isinstance(accounts, Reply):
        return accounts
    desk = Desk.of(turn)
    lines = [{"name": account.name, **_rates(_terms(account))} for account in accounts]
    return turn.close(desk.say("info.rates", lines=lines))


@router.dialog("GetFees")
@router.fulfillment("GetFees")
def tell_fees(turn: Turn) -> Reply:
    if asks_of_fees_paid(turn.transcript, turn.locale):
        return tell_fees_paid(turn)
    accounts = _meant(turn, Desk.of(turn).open_accounts())
    if isinstance(accounts, Reply):
        return accounts
    desk = Desk.of(turn)
    asked = fees_asked(turn.transcript, turn.locale)
    first = {account.kind: account for account in reversed(accounts)}
    told = [
        {"name": account.name, "fees": fees}
        for account in accounts
        if first[account.kind] is account and (fees := _fees(desk, account, asked))
    ]
    if not told:
        return turn.close(desk.say("info.no_such_fee"))
    return turn.close(desk.say("info.fees", lines=told))


@router.dialog("GetCreditLimit")
@router.fulfillment("GetCreditLimit")
def tell_credit_limit(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    cards = _credit_cards(desk)
    if not cards:
        return turn.close(desk.say("info.no_credit_card"), fulfilled=False)
    lines = [
        {"name": card.name, "limit": card.credit_limit, "available": card.available}
        for card in cards
    ]
    return turn.close(desk.say("info.credit_limits", lines=lines))


@router.dialog("GetPaymentLimits")
@router.fulfillment("GetPaymentLimits")
def tell_payment_limits(turn: Turn) -> Reply:
    """What one payment may be today, read from the limits in force and what is used of them."""
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    if not accounts:
        return turn.close(desk.say("balance.nothing_there"), fulfilled=False)
    currency = accounts[0].posted.currency
    limits = desk.books.limits(desk.customer_id, desk.now)
    payee, own = PaymentKind.TO_PAYEE, PaymentKind.OWN_TRANSFER
    return turn.close(
        desk.say(
            "info.payment_limits",
            payment=limits.ceiling(payee, currency).per_payment,
            a_day=limits.ceiling(payee, currency).per_day,
            left=limits.allowed(payee, currency, desk.now),
            transfer=limits.ceiling(own, currency).per_payment,
        )
    )


@router.dialog("GetPaymentDue")
@router.fulfillment("GetPaymentDue")
def tell_payment_due(turn: Turn) -> Reply:
    """What each credit card's last statement asks for, by when."""
    desk = Desk.of(turn)
    cards = _credit_cards(desk)
    if not cards:
        return turn.close(desk.say("info.no_credit_card"), fulfilled=False)
    return turn.close(desk.say("info.due", lines=[_due(desk, card) for card in cards]))


def _meant(turn: Turn, accounts: list[Account]) -> list[Account] | Reply:
    """The accounts that were named; all of them when none was."""
    desk = Desk.of(turn)
    if not accounts:
        return turn.close(desk.say("balance.nothing_there"), fulfilled=False)
    said = turn.slots.get("account")
    if said is None:
        return accounts
    match = match_account(said.original_value, accounts)
    found = match.found or match_account(said.best, accounts).found
    if found:
        return list(found)
    names = [account.name for account in accounts]
    turn.slots.clear("account")
    unknown = desk.say("balance.unknown", said=said.original_value, names=names)
    return turn.elicit_slot("account", unknown, desk.choices("common.your_accounts", names[:5]))


def _credit_cards(desk: Desk) -> list[Account]:
    return [a for a in desk.open_accounts() if a.kind is AccountKind.CREDIT_CARD]


def _terms(account: Account) -> Terms:
    return standard_schedule().terms[account.kind]


def _rates(terms: Terms) -> dict[str, object]:
    return {"earns": terms.earns, "charges": terms.charges}


def _fees(desk: Desk, account: Account, asked: frozenset[str]) -> list[str]:
    """The account's fees as words, of those that were asked about; those of zero say so."""
    terms, currency = _terms(account), account.posted.currency
    sums = [
        desk.speech.words(f"info.{name}", amount=Money(minor, currency))
        for name, minor in terms.fees.items()
        if not asked or name in asked
    ]
    return sums + [
        desk.speech.words(f"info.{name}", percent=share)
        for name, share in terms.percent_fees.items()
        if not asked or name in asked
    ]


def _due(desk: Desk, card: Account) -> dict[str, object]:
    found = card_due(desk, card)
    asked = found.statement
    return {
        "name": card.name,
        "owed": found.owed,
        "due": desk.speech.calendar_day(asked.due),
        "balance": asked.balance_open,
        "minimum": asked.minimum_open,
        "late": asked.due < desk.speech.today and asked.minimum_open.is_positive,
    }
