"""An unmodified boto3 client holds a whole conversation, played from a conversation file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.lex_channel import HookRetryingChannel, LexChannel
from bot.conversation.parser import load, parse
from bot.conversation.player import play
from bot.runtime.remembering_hook import RememberingHook
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


RETRIED = """\
customer: a small espresso to go
teller: A small espresso. Is that right?
customer: yes
teller: That is $2.50. Enjoy!
  attribute visits: 1
retry the hook
teller: That is $2.50. Enjoy!
  attribute visits: 1
customer: when do you open
  attribute visits: 1
"""


def test_a_hook_s_last_event_can_be_delivered_again(
    client: LexRuntimeV2Client, hook: RememberingHook
) -> None:
    channel = HookRetryingChannel(
        client,
        hook.again,
        bot_id=BOT_ID,
        alias_id="TSTALIASID",
        locale_id="en_US",
        session_id="hook-again",
    )
    assert [str(mismatch) for mismatch in play(parse(RETRIED), channel)] == []


def test_without_an_event_there_is_none_to_deliver_again(hook: RememberingHook) -> None:
    with pytest.raises(LookupError, match="never-spoke"):
        hook.again("never-spoke")


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
