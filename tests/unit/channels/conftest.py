"""A channel on a scripted Lex, a fixed clock and fixed keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette

from bot.channels import ChannelSettings, DemoCustomer, SigningKey, create_channel
from tests.unit.channels.asgi import Client
from tests.unit.channels.fake_lex import ScriptedLex

AMELIA = DemoCustomer(id="amelia", name="Amelia Ward", description="family, joint account")
DIEGO = DemoCustomer(id="diego", name="Diego Marín", description="student")
SETTINGS = ChannelSettings(
    bot_id="TELLERBOT0", bot_alias_id="TSTALIASID", token_secret="teller/session-token-key"
)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


class FixedKeys:
    """Keys by kid; the last one given signs."""

    def __init__(self, *keys: SigningKey) -> None:
        self.keys = list(keys)

    def current(self) -> SigningKey:
        return self.keys[-1]

    def named(self, kid: str) -> SigningKey | None:
        return next((key for key in self.keys if key.kid == kid), None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys() -> FixedKeys:
    return FixedKeys(SigningKey("k1", b"a key of more than thirty-two bytes, for tests"))


@pytest.fixture
def lex() -> ScriptedLex:
    return ScriptedLex()


@pytest.fixture
def client(lex: ScriptedLex, keys: FixedKeys, clock: Clock) -> Client:
    routes = create_channel(SETTINGS, lex, keys, clock, (AMELIA, DIEGO))
    return Client(Starlette(routes=routes))


@pytest.fixture
def signed_in(client: Client) -> Client:
    """The same channel with Amelia's access token."""
    client.token = client.post("/chat/sign-in", {"customer": "amelia"}).json["access_token"]
    return client
