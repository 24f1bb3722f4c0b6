"""Whose call a call is that a test makes in its own process: told by the code that it comes from."""

from __future__ import annotations

import sys
from types import FrameType

_CODE = {
    "/fulfillment/handlers/chat_inbox.py": "teller-chat-inbox",
    "/fulfillment/handlers/cost_report.py": "teller-cost-report",
    "/fulfillment/handlers/desk.py": "teller-desk",
    "/fulfillment/handlers/ledger_export.py": "teller-ledger-export",
    "/fulfillment/handlers/lex.py": "teller-fulfillment",
    "/fulfillment/handlers/messenger.py": "teller-messenger",
    "/fulfillment/handlers/drift_watch.py": "teller-drift-watch",
    "/fulfillment/handlers/ledger_audit.py": "teller-ledger-audit",
    "/fulfillment/handlers/repair_audit.py": "teller-repair-audit",
    "/fulfillment/handlers/repair_encryption.py": "teller-repair-encryption",
    "/fulfillment/handlers/repair_exposure.py": "teller-repair-exposure",
    "/fulfillment/handlers/repair_identity.py": "teller-repair-identity",
    "/fulfillment/handlers/repair_storage.py": "teller-repair-storage",
    "/fulfillment/handlers/repair_switches.py": "teller-repair-switches",
    "/fulfillment/handlers/repair_tables.py": "teller-repair-tables",
    "/fulfillment/handlers/rotation.py": "teller-key-rotation",
    "/fulfillment/handlers/scheduler.py": "teller-scheduler",
    "/fulfillment/handlers/slack_requests.py": "teller-slack-requests",
    "/fulfillment/handlers/stream.py": "teller-stream",
    "/fulfillment/handlers/sweeper.py": "teller-sweeper",
    "/fulfillment/handlers/table_rule.py": "teller-table-rule",
    "/fulfillment/handlers/transactions.py": "teller-transactions",
    "/fulfillment/handlers/usage_digest.py": "teller-usage-digest",
    "/fulfillment/feed/": "teller-transactions",
    # What one function alone has in its bundle.
    "/fulfillment/alerts/case_desk.py": "teller-desk",
    "/fulfillment/alerts/slack/desk_work.py": "teller-desk",
    "/fulfillment/conversations/inbox.py": "teller-chat-inbox",
    "/fulfillment/conversations/": "teller-fulfillment",
    "/fulfillment/remediation/audit.py": "teller-repair-audit",
    "/fulfillment/remediation/encryption.py": "teller-repair-encryption",
    "/fulfillment/remediation/exposure.py": "teller-repair-exposure",
    "/fulfillment/remediation/identity.py": "teller-repair-identity",
    "/fulfillment/remediation/storage.py": "teller-repair-storage",
    "/fulfillment/remediation/switches.py": "teller-repair-switches",
    "/fulfillment/remediation/tables.py": "teller-repair-tables",
    "/fulfillment/store/schedule_runner.py": "teller-scheduler",
    # The channel calls from threads of its own, on which its handler is not.
    "/bot/channels/stream/": "teller-chat-stream",
    "/bot/channels/": "teller-chat-edge",
}


def whose_call() -> str | None:
    """The function of the outermost code on the stack that is one function's, or None."""
    found, frame = None, sys._getframe(1)
    at: FrameType | None = frame
    while at is not None:
        file = at.f_code.co_filename
        found = next((name for part, name in _CODE.items() if part in file), found)
        at = at.f_back
    return found
