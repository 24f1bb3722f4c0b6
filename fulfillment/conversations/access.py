"""Who may ask for what: everything but the talk itself needs a verified customer."""

from __future__ import annotations

from fulfillment.conversations.desk import Desk, NotVerifiedError

ABOUT_THE_TALK = frozenset(
    {"ContinueTask", "StartOver", "RepeatThat", "WhyAsked", "HoldOn", "Cancel"}
)
"""Intents about the conversation itself."""
OPEN_INTENTS = ABOUT_THE_TALK | {"Welcome", "Help", "Goodbye", "TalkToHuman", "FallbackIntent"}
"""Open to anybody. Everything else is not: deny by default."""


def require(desk: Desk, intent: str) -> None:
    """Raises `NotVerifiedError` when nobody has proved who they are and `intent` asks for that."""
    if intent not in OPEN_INTENTS and not desk.identity.is_verified:
        raise NotVerifiedError
