"""Hears which fee a customer asks about, if it is one in particular."""

from __future__ import annotations

import re

_ENGLISH = {
    "foreign_percent": r"abroad|foreign|international|overseas|travel\w*|another country|currency",
    "overdraft_fee": r"over-?draft|overdraw\w*|overdrawn",
    "own_atm_fee": r"atms?|withdraw\w*|cash machine",
    "other_atm_fee": r"atms?|withdraw\w*|cash machine",
    "wire_fee": r"wires?",
    "late_fee": r"late",
    "cash_advance_percent": r"cash advances?",
    "monthly_fee": r"monthly|a month|per month|maintenance",
}
_PATTERNS = {
    "en": {fee: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for fee, words in _ENGLISH.items()}
}


def fees_asked(words: str, locale: str) -> frozenset[str]:
    """The names of the fees that `words` ask about; empty when they ask about fees in general.

    >>> sorted(fees_asked("what does an ATM withdrawal cost", "en_US"))
    ['other_atm_fee', 'own_atm_fee']
    """
    patterns = _PATTERNS.get(locale[:2], {})
    return frozenset(fee for fee, pattern in patterns.items() if pattern.search(words))
