"""Takes out of what a customer said what nobody may keep, before it is used or stored.

A channel does the same before Lex hears it (`bot/channels`): the two rooms share no code, and a
test holds both to the same table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RUN = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
_CARD_LENGTHS = frozenset({13, 14, 15, 16, 19})
# What payment cards begin with: Visa, Mastercard, American Express, Diners, Discover, JCB.
_CARD = re.compile(r"4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[47]|3[068]|35|6011|64[4-9]|65")
_CALLED = r"(?:\s*(?:is|was|es|era|[:=])\s*|\s+)"
_DIGITS_CALLED = re.compile(
    r"(?i)\b(pin(?: (?:number|code))?|cvv2?|cvc2?|security code|c[óo]digo de seguridad)"
    rf"{_CALLED}(\d(?:[ -]?\d){{2,5}})(?!\w)"
)
_PASSWORD_CALLED = re.compile(
    r"(?i)\b(password|passphrase|passcode|contrase[ñn]a)\s*(?:is|was|es|era|[:=])\s*[\"'“]?"
    r"(?!(?:not|n't|wrong|incorrect|blocked|locked|expired|forgotten|lost|stolen|the|a|an|my|too"
    r"|weak|old|no|being|still|now|so|very|what|where|never|incorrecta|vieja)\b)([^\s\"'”]{4,})"
)
REMOVED = "[removed]"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a text, and whether something was taken out of it."""

    text: str
    had_secret: bool


def without_secrets(text: str) -> Cleaned:
    """`text` without passwords, PINs, security codes and whole card numbers.

    A card number leaves its last four digits: they say which card is meant. What merely looks like
    one (a wrong check digit, an IBAN, an account number) stays.
    """
    cleaned = _RUN.sub(_without_card, text)
    cleaned = _DIGITS_CALLED.sub(rf"\1 {REMOVED}", cleaned)
    cleaned = _PASSWORD_CALLED.sub(rf"\1 {REMOVED}", cleaned)
    return Cleaned(cleaned, cleaned != text)


def _without_card(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    is_card = len(digits) in _CARD_LENGTHS and _CARD.match(digits) and _checks(digits)
    return f"card ending {digits[-4:]}" if is_card else match[0]


def _checks(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1 (Luhn)."""
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
