"""What became of an offer, written beside it: wanted, acted on, or unwanted.

Each is a line of the log of offers that names the line of the offer, so that the log alone tells
what a ranking earned. Nothing is written of a product that was not offered lately.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from fulfillment.bank.books import AccountKind
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_session import LAST_MOVE
from fulfillment.lex import Reply, Turn
from fulfillment.lex.resolver import Handler
from fulfillment.personalization.offers import rules
from fulfillment.store.errors import BooksError

if TYPE_CHECKING:
    from fulfillment.bank.offer_wishes import OfferWishes
    from fulfillment.personalization.offers.rules import Product

WITHIN: Final = timedelta(days=30)
"""After its telling, what a customer does is put down to an offer for so long."""


class Outcome(StrEnum):
    """`wanted`: the customer said so; `acted`: did what the offer is about; `less`: unwanted."""

    WANTED = "wanted"
    ACTED = "acted"
    LESS = "less"


def note_what_is_done(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: a loan applied for, money put by, after an offer of it. Nothing is looked at for
    whoever has not agreed to offers."""
    reply = proceed(turn)
    product = _acted_on(turn.intent)
    is_done = reply.action == "Close" and reply.intent_state == "Fulfilled"
    desk = Desk.of(turn)
    if product is None or not is_done or not desk.identity.is_verified or not desk.customer.tips:
        return reply
    if product is rules.Product.SAVINGS and not _went_to_savings(turn, desk):
        return reply
    try:
        note(desk, product, Outcome.ACTED)
    except BooksError:
        # What was done is done; a lost line costs an estimate a little.
        return reply
    return reply


def note(desk: Desk, product: Product, outcome: Outcome) -> None:
    """Write the outcome, once for each offer and kind. Raises `BooksError`."""
    wishes = desk.wishes.of(desk.customer_id)
    line = outcome_line(wishes, product, outcome, desk.now)
    last = json.loads(wishes.last) if wishes.last else {}
    known = last.get("outcomes", [])
    mark = f"{outcome}:{product}"
    if line is None or not wishes.on or mark in known:
        return
    after = wishes.remembering(json.dumps(last | {"outcomes": [*known, mark]}))
    what = f"offer_{outcome}"
    desk.wishes.keep(desk.customer_id, after, what, desk.now, desk.deps.new_id(), line)


def outcome_line(wishes: OfferWishes, kind: str, outcome: Outcome, now: datetime) -> str | None:
    """The line of an outcome; None where `kind` was not among what was told last, and lately."""
    last: Mapping[str, Any] = json.loads(wishes.last) if wishes.last else {}
    if "id" not in last or kind not in {one["product"] for one in last["told"]}:
        return None
    if now - datetime.fromisoformat(last["at"]) > WITHIN:
        return None
    return json.dumps({"outcome": outcome, "product": kind, "of": last["id"]})


def _acted_on(intent: str) -> Product | None:
    """The product that `intent`, done, is the taking of. Few turns need to know the products."""
    match intent:
        case "ApplyForLoan":
            return rules.Product.REFINANCING_LOAN
        case "OpenAccount":
            return rules.Product.CASHBACK_CARD
        case "ExploreInvesting":
            return rules.Product.INVESTING
        case "TransferMoney":
            return rules.Product.SAVINGS
    return None


def _went_to_savings(turn: Turn, desk: Desk) -> bool:
    _, _, destination = turn.session.get(LAST_MOVE, "").partition("|")
    return any(
        one.account_id == destination and one.kind is AccountKind.SAVINGS
        for one in desk.open_accounts()
    )
