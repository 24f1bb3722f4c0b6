"""Reads when to pay, whom and how much out of a scheduled payment's slots: value or question.

The words of the turn say more about days than Lex's slots do ("every other friday until june"), so
they are read first, and what was understood is kept in the slots in words that read the same again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fulfillment.bank.amount_phrases import find_amount
from fulfillment.bank.books import Account, Payee
from fulfillment.bank.mentions import plain_name
from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_account, match_payee
from fulfillment.bank.payment_timing import Timing, bare_amount, read_day, read_timing, recurrence
from fulfillment.bank.recurrence import Frequency, Recurrence
from fulfillment.bank.scheduled_payments import ScheduleRefusal, check_days
from fulfillment.bank.shares import is_share
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_slots import (
    MAX_BUTTONS,
    Question,
    last_paid,
    read_account,
    read_amount,
)
from fulfillment.lex import Turn
from fulfillment.replies.speech import WHOLE

START, RHYTHM, ENDING = "startDate", "frequency", "ending"

_PHRASES = {
    Frequency.ONCE: "just once",
    Frequency.WEEKLY: "every week",
    Frequency.EVERY_TWO_WEEKS: "every two weeks",
    Frequency.MONTHLY: "every month",
    Frequency.YEARLY: "every year",
}
_ENDLESS = "until i cancel"


def read_when(turn: Turn, before: Recurrence | None = None) -> Recurrence | Question | None:
    """The due days, a question about them, or None when nothing was said of them.

    `before` are the days of a schedule that is to be changed, from its next one on: what nothing is
    said of stays as it is there.
    """
    desk = Desk.of(turn)
    today = desk.speech.today
    said = _all_that_was_said(turn, today)
    if said.impossible:
        turn.slots.clear(RHYTHM)
        return Question(RHYTHM, (desk.say("schedule.impossible_rhythm"),))
    if before is not None:
        if not said.says_something:
            return before
        said = _with_what_stays(said, before)
    if said.start is None:
        return None if not said.says_something else _which_day(turn)
    found = recurrence(said, said.frequency or Frequency.ONCE, said.start)
    return _checked(turn, found)


def keep_timing(turn: Turn, timing: Timing) -> None:
    """Keeps `timing` in the slots, in words that read the same on the turns to come."""
    if timing.start is not None:
        turn.slots.set(START, timing.start.isoformat())
    if timing.frequency is not None:
        phrase = _PHRASES[timing.frequency]
        if timing.frequency is Frequency.MONTHLY and timing.day is not None:
            phrase = f"{phrase} on the {timing.day}th"
        turn.slots.set(RHYTHM, phrase)
    if timing.until is not None:
        turn.slots.set(ENDING, f"until {timing.until.isoformat()}")
    elif timing.times is not None:
        turn.slots.set(ENDING, f"{timing.times} times")
    elif timing.endless:
        turn.slots.set(ENDING, _ENDLESS)


def read_fixed_amount(turn: Turn, currency: str) -> Money | Question | None:
    """The amount of every payment: a sum, since a share of a balance is another one each day."""
    desk = Desk.of(turn)
    said = turn.slots.get("amount")
    words = said.original_value if said else ""
    if said is None:
        found = find_amount(turn.transcript, turn.locale, currency)
        words = found.phrase if found else ""
    if is_share(words):
        return Question("amount", (desk.say("schedule.fixed_amount"),))
    if said is None and turn.slot_being_asked != "amount":
        # Among so many words for days Lex may miss the one for the amount.
        bare = bare_amount(turn.transcript, desk.speech.today, turn.locale)
        if bare is not None:
            turn.slots.set("amount", bare)
    return read_amount(turn, currency, [])


def read_receiver(
    turn: Turn, accounts: list[Account], payees: list[Payee]
) -> Account | Payee | Question | None:
    """The payee, account or card that gets the money; a slot of either kind may name it."""
    said = turn.slots.get("payee")
    if turn.slots.get("destinationAccount") is not None:
        account = read_account(turn, "destinationAccount", accounts)
        if said is None or isinstance(account, Account):
            return account
        # Lex heard an account in words that were meant for something else.
        turn.slots.clear("destinationAccount")
    if said is None:
        return None
    again = last_paid(turn, payees)
    if again is not None:
        return again
    words = said.original_value
    found: Sequence[Account | Payee] = match_payee(words, payees).found
    found = found or match_payee(plain_name(words), payees).found
    found = found or match_account(words, accounts).found
    if len(found) == 1:
        return found[0]
    desk = Desk.of(turn)
    if found:
        which = desk.say("schedule.which_receiver", said=words)
        names = [one.name for one in found[:MAX_BUTTONS]]
        return Question("payee", (which, desk.choices("common.your_payees", names)))
    known = [payee.name for payee in payees] + [account.name for account in accounts]
    return Question("payee", (desk.say("schedule.unknown_receiver", said=words, names=known),))


def _all_that_was_said(turn: Turn, today: date) -> Timing:
    """The turn's own words, and under them what the slots have from before."""
    kept = _kept(turn, today)
    said = read_timing(turn.transcript, today, kept.frequency, turn.locale)
    if said.start is None and turn.slot_being_asked == START and turn.is_retry:
        day = read_day(turn.transcript, today, turn.locale)
        said = replace(said, start=day.day, day=day.of_month) if day else said
    if said.impossible:
        return said
    merged = Timing(
        start=said.start or kept.start,
        day=said.day if said.start else kept.day,
        frequency=said.frequency or kept.frequency,
        until=said.until,
        times=said.times,
        endless=said.endless,
    )
    if not (said.until or said.times or said.endless):
        merged = replace(merged, until=kept.until, times=kept.times, endless=kept.endless)
    keep_timing(turn, merged)
    return merged


