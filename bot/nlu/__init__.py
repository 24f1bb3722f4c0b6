"""The ears of the offline Lex: intents, slots, yes or no, learned from the bot's own words."""

from bot.nlu.ears import Ears, main_of
from bot.nlu.training import UnsupportedSlotTypeError, train

__all__ = ["Ears", "UnsupportedSlotTypeError", "main_of", "train"]
