"""What a customer wants to find in the history: read from the slots and the sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from fulfillment.bank.amount_ranges import AmountRange, exactly, find_range
from fulfillment.bank.amounts import parse_amount
from fulfillment.bank.books import Account
from fulfillment.bank.categories import category_named
from fulfillment.bank.money import Money
from fulfillment.bank.transaction_search import TransactionFilter, flow_said, pending_said
from fulfillment.conversations.last_search import LONGEST_NAME
from fulfillment.lex import Turn

_WORDS = "searchWords"
_AN_ANSWER = 4
_A_REQUEST = re.compile(
    r"\b(?:show|find|list|search|what|which|transactions?|purchases?|charges?|mu[eé]str\w+|mostrar"
    r"|ver|busc\w+|qu[eé]|cu[aá]l\w*|movimientos?|transacci[oó]n|transacciones|compras?|cargos?)\b",
    re.IGNORECASE,
)
_MAX_LENGTH = 300


def filter_said(turn: Turn, accounts: list[Account]) -> TransactionFilter:
    """The filter that this turn's slots and words name; `accounts` tell the currency."""
    words = _words(turn)
    merchant, category = turn.slots.get("merchant"), turn.slots.get("category")
    return TransactionFilter(
        name=_named(merchant.original_value) if merchant else None,
        category=_named(category.best) if category else None,
        amounts=_amounts(turn, words, accounts),
        flow=flow_said(words),
        pending=pending_said(words),
    )


def _named(said: str) -> str | None:
    """What may be a name, as long as one is remembered; None where nothing can be read."""
    kept = said.strip()[:LONGEST_NAME].strip()
    return kept if any(char.isalnum() for char in kept) else None


def not_an_account(turn: Turn, said: str, wanted: TransactionFilter) -> TransactionFilter:
    """What else the words may mean that were heard as an account: "my grocery transactions"."""
    turn.slots.clear("account")
    category = category_named(said)
    return replace(wanted, category=category) if category else wanted


def _words(turn: Turn) -> str:
    """The sentence; with the one before it when this is only the answer to a question."""
    before = turn.session.pop(_WORDS, "")
    said = turn.transcript
    if before and len(said.split()) <= _AN_ANSWER and not _A_REQUEST.search(said):
        return f"{before} {said}"
    return said


def keep_words(turn: Turn) -> None:
    """Keep the sentence for the next turn: a question comes first."""
    turn.session[_WORDS] = turn.transcript[:_MAX_LENGTH]


def _amounts(turn: Turn, words: str, accounts: list[Account]) -> AmountRange | None:
    currency = accounts[0].posted.currency if accounts else ""
    if not currency:
        return None
    found = find_range(words, turn.locale, currency)
    said = turn.slots.get("amount")
    if found is not None or said is None:
        return found
    amount = parse_amount(said.original_value, turn.locale, currency)
    return exactly(amount) if isinstance(amount, Money) and amount.is_positive else None
