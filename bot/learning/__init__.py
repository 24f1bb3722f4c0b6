"""What a running bot failed to understand: collected without what is private, and learned from."""

from bot.learning.missed import Missed, MissedUtterances, read_missed
from bot.learning.redacting import redacted

__all__ = ["Missed", "MissedUtterances", "read_missed", "redacted"]
