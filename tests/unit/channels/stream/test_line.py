"""What may be put on a session's line, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.stream.line import (
    TURN_LASTS,
    Beginning,
    Line,
    answered,
    begin,
    failed,
    rung,
    seen,
    told,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_message_is_said_once_however_often_it_is_sent() -> None:
    line, first = begin(Line(), "m-1", NOW)
    assert first is Beginning.STARTED
    assert begin(line, "m-1", NOW)[1] is Beginning.KNOWN
    line = answered(line, "m-1")
    assert line.number == 1
    assert begin(line, "m-1", NOW)[1] is Beginning.KNOWN
    assert begin(line, "m-2", NOW)[1] is Beginning.STARTED


def test_one_message_is_answered_at_a_time() -> None:
    line, _ = begin(Line(), "m-1", NOW)
    assert begin(line, "m-2", NOW) == (line, Beginning.BUSY)


def test_a_turn_that_never_ended_holds_nobody_up_for_ever() -> None:
    line, _ = begin(Line(), "m-1", NOW)
    assert begin(line, "m-2", NOW + TURN_LASTS)[1] is Beginning.STARTED


def test_a_message_that_failed_may_be_sent_again() -> None:
    line, _ = begin(Line(), "m-1", NOW)
    assert begin(failed(line, "m-1"), "m-1", NOW)[1] is Beginning.STARTED


def test_an_answer_that_comes_when_the_next_turn_has_begun_leaves_that_turn_alone() -> None:
    line, _ = begin(Line(), "m-1", NOW)
    later = NOW + TURN_LASTS
    line, _ = begin(line, "m-2", later)
    line = answered(line, "m-1")
    assert line.in_turn(later)
    assert line.number == 1


def test_news_in_the_middle_of_a_turn_waits_for_its_end() -> None:
    line, _ = begin(Line(), "m-1", NOW)
    waiting = rung(line, NOW)
    assert waiting is not None
    assert answered(waiting, "m-1").rung
    assert rung(answered(line, "m-1"), NOW) is None


def test_news_is_heard_when_its_frame_was_seen_or_the_customer_goes_on() -> None:
    line = told(Line(number=4, bank=1), 2, 3, "")
    assert (line.number, line.bank, line.unheard) == (6, 3, 6)
    assert seen(line, 5) is None
    after = seen(line, 6)
    assert after is not None
    assert after.unheard == 0
    assert seen(after, 6) is None
    assert begin(line, "m-1", NOW)[0].unheard == 0


@given(st.lists(st.sampled_from(["say", "answer", "fail", "news", "see"]), max_size=60))
def test_numbers_never_go_back_and_each_is_given_once(events: list[str]) -> None:
    line, given_out, messages = Line(), 0, 0
    for event in events:
        before = line.number
        match event:
            case "say":
                messages += 1
                line, _ = begin(line, f"m-{messages}", NOW)
            case "answer":
                if line.turn:
                    line, given_out = answered(line, line.turn), given_out + 1
            case "fail":
                line = failed(line, line.turn)
            case "news":
                if rung(line, NOW) is None:
                    line, given_out = told(line, 1, line.bank + 1, ""), given_out + 1
            case _:
                line = seen(line, line.number) or line
        assert line.number >= before
    assert line.number == given_out
