"""How often somebody may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import ChannelSettings, create_channel
from bot.channels.errors import ChannelError
from bot.channels.rates import Bucket, MemoryRates, Rate, require, spend
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import AMELIA, SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex

RATE = Rate(per_minute=60, burst=3)


def test_a_burst_goes_through_and_the_next_waits_for_its_token() -> None:
    rates = MemoryRates(lambda: 100.0)
    assert [rates.wait("a", RATE) for _ in range(4)] == [0, 0, 0, 1]
    assert rates.wait("b", RATE) == 0


def test_a_refusal_says_when_in_whole_seconds() -> None:
    rates = MemoryRates(lambda: 100.0)
    slow = Rate(per_minute=7, burst=1)
    require(rates, "a", slow)
    with pytest.raises(ChannelError) as refused:
        require(rates, "a", slow)
    assert (refused.value.status, refused.value.retry_after) == (429, 9)


@given(st.lists(st.floats(0, 20), max_size=80))
def test_no_sequence_gets_more_than_the_burst_and_what_time_brought(gaps: list[float]) -> None:
    bucket: Bucket | None = None
    now, passed = 0.0, 0
    for gap in gaps:
        now += gap
        bucket, wait = spend(bucket, RATE, now)
        passed += wait == 0
        if wait:
            # Who waits as long as they are told gets through.
            assert spend(bucket, RATE, now + wait + 1e-6)[1] == 0
    assert passed <= RATE.burst + now * RATE.per_minute / 60 + 1e-6


def test_a_clock_that_goes_back_gives_no_tokens() -> None:
    bucket, _ = spend(None, RATE, 100.0)
    assert spend(bucket, RATE, 50.0)[0].tokens == 1


def test_over_http_it_is_a_429_with_retry_after(
    lex: ScriptedLex, keys: FixedKeys, clock: Clock
) -> None:
    slow: ChannelSettings = SETTINGS.model_copy(
        update={"customer_rate": Rate(per_minute=1, burst=2)}
    )
    from starlette.applications import Starlette

    client = Client(Starlette(routes=create_channel(slow, lex, keys, clock, (AMELIA,))))
    client.token = client.post("/chat/sign-in", {"customer": "amelia"}).json["access_token"]
    answers = [client.post("/chat/messages", {"text": "hi"}) for _ in range(3)]
    assert [one.status for one in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["retry-after"]) <= 60
    assert answers[2].json["error"]["retryable"] is True
    assert len(lex.turns) == 2


def test_one_address_may_not_open_sessions_without_end(
    lex: ScriptedLex, keys: FixedKeys, clock: Clock
) -> None:
    from starlette.applications import Starlette

    slow: ChannelSettings = SETTINGS.model_copy(
        update={"address_rate": Rate(per_minute=1, burst=3)}
    )
    client = Client(Starlette(routes=create_channel(slow, lex, keys, clock, (AMELIA,))))
    statuses = [client.post("/chat/sign-in", {"anonymous": True}).status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
