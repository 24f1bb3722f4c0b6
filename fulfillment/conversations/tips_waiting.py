"""Which tips among the messages of the bank are told now, and which wait for a calm moment.

By itself: whoever only reads messages loads nothing of how tips are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from fulfillment.bank.bank_messages import BankMessage
from fulfillment.personalization.offers import rules as offer_rules


def parted(
    new: Sequence[BankMessage], now: datetime, *, agreed: bool, is_calm: bool
) -> tuple[list[BankMessage], list[BankMessage]]:
    """Of the messages of the bank, oldest first, those that are told now, and tips that wait.

    A tip is told to whoever agrees to tips, while it is news, and when it is calm: nothing is open.
    Until then it waits, unless other news come after it, which take its place. What is in neither
    is never told.
    """
    if not any(one.is_tip for one in new):
        return list(new), []
    fresh = offer_rules.standard_rules().tips.fresh
    wanted = [one for one in new if not one.is_tip or (agreed and now - one.at <= fresh)]
    if is_calm:
        return wanted, []
    waiting = list(takewhile(lambda one: one.is_tip, reversed(wanted)))[::-1]
    return [one for one in wanted if not one.is_tip], waiting
