"""The ears of the offline Lex: intents, slots, yes or no, learned from the bot's own words."""

from bot.nlu.training import UnsupportedSlotTypeError, train

__all__ = ["UnsupportedSlotTypeError", "train"]
