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
_SPANISH = {
    "foreign_percent": r"extranjero|internacional(?:es)?|otro pa[ií]s|viaj\w+|fuera del pa[ií]s",
    "overdraft_fee": r"sobregir\w+|descubierto",
    "own_atm_fee": r"cajeros?|retir\w+|atms?",
    "other_atm_fee": r"cajeros?|retir\w+|atms?",
    "wire_fee": r"giros?|wires?|transferencias? (?:bancarias?|electr[oó]nicas?)",
    "late_fee": r"atras\w+|mora|tarde",
    "cash_advance_percent": r"(?:adelanto|avance)s? de efectivo",
    "monthly_fee": r"mensual(?:idad)?|al mes|por mes|mantenimiento",
}
_PATTERNS = {
    language: {fee: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for fee, words in fees.items()}
    for language, fees in (("en", _ENGLISH), ("es", _SPANISH))
}


def fees_asked(words: str, locale: str) -> frozenset[str]:
    """The names of the fees that `words` ask about; empty when they ask about fees in general.

    >>> sorted(fees_asked("what does an ATM withdrawal cost", "en_US"))
    ['other_atm_fee', 'own_atm_fee']
    """
    patterns = _PATTERNS.get(locale[:2], {})
    return frozenset(fee for fee, pattern in patterns.items() if pattern.search(words))
