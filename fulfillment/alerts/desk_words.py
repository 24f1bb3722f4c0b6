"""What acts and states are called at the desk, and which news they are to the customer."""

from __future__ import annotations

from fulfillment.bank.analyst_cases import Act, DeskCase, DeskState
from fulfillment.bank.bank_messages import BankMessageKind
from fulfillment.bank.payments import TransferState

ACTS = {
    Act.RELEASE: "Release",
    Act.DECLINE: "Decline",
    Act.NOT_FRAUD: "Not fraud",
    Act.FREEZE_CARD: "Freeze card",
    Act.ASK_CUSTOMER: "Ask the customer",
    Act.TAKE_OVER: "Take over chat",
    Act.HAND_BACK: "Hand back chat",
    Act.CLOSE: "Close",
}
"""What the buttons say."""

DONE = {
    "open": "opened",
    Act.RELEASE: "released the payment",
    Act.DECLINE: "declined the payment",
    Act.NOT_FRAUD: "found it genuine",
    Act.FREEZE_CARD: "froze the customer's cards",
    Act.ASK_CUSTOMER: "asked the customer",
    Act.TAKE_OVER: "took over the chat",
    Act.HAND_BACK: "handed the chat back",
    Act.CLOSE: "closed the case",
    Act.ESCALATE: "the deadline passed",
    Act.LAPSE: "the payment came to an end elsewhere",
}
"""What is said in the thread once it is done."""

STATES = {
    DeskState.OPEN: "🔴 Open",
    DeskState.ASSIGNED: "🟠 Assigned",
    DeskState.WAITING: "🟡 Waiting for the customer",
    DeskState.RELEASED: "🟢 Released",
    DeskState.DECLINED: "⛔ Declined",
    DeskState.CLOSED: "⚪ Closed",
}


HOW_IT_ENDED = {
    TransferState.POSTED: "It had been paid before.",
    TransferState.RELEASED: "It had been called back before.",
    TransferState.EXPIRED: "Its time had run out.",
}
"""What a case says of a held payment that ended without the desk."""


def told_to_the_customer(
    case: DeskCase, act: Act, ended: TransferState | None = None
) -> BankMessageKind | None:
    """What the customer hears of `act`, or None. `case` is as it is after it; of a lapse, `ended`
    is how the held payment ended."""
    if act is Act.LAPSE:
        return BankMessageKind.PAYMENT_RAN_OUT if ended is TransferState.EXPIRED else None
    if act in (Act.RELEASE, Act.NOT_FRAUD):
        if case.state is DeskState.RELEASED:
            return BankMessageKind.PAYMENT_RELEASED
        # The first of two approvals is no news to the customer.
        cleared = case.state is DeskState.CLOSED and case.payment_id is not None
        return BankMessageKind.PAYMENT_CLEARED if cleared else None
    if act is Act.DECLINE:
        return BankMessageKind.PAYMENT_DECLINED if case.is_held else None
    return {
        Act.FREEZE_CARD: BankMessageKind.CARDS_FROZEN,
        Act.ASK_CUSTOMER: BankMessageKind.WAS_IT_YOU,
        Act.TAKE_OVER: BankMessageKind.TAKEN_OVER,
        Act.HAND_BACK: BankMessageKind.HANDED_BACK,
    }.get(act)
