"""Scheduling a payment: once on a later day, or again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fulfillment.bank.books import Account, Payee
from fulfillment.bank.money import Money
from fulfillment.bank.ordering import order_to
from fulfillment.bank.payment_fees import with_fee
from fulfillment.bank.payments import (
    PaymentOrder,
    Quote,
    Refusal,
    Refused,
    StepUp,
    Unknown,
)
from fulfillment.bank.recurrence import Recurrence
from fulfillment.bank.rules import check_parties, quote
from fulfillment.bank.scheduled_payments import (
    MOST_ACTIVE,
    NotScheduled,
    ScheduledPayment,
    check_amount,
    new_schedule,
)
from fulfillment.bank.step_up import step_up_for
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_session import QUOTE
from fulfillment.conversations.payment_slots import (
    Question,
    account_buttons,
    ask_account,
    payee_buttons,
    read_source,
    usable_accounts,
)
from fulfillment.conversations.schedule_slots import (
    ask_day,
    read_fixed_amount,
    read_receiver,
    read_when,
)
from fulfillment.conversations.schedule_words import days
from fulfillment.conversations.stepping_up import ask_for_code
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.store.payment_items import receipt_id
from fulfillment.store.scheduling import Answer

STALE = {
    Refusal.QUOTE_EXPIRED,
    Refusal.QUOTE_CHANGED,
    Refusal.QUOTE_UNKNOWN,
    Refusal.STEP_UP_REQUIRED,
}

router = Router()


@dataclass(frozen=True, slots=True)
class Terms:
    """A payment that is fully known, and its days."""

    order: PaymentOrder
    when: Recurrence
    source: Account
    receiver: Account | Payee


@router.dialog("SchedulePayment")
def ask(turn: Turn) -> Reply:
    """Asks for what is missing, then shows the figures and the days."""
    if turn.denied:
        turn.session.pop(QUOTE, None)
        return turn.close(Desk.of(turn).say("schedule.not_scheduled"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    return _with_terms(turn, agree=False)


@router.fulfillment("SchedulePayment")
def schedule(turn: Turn) -> Reply:
    return _with_terms(turn, agree=True)


def _with_terms(turn: Turn, *, agree: bool) -> Reply:
    desk = Desk.of(turn)
    accounts, payees = desk.accounts_and_payees()
    if not usable_accounts(accounts):
        return turn.close(desk.say("payment.no_source"), fulfilled=False)
    terms = _terms(turn, accounts, payees)
    if isinstance(terms, Reply):
        return terms
    if isinstance(terms, Question):
        return terms.ask(turn)
    refused = refusal(desk, terms.order, accounts, payees)
    if refused is not None:
        return explain(turn, terms, refused, accounts)
    return _agree(turn, terms) if agree else _show(turn, terms)


def _terms(turn: Turn, accounts: list[Account], payees: list[Payee]) -> Terms | Question | Reply:
    """The payment as the slots have it, the first question that is open, or why it cannot be."""
    desk = Desk.of(turn)
    usable = usable_accounts(accounts)
    when = read_when(turn)
    source = read_source(turn, accounts)
    receiver = read_receiver(turn, accounts, payees)
    known = source if isinstance(source, Account) else None
    if known and isinstance(receiver, Account) and not _one_currency(known, receiver):
        # Before anything else is asked for: no answer could make it possible.
        return turn.close(desk.say("schedule.two_currencies"), fulfilled=False)
    amount = read_fixed_amount(turn, (known or usable[0]).posted.currency)
    for value in (amount, receiver, when, source):
        if isinstance(value, Question):
            return value
    if not isinstance(amount, Money):
        return Question("amount", (desk.say("schedule.how_much"),))
    if receiver is None or isinstance(receiver, Question):
        return Question("payee", (desk.say("schedule.who"), payee_buttons(desk, payees)))
    if not isinstance(when, Recurrence):
        return ask_day(turn)
    if known is None:
        others = [one for one in usable if one != receiver]
        if len(others) != 1:
            return ask_account(turn, "sourceAccount", others, "payment.from_which")
        known = others[0]
        turn.slots.set("sourceAccount", known.name)
    return Terms(with_fee(order_to(known, receiver, amount)), when, known, receiver)


def _one_currency(source: Account, receiver: Account) -> bool:
    return source.posted.currency == receiver.posted.currency


def _show(turn: Turn, terms: Terms, *before: Message) -> Reply:
    """Stores what is shown and asks for a yes to it."""
    desk = Desk.of(turn)
    if len(desk.books.schedules.active(desk.customer_id)) >= MOST_ACTIVE:
        return turn.close(desk.say("schedule.too_many", most=MOST_ACTIVE), fulfilled=False)
    payment = _payment(desk, desk.deps.new_id(), terms)
    shown = remember_quote(turn, payment.schedule_id, payment.order, payment.digest)
    said = days(desk, terms.when)
    figures = desk.say(
        "schedule.confirm",
        amount=terms.order.amount,
        fee=terms.order.fee,
        receiver=_receiver(desk, terms.receiver),
        source=terms.source.name,
        days=said,
        zone=desk.speech.zone_name,
    )
    return turn.confirm(*before, figures, *code_note(desk, shown), _card(desk, terms, said))


def _agree(turn: Turn, terms: Terms) -> Reply:
    """Schedules what was confirmed, once; a stale or foreign yes only shows it again."""
    desk = Desk.of(turn)
    quote_id = turn.session.get(QUOTE)
    if not quote_id:
        return _show(turn, terms)
    payment = _payment(desk, quote_id, terms)
    outcome = desk.books.schedules.set_up(payment, turn.session_id, desk.now, desk.standing)
    asked = code_for(turn, outcome, quote_id)
    if asked is not None:
        return asked
    if isinstance(outcome, NotScheduled) and outcome.reason in STALE:
        return _show(turn, terms, desk.say("schedule.stale"))
    turn.session.pop(QUOTE, None)
    if isinstance(outcome, Unknown):
        return turn.close(desk.say("schedule.checking"), fulfilled=False)
    if isinstance(outcome, NotScheduled):
        return turn.close(desk.say("schedule.refused"), fulfilled=False)
    return turn.close(
        desk.say(
            "schedule.scheduled",
            amount=terms.order.amount,
            name=terms.receiver.name,
            source=terms.source.name,
            days=days(desk, terms.when),
            reference=receipt_id(payment.schedule_id, "SP"),
        )
    )


def refusal(
    desk: Desk, order: PaymentOrder, accounts: list[Account], payees: list[Payee]
) -> Refused | None:
    """Why no day could ever pay `order`, or None. Funds are looked at on the day itself."""
    own = {account.account_id: account for account in accounts}
    reason = check_parties(order, own, payees)
    return Refused(reason) if reason else check_amount(order, desk.books.standing_limits)


def remember_quote(turn: Turn, quote_id: str, order: PaymentOrder, digest: str) -> Quote:
    """Stores what is shown, so that a yes to it can be told from any other yes."""
    desk = Desk.of(turn)
    step_up = step_up_for(order, desk.standing)
    shown = replace(quote(order, turn.session_id, quote_id, desk.now, step_up), digest=digest)
    desk.books.put_quote(shown)
    turn.session[QUOTE] = quote_id
    return shown


def code_note(desk: Desk, shown: Quote) -> tuple[Message, ...]:
    """Says beforehand that a yes alone will not do: every run is of that sum, and none asks."""
    needs_code = shown.step_up is StepUp.REQUIRED
    return (desk.say("schedule.code_follows"),) if needs_code else ()


def code_for(turn: Turn, outcome: Answer, quote_id: str) -> Reply | None:
    """The question for the code that a yes to this quote still lacks, or None."""
    lacking = isinstance(outcome, NotScheduled) and outcome.reason is Refusal.STEP_UP_REQUIRED
    if not lacking:
        return None
    desk = Desk.of(turn)
    shown = desk.books.quote(desk.customer_id, quote_id, turn.session_id)
    return ask_for_code(turn, shown) if shown is not None else None


def explain(turn: Turn, terms: Terms, refused: Refused, accounts: list[Account]) -> Reply:
    """Why it cannot be scheduled, and the question that may mend it."""
    desk = Desk.of(turn)
    source = terms.source.name
    match refused.reason:
        case Refusal.AMOUNT_NOT_POSITIVE:
            return Question("amount", (desk.say("payment.not_positive"),)).ask(turn)
        case Refusal.OVER_LIMIT if refused.allowed is not None:
            over = desk.say("schedule.over_limit", allowed=refused.allowed)
            return Question("amount", (over,)).ask(turn)
        case Refusal.SAME_ACCOUNT:
            others = [one for one in accounts if one.account_id != terms.source.account_id]
            same = desk.say("payment.same_account", name=source)
            slot = "destinationAccount" if turn.slots.get("destinationAccount") else "payee"
            return Question(slot, (same, account_buttons(desk, others))).ask(turn)
        case Refusal.NOT_A_PAYMENT_ACCOUNT:
            elsewhere = desk.say("payment.not_from_there", name=source)
            return Question("sourceAccount", (elsewhere,)).ask(turn)
        case Refusal.ACCOUNT_NOT_ACTIVE:
            closed = desk.say("payment.account_closed", name=source)
            return Question("sourceAccount", (closed,)).ask(turn)
        case Refusal.CURRENCY_MISMATCH:
            return turn.close(desk.say("schedule.two_currencies"), fulfilled=False)
        case _:
            return turn.close(desk.say("schedule.refused"), fulfilled=False)


def _payment(desk: Desk, schedule_id: str, terms: Terms) -> ScheduledPayment:
    zone = desk.customer.time_zone
    return new_schedule(schedule_id, terms.order, terms.when, zone, desk.now)


def _receiver(desk: Desk, receiver: Account | Payee) -> str:
    if isinstance(receiver, Account):
        return receiver.name
    return desk.speech.words(
        "schedule.payee_receiver",
        name=receiver.name,
        bank=receiver.bank_name,
        last4=receiver.target[-4:],
    )


def _card(desk: Desk, terms: Terms, said: str) -> Message:
    title = desk.speech.words("schedule.card", amount=terms.order.amount, name=terms.receiver.name)
    days = desk.speech.words("schedule.card_days", source=terms.source.name, days=said)
    return desk.yes_or_no(title, "schedule.yes", subtitle=days)
