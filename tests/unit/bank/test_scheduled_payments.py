"""What becomes of a schedule: paid, tried again, missed and told, or stopped for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fulfillment.bank.payments import Refusal
from fulfillment.bank.recurrence import FURTHEST, Frequency, Recurrence, leaves_at
from fulfillment.bank.scheduled_payments import (
    MAY_PASS,
    TRIES,
    ScheduledPayment,
    ScheduleRefusal,
    ScheduleStatus,
    after_failing,
    after_paying,
    agreed,
    cancelled,
    change_of,
    changed,
    check_amount,
    check_days,
    gives_up,
    new_schedule,
    passed_over,
    schedule_of,
    transfer_id,
)
from tests.unit.bank.values import NOW, dollars, limits_of, to_anna

ZONE = "America/New_York"
FRIDAY = date(2026, 3, 6)
MONTHLY = Recurrence(Frequency.MONTHLY, FRIDAY, 6)


def schedule(recurrence: Recurrence = MONTHLY) -> ScheduledPayment:
    return new_schedule("s-1", to_anna("50.00"), recurrence, ZONE, NOW)


def test_paying_moves_on_to_the_next_due_day() -> None:
    after = after_paying(schedule())
    assert (after.due, after.paid, after.index) == (date(2026, 4, 6), 1, 1)
    assert after.next_try == leaves_at(date(2026, 4, 6), ZONE)
    assert after.version == 2


def test_paying_the_last_due_day_finishes_it() -> None:
    after = after_paying(schedule(Recurrence.once(FRIDAY)))
    assert after.status is ScheduleStatus.FINISHED
    assert (after.due, after.next_try, after.paid) == (None, None, 1)


@pytest.mark.parametrize("reason", sorted(MAY_PASS))
def test_a_reason_that_may_pass_is_tried_on_three_days_and_then_missed(reason: Refusal) -> None:
    payment, now = schedule(), leaves_at(FRIDAY, ZONE)
    tried = []
    for _ in range(TRIES - 1):
        after = after_failing(payment, reason, now)
        assert not gives_up(payment, after)
        assert after.due == FRIDAY
        assert after.next_try is not None
        tried.append(after.next_try.astimezone(ZoneInfo(ZONE)))
        payment, now = after, after.next_try
    assert [when.date() for when in tried] == [date(2026, 3, 7), date(2026, 3, 8)]
    # The clocks change on the 8th, and it is tried at six all the same.
    assert {when.hour for when in tried} == {6}
    after = after_failing(payment, reason, now)
    assert gives_up(payment, after)
    assert (after.missed, after.tries, after.due) == (1, 0, date(2026, 4, 6))
    assert after.trouble is reason


def test_a_single_payment_that_was_missed_is_over() -> None:
    payment = replace(schedule(Recurrence.once(FRIDAY)), tries=TRIES - 1)
    after = after_failing(payment, Refusal.INSUFFICIENT_FUNDS, NOW)
    assert (after.status, after.missed) == (ScheduleStatus.FINISHED, 1)


@pytest.mark.parametrize("reason", sorted(set(Refusal) - MAY_PASS))
def test_a_reason_that_stays_stops_the_whole_schedule_at_once(reason: Refusal) -> None:
    after = after_failing(schedule(), reason, NOW)
    assert gives_up(schedule(), after)
    assert (after.status, after.next_try, after.due) == (ScheduleStatus.STOPPED, None, None)


def test_an_amount_is_changed_without_another_day() -> None:
    paid = after_paying(schedule())
    after = changed(paid, to_anna("60.00"), paid.recurrence)
    assert (after.due, after.paid, after.version) == (paid.due, 1, paid.version + 1)


def test_other_days_are_counted_from_their_first_one() -> None:
    paid = after_paying(schedule())
    weekly = Recurrence(Frequency.WEEKLY, date(2026, 4, 3), 3)
    after = changed(paid, paid.order, weekly)
    assert (after.due, after.index, after.paid) == (date(2026, 4, 3), 0, 1)


def test_a_day_that_was_paid_before_is_passed_over_and_not_counted_again() -> None:
    after = passed_over(schedule())
    assert (after.paid, after.missed, after.due) == (0, 0, date(2026, 4, 6))


def test_a_cancelled_schedule_waits_for_nothing() -> None:
    after = cancelled(schedule())
    assert (after.status, after.next_try, after.due) == (ScheduleStatus.CANCELLED, None, None)


def test_a_due_day_has_one_transfer_id_that_leads_back_to_its_schedule() -> None:
    first, second = (transfer_id("s-1", day) for day in (FRIDAY, date(2026, 4, 6)))
    assert first == transfer_id("s-1", FRIDAY)
    assert first != second
    assert schedule_of(first) == "s-1"
    assert schedule_of("q-1") is None
    assert schedule_of("S-1") is None


def test_what_is_agreed_to_changes_with_every_figure_and_day() -> None:
    payment = schedule()
    others = [
        agreed(to_anna("50.01"), MONTHLY, ZONE),
        agreed(payment.order, replace(MONTHLY, frequency=Frequency.WEEKLY), ZONE),
        agreed(payment.order, replace(MONTHLY, start=date(2026, 3, 7)), ZONE),
        agreed(payment.order, replace(MONTHLY, day=31), ZONE),
        agreed(payment.order, replace(MONTHLY, times=3), ZONE),
        agreed(payment.order, replace(MONTHLY, until=FRIDAY), ZONE),
        agreed(payment.order, MONTHLY, "UTC"),
        agreed(payment.order, MONTHLY, ZONE, change_of(payment)),
        payment.order.digest,
    ]
    assert len({payment.digest, *others}) == len(others) + 1


@pytest.mark.parametrize(
    ("recurrence", "refusal"),
    [
        (Recurrence.once(date(2026, 3, 1)), ScheduleRefusal.IN_THE_PAST),
        (Recurrence.once(date(2026, 3, 2)), None),
        (Recurrence.once(date(2026, 3, 2) + FURTHEST), None),
        (Recurrence.once(date(2026, 3, 3) + FURTHEST), ScheduleRefusal.TOO_FAR_AHEAD),
        (replace(MONTHLY, until=date(2026, 3, 5)), ScheduleRefusal.ENDS_BEFORE_IT_BEGINS),
    ],
)
def test_days_that_cannot_be_are_refused(
    recurrence: Recurrence, refusal: ScheduleRefusal | None
) -> None:
    assert check_days(recurrence, ZONE, NOW) is refusal


def test_today_is_that_of_the_customer() -> None:
    late: datetime = NOW + timedelta(hours=17)
    assert late.date() == date(2026, 3, 3)
    assert check_days(Recurrence.once(date(2026, 3, 2)), ZONE, late) is None
    assert check_days(Recurrence.once(date(2026, 3, 2)), "UTC", late) is not None


def test_more_than_one_payment_may_ever_be_is_refused_at_once() -> None:
    limits = limits_of("300.00", "100.00")
    assert check_amount(to_anna("300.00"), limits) is None
    refused = check_amount(to_anna("300.01"), limits)
    assert refused is not None
    assert (refused.reason, refused.allowed) == (Refusal.OVER_LIMIT, dollars("300.00"))
