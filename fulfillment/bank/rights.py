"""Hears words that invoke a customer's legal right, whatever else is said.

A bank that does not notice them has still been notified. Sources: Regulation E, 12 CFR 1005.11(b)
(an oral notice of an error counts, in any words); CFPB, "Chatbots in consumer finance" (2023), on
assistants that fail to recognise that a customer is invoking a right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

_MOVEMENT = r"(?:charges?|transactions?|payments?|transfers?|withdrawals?|purchases?|debits?)"
_PATTERNS = {
    "en": {
        "dispute": (
            rf"\bun-?authori[sz]ed {_MOVEMENT}\b|\bfraudulent {_MOVEMENT}\b"
            rf"|\b{_MOVEMENT} (?:is|was|are|were) (?:un-?authori[sz]ed|fraudulent)\b"
            r"|\b(?:did ?n['o]?t|did not|never|have ?n['o]?t|have not) authori[sz]ed?\b"
            r"|\bi(?:'m| am)? (?:hereby |formally |officially )?disput(?:e|ing)\b"
            r"|\b(?:want|wish|like|going|need|have) to (?:formally |officially )?dispute\b"
            r"|\bcharge-?back\b|\bbilling error\b|\breg(?:ulation)? ?[ez]\b"
        ),
        "complaint": (
            r"\b(?:make|file|filing|lodge|lodging|raise|raising|submit|register|record|open)"
            r" (?:a|an|my|this)?(?: \w+)? ?(?:complaint|grievance)\b"
            r"|\b(?:formal|official) complaint\b|\bwant to (?:formally |officially )?complain\b"
            r"|\b(?:cfpb|ombudsman)\b"
        ),
    },
    "es": {
        "dispute": (
            r"\b(?:cargo|cobro|pago|transacci[oó]n|retiro|compra)s? (?:que )?no (?:lo |la )?"
            r"(?:autorizad[oa]s?|autoric[eé]|reconozco)\b"
            r"|\bno (?:autoric[eé]|he autorizado|reconozco)\b|\b(?:fraudulent[oa]s?)\b"
            r"|\b(?:quiero|deseo|necesito|voy a) (?:disputar|impugnar)\b|\bcontracargo\b"
        ),
        "complaint": (
            r"\b(?:presentar|poner|hacer|interponer|registrar) (?:una |mi )?(?:\w+ )?"
            r"(?:queja|reclamaci[oó]n)\b|\bqueja formal\b|\bquiero quejarme\b"
            r"|\breclamaci[oó]n formal\b|\b(?:cfpb|defensor del cliente)\b"
        ),
    },
}


class Right(StrEnum):
    """What a customer may invoke by saying so."""

    DISPUTE = "dispute"
    COMPLAINT = "complaint"


@cache
def _heard(language: str) -> Mapping[Right, re.Pattern[str]]:
    """Compiled when somebody first speaks the language: a chat has one, and a cold start waits."""
    patterns = _PATTERNS.get(language, {})
    return {Right(right): re.compile(words) for right, words in patterns.items()}


def right_in(words: str, locale: str) -> Right | None:
    """The right that `words` invoke, or None. `locale` is a Lex locale id.

    >>> right_in("there is an unauthorized charge on my card", "en_US").value
    'dispute'
    """
    said = words.casefold().replace("\u2019", "'")
    heard = _heard(locale[:2])
    return next((right for right, words in heard.items() if words.search(said)), None)
