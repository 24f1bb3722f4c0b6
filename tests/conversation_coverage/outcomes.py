"""What may come of a task, for each that the bank can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.script import Subject
from tests.conversation_coverage.steps import Step, turns_by_intent

READS: Mapping[str, tuple[str, ...]] = {
    "balances": ("CheckBalance",),
    "transactions": ("ListTransactions",),
    "paging": ("ShowMore",),
    "what is this charge": ("ExplainCharge",),
    "spending": ("GetSpending",),
    "income": ("GetIncome",),
    "scheduled payments: list": ("ListScheduledPayments",),
    "payees: list": ("ListPayees",),
    "card limits: told": ("GetCardLimits",),
    "travel notices: told": ("ListTravelNotices",),
    "account and routing number": ("GetAccountNumber",),
    "statement": ("GetStatement",),
    "fees": ("GetFees",),
    "payment limits": ("GetPaymentLimits",),
    "case status": ("CheckCases",),
}
"""What is told and changes nothing."""
CHANGES: Mapping[str, tuple[str, ...]] = {
    "transfer": ("TransferMoney",),
    "payment to a payee": ("SendMoney",),
    "scheduled payment: create": ("SchedulePayment",),
    "scheduled payment: change": ("ChangeScheduledPayment",),
    "scheduled payment: cancel": ("CancelScheduledPayment",),
    "credit card bill": ("PayCreditCard",),
    "pending payment: cancel": ("CancelPayment",),
    "payee: add": ("AddPayee",),
    "payee: rename": ("RenamePayee",),
    "payee: remove": ("RemovePayee",),
    "card: freeze": ("FreezeCard",),
    "card: unfreeze": ("UnfreezeCard",),
    "card: lost or stolen": ("ReportLostCard",),
    "card: activate": ("ActivateCard",),
    "card limit: set": ("SetCardLimit",),
    "card limit: remove": ("RemoveCardLimit",),
    "travel notice: set": ("SetTravelNotice",),
    "travel notice: cancel": ("CancelTravelNotice",),
    "dispute": ("DisputeCharge",),
    "scam report": ("ReportScam",),
}
"""What leaves something changed."""


def _is_done(step: Step) -> str | None:
    done = step.expected(Subject.STATE) == "Fulfilled" or step.moves
    return step.at if done else None


def _is_refused(step: Step) -> str | None:
    """The bank itself says no: it ends there, or asks for something else, given bad input."""
    failed = step.expected(Subject.STATE) == "Failed" and not step.is_no
    asks = (step.expected(Subject.ACTION) or "").startswith("ElicitSlot")
    return step.at if failed or (step.folder == "bad_input" and asks) else None


def _is_corrected(step: Step) -> str | None:
    corrects = step.folder == "corrections" and step.before == step.intent
    return step.intent if corrects and not step.is_again else None


def _is_dropped(step: Step) -> str | None:
    stopped = step.intent == "Cancel"
    declined = step.is_no and step.expected(Subject.STATE) == "Failed"
    return step.before if step.moves_nothing and (stopped or declined) else None


def _is_tried_again(step: Step) -> str | None:
    """The very message comes twice: it is done once."""
    return step.before if step.is_again and step.moves_nothing else None


OUTCOMES: Mapping[str, tuple[str, Callable[[Step], str | None]]] = {
    "success": ("done or told, in the end", _is_done),
    "refusal": ("the bank says no, and why", _is_refused),
    "correction": ("something else was meant, and is what counts", _is_corrected),
    "cancellation": ("a stop or a no leaves all as it was", _is_dropped),
    "retry": ("the same message twice does it once", _is_tried_again),
}
"""What each is, and what shows it."""


def came_of(outcome: str) -> dict[str, int]:
    """How many turns show `outcome`, by intent."""
    _, shows = OUTCOMES[outcome]
    return turns_by_intent(shows)
