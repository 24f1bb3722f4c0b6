"""The channel does what its documents say, whatever is sent to it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from starlette.applications import Starlette

from bot.channels import ChannelSettings, SigningKey, create_channel, openapi
from bot.channels.rates import Rate
from bot.channels.stream import asyncapi, frames
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import AMELIA, SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex

DOCS = Path(__file__).resolve().parents[3] / "docs" / "schemas"
WIDE: ChannelSettings = SETTINGS.model_copy(
    update={
        "customer_rate": Rate(per_minute=100_000, burst=100_000),
        "address_rate": Rate(per_minute=100_000, burst=100_000),
    }
)


def _app() -> Starlette:
    keys = FixedKeys(SigningKey("k1", b"a key of more than thirty-two bytes, for tests"))
    return Starlette(routes=create_channel(WIDE, ScriptedLex(), keys, Clock(), (AMELIA,)))


APP = _app()
REFUSED = [400, 401, 403, 404, 405, 413, 415]
CONFIG = {"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}}
SCHEMA = schemathesis.openapi.from_asgi(
    "/chat/openapi.json", APP, config=schemathesis.Config.from_dict(CONFIG)
)


@SCHEMA.parametrize()
@settings(
    max_examples=25,
    deadline=timedelta(seconds=5),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_gets_an_answer_that_the_document_does_not_have(case: Any) -> None:
    token = Client(APP).post("/chat/sign-in", {"customer": "amelia"}).json["access_token"]
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})


@SCHEMA.parametrize()
@settings(max_examples=5, deadline=timedelta(seconds=5), suppress_health_check=list(HealthCheck))
def test_without_a_token_nothing_but_signing_in_is_answered(case: Any) -> None:
    answer = case.call_and_validate()
    if case.operation.label.split()[1] not in ("/chat/sign-in", "/chat/customers"):
        assert answer.status_code >= 400


@pytest.mark.parametrize(
    ("name", "document"),
    [("channel.openapi.json", openapi.document()), ("stream.asyncapi.json", asyncapi.document())],
)
def test_the_document_in_docs_is_the_one_that_is_served(
    name: str, document: dict[str, Any]
) -> None:
    committed = json.loads((DOCS / name).read_text())
    assert committed == document, "write it anew: teller channel describe"
    served = Client(APP).get(f"/chat/{name.split('.')[1]}.json")
    assert served.json == document


def test_the_stream_s_document_has_every_frame_and_nothing_else() -> None:
    described = set(asyncapi.document()["components"]["messages"])
    both = (*get_args(get_args(frames.ClientFrame)[0]), *get_args(frames.ServerFrame))
    assert described == {get_args(one.model_fields["type"].annotation)[0] for one in both}
