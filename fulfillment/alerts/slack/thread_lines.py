"""A case's record as lines of its thread. Pure."""

from __future__ import annotations

from fulfillment.alerts.desk_policy import DeskPolicy
from fulfillment.alerts.desk_words import DONE
from fulfillment.alerts.slack.blocks import plain
from fulfillment.bank.analyst_cases import CUSTOMER, TIME, Act
from fulfillment.store.analyst_cases import CaseEntry

OPENED = "open"
ANALYST_SAID = "said"
CUSTOMER_SAID = "customer_said"
NOTE = "note"
ASKED_AGAIN = "asked_again"
_SILENT = frozenset({OPENED, ANALYST_SAID, NOTE, ASKED_AGAIN})
"""What the channel has already: the message itself, and what analysts wrote in the thread."""
REFUSED = "refused: "


def thread_line(entry: CaseEntry, policy: DeskPolicy) -> str | None:
    """The line, or None for what needs none."""
    if entry.what in _SILENT or entry.note.startswith(REFUSED):
        return None
    if entry.what == CUSTOMER_SAID:
        return f"🗣️ *Customer:* {plain(entry.note)}"
    if entry.what == Act.ESCALATE:
        return f"⏰ <@{policy.escalation.call}> nobody has decided, and the time for it is over."
    note = f" {plain(entry.note)}" if entry.note else ""
    if entry.by == CUSTOMER:
        said = "it was them" if entry.what == Act.RELEASE else "it was *not* them"
        return f"🗣️ The customer says {said}.{note}"
    if entry.by == TIME or entry.what == Act.LAPSE:
        return f"⌛ {DONE.get(entry.what, plain(entry.what))}.{note}"
    what = DONE.get(entry.what, plain(entry.what))
    if entry.what in (Act.RELEASE, Act.NOT_FRAUD) and entry.after == "assigned":
        what = "approved the release; a second analyst has to"
    return f"✔️ <@{entry.by}> {what}.{note}"
