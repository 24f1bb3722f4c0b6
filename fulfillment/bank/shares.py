"""Amounts that are a part of what is there: "everything", "half my balance", "la mitad"."""

from __future__ import annotations

import re
from fractions import Fraction

_PARTS = {
    "half": Fraction(1, 2), "a half": Fraction(1, 2), "one half": Fraction(1, 2),
    "a third": Fraction(1, 3), "one third": Fraction(1, 3),
    "a quarter": Fraction(1, 4), "one quarter": Fraction(1, 4),
    "all": Fraction(1), "the whole": Fraction(1), "the entire": Fraction(1),
    "my whole": Fraction(1), "my entire": Fraction(1),
    "la mitad": Fraction(1, 2), "mitad": Fraction(1, 2), "un tercio": Fraction(1, 3),
    "la tercera parte": Fraction(1, 3), "un cuarto": Fraction(1, 4),
    "la cuarta parte": Fraction(1, 4), "todo": Fraction(1), "toda": Fraction(1),
    "el total": Fraction(1),
}  # fmt: skip
_WHOLES = frozenset(
    {
        "everything",
        "the lot",
        "the whole lot",
        "everything i have",
        "all i have",
        "todo lo que tengo",
        "todo lo que hay",
        "todo eso",
        "el saldo completo",
        "mi saldo completo",
        "todo lo disponible",
    }
)
_OF = re.compile(
    r"(?: of)?(?: (?:it|that|them|what i have|everything"
    r"|(?:my |the |of the |of my )?(?:available |current |whole |account )?"
    r"(?:balance|money|account|funds))"
    r"|(?: del?)? (?:eso|ello|lo que tengo|lo que hay|lo disponible"
    r"|(?:(?:mi|el|la) )?(?:saldo|dinero|cuenta)(?: disponible)?))?"
)


def share_of(said: str) -> Fraction | None:
    """The part of the balance that `said` (in lower case) asks for, or None."""
    if said in _WHOLES:
        return Fraction(1)
    for words, part in _PARTS.items():
        if said.startswith(words) and _OF.fullmatch(said[len(words) :]):
            return part
    return None


def is_share(said: str) -> bool:
    """Whether the words, in any case, ask for a part of what is there."""
    return share_of(" ".join(said.lower().split())) is not None
