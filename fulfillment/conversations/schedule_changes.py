"""Scheduled payments: the list of them, other terms for one, and its end."""

from __future__ import annotations

from dataclasses import replace

from fulfillment.bank.payments import Refusal, Unknown
from fulfillment.bank.recurrence import Recurrence
from fulfillment.bank.scheduled_payments import (
    NotScheduled,
    ScheduledPayment,
    ScheduleRefusal,
    agreed,
    change_of,
    changed,
)
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.ending_subscriptions import not_ours_to_end
from fulfillment.conversations.payment_session import QUOTE
from fulfillment.conversations.payment_slots import Question
from fulfillment.conversations.schedule_choice import Nothing, chosen
from fulfillment.conversations.schedule_payment import (
    STALE,
    code_for,
    code_note,
    refusal,
    remember_quote,
)
from fulfillment.conversations.schedule_slots import read_fixed_amount, read_when
from fulfillment.conversations.schedule_words import due, view, why
from fulfillment.lex import Message, Reply, Router, Turn

_SHOWN = 10

router = Router()


@router.dialog("ListScheduledPayments")
@router.fulfillment("ListScheduledPayments")
def list_them(turn: Turn) -> Reply:
    """Reading is harmless, so it is answered at once."""
    desk = Desk.of(turn)
    active = desk.books.schedules.active(desk.customer_id)
    if not active:
        return turn.close(desk.say("schedule.nothing_there"))
    lines = [_line(desk, place, one) for place, one in enumerate(active[:_SHOWN], 1)]
    return turn.close(desk.say("schedule.list", lines=lines), desk.say("schedule.list_hint"))


