"""One customer's voice at the Lex Runtime: a session of their own, proved anew for each turn."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.config import Config
from botocore.session import get_session

from bot.channels.keys import SecretsManagerKeys
from bot.channels.tokens import Grant, mint_identity_token
from infra.local.load.bank import LoadedBank
from infra.local.settings import BOT_ID, LIVE_ALIAS_ID, REGION
from infra.local.stack import SECRET_NAME

_ATTRIBUTE = "x-teller-identity"
_LIFE = timedelta(minutes=5)
_MOST_WAIT_S = 60


@dataclass(frozen=True)
class Voice:
    """`say` raises botocore's own errors."""

    lex: Any
    prove: Callable[[str, str], str]
    customer: str
    session: str

    def say(self, text: str) -> str:
        """All that was answered, buttons left out."""
        answer = self.lex.recognize_text(
            botId=BOT_ID, botAliasId=LIVE_ALIAS_ID, localeId="en_US", sessionId=self.session,
            text=text, requestAttributes={_ATTRIBUTE: self.prove(self.customer, self.session)},
        )  # fmt: skip
        return " ".join(one.get("content", "") for one in answer.get("messages", ()))


def lex_of(bank: LoadedBank, connections: int) -> Any:
    """One client for all; a turn that fails is not said again."""
    return get_session().create_client(
        "lexv2-runtime",
        endpoint_url=bank.settings.endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the local Lex asks for none
        config=Config(
            max_pool_connections=connections,
            read_timeout=_MOST_WAIT_S,
            retries={"total_max_attempts": 1},
        ),
    )


def prover(bank: LoadedBank) -> Callable[[str, str], str]:
    """Signs as the channel does, with the running bank's own key: a token for customer, session."""
    secrets = bank.aws("secretsmanager")
    key = SecretsManagerKeys(secrets, SECRET_NAME, lambda: datetime.now(UTC)).current()

    def prove(customer: str, session: str) -> str:
        now = datetime.now(UTC)
        grant = Grant(customer, session, now + _LIFE)
        return mint_identity_token(grant, key, now, _LIFE, uuid.uuid4().hex) or ""

    return prove
