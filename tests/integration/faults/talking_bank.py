"""A bank in this process that can be talked with, and each of whose services may fail."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import count
from typing import Any
from unittest.mock import patch

import jwt
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.session import get_session

from fulfillment.alerts.phone import PhoneMessage
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, Model, read_model
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.fraud.scoring.chain import Scorer
from fulfillment.fraud.scoring.endpoint import Endpoint
from fulfillment.identity import SessionTokenKeys
from fulfillment.identity.token import REQUEST_ATTRIBUTE
from fulfillment.lex import LexResolver
from fulfillment.lex.testing import lex_event
from fulfillment.store.books import Books
from fulfillment.store.sending import Patience
from infra.faults import Crash, Fault, injected
from infra.faults.injector import ANSWERED, answer
from tests.simulation.dynamo import Table
from tests.simulation.endpoint import client_of
from tests.unit.bank.values import NOW, limits_of

TABLE = "teller-books"
_KEY = {"kid": "k1", "key": "a key that signs the talks of the faults' table and nothing else"}
_SESSION = "test-session"
_ATTEMPTS = 3
"""As many as the functions' own clients make."""


class _SilentPhones:
    """Every message is handed over, and nobody reads it."""

    def send(self, message: PhoneMessage) -> None:
        """Nothing rings."""


@dataclass
class TalkingBank:
    """Its table outlives every process; `app` is the function's, until it is killed."""

    table: Table
    clients: Mapping[str, Any]
    numbers: Iterator[int] = field(default_factory=count)
    now: Any = NOW
    proved_at: Any = NOW
    """When the customer signed in."""
    app: LexResolver = field(init=False)

    def __post_init__(self) -> None:
        self.app = self._started()

    def say(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        """The function's answer; None where there is none: it was killed, or has failed."""
        self.now += timedelta(seconds=5)
        try:
            return self.app.resolve(event)
        except Crash:
            self.app = self._started()
        return None

    def event(self, intent: str, slots: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        """What Lex sends for a customer who has signed in."""
        issued = int(self.now.timestamp())
        claims = {
            "iss": "teller-channel", "aud": "teller-fulfillment", "sub": "mira", "sid": _SESSION,
            "lvl": 2, "iat": issued, "exp": issued + 300, "jti": "t-1",
            "auth_time": int(self.proved_at.timestamp()),
        }  # fmt: skip
        token = jwt.encode(claims, _KEY["key"], "HS256", {"kid": _KEY["kid"]})
        return lex_event(intent, slots, attributes={REQUEST_ATTRIBUTE: token}, **more)

    @contextmanager
    def failing(
        self, dependency: str, plan: Callable[[int, str], Fault | None]
    ) -> Iterator[list[str]]:
        """Within it, a dependency meets `plan`. Yields the operations that it was asked for."""
        with injected(self.clients[dependency], plan) as sent:
            yield sent

    def books(self) -> Books:
        return Books(
            self.clients["dynamodb"],
            TABLE,
            standing_limits=limits_of("1000.00", "5000.00"),
            patience=Patience(sleep=lambda _: None),
        )

    def _started(self) -> LexResolver:
        """A new process: it has read no key, and its circuit to the endpoint is closed."""
        seconds = count(step=10_000)
        keys = SessionTokenKeys(
            self.clients["secretsmanager"], "session-key", lambda: float(next(seconds))
        )
        endpoint = Endpoint(self.clients["sagemaker-runtime"], budget_s=60.0)
        assessor = Assessor(Scorer(endpoint, _model()), shipped_policy)
        deps = Deps(
            self.books(), keys, lambda: self.now, lambda: f"id-{next(self.numbers)}",
            phones=_SilentPhones(), assessor=lambda: assessor,
        )  # fmt: skip
        return build_app(deps)


def clients_of(table: Table) -> Mapping[str, Any]:
    """botocore's own clients; behind each is a service in this process. No client ever waits."""
    score = {"predictions": [{"score": 0.01}], "model": {"version": "m-1"}}
    return {
        "dynamodb": client_of(table, _ATTEMPTS),
        "secretsmanager": _client("secretsmanager", {"SecretString": json.dumps(_KEY)}),
        "sagemaker-runtime": _client("sagemaker-runtime", score),
    }


@contextmanager
def without_waiting() -> Iterator[None]:
    """botocore waits between its attempts; nobody here has to."""
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    with ExitStack() as stack:
        stack.enter_context(patch("botocore.endpoint.time.sleep", lambda _: None))
        stack.enter_context(patch.dict(os.environ, {**keys, "AWS_DEFAULT_REGION": "us-east-1"}))
        yield


@cache
def _model() -> Model:
    return read_model(SHIPPED_MODEL.read_bytes())


def _client(service: str, told: Mapping[str, object]) -> Any:
    config = Config(retries={"mode": "standard", "total_max_attempts": _ATTEMPTS})
    session = get_session()
    session.set_credentials("test", "test")
    client: Any = session.create_client(service, region_name="us-east-1", config=config)

    def serve(request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        return None if request.url == ANSWERED else answer(request, 200, told)

    service_id = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register(f"before-send.{service_id}", serve)
    return client
