"""A sentence that may mean two things, or a noun alone, is asked about with buttons.

What the readings had understood is kept in a session attribute for one turn, so that whoever picks
one need not say the amount again. Any caller can write it: it is what the customer said and no
more, slots are judged again, and money still moves on a live quote alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from fulfillment.bank.charges import by_place
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.open_tasks import progress_of
from fulfillment.conversations.progress import Task, kept_task, read_task
from fulfillment.conversations.switches import is_on
from fulfillment.conversations.topics import topics_of
from fulfillment.conversations.typed_buttons import plain
from fulfillment.lex import Reply, Turn, card
from fulfillment.lex.messages import MAX_BUTTONS
from fulfillment.lex.readings import close_readings
from fulfillment.lex.router import Handler

ATTRIBUTE = "choice"
ASKED_ABOUT = frozenset(
    {
        "SendMoney", "TransferMoney", "PayCreditCard", "SchedulePayment", "ListScheduledPayments",
        "ChangeScheduledPayment", "CancelScheduledPayment", "CancelPayment", "AddPayee",
        "RenamePayee", "RemovePayee", "ListPayees", "CheckBalance", "ListTransactions",
        "GetSpending", "GetIncome", "ForecastBalance", "ListSubscriptions", "FindUnusualActivity",
        "ExplainCharge", "DisputeCharge", "CheckCases", "GetStatement", "GetFees",
        "GetInterestRate", "GetAccountNumber", "GetPaymentDue", "GetPaymentLimits",
        "GetCreditLimit", "RequestCreditLimit", "GetCardLimits", "SetCardLimit", "RemoveCardLimit",
        "FreezeCard", "UnfreezeCard", "ReportLostCard", "ReplaceCard", "ActivateCard",
        "CardDeclined", "ChangePin", "OrderChecks", "OpenAccount", "CloseAccount", "FreezeAccount",
    }
)  # fmt: skip
"""What can be told apart in a few words. What goes on from an answer, and the talk itself, is not:
it is read by what was said before.
"""
NEVER_WAITS = frozenset({"FreezeCard", "ReportLostCard", "FreezeAccount"})
"""What protects the customer is begun at once, where it is the best reading."""
_FOLLOW_UPS = frozenset({"CheckBalanceFollowUp", "TotalsFollowUp"})
"""After a balance "savings" is no noun alone, but another balance."""
_THE_SAME_AGAIN = frozenset({"RepeatThat", "HoldOn", "WhyAsked"})
_KEPT_FOR = timedelta(minutes=5)
_MOST = 4096
_LONGEST_PICK = 4
"""Words of "the second one, please": a longer sentence says something of its own."""


def ask_what_was_meant(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: asks which of several was meant, and takes the answer."""
    before = _recall(turn)
    said = turn.event.session_state.intent.confirmation_state
    if progress_of(turn).asking is not None or said != "None":
        return proceed(turn)
    if before:
        picked = _picked(turn, before)
        if picked is not None:
            return Digressions.of(turn).resume(turn, picked)
        if turn.intent in _THE_SAME_AGAIN:
            return _ask(turn, before, "which.meant")
    meant = _meant(turn, before)
    if len(meant) < 2:
        return proceed(turn)
    return _ask(turn, meant, "which.still" if before else "which.meant")


def _meant(turn: Turn, before: Sequence[Task]) -> list[Task]:
    """What the customer may want; none when it is clear, one of them included."""
    if turn.intent in _FOLLOW_UPS:
        return []
    nouns = topics_of(turn.transcript)
    if nouns:
        return _on(turn, [Task(intent, {}, "") for intent in nouns])
    _take_up(turn, before)
    if turn.is_fulfillment or turn.intent not in ASKED_ABOUT - NEVER_WAITS:
        return []
    if any(task.intent == turn.intent for task in before):
        return []
    return _on(turn, list(_close(turn)))


def _close(turn: Turn) -> Iterator[Task]:
    for reading in close_readings(turn.event):
        if reading.intent.name in ASKED_ABOUT:
            yield Task(reading.intent.name, reading.intent.words, "")


def _on(turn: Turn, tasks: list[Task]) -> list[Task]:
    return [task for task in tasks if is_on(turn, task.intent)]


def _picked(turn: Turn, choices: Sequence[Task]) -> Task | None:
    """The one whose button shows what was typed, or that "the second" or "2" points at."""
    words, typed = Desk.of(turn).speech.words, plain(turn.transcript)
    for task in choices:
        if plain(words("which.shown", task=task.intent)) == typed:
            return task
    is_short = len(turn.transcript.split()) <= _LONGEST_PICK
    return by_place(turn.transcript, choices) if is_short else None


def _take_up(turn: Turn, choices: Sequence[Task]) -> None:
    """What the sentence before had said already, for the one that was chosen in its own words."""
    chosen = next((task for task in choices if task.intent == turn.intent), None)
    for name, words in (chosen.slots if chosen else {}).items():
        if name in turn.slots.names() and turn.slots.get(name) is None:
            turn.slots.set(name, words)


def _ask(turn: Turn, tasks: Sequence[Task], question: str) -> Reply:
    """The question with a button each; a person among them when it had to be put before."""
    desk = Desk.of(turn)
    words = desk.speech.words
    human = [desk.way("common.human_button", "said.human")] if question == "which.still" else []
    shown = tasks[: MAX_BUTTONS - len(human)]
    buttons = [
        (words("which.shown", task=task.intent), words("which.said", task=task.intent))
        for task in shown
    ]
    _remember(turn, shown, desk.now)
    told = desk.say("which.still" if human else "which.meant")
    return turn.elicit_intent(told, card(words("which.title"), buttons + human))


def _remember(turn: Turn, tasks: Sequence[Task], now: datetime) -> None:
    kept = {"at": now.isoformat(timespec="seconds"), "tasks": [kept_task(task) for task in tasks]}
    turn.session[ATTRIBUTE] = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _recall(turn: Turn) -> tuple[Task, ...]:
    """What was asked about in the turn before, taken out of the session; none when unreadable."""
    written = turn.session.pop(ATTRIBUTE, "")
    if not written or len(written) > _MOST:
        return ()
    try:
        kept = json.loads(written)
        age = Desk.of(turn).now - datetime.fromisoformat(kept["at"])
        tasks = tuple(read_task(one) for one in kept["tasks"][:MAX_BUTTONS])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    is_fresh = timedelta(0) <= age <= _KEPT_FOR
    return tuple(task for task in tasks if is_fresh and task.intent in ASKED_ABOUT)
