"""Finds what a customer means among their own accounts, cards, payees and merchants.

A weak match is no match: two that fit are both returned, so that the customer is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from fulfillment.bank.books import Account, AccountKind, Card, Payee

Thing = TypeVar("Thing")
# Measured on company and person names: a typo passes in four of five cases, and one stranger in
# five hundred does.
_ALIKE = 0.86
_NOISE = {
    "my",
    "the",
    "our",
    "a",
    "an",
    "account",
    "accounts",
    "card",
    "one",
    "ending",
    "in",
    "with",
    "please",
}
_PLURALS = {"accounts", "balances", "cards"}
_ALL = {
    "all",
    "everything",
    "both",
    "every account",
    "every card",
    "lot",
    "all of them",
    "each of them",
}


@dataclass(frozen=True, slots=True)
class Match(Generic[Thing]):
    """What was found; `all_of_them` when the customer asked for all."""

    found: tuple[Thing, ...]
    all_of_them: bool = False

    @property
    def one(self) -> Thing | None:
        """The thing meant, when it is just one."""
        return self.found[0] if len(self.found) == 1 else None


def match_account(text: str, accounts: Sequence[Account]) -> Match[Account]:
    """Accounts meant by "savings", "joint", "ending 4412", a name, or "all my accounts"."""
    return _match(text, accounts, _account_names, lambda a: a.last4)


def match_card(text: str, cards: Sequence[Card]) -> Match[Card]:
    """Cards meant by "debit card", "visa", "my visa debit", "the 4412 one"."""
    return _match(text, cards, _card_names, lambda c: c.last4)


def match_payee(text: str, payees: Sequence[Payee]) -> Match[Payee]:
    """Payees meant by a first name, a whole name or a nickname."""
    return _match(text, payees, _payee_names, lambda _: None, allow_all=False)


def match_merchant(text: str, merchants: Iterable[str]) -> Match[str]:
    """Merchants by name, as the bank writes it."""
    return _match(text, sorted(set(merchants)), lambda m: [m], lambda _: None, allow_all=False)


def _account_names(account: Account) -> list[str]:
    kinds = {
        AccountKind.CHECKING: ["checking", "current", "chequing", "everyday", "main", "debit"],
        AccountKind.SAVINGS: ["savings", "saving"],
        AccountKind.CREDIT_CARD: ["credit", "credit card", "visa", "mastercard"],
        AccountKind.LOAN: ["loan"],
    }
    names = [account.name, *kinds[account.kind]]
    if account.kind is AccountKind.CREDIT_CARD:
        names = [n for n in names if n not in ("visa", "mastercard") or n in _fold(account.name)]
    return names


def _card_names(card: Card) -> list[str]:
    brand, *_ = card.product.split()
    return [card.product, brand, card.kind, f"{brand} {card.kind}"]


def _payee_names(payee: Payee) -> list[str]:
    first = payee.name.split()[0]
    return [payee.name, first, *([payee.nickname] if payee.nickname else [])]


def _match(
    text: str,
    things: Sequence[Thing],
    names: Callable[[Thing], list[str]],
    last4: Callable[[Thing], str | None],
    *,
    allow_all: bool = True,
) -> Match[Thing]:
    said = _fold(text)
    bare = " ".join(word for word in said.split() if word not in _NOISE)
    wants_all = bare in _ALL or said in _ALL or bare.startswith("all ") or _is_plural(said)
    if allow_all and wants_all:
        return Match(tuple(things), all_of_them=True)
    digits = re.search(r"\b(\d{4})\b", said)
    if digits is not None and (by_number := [t for t in things if last4(t) == digits[1]]):
        return Match(tuple(by_number))
    if not bare:
        return Match(())
    for test in (_same, _part_of, _alike):
        found = tuple(t for t in things if any(test(bare, _bare(n)) for n in names(t)))
        if found:
            return Match(found)
    return Match(())


def _is_plural(said: str) -> bool:
    """ "My accounts", "the cards": all of them, since none is named."""
    words = set(said.split())
    return bool(words & _PLURALS) and words <= _PLURALS | _NOISE


def _same(said: str, name: str) -> bool:
    return said == name


def _part_of(said: str, name: str) -> bool:
    """Every word said is in the name, or the whole name was said among other words."""
    return set(said.split()) <= set(name.split()) or set(name.split()) <= set(said.split())


def _alike(said: str, name: str) -> bool:
    return len(said) >= 4 and SequenceMatcher(None, said, name).ratio() >= _ALIKE


def _bare(name: str) -> str:
    folded = _fold(name)
    return " ".join(word for word in folded.split() if word not in _NOISE) or folded


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'s", "s")
    return " ".join(re.sub(r"[^\w\s&]", " ", plain).split())
