"""Tells a customer, before anything else, what has happened since they were here last."""

from __future__ import annotations

from dataclasses import replace

from fulfillment.bank.notices import MissedPayment
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.schedule_words import why
from fulfillment.lex import Message, Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES
from fulfillment.lex.resolver import Handler


def tell_the_news(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: puts news before the answer, once; a turn without news costs nothing more.

    They are taken off the board before they are said: one that is lost on its way can still be
    seen among the scheduled payments, and none is said twice.
    """
    reply = proceed(turn)
    desk = Desk.of(turn)
    if not (desk.identity.is_verified and reply.messages and desk.customer.news > 0):
        return reply
    room = MAX_MESSAGES - len(reply.messages)
    news = desk.books.notices.read(desk.customer_id)[: max(room, 0)]
    if not news or not desk.books.notices.clear(news, desk.deps.new_id()):
        return reply
    return replace(reply, messages=(*(_said(desk, one) for one in news), *reply.messages))


def _said(desk: Desk, notice: MissedPayment) -> Message:
    return desk.say(
        "schedule.missed" if notice.goes_on else "schedule.missed_once",
        amount=notice.amount,
        name=notice.to,
        due=desk.speech.full_day(notice.due),
        why=why(desk, notice.reason),
    )
