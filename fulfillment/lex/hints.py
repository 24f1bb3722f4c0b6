"""Runtime hints: phrases that Lex should expect as a slot's value, which the bot cannot list.

Names that only this customer knows, such as those of their payees. Source: Lex V2 API reference,
`RuntimeHints`, `RuntimeHintDetails`, `RuntimeHintValue`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MOST = 100
"""Lex takes no more phrases of one slot."""
LONGEST = 140
"""Characters of a phrase."""

Hints = dict[str, Any]


def with_phrases(hints: Mapping[str, Any], intent: str, slot: str, phrases: Sequence[str]) -> Hints:
    """`hints` on Lex's wire format, with `phrases` in place of those of one slot.

    Raises ValueError outside Lex's limits; the message names the slot and never a phrase.
    """
    if not 1 <= len(phrases) <= MOST:
        raise ValueError(f"hints of {slot}: Lex takes 1 to {MOST} phrases")
    if not all(1 <= len(phrase.encode("utf-16-le")) // 2 <= LONGEST for phrase in phrases):
        raise ValueError(f"hints of {slot}: Lex takes phrases of 1 to {LONGEST} characters")
    by_intent = dict(hints.get("slotHints") or {})
    values = [{"phrase": phrase} for phrase in phrases]
    by_intent[intent] = {**by_intent.get(intent, {}), slot: {"runtimeHintValues": values}}
    return {"slotHints": by_intent}
