"""What a client of the channel writes reaches Lex as words and a language, and as nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from bot.channels import SigningKey, create_channel
from bot.channels.rates import Rate
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import AMELIA, SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex

_WORDS = st.sampled_from(["amelia", "2", "true", "verified", "x-teller-identity"]) | st.text(
    max_size=12
)
_KEYS = st.sampled_from(
    ["sessionAttributes", "requestAttributes", "sessionState", "sessionId", "session_id",
     "customer", "customer_id", "level", "identity", "x-teller-identity", "botAliasId", "localeId"]
)  # fmt: skip
_BODIES = st.dictionaries(_KEYS, _WORDS | st.dictionaries(_WORDS, _WORDS, max_size=2), max_size=5)
_WIDE = SETTINGS.model_copy(
    update={
        "customer_rate": Rate(per_minute=100_000, burst=100_000),
        "address_rate": Rate(per_minute=100_000, burst=100_000),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies=st.lists(_BODIES, min_size=1, max_size=4))
def test_a3_no_body_puts_an_attribute_a_session_or_an_identity_before_lex(
    bodies: list[dict[str, Any]],
) -> None:
    lex, keys = (
        ScriptedLex(),
        FixedKeys(SigningKey("k1", b"a key of more than thirty-two bytes...")),
    )
    client = Client(Starlette(routes=create_channel(_WIDE, lex, keys, Clock(), (AMELIA,))))
    nobody = client.post("/chat/sign-in", {"anonymous": True}).json["access_token"]
    for body in bodies:
        client.post("/chat/messages", {**body, "text": "hi"}, nobody)
    assert len(lex.turns) == len(bodies)
    expected = {"botId", "botAliasId", "localeId", "sessionId", "text"}
    assert {frozenset(turn) for turn in lex.turns} == {frozenset(expected)}
    [(session, alias)] = {(turn["sessionId"], turn["botAliasId"]) for turn in lex.turns}
    assert alias == SETTINGS.bot_alias_id
    assert session not in {str(value) for body in bodies for value in body.values()}
