"""Finds what a customer means among their own accounts, cards, payees and merchants.

A weak match is no match: two that fit are both returned, so that the customer is asked, and a
payee whose name is only similar is never taken for the one that was named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from fulfillment.bank.books import Account, AccountKind, Card, Payee
from fulfillment.bank.name_words import bare, everything_but_quantifier, readings

Thing = TypeVar("Thing")
# Measured on company and person names: a typo passes in four of five cases, and one stranger in
# five hundred does.
_ALIKE = 0.86
# Enough to ask "did you mean ...?", not to act.
_SIMILAR = 0.75
_SHORTEST_ALIKE = 4
_MAX_LENGTH = 200
_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_KINDS = {
    AccountKind.CHECKING: ("checking", "current", "chequing", "everyday", "main", "debit"),
    AccountKind.SAVINGS: ("savings", "saving", "fund", "pot"),
    AccountKind.CREDIT_CARD: ("credit", "credit card"),
    AccountKind.LOAN: ("loan",),
}


@dataclass(frozen=True, slots=True)
class Match(Generic[Thing]):
    """What was found; `all_of_them` when the customer asked for all.

    `near` holds what is only similar, when nothing was found: to be asked about ("did you
    mean ...?"), never to be used as if it had been said.
    """

    found: tuple[Thing, ...]
    all_of_them: bool = False
    near: tuple[Thing, ...] = ()

    @property
    def one(self) -> Thing | None:
        """The thing meant, when it is just one."""
        return self.found[0] if len(self.found) == 1 else None


@dataclass(frozen=True, slots=True)
class Named(Generic[Thing]):
    """A thing, its own names, other words for it, and the last four digits of its number."""

    thing: Thing
    names: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    last4: str | None = None

    @property
    def words(self) -> set[str]:
        """Every word that is in one of its names."""
        return {word for name in (*self.names, *self.kinds) for word in name.split()}


def match_account(text: str, accounts: Sequence[Account]) -> Match[Account]:
    """Accounts meant by "savings", "joint", "ending 4412", a name, or "all my accounts"."""
    named = [_account(account) for account in accounts]
    return _match_all(text, named) or _sure(text, named, (_same, _kind, _part_of, _alike))


def match_card(text: str, cards: Sequence[Card]) -> Match[Card]:
    """Cards meant by "debit card", "visa", "my visa debit", "the 4412 one", "both cards"."""
    named = [_card(card) for card in cards]
    return _match_all(text, named) or _sure(text, named, (_same, _kind, _part_of, _alike))


def another_card(text: str, cards: Iterable[Card]) -> str | None:
    """The four digits in `text` that end no number of these cards, or None."""
    known = {card.last4 for card in cards}
    named = _DIGITS.findall(text)
    return named[0] if named and known.isdisjoint(named) else None


def match_payee(text: str, payees: Sequence[Payee]) -> Match[Payee]:
    """Payees meant by a first name, a whole name, a nickname, or the end of their account number.

    "Anna Smith" is not the payee Anna Lindqvist, nor is "Hanna": those are `near`.
    """
    named = [_payee(payee) for payee in payees]
    match = _sure(text, named, (_same, _kind, _part_of))
    if match.found or _DIGITS.search(text):
        return match
    return Match((), near=_sure(text, named, (_among_others, _similar)).found)


def match_name(text: str, names: Iterable[str]) -> Match[str]:
    """People or businesses by name or a part of it, never by a likeness."""
    named = [Named(name, _known_as(name), _known_as(name.split()[0])) for name in names if name]
    return _sure(text, named, (_same, _kind, _part_of))


def match_merchant(text: str, merchants: Iterable[str]) -> Match[str]:
    """Merchants by name, as the bank writes it; "Whole Foods Market" finds "Whole Foods"."""
    named = [Named(name, _known_as(name)) for name in sorted(set(merchants))]
    return _sure(text, named, (_same, _part_of, _among_others, _alike))


def _account(account: Account) -> Named[Account]:
    return Named(account, _known_as(account.name), _KINDS[account.kind], account.last4)


def _card(card: Card) -> Named[Card]:
    brand, *_ = card.product.split() or [""]
    kinds = (*_known_as(brand), card.kind, *_known_as(f"{brand} {card.kind}"))
    return Named(card, _known_as(card.product), kinds, card.last4)


def _payee(payee: Payee) -> Named[Payee]:
    first, *_ = payee.name.split() or [""]
    names = (*_known_as(payee.name), *_known_as(payee.nickname or ""))
    return Named(payee, names, _known_as(first), payee.target[-4:])


def _known_as(name: str) -> tuple[str, ...]:
    return tuple(reading for reading in readings(name) if reading)


def _match_all(text: str, things: Sequence[Named[Thing]]) -> Match[Thing] | None:
    """ "all my accounts", "both savings accounts": everything, or all of a kind."""
    said = readings(text[:_MAX_LENGTH])
    if any(_same(one, thing) for one in said for thing in things):
        return None
    rest, just_two = everything_but_quantifier(text[:_MAX_LENGTH])
    if rest is None:
        return None
    found = tuple(t.thing for t in things if not rest or _same(rest, t) or _kind(rest, t))
    # "both" of three is a question, not an answer.
    return Match(found, all_of_them=bool(found) and (not just_two or len(found) == 2))


def _sure(
    text: str, things: Sequence[Named[Thing]], tests: Sequence[Callable[[str, Named[Thing]], bool]]
) -> Match[Thing]:
    """The things that pass the first test which any of them passes."""
    said = [one for one in readings(text[:_MAX_LENGTH]) if one]
    numbers = set(_DIGITS.findall(" ".join(said)))
    in_a_name = any(numbers & thing.words for thing in things)
    if numbers and not in_a_name:
        things = [thing for thing in things if thing.last4 in numbers]
        said = [bare(" ".join(w for w in one.split() if w not in numbers)) for one in said]
        if "" in said:
            return Match(tuple(thing.thing for thing in things))
    for test in tests:
        found = tuple(t.thing for t in things if any(test(one, t) for one in said))
        if found:
            return Match(found)
    return Match(())


def _same(said: str, thing: Named[Thing]) -> bool:
    return said in thing.names


def _kind(said: str, thing: Named[Thing]) -> bool:
    return said in thing.kinds


def _part_of(said: str, thing: Named[Thing]) -> bool:
    """Every word said is a word of the thing, and one of them is more than a joint."""
    words = set(said.split())
    return words <= thing.words and any(len(word) > 2 and word != "and" for word in words)


def _among_others(said: str, thing: Named[Thing]) -> bool:
    """A whole name was said, among other words."""
    words = set(said.split())
    return any(set(name.split()) <= words for name in (*thing.names, *thing.kinds))


def _alike(said: str, thing: Named[Thing]) -> bool:
    return _likeness(said, thing) >= _ALIKE


def _similar(said: str, thing: Named[Thing]) -> bool:
    return _likeness(said, thing) >= _SIMILAR


def _likeness(said: str, thing: Named[Thing]) -> float:
    """How like the likest of its names, 0 to 1; 0 for a word too short to be a slip."""
    if len(said) < _SHORTEST_ALIKE:
        return 0.0
    names = (*thing.names, *thing.kinds)
    return max((SequenceMatcher(None, said, name).ratio() for name in names), default=0.0)
