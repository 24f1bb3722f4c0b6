"""A session saved as a conversation file: read by our parser, and passed when played again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console.export import conversation_file
from bot.conversation.lex_channel import reply_from_lex
from bot.conversation.parser import parse
from bot.conversation.player import play
from bot.conversation.reply import Reply
from bot.conversation.script import Say
from bot.runtime.session_store import SessionKey
from bot.runtime.turn_log import TurnRecord
from tests.unit.console.conftest import Bench

KEY = SessionKey("BEANBAR001", "TSTALIASID", "en_US", "tester")


@dataclass
class AsRecorded:
    """A channel that answers what was answered when the session was recorded."""

    records: list[TurnRecord]

    def say(self, text: str) -> Reply:
        record = self.records.pop(0)
        assert text.split() == (record.text or "").split()
        if record.response is None:
            return Reply(error=record.error)
        return reply_from_lex(record.response)


@dataclass
class Again:
    """The same bot, in another session."""

    bench: Bench

    def say(self, text: str) -> Reply:
        view = self.bench.say(text, "again")
        return Reply(error=view["error"]) if view["error"] else reply_from_lex(view["response"])


def record(text: str, response: Any, error: str | None = None) -> TurnRecord:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return TurnRecord(
        "r", "RecognizeText", KEY, at, text, {}, response, error, (), (), duration_ms=1.0
    )


def test_an_exported_conversation_passes_when_it_is_played_again(bench: Bench) -> None:
    for text in (
        "when do you open",
        "can I get a decaf",
        "can I get a short black",
        "hmm",
        "large",
        "",
        "yes",
    ):
        bench.say(text)
    file = parse(bench.exported())
    assert len(file.turns) == 7
    assert any(turn.expectations for turn in file.turns)
    assert play(file, Again(bench)) == []


def test_an_answer_of_several_lines_is_written_line_by_line() -> None:
    answer = {"messages": [{"contentType": "PlainText", "content": "Pending:\n- Shell\n- Target"}]}
    text = conversation_file([record("what is pending", answer)], None, None)
    assert "teller: Pending:\n| - Shell\n| - Target\n" in text


def test_a_different_answer_is_told_when_it_is_played(bench: Bench) -> None:
    bench.say("when do you open")
    file = parse(bench.exported().replace("eight to six", "nine to five"))
    assert len(play(file, Again(bench))) == 1


def test_the_customer_and_the_testers_attributes_are_told(bench: Bench) -> None:
    bench.say("when do you open", customer="ana", sessionAttributes={"tier": "gold"})
    text = bench.exported(customer="ana")
    assert parse(text).customer == "ana"
    assert "# The session attribute tier was set to: gold" in text
    assert parse(bench.exported(customer="stranger")).customer is None


TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("{}[]()/\\|.#:…\n\"' ")),
    max_size=40,
)
MESSAGES = st.lists(
    st.fixed_dictionaries({"contentType": st.just("PlainText"), "content": TEXT}), max_size=3
)


@given(said=st.lists(st.tuples(TEXT, MESSAGES), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_whatever_is_said_and_answered_is_read_back_and_passes(
    said: list[tuple[str, list[dict[str, str]]]],
) -> None:
    records = [record(text, {"messages": messages}) for text, messages in said]
    file = parse(conversation_file(records, None, None))
    assert len(file.turns) == len(records)
    assert play(file, AsRecorded(list(records))) == []


@given(text=TEXT.filter(lambda text: text.splitlines() == [text]))
@settings(max_examples=150, deadline=None)
def test_a_line_of_the_customers_is_sent_again_to_the_letter(text: str) -> None:
    (turn,) = parse(conversation_file([record(text, {})], None, None)).turns
    if text.strip():
        assert turn.action == Say(text)
