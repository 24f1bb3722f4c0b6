"""An unmodified boto3 client holds a whole conversation, played from a conversation file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation.lex_channel import LexChannel
from bot.conversation.parser import load
from bot.conversation.player import play
from tests.integration.runtime.conftest import BOT_ID

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client

ORDER = Path(__file__).parent / "order.chat"


def test_a_coffee_is_ordered_by_boto3(client: LexRuntimeV2Client) -> None:
    channel = LexChannel(
        client,
        bot_id=BOT_ID,
        alias_id="TSTALIASID",
        locale_id="en_US",
        session_id="order-by-file",
    )
    assert [str(mismatch) for mismatch in play(load(ORDER), channel)] == []


def test_two_customers_do_not_hear_each_other(client: LexRuntimeV2Client) -> None:
    def say(session_id: str, text: str) -> str:
        answer = client.recognize_text(
            botId=BOT_ID,
            botAliasId="TSTALIASID",
            localeId="en_US",
            sessionId=session_id,
            text=text,
        )
        return answer["messages"][0]["content"]

    assert say("ada", "a cappuccino to go") == "Which size?"
    assert say("bob", "large") == "Sorry, I only know coffee."
    assert say("ada", "large") == "A large cappuccino. Is that right?"
