"""Another question in the middle of a task is answered, and the task goes on where it was.

A glance (a balance, a list) is answered and the open question put again; another task is done
first, and then the customer is asked whether to go on with the one before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fulfillment.bank.mentions import is_bare_no, is_bare_stop
from fulfillment.conversations import amid_a_payment, pointing_out
from fulfillment.conversations import progress as kept
from fulfillment.conversations.access import ABOUT_IDENTITY, ABOUT_THE_TALK, is_open_to
from fulfillment.conversations.cards import LAST_CARD
from fulfillment.conversations.circles import times_put, with_ways_out
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.heard_otherwise import meant_otherwise
from fulfillment.conversations.lines_meant import LINES, lines_meant
from fulfillment.conversations.open_tasks import (
    asked_by,
    progress_of,
    said_for,
    set_progress,
    task_of,
)
from fulfillment.conversations.progress import CONFIRMATION, Progress, Task
from fulfillment.conversations.proving import ask_who
from fulfillment.conversations.switches import is_on, say_it_is_off
from fulfillment.conversations.typed_buttons import Pressed, keep_buttons, pressed
from fulfillment.lex import Message, Reply, Turn
from fulfillment.lex.event import Confirmation
from fulfillment.lex.messages import before_all_of
from fulfillment.lex.readings import is_surely
from fulfillment.lex.router import Handler, Hook, Route, Router

GLANCES = frozenset(
    {
        "CheckBalance", "CheckBalanceFollowUp", "ListTransactions", "GetSpending", "GetIncome",
        "TotalsFollowUp", "CheckCases", "GetAccountNumber", "GetCreditLimit", "GetFees",
        "GetInterestRate", "GetPaymentDue", "GetPaymentLimits", "GetCardLimits",
        "Help", "Welcome",
        "OtherService", "FallbackIntent", "ShowMore", "ListScheduledPayments", "ListPayees",
    }
)  # fmt: skip
"""Intents that only tell something: whoever asks one in the middle of a task wants to go on."""
CONTINUE = "ContinueTask"
_STOP = "Cancel"
_PERSON = "TalkToHuman"
_LAST = frozenset({"Goodbye", _PERSON})
"""After these nothing is gone on with."""
_FALLBACK = "FallbackIntent"
_DUE, _PAY_DUE = "GetPaymentDue", "PayCreditCard"
_STUCK_AT = 3
"""The third time that the same question is put for want of an answer, ways out stand beside it."""
_CIRCLES_AT = 4
"""So they do the fourth time in a row that it is put at all, by whatever path."""

_SELF, _RESUMED = "digressions", "resumed"


class Digressions:
    """The middleware that keeps the progress, and the way back to a task."""

    def __init__(self, conversations: Router) -> None:
        self._conversations = conversations

    @classmethod
    def of(cls, turn: Turn) -> Digressions:
        """The one that looks after this turn."""
        found: Digressions = turn.state[_SELF]
        return found

    def middleware(self, turn: Turn, proceed: Handler) -> Reply:
        """Answers the turn, notes what is open then, and goes on with what was begun."""
        desk = Desk.of(turn)
        turn.state[_SELF] = self
        set_progress(turn, kept.read(turn.session, desk.now))
        button = pressed(turn)
        reply = (
            (None if button is None else self._pressed(turn, button))
            or self._handed_over(turn)
            or self._stopped(turn)
            or self._pointed_out(turn)
            or self._taken_back(turn)
            or self._paid(turn)
            or self._meant(turn)
            or self._after(turn, proceed(turn))
        )
        reply = with_ways_out(turn, reply) if _is_stuck(turn, reply) else reply
        keep_buttons(turn, asked_by(turn, reply), reply)
        kept.write(progress_of(turn), turn.session, desk.now)
        return reply

    def resume(self, turn: Turn, task: Task, *before: Message, confirmed: bool = False) -> Reply:
        """The question that `task` has open, put again, with its figures as they are now.

        With `confirmed` it is fulfilled: its question was a yes or a no, and was answered.
        """
        turn.state[_RESUMED] = True
        if not is_on(turn, task.intent):
            set_progress(turn, progress_of(turn).end(task.intent))
            off = say_it_is_off(turn)
            return replace(off, messages=before_all_of(before, off.messages))
        if not is_open_to(Desk.of(turn), task.intent):
            set_progress(turn, progress_of(turn).begin(task))
            return ask_who(turn, *before)
        hook: Hook = "FulfillmentCodeHook" if confirmed else "DialogCodeHook"
        handler = self._conversations.find(Route(hook, task.intent))
        if handler is None:
            set_progress(turn, progress_of(turn).end(task.intent))
            return turn.close(*before)
        again = turn.about(task.intent, task.slots)
        reply = handler(again)
        turn.contexts = again.contexts
        if reply.switch is not None:
            # It was handed on to another task, or asks for a code, and was noted there.
            return replace(reply, messages=before_all_of(before, reply.messages))
        self._note(again, reply, answered=turn.intent == _FALLBACK)
        return replace(said_for(again, reply), messages=before_all_of(before, reply.messages))

    def hand_over(self, turn: Turn, intent: str, slots: Mapping[str, str]) -> Reply:
        """What `turn` began is another intent's task: that one goes on with `slots` instead."""
        set_progress(turn, progress_of(turn).end(turn.intent))
        return self.resume(turn, Task(intent, slots, ""))

    def _pressed(self, turn: Turn, button: Pressed) -> Reply | None:
        """What `button`, whose words were typed, leads to; None where Lex understood it itself."""
        task, answer = button.task, button.answer
        if turn.intent == task.intent and (turn.confirmed or turn.denied):
            return None
        if not is_on(turn, task.intent) or not is_open_to(Desk.of(turn), task.intent):
            return None
        if answer is not None:
            return self._answered(turn, task, "Confirmed" if answer else "Denied")
        if is_bare_stop(button.value):
            return self._instead(turn, _STOP)
        if task.asked == CONFIRMATION:
            return None
        return self.resume(turn, replace(task, slots={**task.slots, task.asked: button.value}))

    def _answered(self, turn: Turn, task: Task, answer: Confirmation) -> Reply | None:
        """The two hooks of a yes or a no to the question of `task`, as Lex calls them."""
        again = turn.about(task.intent, task.slots, answer)
        dialog = self._conversations.find(Route("DialogCodeHook", task.intent))
        reply = again.delegate() if dialog is None else dialog(again)
        if reply.action == "Delegate":
            fulfil = self._conversations.find(Route("FulfillmentCodeHook", task.intent))
            if fulfil is None:
                return None
            reply = fulfil(again)
        reply = self._after(again, reply)
        turn.contexts = again.contexts
        return reply if reply.switch else said_for(again, reply)

    def _stopped(self, turn: Turn) -> Reply | None:
        """The end of what was asked about, if the answer to a question for a value is "no".

        Lex has no word for that: it takes the no for a bad value, or for an intent that begins so.
        """
        progress = progress_of(turn)
        if progress.asking is None or progress.asked == CONFIRMATION:
            return None
        is_refusal = is_bare_no(turn.transcript) or is_bare_stop(turn.transcript)
        return self._instead(turn, _STOP) if is_refusal else None

    def _handed_over(self, turn: Turn) -> Reply | None:
        """A person, for whoever plainly asks for one where Lex took the words for a value."""
        if turn.intent == _PERSON or not is_surely(turn.event, _PERSON):
            return None
        reply = self._instead(turn, _PERSON)
        set_progress(turn, Progress())
        return reply

    def _instead(self, turn: Turn, intent: str) -> Reply | None:
        """What `intent` answers, said instead of what Lex made of the words."""
        handler = self._conversations.find(Route("DialogCodeHook", intent))
        if handler is None:
            return None
        other = turn.about(intent, {})
        reply = handler(other)
        turn.contexts = other.contexts
        return reply if reply.switch else reply.for_intent(intent)

    def _pointed_out(self, turn: Turn) -> Reply | None:
        """The task that goes on with an answer which Lex took for something else."""
        progress, task = progress_of(turn), progress_of(turn).task
        amid = amid_a_payment.amid_a_payment(turn, progress)
        if amid is not None:
            return self.resume(turn, amid.task, *amid.told)
        if task is None or task.intent != progress.asking:
            return None
        slots = pointing_out.pointed_out(task, turn.transcript, turn.intent)
        return None if slots is None else self.resume(turn, replace(task, slots=slots))

    def _taken_back(self, turn: Turn) -> Reply | None:
        """What was chosen last is asked once more, if "not that one" takes the choice back; to
        figures that were said in one breath it is a no.
        """
        progress = progress_of(turn)
        choice, task = progress.choice, progress.task
        is_open = task is not None and progress.asking == task.intent
        again = choice or (task if is_open else None)
        if again is None or not pointing_out.takes_back(turn.transcript):
            return None
        if choice is not None:
            turn.session.pop(LAST_CARD, None)
        elif progress.asked == CONFIRMATION:
            return self._answered(turn, again, "Denied")
        return self.resume(turn, again)

    def _paid(self, turn: Turn) -> Reply | None:
        """The payment of what is due, if "pay it" follows the answer that told it."""
        progress = progress_of(turn)
        told = progress.last
        if progress.asking is not None or told is None or told.intent != _DUE:
            return None
        due = Task(_PAY_DUE, told.slots, "")
        return self.resume(turn, due) if pointing_out.pays_it(turn.transcript) else None

    def _meant(self, turn: Turn) -> Reply | None:
        """What is meant by a few words that Lex cannot know the meaning of in this place."""
        desk = Desk.of(turn)
        tell = lines_meant(turn, progress_of(turn))
        if tell is not None and is_on(turn, LINES) and is_open_to(desk, LINES):
            lines = turn.about(LINES, {})
            reply = self._after(lines, tell(lines))
            return reply if reply.switch else said_for(lines, reply)
        meant = meant_otherwise(turn, progress_of(turn), desk.now)
        if meant is None or not is_on(turn, meant.intent) or not is_open_to(desk, meant.intent):
            return None
        return self._answered(turn, meant, "None")

    def _after(self, turn: Turn, reply: Reply) -> Reply:
        if turn.intent in ABOUT_THE_TALK | ABOUT_IDENTITY:
            return reply
        if reply.action in ("Delegate", "ElicitIntent"):
            return reply
        if reply.switch is not None and reply.switch.intent in ABOUT_IDENTITY:
            return reply
        if turn.state.get(_RESUMED):
            return reply
        if turn.intent in _LAST:
            set_progress(turn, Progress())
            return reply
        if reply.switch is not None:
            # It was handed over, and noted there.
            return reply
        self._note(turn, reply)
        task = progress_of(turn).task
        if reply.action != "Close" or task is None:
            return reply
        if task.offered:
            return reply
        # A suggestion of what else to do would only draw attention from the open question.
        if turn.intent in GLANCES:
            back = Desk.of(turn).say("tasks.back_to", task=task.intent)
            return self.resume(turn, task, *reply.said, back)
        return offer(turn, task, *reply.said)

    def _note(self, turn: Turn, reply: Reply, *, answered: bool = True) -> None:
        """Keeps in mind what `reply` asks; with `answered` false it is put again after something
        else.
        """
        now = progress_of(turn)
        asked = reply.slot_to_elicit or CONFIRMATION
        if reply.action == "Close":
            now = now.pick(task_of(turn, "")).answered().end(turn.intent)
            if turn.intent in GLANCES and turn.intent != _FALLBACK:
                now = replace(now, last=task_of(turn, ""))
            set_progress(turn, now)
            return
        task = task_of(turn, asked)
        # A question that is put again about other values is no failure: something was understood.
        moved_on = any(one.intent == task.intent and one.slots != task.slots for one in now.tasks)
        now = now.pick(task).question(turn.intent, asked, counts=answered and not moved_on)
        set_progress(turn, now if turn.intent in GLANCES else now.begin(task))


def offer(turn: Turn, task: Task, *before: Message) -> Reply:
    """Asks whether to go on with `task`: a yes or a no, answered by `ContinueTask`."""
    desk = Desk.of(turn)
    set_progress(turn, progress_of(turn).offer(task, CONTINUE))
    question = desk.say("tasks.shall_we_go_on", task=task.intent)
    choices = desk.yes_or_no(desk.speech.words("tasks.go_on"), "tasks.yes", "tasks.no")
    return replace(
        turn.confirm().for_intent(CONTINUE), messages=before_all_of(before, (question, choices))
    )


def _is_stuck(turn: Turn, reply: Reply) -> bool:
    """Whether ways out should stand beside what `reply` asks."""
    progress, asked = progress_of(turn), asked_by(turn, reply)
    is_open = (progress.asking, progress.asked) == (asked.intent, asked.asked)
    return times_put(turn, reply) >= _CIRCLES_AT or (is_open and progress.times >= _STUCK_AT)
