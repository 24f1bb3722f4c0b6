"""Reply templates, one file a capability and locale, what renders them, and what fits them."""

from fulfillment.replies.channels import Channel, channel_of, fit
from fulfillment.replies.speech import Speech

__all__ = ["Channel", "Speech", "channel_of", "fit"]
