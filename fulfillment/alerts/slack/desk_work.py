"""Works through the desk's queues: events become cases, clicks become decisions, words travel."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from fulfillment.alerts.case_desk import CaseDesk, Done, Wish
from fulfillment.alerts.events import SecurityEvent
from fulfillment.alerts.slack.case_message import ACTION
from fulfillment.alerts.slack.channel import DeskChannel
from fulfillment.alerts.slack.client import SlackError
from fulfillment.alerts.slack.digest_message import OPEN
from fulfillment.alerts.slack.jobs import Click, Said, Show, ShowDigest
from fulfillment.alerts.slack.thread_lines import NOTE, REFUSED
from fulfillment.bank.analyst_cases import Act, DeskCase, Refusal
from fulfillment.store.allowances import Allowance, Allowances
from fulfillment.store.analyst_cases import CaseEntry

_LOG = logging.getLogger("teller.desk")

_WHY_NOT = {
    Refusal.HAS_ENDED: "This case has ended already; nothing was changed.",
    Refusal.NEEDS_ANOTHER_PERSON: "You have approved it already: a second analyst has to as well.",
    Refusal.NOTHING_TO_DECIDE: "There is no held payment to decide on here.",
    Refusal.NO_CUSTOMER: "This case is about no customer.",
    Refusal.IS_SO_ALREADY: "That has been done already.",
}
_NOT_OF_THE_DESK = "You can look at cases, but only the desk's analysts decide on them."


@dataclass(frozen=True, slots=True)
class DeskWork:
    """`ring` wakes the customer's open chats; `later` puts a job into the queue after seconds.

    Every method may raise what the store and Slack raise; all of them may be repeated.
    """

    channel: DeskChannel
    allowances: Allowances
    ring: Callable[[str], None]
    later: Callable[[Show | ShowDigest, int], None]

    @property
    def desk(self) -> CaseDesk:
        return self.channel.desk

    def event(self, event: SecurityEvent) -> DeskCase:
        """Open the case of an event, and show it, by itself or in a digest."""
        case = self.desk.open(event)
        known = self.channel.shown.find(case.customer_id, case.case_id)
        if known is None and self._is_one_too_many(case):
            return case
        self.channel.show(case)
        return case

    def job(self, job: Click | Said | Show | ShowDigest) -> None:
        """Do one job of the queue."""
        match job:
            case Click():
                self._click(job)
            case Said():
                self._said(job)
            case Show():
                case = self.desk.cases.find(job.customer_id, job.case_id)
                if case is not None:
                    self.channel.show(case)
            case ShowDigest():
                self.channel.show_digest(job.window)

    def look_after_open_cases(self, case: DeskCase, wish_id: str) -> None:
        """Close a case whose payment ended elsewhere; call for help when its time is over."""
        done = self.desk.lapse_if_over(case, f"lapse-{case.case_id}")
        if done is None and case.deadline <= self.desk.clock():
            self.desk.carry_out(case, Wish(Act.ESCALATE, "time", wish_id))
        if done is not None or case.deadline <= self.desk.clock():
            self.channel.show(case)

    def _click(self, click: Click) -> None:
        customer_id, _, case_id = click.value.partition("|")
        case = self.desk.cases.find(customer_id, case_id)
        if case is None:
            self._whisper(click, "There is no such case.")
            return
        if click.action == OPEN:
            self.channel.show(case)
            return
        if not self.desk.policy.may_decide(click.user):
            self._note(case, click, f"{REFUSED}not an analyst of the desk")
            self._whisper(click, _NOT_OF_THE_DESK)
            return
        act = _act(click.action)
        if act is None:
            return
        done = self.desk.carry_out(case, Wish(act, click.user, click.wish_id))
        self._tell(case, click, done)
        self.channel.show(done.case)

    def _tell(self, case: DeskCase, click: Click, done: Done) -> None:
        if done.told_customer:
            self.ring(case.customer_id)
        if done.refused is not None:
            self._whisper(click, done.note or _WHY_NOT[done.refused])

    def _said(self, said: Said) -> None:
        where = self.channel.shown.case_of(said.channel, said.thread)
        case = self.desk.cases.find(*where) if where else None
        if case is None or not said.text:
            return
        if case.taken_over_by == said.user and self.desk.policy.may_decide(said.user):
            if self.desk.say(case, said.user, said.text[:900], said.wish_id):
                self.ring(case.customer_id)
            return
        entry = CaseEntry(said.wish_id, self.desk.clock(), said.user, NOTE, note=said.text[:900])
        self.desk.cases.write(
            [self.desk.cases.entry_put(case, entry)], self.desk.books.chance.new_id()
        )

    def _note(self, case: DeskCase, click: Click, note: str) -> None:
        entry = CaseEntry(
            click.wish_id, self.desk.clock(), click.user, click.action, case.state, case.state, note
        )
        self.desk.cases.write(
            [self.desk.cases.entry_put(case, entry)], self.desk.books.chance.new_id()
        )

    def _whisper(self, click: Click, text: str) -> None:
        """A courtesy: what was decided stands without it."""
        try:
            self.channel.slack.whisper(click.channel, click.user, text)
        except SlackError as fault:
            _LOG.warning("whisper failed: %s", fault)

    def _is_one_too_many(self, case: DeskCase) -> bool:
        """Whether the case goes into a digest, since many came at once."""
        burst, now = self.desk.policy.burst, self.channel.real_time()
        if self.allowances.spend("desk:burst", Allowance(burst.most, burst.window), now):
            return False
        window = str(int(now.timestamp()) // burst.window_seconds)
        left = burst.window_seconds - int(now.timestamp()) % burst.window_seconds
        # Whoever is first asks for the digest; asked for twice, it is still posted once.
        if self.allowances.spend(f"desk:digest:{window}", Allowance(1, 2 * burst.window), now):
            self.later(ShowDigest(window=window), left + 1)
        self.channel.digests.add(window, case.customer_id, case.case_id, now)
        return True


def _act(action: str) -> Act | None:
    name = action.removeprefix(ACTION)
    known = {act.value for act in Act} - {Act.ESCALATE, Act.LAPSE}
    return Act(name) if action.startswith(ACTION) and name in known else None
