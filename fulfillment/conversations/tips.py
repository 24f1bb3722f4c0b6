"""At most one thing worth telling unasked, after an answer, to whoever agreed to it.

Never in the middle of anything: only after a question that was answered, with nothing open.
"""

from __future__ import annotations

from dataclasses import replace

from fulfillment.conversations import progress, tip_telling, tip_words
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES
from fulfillment.lex.resolver import Handler
from fulfillment.personalization.offers import rules as offer_rules

AFTER = frozenset({"Welcome", "CheckBalance", "ListTransactions", "GetSpending", "GetIncome"})


def tell_a_tip(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: puts the day's one tip behind an answer."""
    reply = proceed(turn)
    desk = Desk.of(turn)
    if not _is_the_moment(turn, desk, reply):
        return reply
    teller = tip_telling.TipTeller(desk.books, offer_rules.standard_rules())
    tip = teller.for_an_answer(desk, desk.deps.new_id())
    if tip is None:
        return reply
    words = tip_words.tip_words(desk.speech, tip.as_message(desk.customer_id, 0, desk.now))
    return replace(reply, messages=(*reply.said, words, *reply.shown))


def nothing_is_open(turn: Turn, desk: Desk, reply: Reply) -> bool:
    """Whether what was asked is answered or done, and nothing waits that was begun before."""
    is_over = reply.action == "Close" and reply.intent_state == "Fulfilled"
    has_room = 0 < len(reply.messages) < MAX_MESSAGES
    return is_over and has_room and not progress.read(turn.session, desk.now).tasks


def _is_the_moment(turn: Turn, desk: Desk, reply: Reply) -> bool:
    if not desk.identity.is_verified or turn.intent not in AFTER:
        return False
    # The customer's item was read for this turn anyway. News come first, and alone.
    if not desk.customer.tips or desk.customer.messages > desk.customer.heard:
        return False
    return nothing_is_open(turn, desk, reply)
