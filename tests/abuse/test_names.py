"""A14: names of payees that pass for another's, sixty ways and more."""

from __future__ import annotations

import pytest

from fulfillment.bank.payee_names import NameProblem, looks_like, read_name

PAYEE = "Carol Spencer"
_LOOKS = {
    "C": "СϹⅭ", "a": "аɑα", "r": "гᴦ", "o": "оοഠօ", "l": "ӏ|1IⅼΙ", "S": "ЅՏ", "p": "рρ", "e": "еҽ",
    "n": "пո", "c": "сϲⅽ",
}  # fmt: skip
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufe0f\ufeff\uffa0"
    "\U000e0001\U000e0061"
)


def attacks() -> list[str]:
    """One letter replaced by one that looks like it, or one unseen character put in."""
    swapped = [
        PAYEE[:place] + other + PAYEE[place + 1 :]
        for place, letter in enumerate(PAYEE)
        for other in _LOOKS.get(letter, "")
    ]
    hidden = [PAYEE[:4] + unseen + PAYEE[4:] for unseen in _UNSEEN]
    return [*swapped, *hidden, PAYEE + "\u0301\u0301\u0301\u0301", "Саrоl Sреnсеr"]


@pytest.mark.parametrize("name", attacks(), ids=ascii)
def test_a14_a_name_that_passes_for_a_payee_s_is_refused_or_noticed(name: str) -> None:
    read = read_name(name)
    if isinstance(read, NameProblem) or read == PAYEE:
        return
    assert looks_like(read, PAYEE)


def test_a14_sixty_attacks_are_tried() -> None:
    assert len(set(attacks()) - {PAYEE}) >= 60
