"""Reply templates, one file a capability and locale, and what renders them."""

from fulfillment.replies.speech import Speech

__all__ = ["Speech"]
