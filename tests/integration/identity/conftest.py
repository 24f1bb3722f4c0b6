"""Callers of the code hook on an in-process DynamoDB: known by token, by code, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from fulfillment.alerts.phone import PhoneMessage
from fulfillment.bank.contacts import Contact
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.identity import SessionTokenKeys, TokenKey
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.sending import Patience
from tests.aws_in_process import empty_dynamodb
from tests.integration.store.calls import CountingClient
from tests.integration.store.table import create_table
from tests.unit.bank.values import NOW, opening_books

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

KEY = TokenKey("k1", "a signing key of more than sixty-four bytes for the tests of this folder")
MIRAS_NUMBER = "40207781"
NOBODYS_NUMBER = "99990000"


class OneKey(SessionTokenKeys):
    """Keys without Secrets Manager."""

    def __init__(self) -> None:
        """Nothing is read."""

    def keys(self) -> tuple[TokenKey, ...]:
        return (KEY,)


@dataclass
class Phones:
    """Telephones that keep what they get; nobody's message is kept too, as the topic sees it."""

    messages: list[PhoneMessage] = field(default_factory=list)

    def send(self, message: PhoneMessage) -> None:
        self.messages.append(message)

    @property
    def code(self) -> str:
        """The newest code."""
        return self.messages[-1].text[:6]


@dataclass
class Bank:
    """Mira's bank, and the time of day."""

    calls: CountingClient
    table: str
    client: DynamoDBClient
    phones: Phones = field(default_factory=Phones)
    now: datetime = NOW

    def caller(
        self, session: str = "s-1", customer: str | None = None, channel: str = "web"
    ) -> Caller:
        return Caller(self, session, customer, channel)

    def items(self) -> list[Mapping[str, Any]]:
        """Everything in the table."""
        pages = self.client.get_paginator("scan").paginate(TableName=self.table)
        return [item for page in pages for item in page["Items"]]


@dataclass
class Caller:
    """Whoever may call Lex: writes slots, attributes and states as they like.

    With `customer` the channel vouches for them by a token, proved at `signed_in_at`.
    """

    bank: Bank
    session_id: str
    customer: str | None = None
    channel: str = "web"
    attributes: dict[str, str] = field(default_factory=dict)
    signed_in_at: datetime | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    _app: Any = None

    def __post_init__(self) -> None:
        ids = count(1)
        bank = self.bank
        books = Books(
            bank.calls.as_client(),
            bank.table,
            patience=Patience(sleep=lambda _: None, jitter=lambda ceiling: ceiling),
        )
        name = f"{id(self)}"
        deps = Deps(
            books, OneKey(), lambda: bank.now, lambda: f"id-{name}-{next(ids)}", phones=bank.phones
        )
        self._app = build_app(deps)
        self.signed_in_at = self.signed_in_at or bank.now

    def say(self, intent: str, words: str = "", **slots: str) -> str:
        """What the bank answers to `words`, heard as `intent` with `slots`."""
        return self.send(self.event(intent, words, slots))

    def send(self, event: Mapping[str, Any]) -> str:
        self.answer = self._app.resolve(event)
        self.attributes = self.answer["sessionState"]["sessionAttributes"]
        return "\n".join(m["content"] for m in self.answer.get("messages", []) if "content" in m)

    def event(
        self, intent: str, words: str, slots: Mapping[str, str], source: str = "DialogCodeHook"
    ) -> dict[str, Any]:
        heard = {
            name: {"shape": "Scalar", "value": {
                "originalValue": value, "interpretedValue": value, "resolvedValues": [value],
            }}
            for name, value in slots.items()
        }  # fmt: skip
        token = {"x-teller-identity": self.token()} if self.customer else {}
        return {
            "sessionId": self.session_id,
            "invocationSource": source,
            "inputTranscript": words,
            "bot": {"id": "B", "name": "Teller", "aliasId": "A", "localeId": "en_US"},
            "requestAttributes": {"x-teller-channel": self.channel, **token},
            "sessionState": {
                "intent": {
                    "name": intent, "state": "InProgress", "slots": heard,
                    "confirmationState": "None",
                },
                "sessionAttributes": dict(self.attributes),
            },
        }  # fmt: skip

    def token(self) -> str:
        now, proved = self.bank.now, self.signed_in_at
        assert proved is not None
        claims = {
            "iss": "teller-channel", "aud": "teller-fulfillment", "sub": self.customer,
            "sid": self.session_id, "lvl": 2, "iat": int(now.timestamp()) - 1,
            "exp": int(now.timestamp()) + 290, "jti": "t-1", "auth_time": int(proved.timestamp()),
        }  # fmt: skip
        return jwt.encode(claims, KEY.secret, "HS256", {"kid": KEY.kid})

    def verify(self, number: str = MIRAS_NUMBER) -> str:
        """The whole way from nobody to a verified customer."""
        self.say("VerifyIdentity", "verify me")
        self.say("VerifyIdentity", number, customerNumber=number)
        return self.say("VerifyIdentity", self.bank.phones.code, code=self.bank.phones.code)

    @property
    def is_known(self) -> bool:
        """Whether the bank answers as to its customer."""
        kept = dict(self.attributes)
        said = self.say("CheckBalance", "all my balances")
        self.attributes = kept
        return "customer number" not in said and "6-digit code" not in said


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bank]:
    with empty_dynamodb(monkeypatch) as client:
        table = create_table(client)
        books = opening_books()
        books.contacts.append(Contact("mira", MIRAS_NUMBER, "+16175550100"))
        load_books(client, table, books)
        yield Bank(CountingClient(client), table, client)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
