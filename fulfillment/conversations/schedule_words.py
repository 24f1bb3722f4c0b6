"""How scheduled payments are spoken of: their days, and why one was not made."""

from __future__ import annotations

from fulfillment.bank.payments import Refusal
from fulfillment.bank.recurrence import LAST_DAY, Frequency, Recurrence
from fulfillment.bank.scheduled_payments import ScheduledPayment
from fulfillment.conversations.desk import Desk

_SHORTEST_MONTH = 28
_REASONS = {
    Refusal.INSUFFICIENT_FUNDS: "schedule.insufficient_funds",
    Refusal.OVER_LIMIT: "schedule.over_limit_reason",
    Refusal.ACCOUNT_NOT_ACTIVE: "schedule.account_not_active",
    Refusal.SUSPECTED_FRAUD: "schedule.suspected_fraud",
}


def days(desk: Desk, when: Recurrence) -> str:
    """ "every Friday, from Fri, Nov 27, the last time on Fri, Dec 18"."""
    said = _without_end(desk, when)
    last = when.last
    if not when.repeats or last is None:
        return said
    return desk.speech.words("schedule.until", days=said, last=desk.speech.full_day(last))


def why(desk: Desk, reason: Refusal) -> str:
    """Why a payment was not made, as part of a sentence."""
    return desk.speech.words(_REASONS.get(reason, "schedule.other_reason"))


def view(desk: Desk, payment: ScheduledPayment) -> dict[str, object]:
    """What a reply says of a schedule."""
    return {
        "amount": payment.order.amount,
        "name": payment.order.destination_name,
        "days": days(desk, payment.recurrence),
    }


def due(desk: Desk, payment: ScheduledPayment) -> str:
    """The day of the next payment."""
    return desk.speech.full_day(payment.due or payment.recurrence.start)


def _without_end(desk: Desk, when: Recurrence) -> str:
    speech = desk.speech
    day = speech.full_day(when.start)
    match when.frequency:
        case Frequency.ONCE:
            return speech.words("schedule.once", day=day)
        case Frequency.WEEKLY:
            return speech.words("schedule.weekly", weekday=speech.weekday(when.start), day=day)
        case Frequency.EVERY_TWO_WEEKS:
            weekday = speech.weekday(when.start)
            return speech.words("schedule.every_two_weeks", weekday=weekday, day=day)
        case Frequency.YEARLY:
            date = speech.calendar_day(when.start.replace(year=speech.today.year))
            return speech.words("schedule.yearly", date=date, day=day)
    if when.day == LAST_DAY:
        return speech.words("schedule.monthly_last", day=day)
    late = when.day > _SHORTEST_MONTH
    return speech.words(
        "schedule.monthly_late" if late else "schedule.monthly", nth=when.day, day=day
    )
