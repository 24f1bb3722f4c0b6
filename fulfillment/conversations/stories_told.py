"""The story of a scam that a customer told, remembered for the payments that may follow it.

Kept in a session attribute: which kind of story and when, never a word of it. Any caller can write
it, and then only warns themselves; whoever takes it out could as well have told no story.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from fulfillment.fraud.scam_stories import Story

ATTRIBUTE = "story"
_KEPT_FOR = timedelta(minutes=30)
"""Whoever is talked into a payment tries again, with other words."""


def remember_story(attributes: dict[str, str], story: Story, now: datetime) -> None:
    """From now on, payments are confirmed after a warning, and judged by it."""
    attributes[ATTRIBUTE] = f"{story} {now.isoformat(timespec='seconds')}"


def story_told(attributes: Mapping[str, str], now: datetime) -> Story | None:
    """The story that was told lately; None when none was, or what is kept cannot be read."""
    kind, _, at = attributes.get(ATTRIBUTE, "").partition(" ")
    try:
        age = now - datetime.fromisoformat(at)
        story = Story(kind)
    except (ValueError, TypeError):
        return None
    return story if timedelta(0) <= age <= _KEPT_FOR else None
