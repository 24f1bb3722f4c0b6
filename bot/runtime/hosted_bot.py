"""A bot as the runtime hosts it: its definition, its ears, and the function behind each alias."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.definition import BotDefinition, BotLocale
from bot.engine.effects import BotIdentity
from bot.engine.recogniser import Recogniser
from bot.runtime.code_hook import CodeHook

TEST_ALIAS_ID = "TSTALIASID"
"""The alias that every bot has; the console's (developer guide, "Testing a bot")."""

TEST_ALIAS_NAME = "TestBotAlias"


@dataclass(frozen=True, slots=True)
class HostedAlias:
    """A name that callers use for the bot, and the code hook that works for them."""

    alias_id: str
    name: str
    code_hook: CodeHook | None = None


@dataclass(frozen=True, slots=True)
class HostedBot:
    """A bot that can be spoken to: a recogniser for each locale, an alias for each caller."""

    bot_id: str
    definition: BotDefinition
    recognisers: Mapping[str, Recogniser]
    aliases: Mapping[str, HostedAlias]


@dataclass(frozen=True, slots=True)
class Addressed:
    """One bot, alias and locale: where a request goes."""

    bot: HostedBot
    alias: HostedAlias
    locale: BotLocale
    recogniser: Recogniser

    @property
    def identity(self) -> BotIdentity:
        """How code hooks are told which bot speaks."""
        definition = self.bot.definition
        return BotIdentity(
            bot_id=self.bot.bot_id,
            name=definition.name,
            alias_id=self.alias.alias_id,
            alias_name=self.alias.name,
            locale_id=self.locale.locale_id,
            version=definition.version,
        )


def hosted(
    bot_id: str,
    definition: BotDefinition,
    recognisers: Mapping[str, Recogniser],
    code_hook: CodeHook | None = None,
    aliases: Mapping[str, str] | None = None,
) -> HostedBot:
    """A bot whose aliases (names by id; the test alias is always among them) share one hook."""
    names = {TEST_ALIAS_ID: TEST_ALIAS_NAME, **(aliases or {})}
    return HostedBot(
        bot_id,
        definition,
        recognisers,
        {alias_id: HostedAlias(alias_id, name, code_hook) for alias_id, name in names.items()},
    )
