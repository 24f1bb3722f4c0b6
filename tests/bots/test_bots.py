"""Holds the conversation of every bot in this folder, through the API by an unmodified client."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import boto3
import pytest

from bot.conversation.lex_channel import LexChannel
from bot.conversation.parser import load as load_conversation
from bot.conversation.player import play
from bot.definition import load
from bot.nlu import train
from bot.runtime.hosted_bot import TEST_ALIAS_ID, hosted
from bot.runtime.http_api import create_runtime_app
from bot.runtime.lex_runtime import LexRuntime
from tests.integration.runtime.serving import served

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.rglob("*.chat"))
BOT_ID = "BOTOFTESTS"
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_the_bot_holds_its_conversation(file: Path) -> None:
    conversation, definition = load_conversation(file), load(file.parent)
    locale = definition.locales[conversation.locale]
    bot = hosted(BOT_ID, definition, {conversation.locale: train(locale)})
    ids = count()
    runtime = LexRuntime(
        [bot],
        clock=lambda: NOW,
        rng=random.Random(5),
        new_id=lambda: f"request-{next(ids)}",
    )
    with served(create_runtime_app(runtime)) as endpoint:
        channel = LexChannel(
            boto3.client(
                "lexv2-runtime",
                endpoint_url=endpoint,
                region_name="us-east-1",
                aws_access_key_id="testing",
                aws_secret_access_key="testing",
            ),
            bot_id=BOT_ID,
            alias_id=TEST_ALIAS_ID,
            locale_id=conversation.locale,
            session_id="a-conversation",
        )
        mismatches = play(conversation, channel)
    runtime.close()
    assert [str(mismatch) for mismatch in mismatches] == []


def test_every_bot_has_a_conversation() -> None:
    bots = {manifest.parent for manifest in FOLDER.rglob("Manifest.json")}
    assert bots == {file.parent for file in FILES}
