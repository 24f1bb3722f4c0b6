"""What customers say about the conversation itself: go on, again, wait, why, from the start."""

from __future__ import annotations

from dataclasses import replace

from fulfillment.conversations.checking import put_out_of_force
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import CONTINUE, Digressions, offer
from fulfillment.conversations.open_tasks import progress_of, set_progress
from fulfillment.conversations.payment_session import QUOTE
from fulfillment.conversations.progress import Task
from fulfillment.conversations.proving import STAGE
from fulfillment.conversations.small_talk import suggestions
from fulfillment.lex import Reply, Router, Turn

router = Router()


@router.dialog("ContinueTask")
@router.fulfillment("ContinueTask")
def go_on(turn: Turn) -> Reply:
    """Back to the task that was begun last; a no gives it up."""
    desk = Desk.of(turn)
    task = progress_of(turn).task
    if task is None:
        return turn.close(desk.say("tasks.nothing_open"), suggestions(desk))
    if not turn.denied:
        return Digressions.of(turn).resume(turn, task)
    _give_up(turn, task)
    before = progress_of(turn).waiting
    dropped = desk.say("tasks.dropped", task=task.intent)
    return turn.close(dropped) if before is None else offer(turn, before, dropped)


@router.dialog("StartOver")
@router.fulfillment("StartOver")
def start_over(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    task = progress_of(turn).task
    if task is None:
        return turn.close(desk.say("tasks.fresh_start"), suggestions(desk))
    _give_up(turn, task)
    again = desk.say("tasks.from_the_start", task=task.intent)
    return Digressions.of(turn).resume(turn, replace(task, slots={}), again)


@router.dialog("RepeatThat")
@router.fulfillment("RepeatThat")
def repeat(turn: Turn) -> Reply:
    """The open question again, else the last answer, with today's figures."""
    progress = progress_of(turn)
    if progress.asking is None and progress.last is not None:
        return Digressions.of(turn).resume(turn, progress.last)
    if progress.task is not None:
        return Digressions.of(turn).resume(turn, progress.task)
    return turn.close(Desk.of(turn).say("tasks.nothing_to_repeat"))


@router.dialog("WhyAsked")
@router.fulfillment("WhyAsked")
def explain_question(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    task = progress_of(turn).task
    if task is None:
        return turn.close(desk.say("tasks.nothing_asked"))
    return Digressions.of(turn).resume(turn, task, desk.say("tasks.why", asked=task.asked))


@router.dialog("HoldOn")
@router.fulfillment("HoldOn")
def hold_on(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    task = progress_of(turn).task
    if task is None:
        return turn.close(desk.say("tasks.take_your_time"))
    return Digressions.of(turn).resume(turn, task, desk.say("tasks.take_your_time"))


@router.dialog("Cancel")
@router.fulfillment("Cancel")
def cancel(turn: Turn) -> Reply:
    """Stops what is being asked about, and no more: a task that waits behind it is offered.

    A quote that is given up is put out of force.
    """
    desk = Desk.of(turn)
    progress = progress_of(turn)
    unpaid = QUOTE in turn.session
    otherwise = put_out_of_force(turn)
    task = progress.task
    if task is not None and progress.asking in (task.intent, CONTINUE, None):
        _give_up(turn, task)
    set_progress(turn, progress_of(turn).answered())
    stopped = otherwise or desk.say("common.stopped_payment" if unpaid else "common.stopped")
    waiting = progress_of(turn).waiting
    return turn.close(stopped) if waiting is None else offer(turn, waiting, stopped)


def _give_up(turn: Turn, task: Task) -> None:
    turn.session.pop(QUOTE, None)
    turn.session.pop(STAGE, None)
    set_progress(turn, progress_of(turn).end(task.intent).answered())
