"""A bank that is walked through in this process: the Lex Runtime's own API in front, the same ears,
dialog engine, conversations and demo books behind it, on the simulator's DynamoDB.

What it lacks of a running bank are the other processes, and so the waiting for them.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from traceback import format_exception
from typing import Any

from bot.channels.keys import SigningKey
from bot.channels.tokens import Grant, mint_identity_token
from bot.definition import load
from bot.nlu import Ears
from bot.runtime.code_hook import HookError
from bot.runtime.hosted_bot import hosted
from bot.runtime.http_api import create_runtime_app
from bot.runtime.lex_runtime import LexRuntime
from fulfillment.alerts.phone import PhoneMessage
from fulfillment.bank.exchange import Rate
from fulfillment.clock import clock_of
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, read_model
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.fraud.scoring.chain import Scorer
from fulfillment.identity import SessionTokenKeys, TokenKey
from fulfillment.lex import LexResolver
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.rates import RateTable
from fulfillment.store.statement_shelf import StatementShelf
from infra.local.demo_bank import demo_books
from infra.local.seeding import RATES
from infra.local.settings import BOT_ID, DEMO_SEED
from infra.local.stack import ROOT
from tests.integration.runtime.serving import served
from tests.learned import LEARNED
from tests.running_bank import REHEARSAL_CLOCK
from tests.simulation.dynamo import Table
from tests.simulation.endpoint import client_of
from tests.stack.signing import ATTRIBUTE

_TABLE = "teller-books"
_KID, _SECRET = "k1", "a key that signs the walks in this process and nothing else whatever"


class _OneKey(SessionTokenKeys):
    """Keys without Secrets Manager."""

    def __init__(self) -> None:
        """Nothing is read."""

    def keys(self) -> tuple[TokenKey, ...]:
        return (TokenKey(_KID, _SECRET),)


class _Phones:
    """Nobody's telephone rings: a walker knows no code."""

    def send(self, message: PhoneMessage) -> None:
        """Goes nowhere."""


class _Bucket:
    """S3, as far as a statement needs it."""

    def put_object(self, **_: Any) -> None:
        """Nobody fetches it."""

    def generate_presigned_url(self, *_: Any, **__: Any) -> str:
        return "https://statements.example/of-a-walk"


@dataclass(frozen=True, slots=True)
class InProcessHook:
    """The fulfillment function, called and not invoked. What it raises is no apology here."""

    app: LexResolver
    target: str = "fulfillment.conversations.app:build_app"

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        """See `CodeHook.invoke`."""
        try:
            return self.app.resolve(event)
        except Exception as error:
            raise HookError("".join(format_exception(error))) from error

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True, slots=True)
class BankInProcess:
    """Where it answers, and who may be spoken as."""

    endpoint: str
    table: Table
    now: datetime

    def violations(self) -> list[str]:
        """What an audit of its books finds."""
        return list(audit(client_of(self.table), _TABLE).violations)

    def identity_of(self, customer: str) -> Callable[[str], Mapping[str, str]]:
        key = SigningKey(_KID, _SECRET.encode())

        def attributes(session_id: str) -> Mapping[str, str]:
            grant = Grant(customer, session_id, self.now + timedelta(hours=1))
            token = mint_identity_token(grant, key, self.now, timedelta(minutes=5), "test")
            return {ATTRIBUTE: token} if token else {}

        return attributes


@contextmanager
def bank_in_process() -> Iterator[BankInProcess]:
    """A bank on its first morning, until the block ends."""
    clock = clock_of(REHEARSAL_CLOCK)
    now = clock()
    table = Table(_TABLE, now.timestamp)
    client = client_of(table)
    load_books(client, _TABLE, demo_books(DEMO_SEED, now))
    for (sells, buys), value in RATES.items():
        RateTable(client, _TABLE).put(Rate(sells, buys, Decimal(value), now, "walk"))
    assessor = Assessor(Scorer(None, read_model(SHIPPED_MODEL.read_bytes())), shipped_policy)
    deps = Deps(
        Books(client, _TABLE), _OneKey(), clock, lambda: uuid.uuid4().hex, phones=_Phones(),
        assessor=lambda: assessor, pause=timedelta(0),
        statements=StatementShelf(_Bucket, "statements"),
    )  # fmt: skip
    definition = load(ROOT / "lex_definitions")
    runtime = LexRuntime(
        [hosted(BOT_ID, definition, Ears(definition, LEARNED), InProcessHook(build_app(deps)))],
        clock=clock,
        rng=random.Random(DEMO_SEED),
        new_id=lambda: str(uuid.uuid4()),
    )
    with served(create_runtime_app(runtime)) as endpoint:
        yield BankInProcess(endpoint, table, now)
    runtime.close()
