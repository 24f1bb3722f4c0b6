"""What of an insight a customer asks for: rises, trials, bills, refunds."""

from __future__ import annotations

import re
from enum import StrEnum


class Focus(StrEnum):
    RISES = "rises"
    TRIALS = "trials"
    BILLS = "bills"
    TWICE = "twice"
    REFUNDS = "refunds"
    MISSING = "missing"
    PAYDAY = "payday"


_ENGLISH = (
    (Focus.TRIALS, r"\btrials?\b"),
    (
        Focus.RISES,
        r"\b(?:more expensive|dearer|price|prices|pricier|cost(?:s|ing)? (?:me )?more|went up"
        r"|gone up|go up|going up|going to cost|raised?|rise|rises|rose|increased?|increases"
        r"|hikes?|hiked|paying more)\b",
    ),
    (Focus.BILLS, r"\b(?:bills?|regular|recurring|every ?month|monthly|fixed|committed)\b"),
    (Focus.TWICE, r"\b(?:twice|duplicates?|duplicated|double|doubled|two times)\b"),
    (
        Focus.MISSING,
        r"\b(?:refunds?|money back)\b.*\b(?:missing|owed|due|outstanding|yet|still)\b"
        r"|\b(?:missing|owed|outstanding|still|yet)\b.*\b(?:refunds?|money back|given back)\b",
    ),
    (Focus.REFUNDS, r"\brefund(?:s|ed)?\b"),
    (Focus.PAYDAY, r"\bnext (?:pay ?day|pay|pay ?check|salary|wages)\b|\bpaid next\b|\bnext paid\b"
     r"|\bwill i (?:get|be) paid\b"),
)  # fmt: skip
_SPANISH = (
    (Focus.TRIALS, r"\b(?:pruebas?|de prueba)\b"),
    (
        Focus.RISES,
        r"\b(?:m[aá]s car[oa]s?|precios?|cuesta[n]? m[aá]s|cobra[n]? m[aá]s"
        r"|sub[ií]\w*|aument\w+|encarec\w+|alzas?|pagando m[aá]s)\b",
    ),
    (
        Focus.BILLS,
        r"\b(?:facturas?|recibos?|regulares?|recurrentes?|cada mes|mensual(?:es)?|fij[oa]s?)\b",
    ),
    (Focus.TWICE, r"\b(?:dos veces|doble|duplicad[oa]s?|repetid[oa]s?)\b"),
    (
        Focus.MISSING,
        r"\b(?:reembols\w+|devoluci\w+|devolver)\b.*\b(?:falta\w*|pendientes?|todav[ií]a|a[uú]n|deben)\b"
        r"|\b(?:falta\w*|pendientes?|todav[ií]a|a[uú]n|deben)\b.*\b(?:reembols\w+|devoluci\w+|devolver)\b",
    ),
    (Focus.REFUNDS, r"\b(?:reembols\w+|devoluci\w+|devolvieron|devuelto)\b"),
    (
        Focus.PAYDAY,
        r"\bpr[oó]xim[oa] (?:pago|sueldo|salario|n[oó]mina|quincena|cheque)\b"
        r"|\bcu[aá]ndo (?:me pagan|cobro|me van a pagar|es d[ií]a de pago)\b",
    ),
)
_PATTERNS = {
    language: [(focus, re.compile(words)) for focus, words in patterns]
    for language, patterns in {"en": _ENGLISH, "es": _SPANISH}.items()
}


def focus_in(words: str, locale: str) -> Focus | None:
    """What `words` ask for in particular, or None. `locale` is a Lex locale id.

    >>> focus_in("did any of my subscriptions go up?", "en_US").value
    'rises'
    """
    said = words.casefold().replace("\u2019", "'")
    patterns = _PATTERNS.get(locale[:2], [])
    return next((focus for focus, pattern in patterns if pattern.search(said)), None)
