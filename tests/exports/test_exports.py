"""Runs the exports in the folder that TELLER_EXPORTS names, and holds the conversations there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.conversation.lex_channel import LexChannel
from bot.conversation.parser import load as load_conversation
from bot.conversation.player import perform
from bot.definition import load
from bot.definition.model import BotLocale
from bot.runtime.hosted_bot import TEST_ALIAS_ID
from tests.exports.layout import Exhibit, exhibits_below, exports_below
from tests.exports.serving import Served, serving

FOLDER = Path(os.environ["TELLER_EXPORTS"]) if os.environ.get("TELLER_EXPORTS") else None
EXPORTS = exports_below(FOLDER) if FOLDER else []
EXHIBITS = exhibits_below(FOLDER) if FOLDER else []


def _shown(item: object) -> str:
    path = item.conversation if isinstance(item, Exhibit) else item
    return Path(str(path)).name


def test_there_are_exports_to_run() -> None:
    if FOLDER is None:
        pytest.skip("TELLER_EXPORTS is not set: no foreign exports run; see bring-your-own-bot.md")
    assert EXPORTS, f"there is no Lex V2 export below {FOLDER}"


@pytest.mark.parametrize("export", EXPORTS, ids=_shown)
def test_an_export_is_served_and_hears_its_own_samples(export: Path) -> None:
    definition = load(export)
    with serving(export) as bot:
        for locale in definition.locales.values():
            for text in _first_samples(locale):
                _hears(bot, locale, text)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=_shown)
def test_the_conversation_is_held_as_written(exhibit: Exhibit) -> None:
    conversation = load_conversation(exhibit.conversation)
    with serving(exhibit.export, exhibit.hook, exhibit.folder) as bot:
        channel = LexChannel(
            bot.client,
            bot_id=bot.bot_id,
            alias_id=TEST_ALIAS_ID,
            locale_id=conversation.locale,
            session_id="a-conversation",
        )
        playback = perform(conversation, channel)
    assert [str(mismatch) for mismatch in playback.mismatches] == []


def _first_samples(locale: BotLocale) -> list[str]:
    """One utterance without slots of each intent that can be recognised from the start."""
    eligible = [i for i in locale.intents.values() if not (i.is_fallback or i.input_contexts)]
    plain = [[u for u in intent.utterances if "{" not in u] for intent in eligible]
    return [utterances[0] for utterances in plain if utterances]


def _hears(bot: Served, locale: BotLocale, text: str) -> None:
    owners = {name for name, i in locale.intents.items() if text in i.utterances}
    session = f"{locale.locale_id}-{abs(hash(text))}"
    try:
        answer = bot.client.recognize_text(
            botId=bot.bot_id,
            botAliasId=TEST_ALIAS_ID,
            localeId=locale.locale_id,
            sessionId=session,
            text=text,
        )
    except bot.client.exceptions.DependencyFailedException:
        # Its code hook is not here; anything else would be a fault of ours.
        return
    heard = {i["intent"]["name"] for i in answer["interpretations"] if "intent" in i}
    assert owners & heard, text
