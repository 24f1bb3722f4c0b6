"""Missed utterances are kept as they happen, and read from either form of log."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.learning import MissedUtterances, read_missed
from bot.runtime.session_store import SessionKey
from bot.runtime.turn_log import TurnRecord

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FALLBACK = {"intent": {"name": "FallbackIntent"}}


def scored(intent: str, score: Any) -> dict[str, Any]:
    return {"intent": {"name": intent}, "nluConfidence": score}


def turn(text: str, *readings: dict[str, Any], asked: str | None = None) -> TurnRecord:
    return TurnRecord(
        request_id="r",
        operation="RecognizeText",
        session=SessionKey("B", "A", "en_US", "s"),
        at=AT,
        text=text,
        request={},
        response={"interpretations": list(readings)},
        error=None,
        hooks=(),
        trace=(),
        duration_ms=1.0,
        asked=asked,
    )


def kept(*turns: TurnRecord) -> list[str]:
    lines: list[str] = []
    observer = MissedUtterances(lines.append)
    for one in turns:
        observer(one)
    return lines


def logged(text: str, reading: dict[str, Any], action: str, *, missed: bool) -> str:
    entry = {
        "message-version": "2.0",
        "bot": {"localeId": "en_US"},
        "inputTranscript": text,
        "interpretations": [reading],
        "missedUtterance": missed,
        "sessionState": {"dialogAction": {"type": action}},
        "timestamp": "2026-11-23T12:00:00.000Z",
    }
    return json.dumps(entry)


def test_what_was_missed_or_barely_heard_is_kept_without_what_is_private() -> None:
    lines = kept(
        turn("gift 20 to Anna", FALLBACK),
        turn("moolah left", scored("CheckBalance", {"score": 0.5})),
        turn("what's my balance", scored("CheckBalance", {"score": 0.99})),
    )
    found = list(read_missed(lines))
    assert [(m.text, m.heard, m.score) for m in found] == [
        ("gift # to <name>", "FallbackIntent", None),
        ("moolah left", "CheckBalance", 0.5),
    ]
    assert found[0].at == "2026-11-23"


def test_a_reply_to_a_question_is_not_kept() -> None:
    assert kept(turn("Rosebud Ltd", FALLBACK, asked="payee")) == []


def test_lexs_own_logs_are_read_with_their_scores_as_text() -> None:
    lines = [
        logged("gift 20", FALLBACK, "Close", missed=True),
        logged("moolah left", scored("CheckBalance", "0.5"), "Close", missed=False),
        logged("savings", scored("CheckBalance", "0.1"), "ElicitSlot", missed=False),
        logged("hello", scored("Welcome", "1.0"), "Close", missed=False),
        "",
    ]
    assert [m.text for m in read_missed(lines)] == ["gift #", "moolah left"]


def test_a_line_with_a_time_before_it_as_cloudwatch_exports_it_is_read() -> None:
    line = "2026-11-23T12:00:00.000Z " + logged("gift", FALLBACK, "Close", missed=True)
    assert [m.text for m in read_missed([line])] == ["gift"]


@pytest.mark.parametrize("line", ["no log", "{", '{"text": 1}', "{}", '{"message-version": "2.0"}'])
def test_a_line_that_is_no_entry_is_told_by_its_number(line: str) -> None:
    good = kept(turn("gift", FALLBACK))
    if line == '{"message-version": "2.0"}':
        assert list(read_missed([line])) == []
        return
    with pytest.raises(ValueError, match="line 2"):
        list(read_missed([*good, line]))
