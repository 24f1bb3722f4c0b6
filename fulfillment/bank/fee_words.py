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


_PAID = {
    "en": re.compile(
        r"\b(?:avoid\w*|pay(?:ing)? less|lower fees|save on|cut down)\b"
        r"|\b(?:have|did|do) i (?:\w+ )?(?:pay|paid|spend|spent|lose|lost)\b.*\bfees\b"
        r"|\bfees\b.*\b(?:have|did) i (?:\w+ )?(?:pay|paid|spend|spent)\b"
        r"|\bfees (?:have )?cost me\b|\blost to fees\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:evit\w+|ahorrar|pagar menos|bajar)\b.*\b(?:comision\w*|cargos|tarifas)\b"
        r"|\bno pagar (?:tantas )?comisiones\b"
        r"|\b(?:he pagado|pagu[eé]|llevo pagad\w+|se me fue|gast[eé]|he gastado)\b"
        r".*\b(?:comision\w*|cargos del banco)\b",
        re.IGNORECASE,
    ),
}


def asks_of_fees_paid(words: str, locale: str) -> bool:
    """Whether they ask what fees came to, or how to pay fewer, and not what the bank charges.

    >>> asks_of_fees_paid("how can I avoid fees", "en_US")
    True
    """
    pattern = _PAID.get(locale[:2])
    return bool(pattern and pattern.search(words))


def fees_asked(words: str, locale: str) -> frozenset[str]:
    """The names of the fees that `words` ask about; empty when they ask about fees in general.

    >>> sorted(fees_asked("what does an ATM withdrawal cost", "en_US"))
    ['other_atm_fee', 'own_atm_fee']
    """
    patterns = _PATTERNS.get(locale[:2], {})
    return frozenset(fee for fee, pattern in patterns.items() if pattern.search(words))
