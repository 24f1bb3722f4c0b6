"""What can be gone back to has a name in every locale: nobody had begun "something else"."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import lex_definitions
from bot.definition import load
from fulfillment.conversations.access import ABOUT_IDENTITY, ABOUT_THE_TALK
from fulfillment.conversations.digressions import GLANCES
from fulfillment.replies import Speech
from fulfillment.replies.speech import locales

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BOT = load(Path(lex_definitions.__file__).parent)


@pytest.mark.parametrize("locale", sorted(locales()))
def test_every_task_that_asks_for_something_is_called_by_its_name(locale: str) -> None:
    words = Speech(locale, "UTC", NOW).words
    nameless = words("tasks.shall_we_go_on", task="NoSuchTask")
    unasked = GLANCES | ABOUT_IDENTITY | ABOUT_THE_TALK
    asking = {one.name for one in BOT.locales[locale].intents.values() if one.slots} - unasked
    assert len(asking) > 20
    assert {
        task for task in asking if words("tasks.shall_we_go_on", task=task) == nameless
    } == set()
