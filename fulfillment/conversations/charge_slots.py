"""Finds the one booked charge a customer talks about, or asks which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from fulfillment.bank.amount_phrases import find_amount
from fulfillment.bank.books import Account, Posting
from fulfillment.bank.charges import by_place, charges_like
from fulfillment.bank.disputes import DISPUTABLE_KINDS
from fulfillment.bank.money import Money
from fulfillment.conversations import shown_charges
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Turn, card

_LOOKED_BACK = timedelta(days=120)
_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Charge:
    """A booked line and the account it stands on."""

    posting: Posting
    account: Account

    @property
    def name(self) -> str:
        """Who took the money, as the customer knows them."""
        return self.posting.merchant or self.posting.description


def find_charge(turn: Turn) -> Charge | Reply:
    """The charge that the slots `charge`, `merchant` and `amount` name, or the question."""
    desk = Desk.of(turn)
    accounts = {account.account_id: account for account in desk.open_accounts()}
    recent = _recent(desk, list(accounts.values()))
    said = turn.slots.get("charge")
    words = said.original_value if said else ""
    chosen = next((p for p in recent if p.posting_id == words), None)
    if chosen is None:
        chosen = by_place(words, shown_charges.recall(turn, recent, desk.now)) if words else None
    if chosen is None:
        found = _described(turn, words, recent)
        if len(found) != 1:
            return _ask(turn, found, recent, words)
        chosen = found[0]
    turn.slots.set("charge", chosen.posting_id)
    return Charge(chosen, accounts[chosen.account_id])


def _recent(desk: Desk, accounts: list[Account]) -> list[Posting]:
    """Charges of the last months, newest first."""
    end = desk.now + timedelta(seconds=1)
    found = [
        posting
        for account in accounts
        for posting in desk.books.postings_between(
            desk.customer_id, account.account_id, end - _LOOKED_BACK, end
        )
        if posting.kind in DISPUTABLE_KINDS and posting.amount.minor < 0
    ]
    return sorted(found, key=lambda posting: posting.booked_at, reverse=True)


def _described(turn: Turn, words: str, recent: list[Posting]) -> list[Posting]:
    """What fits the merchant and the amount that were said; nothing when nothing was."""
    if not recent:
        return []
    merchant, amount = turn.slots.get("merchant"), turn.slots.get("amount")
    currency = recent[0].amount.currency
    said_amount = amount.original_value if amount else words
    read = find_amount(said_amount, turn.locale, currency) if said_amount else None
    money = read.amount if read and isinstance(read.amount, Money) else None
    name = merchant.original_value if merchant else None
    if name is None and words and money is None:
        name = words
    if name is None and money is None:
        return []
    return charges_like(recent, name, money)


def _ask(turn: Turn, found: list[Posting], recent: list[Posting], words: str) -> Reply:
    desk = Desk.of(turn)
    turn.slots.clear("charge")
    if not recent:
        return turn.close(desk.say("disputes.no_charges"), fulfilled=False)
    named = bool(words or turn.slots.get("merchant") or turn.slots.get("amount"))
    before = [] if named else shown_charges.recall(turn, recent, desk.now)
    choices = (found or before or recent)[:_CHOICES]
    shown_charges.remember(turn, choices, desk.now)
    key = "disputes.which" if found or not named else "disputes.not_found"
    lines = [
        {
            "day": desk.speech.day(p.booked_at),
            "name": p.merchant or p.description,
            "amount": -p.amount,
        }
        for p in choices
    ]
    buttons = [
        (desk.speech.words("disputes.choice", **line), f"{place}: {line['name']}")
        for place, line in enumerate(lines, start=1)
    ]
    question = desk.say(key)
    if not found:
        for slot in ("merchant", "amount"):
            turn.slots.clear(slot)
    return turn.elicit_slot("charge", question, card(desk.speech.words("disputes.recent"), buttons))
