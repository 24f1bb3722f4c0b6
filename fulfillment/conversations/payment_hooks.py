"""The two hooks of a payment, whatever it pays: the figures are asked for and shown, a yes pays.

What differs between payments is how the slots are read: the deal that they stand for, the first
question that is open, or the answer that there is nothing to be paid from or to.
"""

from __future__ import annotations

from collections.abc import Callable

from fulfillment.conversations.payment_slots import Question
from fulfillment.conversations.settlement import (
    Deal,
    DealWords,
    decline,
    paid_before,
    settle,
    show_figures,
)
from fulfillment.lex import Reply, Router, Turn

Reader = Callable[[Turn], Deal | Question | Reply]
Later = Callable[[Turn], Reply | None]
"""Goes over to a payment for another day, where a day was said."""


def register(router: Router, intent: str, words: DealWords, read: Reader, later: Later) -> None:
    """Let `router` answer both hooks of `intent`."""

    @router.dialog(intent)
    def ask(turn: Turn) -> Reply:
        if turn.denied:
            return decline(turn, words)
        if turn.confirmed:
            return turn.delegate()
        return later(turn) or _shown(turn, read(turn))

    @router.fulfillment(intent)
    def pay(turn: Turn) -> Reply:
        found = read(turn)
        if isinstance(found, Deal):
            return settle(turn, found)
        # What cannot be paid, or not without another question, may have been paid by this very yes.
        return paid_before(turn) or _shown(turn, found)


def _shown(turn: Turn, found: Deal | Question | Reply) -> Reply:
    if isinstance(found, Deal):
        return show_figures(turn, found)
    return found.ask(turn) if isinstance(found, Question) else found
