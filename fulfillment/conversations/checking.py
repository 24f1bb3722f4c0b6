"""A payment whose answer was lost: looked up before the next answer, and told as it is.

The note of it is a session attribute, which any caller can write. That is harmless: it can only
have a quote of the caller's own session looked up, and put out of force when it was not paid.
"""

from __future__ import annotations

from dataclasses import replace

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.payments import Receipt, TransferState, Unknown
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_session import CHECKING, QUOTE
from fulfillment.lex import Message, Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES
from fulfillment.lex.resolver import Handler
from fulfillment.store.errors import BooksError


def tell_what_became_of_it(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: the truth about a payment in doubt, before the answer, as soon as it is known.

    A turn without such a doubt costs nothing more.
    """
    quote_id = turn.session.get(CHECKING)
    reply = proceed(turn)
    # The turn that came into doubt itself has said so already.
    if quote_id is None or turn.session.get(CHECKING) != quote_id:
        return reply
    if not (Desk.of(turn).identity.is_verified and reply.messages):
        return reply
    said = _found(turn, quote_id)
    if said is None:
        return reply
    del turn.session[CHECKING]
    return replace(reply, messages=(said, *reply.messages)[:MAX_MESSAGES])


def keep_checking(turn: Turn, quote_id: str) -> Message:
    """Notes, in two places, that nobody knows yet what became of a payment, and says so."""
    desk = Desk.of(turn)
    turn.session.pop(QUOTE, None)
    turn.session[CHECKING] = quote_id
    desk.books.quotes.doubt(desk.customer_id, quote_id, desk.now)
    return desk.say("payment.checking")


def put_out_of_force(turn: Turn) -> Message | None:
    """Ends the quote that was shown for good, so that no late or repeated yes pays it.

    What there is to say when it is not simply gone, since it was paid or nobody knows; else None.
    """
    quote_id = turn.session.pop(QUOTE, None)
    if not quote_id:
        return None
    desk = Desk.of(turn)
    found = desk.books.quotes.withdraw(desk.customer_id, quote_id, turn.session_id, desk.now)
    if isinstance(found, Unknown):
        return keep_checking(turn, quote_id)
    return went_through(desk, found) if isinstance(found, Receipt) else None


def went_through(desk: Desk, paid: Receipt) -> Message:
    """How a payment stands that was taken up before: paid, on hold still, or called off since."""
    match paid.state:
        case TransferState.POSTED:
            return desk.say("payment.went_through", amount=paid.amount, receipt=paid.receipt_id)
        case TransferState.PENDING:
            return desk.say("payment.on_hold_still", amount=paid.amount, receipt=paid.receipt_id)
        case _:
            return desk.say("payment.given_back", amount=paid.amount)


def _found(turn: Turn, quote_id: str) -> Message | None:
    desk = Desk.of(turn)
    try:
        found = desk.books.quotes.withdraw(desk.customer_id, quote_id, turn.session_id, desk.now)
    except (BooksError, BotoCoreError, ClientError):
        return None
    if isinstance(found, Unknown):
        return None
    if isinstance(found, Receipt):
        return went_through(desk, found)
    return desk.say("payment.did_not_go_through")
