"""Where a payee's money goes: a US routing and account number, or an IBAN, checked by arithmetic.

A number that passes exists on paper only: no check digit says whose account it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class NumberProblem(StrEnum):
    """Why a text is not a receiving account."""

    NOT_A_NUMBER = "not_a_number"
    NEEDS_BOTH = "needs_both"
    """One number where a routing number and an account number belong."""
    BAD_ROUTING = "bad_routing"
    """The routing number's check digit does not fit."""
    BAD_IBAN = "bad_iban"
    """The IBAN's length or its check digits do not fit."""


@dataclass(frozen=True, slots=True)
class ReceivingAccount:
    """`target` is what a payment goes to: `routing-account`, or an IBAN without spaces."""

    target: str

    @property
    def is_iban(self) -> bool:
        return is_iban(self.target)

    @property
    def last4(self) -> str:
        """All of it that is ever shown."""
        return self.target[-4:]


_MAX_LENGTH = 200
_ROUTING = 9
_ACCOUNT = range(4, 18)
# A country, two check digits, and what may follow in groups.
_IBAN_START = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]*")
_IBAN_PART = re.compile(r"[A-Z0-9]+")
_DIGITS = re.compile(r"[0-9]+")
_SAYS_ACCOUNT = re.compile(r"\b(?:ACCOUNT|ACCT|CUENTA|CTA)\b")
_SAYS_ROUTING = re.compile(r"\b(?:ROUTING|ABA|RTN|RUTA|TR[AÁ]NSITO)\b")


def is_iban(target: str) -> bool:
    """Whether a payee's target is an IBAN: an account abroad, as seen from a US bank."""
    return _IBAN_START.fullmatch(target) is not None


def read_account_number(text: str) -> ReceivingAccount | NumberProblem:
    """The receiving account in `text`, whatever words and spaces are around it. Never raises."""
    said = unicodedata.normalize("NFKC", text[:_MAX_LENGTH]).upper()
    words = re.split(r"[\s,;:.()/-]+", said)
    start = next((i for i, word in enumerate(words) if _IBAN_START.fullmatch(word)), None)
    if start is not None:
        return _iban(words[start:])
    return _routing_and_account(said)


def _iban(words: list[str]) -> ReceivingAccount | NumberProblem:
    # Eighty countries' formats, read when somebody adds a payee: too dear for every cold start.
    from stdnum import iban

    whole = ""
    for word in words:
        if not _IBAN_PART.fullmatch(word):
            break
        whole += word
        if iban.is_valid(whole):
            return ReceivingAccount(whole)
    return NumberProblem.BAD_IBAN


def _routing_and_account(said: str) -> ReceivingAccount | NumberProblem:
    found = _DIGITS.findall(said)
    if not found:
        return NumberProblem.NOT_A_NUMBER
    if len(found) != 2:
        return NumberProblem.NEEDS_BOTH
    routing, account = found if _routing_comes_first(said, found) else reversed(found)
    if len(routing) != _ROUTING or len(account) not in _ACCOUNT or not account.strip("0"):
        return NumberProblem.NEEDS_BOTH
    if not _fits(routing):
        return NumberProblem.BAD_ROUTING
    return ReceivingAccount(f"{routing}-{account}")


def _routing_comes_first(said: str, found: list[str]) -> bool:
    """By what the customer calls them; without words, by which of them can be one."""
    account, routing = _SAYS_ACCOUNT.search(said), _SAYS_ROUTING.search(said)
    if account and routing:
        return routing.start() < account.start()
    first, second = (len(one) == _ROUTING and _fits(one) for one in found)
    return first or (not second and len(found[0]) == _ROUTING)


def _fits(routing: str) -> bool:
    from stdnum.us import rtn

    return rtn.is_valid(routing)
