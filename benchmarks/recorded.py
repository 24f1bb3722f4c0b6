"""Two turns of the function that talks with customers, with every call of AWS that each makes.

They are lived through once over moto. Their answers can then be given again and again, so that the
same turn can be measured as often as one likes: a quote that was paid is not paid in the recording.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.session import get_session

from fulfillment.store.loading import load_books
from infra.capacity.command import create_table
from infra.capacity.history import NOW, books_of
from infra.capacity.quick_moto import quick_moto
from infra.capacity.turns import KEY, KINDS, Kind, event_of

TURNS = {"balance": "one balance", "confirm": "payment, confirmed"}
"""What is measured, and its name among the kinds of turns."""
_TABLE, _SECRET = "teller-bench", "session-key"
_LINES = 300
ENVIRONMENT = {
    "TABLE_NAME": _TABLE, "SESSION_TOKEN_SECRET": _SECRET, "PHONE_TOPIC_ARN": "none",
    "TELLER_CLOCK": NOW.isoformat(), "FRAUD_ENDPOINT": "", "POWERTOOLS_LOG_LEVEL": "INFO",
    "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_EC2_METADATA_DISABLED":
    "true", "AWS_DEFAULT_REGION": "us-east-1", "PYTHONHASHSEED": "0",
}  # fmt: skip
"""The function's settings. No endpoint judges: the copy of the model in the function does."""


def recorded() -> dict[str, Any]:
    """Each turn's event and its calls: service, operation, request, answer; and the secret's."""
    # The function writes its log where a benchmark prints its figures.
    quiet = redirect_stdout(io.StringIO())
    with patch.dict(os.environ, ENVIRONMENT), quick_moto(), quiet:
        session = get_session()
        dynamodb: Any = session.create_client("dynamodb")
        create_table(dynamodb, _TABLE)
        load_books(dynamodb, _TABLE, books_of(_LINES))
        secret = json.dumps({"kid": KEY.kid, "key": KEY.secret})
        secrets: Any = session.create_client("secretsmanager")
        secrets.create_secret(Name=_SECRET, SecretString=secret)
        return {"turns": dict(_lived()), "secret": secret}


def _lived() -> Iterator[tuple[str, Any]]:
    from fulfillment.handlers.lex import application, handler

    names = {kind: name for name, kind in TURNS.items()}
    application.cache_clear()
    handler(event_of(Kind("the first turn", "Welcome", "hi"), {}), None)
    attributes: dict[str, str] = {}
    for kind in KINDS:
        if kind.name not in names and not kind.name.startswith("payment"):
            continue
        event = event_of(kind, attributes if kind.follows else {})
        with heard() as calls:
            answer = handler(event, None)
        attributes = answer["sessionState"]["sessionAttributes"]
        if kind.name in names:
            yield names[kind.name], {"event": event, "calls": calls, "answer": answer}
    application.cache_clear()


@contextmanager
def heard() -> Iterator[list[dict[str, Any]]]:
    calls: list[dict[str, Any]] = []
    really: Any = BaseClient._make_api_call  # type: ignore[attr-defined]  # made at run time

    def noted(client: Any, operation: str, request: Mapping[str, Any]) -> Any:
        answer = really(client, operation, request)
        told = {name: value for name, value in answer.items() if name != "ResponseMetadata"}
        calls.append({"service": client.meta.service_model.service_name, "operation": operation,
                      "request": request, "answer": told})  # fmt: skip
        return answer

    with patch.object(BaseClient, "_make_api_call", noted):
        yield calls
