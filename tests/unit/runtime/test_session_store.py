"""Sessions live for their idle time, apart from each other, and their number is bounded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.errors import ThrottlingError
from bot.runtime.session_store import SessionKey, SessionStore

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = SessionKey("TELLERBOT0", "TSTALIASID", "en_US", "session-1")


def other(number: int) -> SessionKey:
    return KEY._replace(session_id=f"other-{number}")


def test_a_session_lives_for_its_idle_time() -> None:
    store = SessionStore[str]()
    store.put(KEY, "asked for the size", MINUTE, NOON)
    assert store.get(KEY, NOON + MINUTE - timedelta(microseconds=1)) == "asked for the size"
    assert store.get(KEY, NOON + MINUTE) is None


def test_each_turn_begins_the_idle_time_anew() -> None:
    store = SessionStore[str]()
    store.put(KEY, "first", MINUTE, NOON)
    store.put(KEY, "second", MINUTE, NOON + MINUTE / 2)
    assert store.get(KEY, NOON + MINUTE) == "second"


def test_reading_does_not_lengthen_a_life() -> None:
    store = SessionStore[str]()
    store.put(KEY, "first", MINUTE, NOON)
    store.get(KEY, NOON + MINUTE / 2)
    assert store.get(KEY, NOON + MINUTE) is None


@pytest.mark.parametrize("part", ["bot_id", "alias_id", "locale_id", "session_id"])
def test_sessions_of_another_bot_alias_locale_or_id_are_others(part: str) -> None:
    store = SessionStore[str]()
    store.put(KEY, "mine", MINUTE, NOON)
    assert store.get(KEY._replace(**{part: "else"}), NOON) is None


def test_a_deleted_session_is_gone() -> None:
    store = SessionStore[str]()
    store.put(KEY, "mine", MINUTE, NOON)
    assert store.delete(KEY)
    assert store.get(KEY, NOON) is None
    assert not store.delete(KEY)


def test_a_full_store_admits_no_new_session_and_keeps_its_own() -> None:
    store = SessionStore[str](capacity=2)
    store.put(other(1), "one", MINUTE, NOON)
    store.admit(NOON)
    store.put(other(2), "two", MINUTE, NOON)
    with pytest.raises(ThrottlingError, match="2 sessions"):
        store.admit(NOON)
    assert store.get(other(1), NOON) == "one"
    assert store.get(other(2), NOON) == "two"


def test_a_full_store_makes_room_of_the_expired() -> None:
    store = SessionStore[str](capacity=2)
    store.put(other(1), "long", 10 * MINUTE, NOON)
    store.put(other(2), "short", MINUTE, NOON)
    store.admit(NOON + MINUTE)
    assert store.get(other(1), NOON + MINUTE) == "long"
    assert len(store) == 1
