"""What a customer who was handed on can expect: who waits before them, and until when.

Both come from the desk's own data: its open hand-offs and its reviewed deadlines (`desk.toml`).
What cannot be read is not said.
"""

from __future__ import annotations

from datetime import datetime

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.alerts.events import SEVERITIES, SecurityEventKind
from fulfillment.conversations.desk import Desk
from fulfillment.store.waiting_line import WaitingLine

_KIND = SecurityEventKind.HAND_OFF


def expected_wait(desk: Desk, opened_at: datetime) -> str:
    """What is said of the wait of somebody who was handed on at `opened_at`."""
    due = shipped_desk_policy().deadline(SEVERITIES[_KIND], opened_at, None)
    until = _moment(desk, due)
    if due < desk.now:
        return desk.speech.words("common.wait_is_over", until=until)
    ahead = _ahead(desk, due)
    if ahead is None:
        return desk.speech.words("common.wait_until", until=until)
    return desk.speech.words("common.wait", ahead=ahead, until=until)


def _moment(desk: Desk, due: datetime) -> str:
    """The customer's time of day, with the day when it is another one."""
    is_today = due.astimezone(desk.speech.zone).date() == desk.speech.today
    day = "" if is_today else desk.speech.day(due)
    return desk.speech.words("common.until", day=day, time=desk.speech.time(due))


def _ahead(desk: Desk, due: datetime) -> int | None:
    line = WaitingLine(desk.books.client, desk.books.table)
    try:
        return line.ahead_of(desk.customer_id, _KIND, desk.now, due)
    except (BotoCoreError, ClientError):
        return None
