"""The feed does what its document says, whatever is sent to it, and the books agree afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fulfillment.feed.credential import FeedCredential
from fulfillment.handlers import transactions
from tests.integration.feed.conftest import PURCHASE, Feed

PUBLISHED = Path(__file__).parents[3] / "docs" / "openapi" / "feed.json"
KEY = "k" * 40
KNOWN = {"customer": "mira", "card": "card-1", "account": "checking", "at": PURCHASE["at"]}
"""What a real sender knows of the bank: random names reach nothing but a 404."""


def _document() -> dict[str, Any]:
    """The published operation, as a document of its own."""
    published = json.loads(PUBLISHED.read_text())
    bearer = {"feed": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "The feed", "version": "1"},
        "paths": published["paths"],
        "components": published["components"] | {"securitySchemes": bearer},
    }


async def _take(request: Request) -> Response:
    """The function behind API Gateway, called with the event that the gateway makes."""
    body = await request.body()
    event = {"headers": dict(request.headers), "body": body.decode("utf-8", "replace")}
    answer = transactions.handler(event, None)
    return Response(answer["body"], answer["statusCode"], answer["headers"])


async def _told(_: Request) -> Response:
    return JSONResponse(_document())


APP = Starlette(
    routes=[
        Route("/transactions", _take, methods=["POST"]),
        Route("/openapi.json", _told),
    ]
)
REFUSED = [400, 401, 404, 405, 409, 413, 415]
CONFIG = {
    # Its hundreds of cases are for a night, not for every change.
    "phases": {"coverage": {"enabled": False}},
    "checks": {
        "negative_data_rejection": {"expected-statuses": REFUSED},
        # A schema knows neither who banks here nor what time it is.
        "positive_data_acceptance": {"expected-statuses": [200, 201, 400, 404, 409]},
    },
}
SCHEMA = schemathesis.openapi.from_asgi(
    "/openapi.json", APP, config=schemathesis.Config.from_dict(CONFIG)
)
BOUNDED = settings(
    max_examples=30,
    deadline=timedelta(seconds=10),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def fed(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    secret = {"SecretString": json.dumps({"key": KEY})}
    secrets = SimpleNamespace(get_secret_value=lambda **_: secret)
    credential = FeedCredential(secrets, "feed", lambda: 0.0)
    monkeypatch.setattr(transactions, "_parts", lambda: (feed.desk, credential))
    yield feed
    assert feed.violations() == []


@SCHEMA.parametrize()
@BOUNDED
def test_whatever_is_sent_is_answered_as_the_document_says_and_counts_once(
    case: Any, fed: Feed
) -> None:
    if case.meta.generation.mode is GenerationMode.POSITIVE and isinstance(case.body, Mapping):
        case.body = {
            name: KNOWN.get(name, value) if isinstance(value, str) else value
            for name, value in case.body.items()
        }
    headers = {"Authorization": f"Bearer {KEY}"}
    first = case.call_and_validate(headers=headers)
    again = case.call_and_validate(headers=headers)
    assert (first.status_code, again.status_code) in {
        (201, 200), (200, 200), *((status, status) for status in REFUSED),
    }  # fmt: skip
    if first.status_code in (200, 201):
        assert again.json() == first.json() | {"replayed": True}


@SCHEMA.parametrize()
@settings(max_examples=5, deadline=timedelta(seconds=10), suppress_health_check=list(HealthCheck))
def test_without_the_feed_s_credential_nothing_is_taken(case: Any, fed: Feed) -> None:
    answer = case.call(headers={"Authorization": "Bearer of-nothing"})
    assert answer.status_code in (401, 405)
