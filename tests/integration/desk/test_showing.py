"""Slack shows how a case stands, whatever happens to Slack: nothing is lost, nothing said twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fulfillment.alerts.slack.channel import ShowLaterError
from fulfillment.alerts.slack.client import (
    MessageGoneError,
    SlackAwayError,
    SlackBusyError,
    SlackLockedError,
)
from fulfillment.alerts.slack.jobs import ShowDigest
from fulfillment.bank.analyst_cases import Act, DeskState
from tests.integration.desk.conftest import LINA, Town


def test_a_case_is_there_while_slack_is_away_and_shown_when_it_is_back(town: Town) -> None:
    event = town.hold()
    town.slack.faults = [SlackAwayError("down"), SlackBusyError("slow down", 7)]
    for _ in range(2):
        with pytest.raises((SlackAwayError, SlackBusyError)):
            town.work.event(event)
    town.work.event(event)
    assert len(town.slack.messages) == 1


def test_a_post_whose_answer_was_lost_is_found_again_and_not_repeated(town: Town) -> None:
    event = town.hold()
    town.slack.lost = [SlackAwayError("timeout")]
    with pytest.raises(SlackAwayError):
        town.work.event(event)
    town.work.event(event)
    assert len(town.slack.messages) == 1


def test_a_decision_made_while_slack_is_away_stands_and_is_told_later(town: Town) -> None:
    case = town.work.event(town.hold())
    town.slack.faults = [SlackLockedError("token_revoked")]
    with pytest.raises(SlackLockedError):
        town.click(case, Act.RELEASE)
    assert town.case(case).state is DeskState.RELEASED
    town.click(case, Act.RELEASE, again=True)
    assert "Released" in town.shown()
    [[line]] = town.slack.threads.values()
    assert "released the payment" in line
    assert len(town.told()) == 1


def test_a_deleted_message_comes_back(town: Town) -> None:
    case = town.work.event(town.hold())
    town.slack.faults = [MessageGoneError("message_not_found")]
    town.click(case, Act.DECLINE)
    assert len(town.slack.messages) == 2
    assert "Declined" in str(list(town.slack.messages.values())[-1])


def test_two_who_post_at_once_post_one_message(town: Town) -> None:
    event = town.hold()
    case = town.desk.open(event)
    town.work.channel.shown.claim(case.customer_id, case.case_id, town.now)
    with pytest.raises(ShowLaterError):
        town.work.event(event)
    town.now += timedelta(minutes=1)
    town.work.event(event)
    assert len(town.slack.messages) == 1


def test_a_thread_tells_each_act_once(town: Town) -> None:
    case = town.work.event(town.hold())
    town.click(case, Act.ASK_CUSTOMER)
    town.click(case, Act.RELEASE, LINA)
    town.work.channel.show(case)
    [lines] = town.slack.threads.values()
    assert [line.split("> ")[1] for line in lines] == [
        "asked the customer.",
        "released the payment.",
    ]


def test_a_burst_becomes_one_digest_and_nothing_is_lost(town: Town) -> None:
    most = town.desk.policy.burst.most
    events = [town.event("20.00", f"p-{number}") for number in range(100)]
    cases = [town.work.event(event) for event in events]
    assert len(town.slack.messages) == most
    [(job, delay)] = town.jobs
    assert isinstance(job, ShowDigest)
    assert 0 < delay <= town.desk.policy.burst.window_seconds + 1
    town.work.job(job)
    town.work.job(job)
    assert len(town.slack.messages) == most + 1
    digest = list(town.slack.messages.values())[-1]
    assert f"{100 - most} more cases" in digest["text"]
    assert len(digest["blocks"]) <= 50
    assert all(town.case(case).state is DeskState.OPEN for case in cases)


def test_a_case_whose_time_is_over_is_called_out_once(town: Town) -> None:
    case = town.work.event(town.hold())
    town.now = case.deadline + timedelta(seconds=1)
    for _ in range(2):
        for open_case in town.desk.cases.due(town.now):
            town.work.look_after_open_cases(open_case, "escalate-1")
    [[line]] = town.slack.threads.values()
    assert "<@U0LINA>" in line
    assert "overdue" in town.shown()


def test_a_case_whose_payment_ended_elsewhere_is_closed_by_the_minute(town: Town) -> None:
    case = town.work.event(town.hold())
    town.books.holds.release("p-1", town.now)
    town.work.look_after_open_cases(case, "escalate-1")
    assert town.case(case).state is DeskState.CLOSED
    assert "called back" in town.shown()
