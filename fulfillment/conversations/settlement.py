"""From exact figures to a receipt: quote, confirm, pay; the same for every kind of payment.

A "yes" means nothing by itself. What was shown is stored as a quote; money moves only on a live
quote of this session with the very same figures, in the transaction that consumes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fulfillment.bank.books import Account, AccountStatus, Payee
from fulfillment.bank.holds import PAYMENT_HOLD_LIFE
from fulfillment.bank.payments import (
    PaymentOrder,
    Receipt,
    Refusal,
    Refused,
    StepUp,
    TransferState,
    Unknown,
)
from fulfillment.bank.rules import check_order, quote
from fulfillment.bank.step_up import step_up_for
from fulfillment.conversations.checking import keep_checking, put_out_of_force, went_through
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.exchanging import at_quoted_rate, rate_view
from fulfillment.conversations.judging import case_number, pay_as_judged, why_held
from fulfillment.conversations.payment_session import LAST_AMOUNT, LAST_MOVE, LAST_PAYEE, QUOTE
from fulfillment.conversations.payment_slots import Question, account_buttons
from fulfillment.conversations.stepping_up import ask_for_code
from fulfillment.conversations.telling_the_desk import tell_of_breach
from fulfillment.lex import Message, Reply, Turn

_STALE = {
    Refusal.QUOTE_EXPIRED,
    Refusal.QUOTE_CHANGED,
    Refusal.QUOTE_UNKNOWN,
    Refusal.STEP_UP_REQUIRED,
}
"""After these the figures are shown again."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A payment that is fully known, what of the customer's it is checked against, and how to speak
    of it: `words` names the reply templates.
    """

    order: PaymentOrder
    source: Account
    destination: Account | Payee
    words: DealWords
    accounts: list[Account]
    payees: list[Payee] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DealWords:
    """Keys of the replies that differ between sending and moving, and the slot of the receiver."""

    confirm: str
    card: str
    yes: str
    done: str
    declined: str
    destination_slot: str
    ask_destination: str
    ask_source: str = "payment.from_which"


def show_figures(turn: Turn, deal: Deal, *before: Message) -> Reply:
    """Checks the deal and asks for a yes to its exact figures, or says why it cannot be."""
    desk = Desk.of(turn)
    limits = desk.books.limits(desk.customer_id, desk.now)
    refused = check_order(deal.order, deal.accounts, deal.payees, desk.now, limits)
    if refused is not None:
        return explain(turn, deal, refused)
    step_up = step_up_for(deal.order, desk.standing)
    shown = quote(deal.order, turn.session_id, desk.deps.new_id(), desk.now, step_up)
    desk.books.put_quote(shown)
    turn.session[QUOTE] = shown.quote_id
    figures = _figures(desk, deal)
    choices = desk.yes_or_no(
        desk.speech.words(deal.words.card, amount=deal.order.amount, **_receiver(deal)),
        deal.words.yes,
        subtitle=desk.speech.words(
            "payment.card_from", source=deal.source.name, fee=deal.order.fee
        ),
    )
    needs_code = step_up is StepUp.REQUIRED
    notes = (desk.say("payment.code_follows"),) if needs_code else ()
    return turn.confirm(*before, figures, *notes, choices)


def settle(turn: Turn, deal: Deal) -> Reply:
    """Pays what was confirmed, once; a stale or foreign yes only shows the figures again."""
    desk = Desk.of(turn)
    quote_id = turn.session.get(QUOTE)
    if not quote_id:
        return show_figures(turn, deal)
    anew, deal = deal, replace(deal, order=at_quoted_rate(turn, deal.order, quote_id))
    outcome = pay_as_judged(turn, deal.order, quote_id)
    if isinstance(outcome, Reply):
        return outcome
    if isinstance(outcome, Unknown):
        return turn.close(keep_checking(turn, quote_id), fulfilled=False)
    if isinstance(outcome, Receipt):
        return _receipt(turn, deal, outcome)
    if outcome.reason is Refusal.STEP_UP_REQUIRED:
        shown = desk.books.quote(desk.customer_id, quote_id, turn.session_id)
        if shown is not None:
            return ask_for_code(turn, shown)
    if outcome.reason in _STALE:
        stale = desk.say("payment.stale")
        # A rate holds as long as its quote does: what is shown again is shown at the one of now.
        return paid_before(turn) or show_figures(turn, anew, stale)
    turn.session.pop(QUOTE, None)
    return explain(turn, deal, outcome)


def paid_before(turn: Turn) -> Reply | None:
    """The answer when the quote of this event may have been paid already, else None.

    A yes that comes twice sees the books as the first one left them: half of the balance is another
    sum then, and a card that was paid has nothing due. And one of two functions, whose clock is
    fast, may call a quote expired that the other is just paying. So the quote is put out of force
    before anybody is told that nothing has moved, or asked for another yes.
    """
    otherwise = put_out_of_force(turn)
    return turn.close(otherwise) if otherwise else None


def decline(turn: Turn, words: DealWords) -> Reply:
    """After a no: the quote is put out of force, and nothing moves."""
    otherwise = put_out_of_force(turn)
    return turn.close(otherwise or Desk.of(turn).say(words.declined), fulfilled=False)


def explain(turn: Turn, deal: Deal, refused: Refused) -> Reply:
    """Why not, and the question that may mend it."""
    desk = Desk.of(turn)
    source = deal.source.name
    match refused.reason:
        case Refusal.INSUFFICIENT_FUNDS:
            available = refused.available or deal.source.available
            short = desk.say("payment.short_of_funds", available=available, source=source)
            return Question("amount", (short,)).ask(turn)
        case Refusal.OVER_LIMIT if refused.allowed and refused.allowed.is_positive:
            tell_of_breach(desk, deal.order, refused.allowed)
            over = desk.say("payment.over_limit", allowed=refused.allowed)
            return Question("amount", (over,)).ask(turn)
        case Refusal.NEW_PAYEE_LIMIT if isinstance(deal.destination, Payee):
            return _still_new(turn, deal.destination, refused)
        case Refusal.OVER_LIMIT:
            return turn.close(desk.say("payment.limit_used_up"), fulfilled=False)
        case Refusal.AMOUNT_NOT_POSITIVE:
            return Question("amount", (desk.say("payment.not_positive"),)).ask(turn)
        case Refusal.SAME_ACCOUNT:
            others = [a for a in deal.accounts if a.account_id != deal.source.account_id]
            same = desk.say("payment.same_account", name=source)
            buttons = account_buttons(desk, others)
            return Question(deal.words.destination_slot, (same, buttons)).ask(turn)
        case Refusal.NOT_A_PAYMENT_ACCOUNT:
            elsewhere = desk.say("payment.not_from_there", name=source)
            return Question("sourceAccount", (elsewhere,)).ask(turn)
        case Refusal.ACCOUNT_NOT_ACTIVE:
            return _not_active(turn, deal)
        case _:
            return turn.close(desk.say("payment.refused"), fulfilled=False)


def _not_active(turn: Turn, deal: Deal) -> Reply:
    """One of the two accounts is frozen or closed: which one, and what it should be instead."""
    desk = Desk.of(turn)
    to, pays = deal.destination, deal.source.status is AccountStatus.ACTIVE
    if pays and isinstance(to, Account) and to.status is not AccountStatus.ACTIVE:
        closed = desk.say("payment.account_closed", name=to.name)
        return Question(deal.words.destination_slot, (closed,)).ask(turn)
    closed = desk.say("payment.account_closed", name=deal.source.name)
    return Question("sourceAccount", (closed,)).ask(turn)


def _still_new(turn: Turn, payee: Payee, refused: Refused) -> Reply:
    """A payee of the last hours gets little: how much more, and from when on it is otherwise."""
    desk = Desk.of(turn)
    ends = payee.new_until or desk.now
    view = {"payee": payee.name, "day": desk.speech.day(ends), "time": desk.speech.time(ends)}
    if refused.allowed is None or not refused.allowed.is_positive:
        return turn.close(desk.say("payment.new_payee_used_up", **view), fulfilled=False)
    little = desk.say("payment.new_payee_limit", allowed=refused.allowed, **view)
    return Question("amount", (little,)).ask(turn)


def _receipt(turn: Turn, deal: Deal, receipt: Receipt) -> Reply:
    """What the books say now. A retried hook carries the quote in its own event and so reads the
    same answer again; later turns must not take a paid quote for an open one.
    """
    desk = Desk.of(turn)
    turn.session.pop(QUOTE, None)
    if isinstance(deal.destination, Payee):
        turn.session[LAST_PAYEE] = deal.destination.payee_id
        turn.session[LAST_AMOUNT] = f"{receipt.amount.currency} {receipt.amount.amount}"
    else:
        ends = deal.source.account_id, deal.destination.account_id
        turn.session[LAST_MOVE] = "|".join(ends)
    now = {a.account_id: a for a in desk.books.accounts(desk.customer_id)}
    source = now.get(deal.source.account_id, deal.source)
    if receipt.state is TransferState.PENDING:
        return turn.close(_on_hold(turn, deal, receipt, source))
    if receipt.state is not TransferState.POSTED:
        # It was held, and an analyst, the customer or time has ended that before this answer.
        return turn.close(went_through(desk, receipt), fulfilled=False)
    view = {
        **_names(deal),
        "amount": receipt.amount,
        "receipt": receipt.receipt_id,
        "available": source.available,
    }
    if receipt.arrived is not None:
        done = desk.say("payment.exchanged", received=receipt.arrived, **view)
    else:
        done = desk.say(deal.words.done, **view)
    fee = (desk.say("payment.fee_taken", fee=receipt.fee),) if receipt.fee.minor else ()
    return turn.close(done, *fee)


def _on_hold(turn: Turn, deal: Deal, receipt: Receipt, source: Account) -> Message:
    """The money has not left; why, who looks at it, until when, and how to have it back."""
    desk = Desk.of(turn)
    ends = receipt.booked_at + PAYMENT_HOLD_LIFE
    return desk.say(
        "fraud.held",
        amount=receipt.amount,
        payee=deal.destination.name,
        source=deal.source.name,
        why=why_held(turn),
        receipt=receipt.receipt_id,
        case_id=case_number(receipt.transfer_id),
        day=desk.speech.day(ends),
        time=desk.speech.time(ends),
        available=source.available,
    )


def _figures(desk: Desk, deal: Deal) -> Message:
    """Everything that a yes is asked for, with what is left afterwards."""
    order = deal.order
    after = deal.source.available - order.total
    if order.exchange is None:
        return desk.say(deal.words.confirm, **_view(deal), after=after)
    rate = rate_view(desk, order.exchange)
    return desk.say("payment.confirm_exchange", **_view(deal), **rate, after=after)


def _names(deal: Deal) -> dict[str, object]:
    return {"source": deal.source.name, **_receiver(deal)}


def _receiver(deal: Deal) -> dict[str, object]:
    receiver = "payee" if isinstance(deal.destination, Payee) else "destination"
    return {receiver: deal.destination.name}


def _view(deal: Deal) -> dict[str, object]:
    view = {**_names(deal), "amount": deal.order.amount, "fee": deal.order.fee}
    if isinstance(deal.destination, Payee):
        view |= {"bank": deal.destination.bank_name, "last4": deal.destination.target[-4:]}
    return view
