"""One turn at a time in a session; others go on beside it, up to a bound."""

from __future__ import annotations

import pytest

from bot.runtime.errors import ConflictError, ThrottlingError
from bot.runtime.session_store import SessionKey
from bot.runtime.turn_guard import TurnGuard

KEY = SessionKey("TELLERBOT0", "TSTALIASID", "en_US", "session-1")
OTHER = KEY._replace(session_id="session-2")
THIRD = KEY._replace(session_id="session-3")


def test_a_second_turn_of_a_session_is_a_conflict() -> None:
    guard = TurnGuard()
    with guard.turn(KEY), pytest.raises(ConflictError), guard.turn(KEY):
        pass


def test_the_conflict_leaves_the_first_turn_its_hold() -> None:
    guard = TurnGuard()
    with guard.turn(KEY):
        for _ in range(2):
            with pytest.raises(ConflictError), guard.turn(KEY):
                pass


def test_other_sessions_go_on() -> None:
    guard = TurnGuard()
    with guard.turn(KEY), guard.turn(OTHER):
        pass


def test_a_turn_that_fails_lets_go() -> None:
    guard = TurnGuard()
    with pytest.raises(ZeroDivisionError), guard.turn(KEY):
        raise ZeroDivisionError
    with guard.turn(KEY):
        pass


def test_too_many_turns_at_once_are_throttled() -> None:
    guard = TurnGuard(max_turns=2)
    with guard.turn(KEY), guard.turn(OTHER), pytest.raises(ThrottlingError), guard.turn(THIRD):
        pass
    with guard.turn(THIRD):
        pass
