"""Which booked line a customer means: by merchant, amount, or its place in a list just shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_merchant

_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "top": 0, "latest": 0, "newest": 0, "recent": 0, "last": 0,
    "second": 1, "2nd": 1, "two": 1, "third": 2, "3rd": 2, "three": 2, "fourth": 3, "4th": 3,
    "four": 3, "fifth": 4, "5th": 4, "five": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6,
    "eighth": 7, "8th": 7, "bottom": -1, "oldest": -1,
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_NUMBERED = re.compile(
    r"\s*(?:number |no\.? ?|#)?([1-9])\s*(?:[.:)].*|$)", re.IGNORECASE | re.DOTALL
)


def by_place(words: str, shown: Sequence[Posting]) -> Posting | None:
    """The line that "the second one", "number 2", "2: Netflix" or "the last" points at.

    "The last one" is the latest: lists are shown newest first.
    """
    numbered = _NUMBERED.fullmatch(words)
    if numbered:
        place = int(numbered[1]) - 1
        return shown[place] if place < len(shown) else None
    places = [_ORDINALS[word] for word in _WORD.findall(words.casefold()) if word in _ORDINALS]
    # "the second one" has two words for a place: the first that is not "one" decides.
    chosen = next(iter([p for p in places if p] or places), None)
    if chosen is None or chosen >= len(shown) or not shown:
        return None
    return shown[chosen]


def charges_like(
    postings: Sequence[Posting], merchant: str | None = None, amount: Money | None = None
) -> list[Posting]:
    """The lines of money out that fit the merchant's name and the amount; all when neither is
    known.
    """
    out = [posting for posting in postings if posting.amount.minor < 0]
    if amount is not None:
        out = [posting for posting in out if posting.amount == -amount]
    if merchant is None:
        return out
    names = {posting.merchant or posting.description for posting in out}
    meant = set(match_merchant(merchant, names).found)
    return [posting for posting in out if (posting.merchant or posting.description) in meant]