@router.dialog("ChangeScheduledPayment")
def ask_change(turn: Turn) -> Reply:
    if turn.denied:
        turn.session.pop(QUOTE, None)
        return turn.close(Desk.of(turn).say("schedule.not_changed"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    return _change(turn, agree=False)


@router.fulfillment("ChangeScheduledPayment")
def change(turn: Turn) -> Reply:
    return _change(turn, agree=True)


@router.dialog("CancelScheduledPayment")
def ask_cancel(turn: Turn) -> Reply:
    """Says what would end, and asks for a yes."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("schedule.kept"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    named = turn.slots.get("payee")
    payment = chosen(turn)
    if isinstance(payment, Nothing) or (named and isinstance(payment, Question)):
        told = not_ours_to_end(turn)
        if told is not None:
            return turn.close(told, fulfilled=False)
    if isinstance(payment, Nothing):
        return turn.close(desk.say("schedule.nothing_there"), fulfilled=False)
    if isinstance(payment, Question):
        return payment.ask(turn)
    return _confirm_end(turn, payment)


@router.fulfillment("CancelScheduledPayment")
def cancel(turn: Turn) -> Reply:
    """Ends it, unless it was paid or changed since it was read: then it is shown anew."""
    desk = Desk.of(turn)
    payment = chosen(turn)
    if isinstance(payment, Nothing):
        return turn.close(desk.say("schedule.over_already"), fulfilled=False)
    if isinstance(payment, Question):
        return payment.ask(turn)
    outcome = desk.books.schedules.cancel(payment, desk.now)
    if isinstance(outcome, Unknown):
        return turn.close(desk.say("schedule.checking"), fulfilled=False)
    if isinstance(outcome, NotScheduled) and outcome.reason is ScheduleRefusal.CHANGED:
        return _confirm_end(turn, payment, desk.say("schedule.moved_on"))
    if isinstance(outcome, NotScheduled):
        return turn.close(desk.say("schedule.over_already"), fulfilled=False)
    said = view(desk, payment)
    return turn.close(desk.say("schedule.cancelled", amount=said["amount"], name=said["name"]))


def _confirm_end(turn: Turn, payment: ScheduledPayment, *before: Message) -> Reply:
    desk = Desk.of(turn)
    said = view(desk, payment)
    question = desk.say("schedule.confirm_cancel", **said, due=due(desk, payment))
    title = desk.speech.words("schedule.cancel_card", amount=said["amount"], name=said["name"])
    choices = desk.yes_or_no(title, "schedule.yes_cancel", "schedule.keep")
    return turn.confirm(*before, question, choices)


def _change(turn: Turn, *, agree: bool) -> Reply:
    desk = Desk.of(turn)
    before = chosen(turn)
    if isinstance(before, Nothing):
        return turn.close(desk.say("schedule.nothing_there"), fulfilled=False)
    if isinstance(before, Question):
        return before.ask(turn)
    after = _changed(turn, before)
    if isinstance(after, Question):
        return after.ask(turn)
    if after is None:
        what = desk.say("schedule.what_to_change", **view(desk, before))
        return turn.elicit_slot("amount", what)
    if (after.order, after.recurrence) == (before.order, before.recurrence):
        return turn.close(desk.say("schedule.same_as_before"))
    accounts, payees = desk.accounts_and_payees()
    refused = refusal(desk, after.order, accounts, payees)
    if refused is not None and refused.reason is Refusal.OVER_LIMIT and refused.allowed:
        over = desk.say("schedule.over_limit", allowed=refused.allowed)
        return Question("amount", (over,)).ask(turn)
    if refused is not None:
        return turn.close(desk.say("schedule.refused"), fulfilled=False)
    return (_agree if agree else _show)(turn, before, after)


def _changed(turn: Turn, before: ScheduledPayment) -> ScheduledPayment | Question | None:
    """The schedule as the slots have it, a question, or None when nothing was said to change."""
    from_now_on = _from_now_on(before)
    amount = read_fixed_amount(turn, before.order.amount.currency)
    when = read_when(turn, from_now_on)
    if isinstance(amount, Question):
        return amount
    if isinstance(when, Question):
        return when
    same_days = when is None or when == from_now_on
    if amount is None and same_days:
        return None
    order = before.order if amount is None else replace(before.order, amount=amount)
    return changed(before, order, before.recurrence if same_days or when is None else when)


def _from_now_on(payment: ScheduledPayment) -> Recurrence:
    """Its days from the next one on: what is left of a number of times is what can be changed."""
    when = payment.recurrence
    times = when.times - payment.index if when.times is not None else None
    return replace(when, start=payment.due or when.start, times=times)


def _show(turn: Turn, before: ScheduledPayment, after: ScheduledPayment, *first: Message) -> Reply:
    desk = Desk.of(turn)
    digest = agreed(after.order, after.recurrence, after.zone, change_of(before))
    shown = remember_quote(turn, desk.deps.new_id(), after.order, digest)
    said = view(desk, after)
    source = after.order.source_name
    figures = desk.say("schedule.confirm_change", **said, source=source, due=due(desk, after))
    title = desk.speech.words("schedule.change_card", amount=said["amount"], name=said["name"])
    choices = desk.yes_or_no(title, "schedule.yes_change")
    return turn.confirm(*first, figures, *code_note(desk, shown), choices)


def _agree(turn: Turn, before: ScheduledPayment, after: ScheduledPayment) -> Reply:
    desk = Desk.of(turn)
    quote_id = turn.session.get(QUOTE)
    if not quote_id:
        return _show(turn, before, after)
    outcome = desk.books.schedules.change(
        before, after, quote_id, turn.session_id, desk.now, desk.standing
    )
    asked = code_for(turn, outcome, quote_id)
    if asked is not None:
        return asked
    if isinstance(outcome, NotScheduled) and (
        outcome.reason in STALE or outcome.reason is ScheduleRefusal.CHANGED
    ):
        return _show(turn, before, after, desk.say("schedule.stale"))
    turn.session.pop(QUOTE, None)
    if isinstance(outcome, Unknown):
        return turn.close(desk.say("schedule.checking"), fulfilled=False)
    if isinstance(outcome, NotScheduled):
        return turn.close(desk.say("schedule.refused"), fulfilled=False)
    return turn.close(desk.say("schedule.changed", **view(desk, after), due=due(desk, after)))


def _line(desk: Desk, place: int, payment: ScheduledPayment) -> dict[str, object]:
    waits, back = payment.next_try if payment.tries else None, payment.returned_due
    return {
        **view(desk, payment),
        "place": place,
        "source": payment.order.source_name,
        "due": due(desk, payment),
        "trouble": why(desk, payment.trouble) if waits and payment.trouble else None,
        "next_try": desk.speech.day(waits) if waits else None,
        "returned": desk.speech.full_day(back) if back else None,
    }
