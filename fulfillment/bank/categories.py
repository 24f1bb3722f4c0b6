"""The bank's categories of spending: a closed list, so that sums by category stay small."""

from __future__ import annotations

CATEGORIES = frozenset(
    "groceries dining transport travel utilities housing entertainment subscriptions shopping "
    "health education insurance fees cash business kids donations gifts".split()
)
OTHER = "other"
"""What has no category, or one that the bank does not keep."""
_ENDINGS = ("ies", "es", "s", "y")


def category_of(category: str | None) -> str:
    """The category under which a line is counted."""
    return category if category in CATEGORIES else OTHER


def category_named(said: str) -> str | None:
    """The category that a word names in any number ("grocery", "subscription"), or None."""
    stem = _stem(said.casefold().strip())
    return next((one for one in sorted(CATEGORIES) if _stem(one) == stem), None)


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one)), "")
    return word[: len(word) - len(ending)] if len(word) > len(ending) + 2 else word
