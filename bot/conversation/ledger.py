"""Ledger effects as conversation files write them: `checking -$50.00, savings +$50.00`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_SHOWN = {currency: symbol for symbol, currency in _SYMBOLS.items()}

_CHANGE = re.compile(
    r"""(?P<account>.+?)\s+
        (?P<sign>[+\-−])\s*
        (?:(?P<symbol>[$€£¥])|(?P<code>[A-Z]{3})\s*)
        (?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)""",
    re.VERBOSE,
)
# A comma ends a change unless a group of three digits follows, as in $1,250.00.
_COMMA = re.compile(r",(?!\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """`amount` major units of `currency` (ISO 4217) came into an account; negative went out."""

    account: str
    amount: Decimal
    currency: str

    def __str__(self) -> str:
        sign = "-" if self.amount < 0 else "+"
        unit = _SHOWN.get(self.currency, f"{self.currency} ")
        return f"{self.account} {sign}{unit}{abs(self.amount):,}"


def parse_changes(text: str) -> tuple[LedgerChange, ...]:
    """The changes in `text`; `nothing` is none. Raises `ValueError` naming what is wrong.

    >>> [str(change) for change in parse_changes("checking -$1,250.00, joint +EUR 20")]
    ['checking -$1,250.00', 'joint +€20']
    """
    if text.strip().lower() == "nothing":
        return ()
    return tuple(_change(part.strip()) for part in _COMMA.split(text))


def _change(text: str) -> LedgerChange:
    found = _CHANGE.fullmatch(text)
    if found is None:
        raise ValueError(
            f"“{text}” is not a ledger change; write an account and a signed amount,"
            " like: checking -$50.00"
        )
    amount = Decimal(found["amount"].replace(",", ""))
    currency = found["code"] or _SYMBOLS[found["symbol"]]
    signed = amount if found["sign"] == "+" else -amount
    return LedgerChange(found["account"].strip(), signed, currency)


def same_changes(first: Iterable[LedgerChange], second: Iterable[LedgerChange]) -> bool:
    """Whether both say the same, in any order; account names without regard to case."""
    return _counted(first) == _counted(second)


def _counted(changes: Iterable[LedgerChange]) -> Counter[tuple[str, Decimal, str]]:
    return Counter(
        (change.account.casefold(), change.amount, change.currency) for change in changes
    )


def written(changes: Iterable[LedgerChange]) -> str:
    """The changes as a conversation file would write them."""
    return ", ".join(str(change) for change in changes) or "nothing"
