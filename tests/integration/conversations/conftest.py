"""The conversations on an in-process DynamoDB, without Lex in between: events in, answers out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.fraud.assessing import Assessor
from fulfillment.identity import SessionTokenKeys, TokenKey
from fulfillment.lex import LexResolver
from fulfillment.store.books import Books
from fulfillment.switches import AllOn, Switches
from tests.aws_in_process import empty_dynamodb
from tests.integration.store.calls import CountingClient
from tests.integration.store.table import create_table
from tests.unit.bank.values import NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

KEY = TokenKey("k1", "a signing key of more than sixty-four bytes for the tests of this folder")


class _OneKey(SessionTokenKeys):
    """Keys without Secrets Manager."""

    def __init__(self) -> None:
        """Nothing is read."""

    def keys(self) -> tuple[TokenKey, ...]:
        return (KEY,)


@dataclass
class Counter:
    """A customer's session at the bank's counter. `session` is what a caller may write."""

    app: LexResolver
    customer: str = "mira"
    now: datetime = NOW
    session: dict[str, str] = field(default_factory=dict)
    locale: str = "en_US"

    def say(self, intent: str, words: str, **slots: str) -> str:
        """What the bank answers to `words`, heard as `intent` with `slots`."""
        answer = self.app.resolve(self._event(intent, words, slots))
        self.session = answer["sessionState"]["sessionAttributes"]
        return "\n".join(m["content"] for m in answer.get("messages", []) if "content" in m)

    def _event(self, intent: str, words: str, slots: Mapping[str, str]) -> dict[str, Any]:
        heard = {
            name: {"shape": "Scalar", "value": {
                "originalValue": value, "interpretedValue": value, "resolvedValues": [value],
            }}
            for name, value in slots.items()
        }  # fmt: skip
        return {
            "sessionId": "s-1",
            "invocationSource": "FulfillmentCodeHook",
            "inputTranscript": words,
            "bot": {"name": "Teller", "localeId": self.locale},
            "requestAttributes": {"x-teller-identity": self._token()},
            "sessionState": {
                "intent": {
                    "name": intent, "state": "ReadyForFulfillment", "slots": heard,
                    "confirmationState": "None",
                },
                "sessionAttributes": self.session,
            },
        }  # fmt: skip

    def _token(self) -> str:
        issued = self.now - timedelta(seconds=1)
        claims = {
            "iss": "teller-channel", "aud": "teller-fulfillment", "sub": self.customer,
            "sid": "s-1", "lvl": 2, "iat": int(issued.timestamp()),
            "exp": int(issued.timestamp()) + 300, "jti": "t-1",
            "auth_time": int(issued.timestamp()),
        }  # fmt: skip
        return jwt.encode(claims, KEY.secret, "HS256", {"kid": KEY.kid})


@dataclass
class Bank:
    """An empty table, its clients, and the counter."""

    client: DynamoDBClient
    table: str
    calls: CountingClient
    now: datetime = NOW

    def counter(
        self,
        customer: str = "mira",
        assessor: Assessor | None = None,
        new_id: str = "id-1",
        switches: Switches | None = None,
    ) -> Counter:
        """`assessor` judges payments; without one nobody does. Quotes get `new_id`."""
        books = Books(self.calls.as_client(), self.table)
        judge = (lambda: assessor) if assessor else None
        deps = Deps(
            books, _OneKey(), lambda: self.now, lambda: new_id, switches or AllOn(), assessor=judge
        )
        return Counter(build_app(deps), customer, self.now)


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bank]:
    with empty_dynamodb(monkeypatch) as client:
        yield Bank(client, create_table(client), CountingClient(client))
