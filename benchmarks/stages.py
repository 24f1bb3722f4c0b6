"""Where a turn's time goes: the same question put at each door between a customer and the table.

The channel hands it to Lex, Lex to the function, the function to DynamoDB. What a door takes longer
than the next one behind it is its own. Doors are asked in turns, so that what else the machine does
falls on all of them. A payment has a judge besides: the model's endpoint, asked for one row.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3

from benchmarks.figures import Figures, beside
from benchmarks.recorded import heard
from bot.channels.keys import SecretsManagerKeys, SigningKey
from bot.channels.tokens import IDENTITY_ATTRIBUTE, Grant, mint_identity_token
from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.scoring.endpoint import ENDPOINT, Endpoint, runtime_client
from fulfillment.lex.testing import lex_event
from infra.local.bench import Chat, running_bank
from infra.local.settings import BOT_ID, REGION, TEST_ALIAS_ID, LocalSettings
from infra.local.stack import FUNCTION_NAME, SECRET_NAME, aws_client

_CUSTOMER, _SAID, _INTENT, _LOCALE = "amelia", "all my balances", "CheckBalance", "en_US"
_SESSIONS = {"lex": "bench-stages-lex", "function": "test-session"}
_PORT, _WARM_ROUNDS = 8790, 3
_TOKEN_LIFE = timedelta(minutes=5)
_PATIENT_S = 5.0
Door = Callable[[], object]


def measure(rounds: int) -> Figures:
    """Milliseconds of each stage beside the whole turn, medians of `rounds`."""
    with tempfile.TemporaryDirectory(prefix="teller-bench-") as folder:
        settings = LocalSettings(_PORT, Path(folder))
        with running_bank(settings), _doors(settings) as doors:
            times: dict[str, list[float]] = {name: [] for name in doors}
            for number in range(_WARM_ROUNDS + rounds):
                for name, door in doors.items():
                    took = _timed(door)
                    if number >= _WARM_ROUNDS:
                        times[name].append(took)
    return stages({name: statistics.median(values) for name, values in times.items()})


def stages(doors: Mapping[str, float]) -> Figures:
    """What each door adds to the next one behind it; `doors` from the outermost to the innermost,
    and the model, which stands beside them."""
    model = doors["model"]
    chain = [(name, ms) for name, ms in doors.items() if name != "model"]
    whole = chain[0][1]
    inner = [ms for _, ms in chain[1:]] + [0.0]
    figures = {
        f"stage_{name}": beside("ms", max(ms - behind, 0.0), "whole_turn", whole)
        for (name, ms), behind in zip(chain, inner, strict=True)
    }
    return figures | {"stage_model": beside("ms", model, "whole_turn", whole)}


@contextmanager
def _doors(settings: LocalSettings) -> Iterator[dict[str, Door]]:
    """The doors by name, from the customer inwards; then the model's."""
    chat, key = Chat(settings, _CUSTOMER), _key(settings)
    lex: Any = boto3.client(
        "lexv2-runtime", endpoint_url=settings.endpoint, region_name=REGION,
        aws_access_key_id="test", aws_secret_access_key="test",  # noqa: S106 - no secret
    )  # fmt: skip
    functions = aws_client("lambda", settings)

    def ask_lex() -> object:
        return lex.recognize_text(
            botId=BOT_ID, botAliasId=TEST_ALIAS_ID, localeId=_LOCALE, text=_SAID,
            sessionId=_SESSIONS["lex"],
            requestAttributes={IDENTITY_ATTRIBUTE: _token(key, _SESSIONS["lex"])},
        )  # fmt: skip

    def invoke() -> object:
        payload = json.dumps(_event(key)).encode()
        return functions.invoke(FunctionName=FUNCTION_NAME, Payload=payload)["Payload"].read()

    environment = {
        **functions.get_function_configuration(FunctionName=FUNCTION_NAME)["Environment"][
            "Variables"
        ],
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION, "POWERTOOLS_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    environment.setdefault("AWS_ENDPOINT_URL", settings.aws_endpoint)
    with patch.dict("os.environ", environment):
        calls = _calls(settings, key)
        model = runtime_client(settings.endpoint, _PATIENT_S)
        endpoint = Endpoint(model, ENDPOINT, budget_s=_PATIENT_S)
        try:
            yield {
                "channel": lambda: chat.say(_SAID),
                "lex": ask_lex,
                "function": invoke,
                "dynamodb": calls,
                "model": lambda: endpoint.score([0.0] * len(FEATURES)),
            }
        finally:
            endpoint.close()


def _calls(settings: LocalSettings, key: SigningKey) -> Door:
    """The calls of DynamoDB that the turn makes, and nothing around them."""
    from fulfillment.handlers.lex import application

    application.cache_clear()
    event = _event(key)
    application().resolve(event)
    with heard() as calls:
        application().resolve(event)
    application.cache_clear()
    client = aws_client("dynamodb", settings)
    methods = {operation: name for name, operation in client.meta.method_to_api_mapping.items()}
    wanted = [(methods[one["operation"]], one["request"]) for one in calls]

    def replay() -> None:
        for method, request in wanted:
            getattr(client, method)(**request)

    return replay


def _key(settings: LocalSettings) -> SigningKey:
    secrets = aws_client("secretsmanager", settings)
    return SecretsManagerKeys(secrets, SECRET_NAME, lambda: datetime.now(UTC)).current()


def _event(key: SigningKey) -> dict[str, object]:
    token = _token(key, _SESSIONS["function"])
    return lex_event(
        _INTENT,
        source="FulfillmentCodeHook",
        transcript=_SAID,
        attributes={IDENTITY_ATTRIBUTE: token},
    )


def _token(key: SigningKey, session: str) -> str:
    now = datetime.now(UTC)
    grant = Grant(_CUSTOMER, session, now + _TOKEN_LIFE)
    token = mint_identity_token(grant, key, now, _TOKEN_LIFE, f"bench-{now.timestamp()}")
    if token is None:
        raise RuntimeError("a grant of a customer gave no token")
    return token


def _timed(act: Door) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
