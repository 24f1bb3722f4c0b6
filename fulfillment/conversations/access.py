"""Who may ask for what: everything but the talk itself needs a verified customer."""

from __future__ import annotations

from fulfillment.conversations.desk import Desk, NotVerifiedError

ABOUT_THE_TALK = frozenset(
    {"ContinueTask", "StartOver", "RepeatThat", "WhyAsked", "HoldOn", "Cancel"}
)
"""Intents about the conversation itself."""
VERIFY = "VerifyIdentity"
ABOUT_IDENTITY = frozenset({VERIFY, "ResendCode", "LogOut"})
"""Intents by which a customer proves who they are, or ends that."""
OPEN_INTENTS = (
    ABOUT_THE_TALK
    | ABOUT_IDENTITY
    | {"Welcome", "Help", "Goodbye", "TalkToHuman", "OtherService", "FallbackIntent"}
)
"""Open to anybody. Everything else is not: deny by default."""


def is_open_to(desk: Desk, intent: str) -> bool:
    """Whether whoever is at the desk may ask for `intent`."""
    return intent in OPEN_INTENTS or desk.identity.is_verified


def require(desk: Desk, intent: str) -> None:
    """Raises `NotVerifiedError` when nobody has proved who they are and `intent` asks for that."""
    if not is_open_to(desk, intent):
        raise NotVerifiedError
