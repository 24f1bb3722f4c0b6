"""The demo customers of the test console."""

from __future__ import annotations

from datetime import UTC, datetime

import jwt

from bot.channels.demo import DemoCustomer
from bot.channels.keys import SigningKey
from bot.channels.tokens import IDENTITY_ATTRIBUTE, IDENTITY_AUDIENCE
from infra.local.speaking_as import LIFETIME, DemoTesters

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class OneKey:
    """A single key, good for the whole test."""

    key = SigningKey("test", b"a key of more than thirty-two bytes, for tests")

    def current(self) -> SigningKey:
        return self.key

    def named(self, kid: str) -> SigningKey | None:
        return self.key if kid == self.key.kid else None


def test_a_tester_speaks_as_a_customer_by_a_short_lived_identity_of_that_session() -> None:
    testers = DemoTesters([DemoCustomer(id="amelia", name="Amelia")], OneKey(), lambda: NOW)
    assert [(each.id, each.name) for each in testers.people] == [("amelia", "Amelia")]
    attributes = testers.attributes("amelia", "console-1")
    assert list(attributes) == [IDENTITY_ATTRIBUTE]
    claims = jwt.decode(
        attributes[IDENTITY_ATTRIBUTE],
        OneKey.key.secret,
        algorithms=["HS256"],
        audience=IDENTITY_AUDIENCE,
        options={"verify_exp": False, "verify_iat": False},
    )
    assert (claims["sub"], claims["sid"]) == ("amelia", "console-1")
    assert claims["exp"] - claims["iat"] == LIFETIME.total_seconds()
