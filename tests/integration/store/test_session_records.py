"""Who is verified in a session, when a request of it arrives twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fulfillment.store.sessions import Proof, SessionRecord, Sessions
from tests.simulation.dynamo import Table
from tests.simulation.endpoint import client_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PROOF = Proof("mira", 2, NOW)


@pytest.fixture(scope="module")
def sessions() -> Sessions:
    client = client_of(Table("sessions"))
    return Sessions(client, "sessions", timedelta(minutes=5), timedelta(minutes=30))


def test_a_beginning_that_arrives_twice_is_the_same_beginning(sessions: Sessions) -> None:
    assert sessions.begin("once", PROOF, NOW)
    assert sessions.begin("once", PROOF, NOW)
    assert isinstance(sessions.hear("once", NOW, PROOF), SessionRecord)


def test_a_session_that_was_ended_meanwhile_stays_so(sessions: Sessions) -> None:
    assert sessions.begin("ended", PROOF, NOW)
    sessions.end("ended", NOW)
    assert not sessions.begin("ended", PROOF, NOW)


def test_the_same_proof_a_moment_later_begins_nothing_anew(sessions: Sessions) -> None:
    assert sessions.begin("later", PROOF, NOW)
    assert not sessions.begin("later", PROOF, NOW + timedelta(seconds=1))
