"""A payment that needs a one-time code for its very figures, besides a yes."""

from __future__ import annotations

from fulfillment.bank.payments import Quote
from fulfillment.bank.step_up import most_without_code
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_session import QUOTE
from fulfillment.conversations.payment_slots import Question
from fulfillment.lex import Reply, Turn


def ask_for_code(turn: Turn, shown: Quote) -> Reply:
    """What the customer can do about a quote whose step-up is `required`.

    No code can be sent in a conversation yet: it says so, and what can be paid without one.
    """
    desk = Desk.of(turn)
    turn.session.pop(QUOTE, None)
    most = most_without_code(shown.order.amount.currency, desk.standing)
    return Question("amount", (desk.say("payment.needs_code", allowed=most),)).ask(turn)
