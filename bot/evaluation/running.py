"""Runs a test set: every conversation in a fresh session, every row to its end."""

from __future__ import annotations

from collections.abc import Iterator

from bot.evaluation.hearing import Heard, Speaker
from bot.evaluation.judging import ConversationResult, RowResult, judge
from bot.evaluation.test_set import Conversation, TestSet, UserRow


def run(test_set: TestSet, speaker: Speaker) -> list[ConversationResult]:
    """The results in the order of the set.

    After a row that failed, the conversation goes on in the session as it is: what comes later
    may still be right, and an author wants to see it.
    """
    results = []
    for number, conversation in enumerate(test_set.conversations, start=1):
        rows = tuple(_rows(conversation, speaker, f"evaluation-{number}"))
        results.append(ConversationResult(conversation, rows))
    return results


def _rows(conversation: Conversation, speaker: Speaker, session_id: str) -> Iterator[RowResult]:
    for row in conversation.rows:
        if isinstance(row, UserRow):
            yield judge(row, speaker.say(session_id, row))


def said_before(conversation: ConversationResult) -> Iterator[tuple[str, str]]:
    """For each agent row, what its author expected and what the bot said before it."""
    results = {result.row.line: result.heard for result in conversation.rows}
    latest: Heard | None = None
    for row in conversation.conversation.rows:
        if isinstance(row, UserRow):
            latest = results[row.line]
        else:
            yield row.text, " ".join(latest.messages) if latest else ""