def _kept(turn: Turn, today: date) -> Timing:
    rhythm = _words(turn, RHYTHM)
    often = _read_kept(turn, rhythm, today, None) if rhythm else Timing()
    end = _words(turn, ENDING)
    ending = _read_kept(turn, end, today, often.frequency) if end else Timing()
    start = _start(turn, today)
    return Timing(
        start=start or often.start,
        day=often.day if often.day is not None else None,
        frequency=often.frequency,
        until=ending.until,
        times=ending.times,
        endless=ending.endless,
    )


def _read_kept(turn: Turn, words: str, today: date, rhythm: Frequency | None) -> Timing:
    """A slot in this turn's language, else in that of `_PHRASES` or of a turn before a switch.

    "until 2027-06-30" has a day in every language, and is an end in one: the reading that
    understands the most of it is meant.
    """
    readings = [
        read_timing(words, today, rhythm, locale)
        for locale in dict.fromkeys((turn.locale, *WHOLE.values()))
    ]
    return max(readings, key=lambda one: bool(one.frequency or one.ends))


def _start(turn: Turn, today: date) -> date | None:
    """The slot in the customer's words, else as Lex read it."""
    slot = turn.slots.get(START)
    if slot is None:
        return None
    said, heard = slot.original_value, slot.best
    found = read_day(said, today, turn.locale) or read_day(heard, today)
    return found.day if found else None


def _words(turn: Turn, slot: str) -> str:
    value = turn.slots.get(slot)
    return value.original_value if value else ""


def _with_what_stays(said: Timing, before: Recurrence) -> Timing:
    """A schedule's own days, where nothing else was said; a new end replaces the old one."""
    ends = said.until is not None or said.times is not None or said.endless
    rhythm = said.frequency or before.frequency
    start = said.start or before.start
    day = said.day if said.day is not None else (start.day if said.start else before.day)
    return replace(
        said,
        start=start,
        day=day,
        frequency=rhythm,
        until=said.until if ends else before.until,
        times=said.times if ends else before.times,
    )


def _which_day(turn: Turn) -> Question:
    """The day is open; a reply that names none is told so."""
    desk = Desk.of(turn)
    if turn.slot_being_asked == START and turn.is_retry and turn.transcript:
        return Question(START, (desk.say("schedule.not_a_day", said=turn.transcript[:40]),))
    return Question(START, (desk.say("schedule.which_day"),))


def ask_day(turn: Turn) -> Question:
    """The question for the day, when nothing at all was said of it."""
    return _which_day(turn)


def _checked(turn: Turn, found: Recurrence) -> Recurrence | Question:
    desk = Desk.of(turn)
    speech = desk.speech
    start = speech.full_day(found.start)
    match check_days(found, str(speech.zone), desk.now):
        case ScheduleRefusal.IN_THE_PAST:
            past = desk.say("schedule.in_the_past", day=start, today=speech.full_day(speech.today))
            return Question(START, (past,))
        case ScheduleRefusal.TOO_FAR_AHEAD:
            return Question(START, (desk.say("schedule.too_far_ahead", day=start),))
        case ScheduleRefusal.ENDS_BEFORE_IT_BEGINS:
            until = speech.full_day(found.until or found.start)
            turn.slots.clear(ENDING)
            early = desk.say("schedule.ends_before_it_begins", start=start, until=until)
            return Question(ENDING, (early,))
        case _:
            return found
