"""Tells a customer, before anything else, what has happened since they were here last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fulfillment.conversations import (
    bank_messages,
    schedule_words,
    settled_questions,
    tips_waiting,
)
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.tips import nothing_is_open
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
    missed = _missed(desk, _room(reply))
    room = _room(reply) - len(missed)
    news, tips = _from_the_bank(desk, room, nothing_is_open(turn, desk, reply))
    if not (missed or news or tips):
        return reply
    return replace(reply, messages=(*missed, *news, *reply.said, *tips, *reply.shown))


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


def _from_the_bank(
    desk: Desk, room: int, is_calm: bool
) -> tuple[Sequence[Message], Sequence[Message]]:
    """What analysts decided and said, and a tip, unless an open chat has shown it by now.

    A tip waits while something is open; other news that come meanwhile take its place.
    """
    customer = desk.customer
    if customer.messages <= customer.heard:
        return (), ()
    board = boards.MessageBoard(desk.books.client, desk.books.table)
    told: list[Message] = []
    tips: list[Message] = []
    last = customer.heard
    new = board.after(desk.customer_id, customer.heard)
    new, _ = tips_waiting.parted(new, desk.now, agreed=customer.tips, is_calm=is_calm)
    for message in settled_questions.without_settled(desk.books, desk.customer_id, new):
        words = bank_messages.bank_message(desk.speech, message, with_buttons=False)
        if len(told) + len(tips) + len(words) > room:
            break
        if message.is_tip:
            tips += words
        else:
            told += words
        last = message.number
    else:
        # What is settled by now counts as heard: it is not looked at again.
        last = new[-1].number if new else last
    is_first = last > customer.heard and board.heard(desk.customer_id, last)
    return (told, tips) if is_first else ((), ())


def _said(desk: Desk, notice: MissedPayment) -> Message:
    return desk.say(
        "schedule.missed" if notice.goes_on else "schedule.missed_once",
        amount=notice.amount,
        name=notice.to,
        due=desk.speech.full_day(notice.due),
        why=schedule_words.why(desk, notice.reason),
    )
