"""What a line of the history is: whose, for what, when, on which account, and whether final."""

from __future__ import annotations

from collections.abc import Iterator

from fulfillment.bank.books import Account, CardStatus, Posting
from fulfillment.bank.categories import CATEGORIES
from fulfillment.bank.transaction_search import Line, moment_of
from fulfillment.conversations import shown_charges
from fulfillment.conversations.charge_slots import find_line, is_disputable, name_of
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Message, Reply, Router, Turn

_KINDS = {
    "card": "explain.card",
    "direct_debit": "explain.direct_debit",
    "refund": "explain.refund",
    "salary": "explain.salary",
    "cash": "explain.cash",
    "fee": "explain.fee",
    "interest": "explain.interest",
    "transfer": "explain.transfer",
    "opening": "explain.opening",
}
"""How the kinds of a posting are told; every other one is a payment."""

router = Router()


@router.dialog("ExplainCharge")
@router.fulfillment("ExplainCharge")
def explain(turn: Turn) -> Reply:
    """Tells about the line, and offers to dispute it where that is possible."""
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    line = find_line(turn, accounts, lambda _: True)
    if isinstance(line, Reply):
        return line
    shown_charges.remember(turn, [line], desk.now)
    account = next(one for one in accounts if one.account_id == line.account_id)
    return turn.close(_told(desk, line, account), *_ways_on(desk, line))


def _told(desk: Desk, line: Line, account: Account) -> Message:
    kind = line.kind if isinstance(line, Posting) else "card"
    return desk.say(
        "explain.line",
        name=name_of(line),
        amount=line.amount if isinstance(line, Posting) else -line.amount,
        day=desk.speech.day(moment_of(line)),
        what=desk.speech.words(_KINDS.get(kind, "explain.payment")),
        details=", ".join(_details(desk, line, account)),
        status=_status(desk, line),
    )


def _details(desk: Desk, line: Line, account: Account) -> Iterator[str]:
    words = desk.speech.words
    received = isinstance(line, Posting) and line.amount.is_positive
    yield words("explain.to" if received else "explain.from", account=account.name)
    card = _card_name(desk, line)
    if card:
        yield words("explain.with", card=card)
    if line.category in CATEGORIES:
        yield words("explain.in", category=words("categories.name", category=line.category))
    if line.description != name_of(line):
        yield words("explain.reads", text=line.description)


def _status(desk: Desk, line: Line) -> str:
    if isinstance(line, Posting):
        return desk.speech.words("explain.booked")
    return desk.speech.words("explain.pending", day=desk.speech.day(line.expires_at))


def _card_name(desk: Desk, line: Line) -> str | None:
    """The card it was paid with, when the account has just one that works."""
    if isinstance(line, Posting) and line.kind != "card":
        return None
    cards = [
        card
        for card in desk.cards()
        if card.account_id == line.account_id and card.status is not CardStatus.BLOCKED
    ]
    return desk.card_name(cards[0]) if len(cards) == 1 else None


def _ways_on(desk: Desk, line: Line) -> list[Message]:
    if not is_disputable(line):
        return []
    return [desk.choices("explain.not_right", [desk.speech.words("explain.dispute")])]
