"""Keeps Slack's picture of a case true: one message that shows how it stands, a thread that tells
how it came to be so.

Slack may be away, slow, or have lost the message. So nothing is remembered here: whoever comes
later compares what is written in the books with what was shown, and makes up for the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fulfillment.alerts.case_desk import CaseDesk
from fulfillment.alerts.case_view import CaseView, glance_at, view_of
from fulfillment.alerts.slack.case_message import headline, message_of
from fulfillment.alerts.slack.client import (
    MessageGoneError,
    Posted,
    SlackAwayError,
    SlackDesk,
    SlackError,
)
from fulfillment.alerts.slack.digest_message import digest_of
from fulfillment.alerts.slack.thread_lines import thread_line
from fulfillment.bank.analyst_cases import DeskCase
from fulfillment.store.digests import Digests
from fulfillment.store.shown_cases import Claim, ShownCase, ShownCases

_ROUNDS = 4
"""How often a case may change while it is being shown before the next comer has to show it."""


class ShowLaterError(Exception):
    """Somebody else is posting the same message just now: come back in `seconds`."""

    seconds = 2


@dataclass(frozen=True, slots=True)
class DeskChannel:
    """Shows cases of `desk` by `slack`. `real_time` is the wall clock, whatever the bank's says."""

    desk: CaseDesk
    slack: SlackDesk
    shown: ShownCases
    digests: Digests
    real_time: Callable[[], datetime]

    def show(self, case: DeskCase) -> None:
        """Make message and thread say how the case stands. Raises `SlackError` and
        `ShowLaterError`; showing again is safe.
        """
        where: Posted | None = None
        for _ in range(_ROUNDS):
            current = self.desk.cases.find(case.customer_id, case.case_id) or case
            view = view_of(self.desk, current)
            where = self._put(view)
            latest = self.desk.cases.find(case.customer_id, case.case_id)
            if latest is None or latest.version == current.version:
                break
        if where is not None:
            self._tell_thread(case, where)

    def show_digest(self, window: str) -> None:
        """One message for all cases of a burst. Raises as `show` does."""
        cases = [self.desk.cases.find(*one) for one in self.digests.members(window)]
        views = [glance_at(self.desk, case) for case in cases if case is not None]
        if not views:
            return
        digest_id = f"digest-{window}"
        channel = self.desk.policy.channels["other"]
        text, blocks = digest_of(views, headline)
        if self.shown.find("", digest_id) is None:
            self._post("", digest_id, channel, text, blocks)

    def _put(self, view: CaseView) -> Posted:
        case = view.case
        text, blocks = message_of(view, self.desk.policy)
        known = self.shown.find(case.customer_id, case.case_id)
        if known is not None:
            where = Posted(known.channel, known.ts)
            try:
                self.slack.update(where, text, blocks)
            except MessageGoneError:
                # Somebody deleted it: the case is still there, so its message comes back.
                self.shown.give_up(case.customer_id, case.case_id)
            else:
                return where
        channel = self.desk.policy.channel(case.kind)
        return self._post(case.customer_id, case.case_id, channel, text, blocks)

    def _post(
        self,
        customer_id: str,
        case_id: str,
        channel: str,
        text: str,
        blocks: list[dict[str, object]],
    ) -> Posted:
        claim = self.shown.claim(customer_id, case_id, self.real_time())
        if claim is Claim.TAKEN:
            raise ShowLaterError
        try:
            posted = self.slack.find(channel, case_id) if claim is Claim.IN_DOUBT else None
            posted = posted or self.slack.post(channel, text, blocks, case_id=case_id)
        except SlackError as fault:
            in_doubt = claim is Claim.IN_DOUBT or isinstance(fault, SlackAwayError)
            self.shown.give_up(customer_id, case_id, in_doubt=in_doubt)
            raise
        self.shown.shown(customer_id, case_id, ShownCase(posted.channel, posted.ts))
        return posted

    def _tell_thread(self, case: DeskCase, where: Posted) -> None:
        for entry in self.desk.cases.history(case):
            if entry.told:
                continue
            line = thread_line(entry, self.desk.policy)
            if line is None:
                continue
            self.slack.post(where.channel, line, (), thread=where.ts)
            self.desk.cases.told(case, entry.entry_id)
