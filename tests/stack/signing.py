"""Signs identity tokens as the channel does, with the running bank's own key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.channels.keys import SecretsManagerKeys
from bot.channels.tokens import Grant, mint_identity_token
from infra.local.stack import SECRET_NAME
from tests.running_bank import RunningBank

ATTRIBUTE = "x-teller-identity"


def identity_of(bank: RunningBank, customer: str | None) -> Callable[[str], Mapping[str, str]]:
    """Request attributes that prove `customer` to be speaking in a session; none for nobody."""
    key = SecretsManagerKeys(
        bank.aws("secretsmanager"), SECRET_NAME, lambda: bank.settings.now
    ).current()
    now = bank.settings.now

    def attributes(session_id: str) -> Mapping[str, str]:
        grant = Grant(customer, session_id, now + timedelta(hours=1))
        token = mint_identity_token(grant, key, now, timedelta(minutes=5), "test")
        return {ATTRIBUTE: token} if token else {}

    return attributes
