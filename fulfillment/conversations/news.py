"""Tells a customer, before anything else, what has happened since they were here last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fulfillment.conversations import bank_messages, schedule_words
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.settled_questions import without_settled
from fulfillment.lex import Message, Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES
from fulfillment.lex.resolver import Handler
from fulfillment.store import bank_messages as boards

if TYPE_CHECKING:
    from fulfillment.bank.notices import MissedPayment


def tell_the_news(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: puts news before the answer, once; a turn without news costs nothing more.

    They are taken off the board before they are said: one that is lost on its way can still be
    seen among the scheduled payments, and none is said twice.
    """
    reply = proceed(turn)
    desk = Desk.of(turn)
    if not (desk.identity.is_verified and reply.messages):
        return reply
    news = (*_missed(desk, _room(reply)), *_from_the_bank(desk, _room(reply)))
    return replace(reply, messages=(*news, *reply.messages)) if news else reply


def _room(reply: Reply) -> int:
    return max(MAX_MESSAGES - len(reply.messages), 0)


def _missed(desk: Desk, room: int) -> list[Message]:
    """Scheduled payments that were not made."""
    if desk.customer.news <= 0:
        return []
    news = desk.books.notices.read(desk.customer_id)[:room]
    if not news or not desk.books.notices.clear(news, desk.deps.new_id()):
        return []
    return [_said(desk, one) for one in news]


def _from_the_bank(desk: Desk, room: int) -> list[Message]:
    """What analysts decided and said, unless an open chat has shown it by now."""
    customer = desk.customer
    if customer.messages <= customer.heard:
        return []
    board = boards.MessageBoard(desk.books.client, desk.books.table)
    told: list[Message] = []
    last = customer.heard
    new = board.after(desk.customer_id, customer.heard)
    for message in without_settled(desk.books, desk.customer_id, new):
        words = bank_messages.bank_message(desk.speech, message, with_buttons=False)
        if len(told) + len(words) > room:
            break
        told += words
        last = message.number
    else:
        # What is settled by now counts as heard: it is not looked at again.
        last = new[-1].number if new else last
    return told if last > customer.heard and board.heard(desk.customer_id, last) else []


def _said(desk: Desk, notice: MissedPayment) -> Message:
    return desk.say(
        "schedule.missed" if notice.goes_on else "schedule.missed_once",
        amount=notice.amount,
        name=notice.to,
        due=desk.speech.full_day(notice.due),
        why=schedule_words.why(desk, notice.reason),
    )
