"""A hook in a process of its own fails; boto3 hears why, and the next turn is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.runtime.conftest import BOT_ID

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("failing", "raised RuntimeError: out of beans"),
        ("dying", "ended with status 9"),
        ("babbling", "Invalid Lambda Response"),
    ],
)
def test_a_failing_hook_is_a_dependency_failure_and_the_next_turn_works(
    client: LexRuntimeV2Client, mood: str, reason: str
) -> None:
    def say(text: str, attributes: dict[str, str]) -> str:
        answer = client.recognize_text(
            botId=BOT_ID,
            botAliasId="TSTALIASID",
            localeId="en_US",
            sessionId=f"mood-{mood}",
            text=text,
            sessionState={"sessionAttributes": attributes},
        )
        return answer["messages"][0]["content"]

    assert say("a flat white please", {}) == "Which size?"
    with pytest.raises(client.exceptions.DependencyFailedException) as refused:
        say("large", {"mood": mood})
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert reason in refused.value.response["Error"]["Message"]
    assert say("large", {}) == "A large flat white. Is that right?"


def test_a_process_that_died_was_told_of(client: LexRuntimeV2Client, said: list[str]) -> None:
    del said[:]
    with pytest.raises(client.exceptions.DependencyFailedException):
        client.recognize_text(
            botId=BOT_ID,
            botAliasId="TSTALIASID",
            localeId="en_US",
            sessionId="told-of",
            text="a flat white please",
            sessionState={"sessionAttributes": {"mood": "dying"}},
        )
    assert [sentence.split(" ended ")[1] for sentence in said] == [
        "with status 9; a new process starts with the next call."
    ]
