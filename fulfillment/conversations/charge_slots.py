"""Finds the one charge a customer talks about, or asks which."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fulfillment.bank.amount_phrases import find_amount
from fulfillment.bank.amount_ranges import exactly
from fulfillment.bank.books import Account, Posting
from fulfillment.bank.charges import by_place
from fulfillment.bank.disputes import DISPUTABLE_KINDS
from fulfillment.bank.money import Money
from fulfillment.bank.transaction_search import Line, TransactionFilter, moment_of
from fulfillment.conversations import shown_charges
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Turn, card
from fulfillment.store.search import Found, Range, place_of

_LOOKED_BACK = timedelta(days=120)
_CHOICES = 5
_THIS = re.compile(
    r"\b(?:this|that|it|est[eao]|es[eao]"
    r"|(?:disp[uú]t|impugn|report|expl[ií][qc]|reclam|rechaz)\w*l[oa])\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|number (?:[1-9]|one|two|three|four|five)"
    r"|1st|2nd|3rd|4th|5th|top|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]"
    r"|n[uú]mero (?:[1-9]|uno|dos|tres|cuatro|cinco))\b",
    re.IGNORECASE,
)

Fits = Callable[[Line], bool]
Likely = Callable[[Sequence[Account]], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Charge:
    """A booked line and the account it stands on."""

    posting: Posting
    account: Account

    @property
    def name(self) -> str:
        """Who took the money, as the customer knows them."""
        return name_of(self.posting)


def name_of(line: Line) -> str:
    """What a line is called when one speaks of it."""
    return line.merchant or line.description


def find_charge(turn: Turn, likely: Likely = lambda _: ()) -> Charge | Reply:
    """The charge that the slots `charge`, `merchant` and `amount` name, or the question.

    Where they leave it open, it is of the `likely` ones of the open accounts.
    """
    accounts = Desk.of(turn).open_accounts()
    chosen = find_line(turn, accounts, is_disputable, likely)
    if isinstance(chosen, Reply):
        return chosen
    if not isinstance(chosen, Posting):
        return _unfit(turn, chosen)
    account = next(one for one in accounts if one.account_id == chosen.account_id)
    return Charge(chosen, account)


def find_line(
    turn: Turn, accounts: Sequence[Account], fits: Fits, likely: Likely = lambda _: ()
) -> Line | Reply:
    """The one line that the slots name among those that fit, or the question which."""
    said = turn.slots.get("charge")
    words = said.original_value if said else ""
    chosen = _pointed_at(turn, words, accounts)
    if chosen is not None and not fits(chosen):
        return _unfit(turn, chosen)
    if chosen is None:
        found = _described(turn, words, accounts, fits)
        # Whoever names a merchant means no other's charge, however likely that one is.
        if len(found) > 1 or (not found and turn.slots.get("merchant") is None):
            of_these = [one for one in likely(accounts) if not found or one in found]
            found = tuple(of_these[:_CHOICES]) or found
        if len(found) != 1:
            return _ask(turn, found, accounts, fits)
        chosen = found[0]
    turn.slots.set("charge", shown_charges.write_place(place_of(chosen)))
    return chosen


def is_disputable(line: Line) -> bool:
    """Whether it is booked money out that somebody else may have caused."""
    if not isinstance(line, Posting):
        return False
    return line.kind in DISPUTABLE_KINDS and line.amount.minor < 0


def _unfit(turn: Turn, line: Line) -> Reply:
    """The line that was pointed at cannot be disputed, or not yet."""
    desk = Desk.of(turn)
    turn.slots.clear("charge")
    view = {"name": name_of(line), "amount": _size(line)}
    if isinstance(line, Posting):
        return turn.close(desk.say("disputes.not_a_charge", **view), fulfilled=False)
    freeze = desk.choices("disputes.protect", [desk.speech.words("disputes.freeze")])
    return turn.close(desk.say("disputes.still_pending", **view), freeze, fulfilled=False)


def _size(line: Line) -> Money:
    return Money(abs(line.amount.minor), line.amount.currency)


def _pointed_at(turn: Turn, words: str, accounts: Sequence[Account]) -> Line | None:
    """The line that was chosen before, or that "the second one" of the list just shown is."""
    desk = Desk.of(turn)
    place = shown_charges.read_place(words)
    if place is None:
        shown = shown_charges.recall(turn, desk.now)
        words = words or " ".join(_PLACE.findall(turn.transcript))
        is_it = len(shown) == 1 and not turn.slots.get("merchant") and _THIS.search(turn.transcript)
        place = shown[0] if is_it else by_place(words, shown)
    if place is None or place.account_id not in {one.account_id for one in accounts}:
        return None
    return desk.books.lines.at(desk.customer_id, place)


def _recent(desk: Desk, accounts: Sequence[Account], limit: int, wanted: Fits) -> Found:
    """The newest lines of the last months that are wanted."""
    end = desk.now + timedelta(seconds=1)
    ids = [account.account_id for account in accounts]
    where = Range(ids, end - _LOOKED_BACK, end)
    return desk.books.lines.search(desk.customer_id, where, limit, wanted)


def _described(turn: Turn, words: str, accounts: Sequence[Account], fits: Fits) -> tuple[Line, ...]:
    """The newest that fit the merchant and the amount that were said; none when nothing was."""
    merchant, amount = turn.slots.get("merchant"), turn.slots.get("amount")
    if not accounts or not (words or merchant or amount):
        return ()
    said = amount.original_value if amount else words
    read = find_amount(said, turn.locale, accounts[0].posted.currency) if said else None
    money = read.amount if read and isinstance(read.amount, Money) else None
    name = merchant.original_value if merchant else None
    if name is None and money is None:
        name = words or None
    if name is None and money is None:
        return ()
    like = TransactionFilter(name, amounts=exactly(money) if money else None)
    desk = Desk.of(turn)
    return _recent(desk, accounts, _CHOICES, lambda line: fits(line) and like.wants(line)).lines[
        :_CHOICES
    ]


def _ask(turn: Turn, found: Sequence[Line], accounts: Sequence[Account], fits: Fits) -> Reply:
    desk = Desk.of(turn)
    slots = ("charge", "merchant", "amount")
    named = any(turn.slots.get(slot) for slot in slots)
    before = [] if found or named else _shown(turn, accounts, fits)
    choices = found or before or _recent(desk, accounts, _CHOICES, fits).lines[:_CHOICES]
    turn.slots.clear("charge")
    if not choices:
        return turn.close(desk.say("disputes.no_charges"), fulfilled=False)
    shown_charges.remember(turn, choices, desk.now)
    lines = [
        {
            "day": desk.speech.day(moment_of(line)),
            "name": name_of(line),
            "amount": _size(line),
        }
        for line in choices
    ]
    buttons = [
        (desk.speech.words("disputes.choice", **line), f"{place}: {line['name']}")
        for place, line in enumerate(lines, start=1)
    ]
    question = desk.say("disputes.which")
    if named and not found:
        question = desk.say("disputes.not_found", since=desk.speech.day(desk.now - _LOOKED_BACK))
    if not found:
        for slot in ("merchant", "amount"):
            turn.slots.clear(slot)
    return turn.elicit_slot("charge", question, card(desk.speech.words("disputes.recent"), buttons))


def _shown(turn: Turn, accounts: Sequence[Account], fits: Fits) -> list[Line]:
    """The lines of the list just shown that fit."""
    desk = Desk.of(turn)
    own = {account.account_id for account in accounts}
    places = [p for p in shown_charges.recall(turn, desk.now) if p.account_id in own]
    lines = (desk.books.lines.at(desk.customer_id, place) for place in places[:_CHOICES])
    return [line for line in lines if line is not None and fits(line)]
