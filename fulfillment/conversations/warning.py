"""A warning of scams before a first large payment, with a pause and a second, deliberate yes.

Both are bound to the quote: the warning stands on it in the table, and other figures are another
quote. So neither a caller's attributes nor a yes that was sent twice skips it.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from fulfillment.bank.payments import Quote
from fulfillment.conversations.desk import Desk
from fulfillment.fraud.policy.reasons import ReasonCode
from fulfillment.lex import Reply, Turn, card

_FIRST_PAYMENT = frozenset({ReasonCode.NEW_PAYEE, ReasonCode.ROUND_AMOUNT})
_WARNED_OF = _FIRST_PAYMENT | {ReasonCode.SCAM_WORDS, ReasonCode.SCAM_STORY}
WARNED = "warned of a scam"
"""In the state of a turn that warns: nothing more needs to be said of it then."""


def warn_first(turn: Turn, shown: Quote, codes: Iterable[str]) -> Reply | None:
    """The warning, or that the pause is not over; None when there is nothing (more) to warn of."""
    if not _WARNED_OF.intersection(codes):
        return None
    desk = Desk.of(turn)
    seconds = ceil(desk.deps.pause.total_seconds())
    if shown.warned_at is None:
        desk.books.quotes.warned(desk.customer_id, shown.quote_id, desk.now)
        never_paid = not _FIRST_PAYMENT.isdisjoint(codes)
        return _ask(turn, "scam.warning", shown, seconds, never_paid=never_paid)
    left = (shown.warned_at + desk.deps.pause - desk.now).total_seconds()
    return _ask(turn, "scam.too_soon", shown, ceil(left)) if left > 0 else None


def _ask(turn: Turn, key: str, shown: Quote, seconds: int, **view: bool) -> Reply:
    desk = Desk.of(turn)
    order = shown.order
    turn.state[WARNED] = True
    words = desk.say(
        key, amount=order.amount, payee=order.destination_name, seconds=seconds, **view
    )
    buttons = [(desk.speech.words("scam.stop"), "no"), (desk.speech.words("scam.sure"), "yes")]
    return turn.confirm(words, card(desk.speech.words("scam.title"), buttons))
