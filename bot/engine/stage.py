"""What a turn plays on: the bot's locale, who it is to its hooks, its ears, clock and dice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.definition.model import BotLocale
from bot.engine.effects import BotIdentity
from bot.engine.recogniser import Recogniser


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a turn needs that is not the session. `now` is aware; `rng` draws variations."""

    locale: BotLocale
    bot: BotIdentity
    recogniser: Recogniser
    now: datetime
    rng: Random
