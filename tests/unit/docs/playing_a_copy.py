"""Plays a copy's new conversation file at its function, heard by the intent's own utterances.

A process of its own, since the copy's `fulfillment` is another than the one that is imported here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import fulfillment
from bot.conversation.checks import check
from bot.conversation.parser import load
from bot.conversation.reply import DialogState, Reply
from fulfillment.store.loading import load_books
from tests.aws_in_process import empty_dynamodb
from tests.integration.conversations.conftest import Bank
from tests.integration.store.calls import CountingClient
from tests.integration.store.table import create_table
from tests.unit.bank.values import opening_books


def main(copy: Path, intent: str) -> int:
    """Exit status 1 when a turn is not met, with what was said instead."""
    assert Path(fulfillment.__file__).is_relative_to(copy), "not the copy's fulfillment"
    locale = copy / "lex_definitions/Teller/BotLocales/en_US/Intents" / intent / "Intent.json"
    learned = {one["utterance"] for one in json.loads(locale.read_text())["sampleUtterances"]}
    [file] = (copy / "tests" / "conversations").rglob("*.chat")
    turns = load(file).turns
    with pytest.MonkeyPatch.context() as patched, empty_dynamodb(patched) as client:
        table = create_table(client)
        load_books(client, table, opening_books())
        counter = Bank(client, table, CountingClient(client)).counter()
        for turn in turns:
            said = str(getattr(turn.action, "text", ""))
            assert said in learned, f"nobody taught it {said!r}"
            dialog = DialogState(intent=intent, intent_state="Fulfilled")
            reply = Reply((counter.say(intent, said),), dialog=dialog)
            differences = check(turn, reply, {}).differences
            if differences:
                sys.stdout.write(f"{differences}\n{reply.texts}\n")
                return 1
    sys.stdout.write(f"{len(turns)} turn{'s' if len(turns) > 1 else ''} met\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2]))
