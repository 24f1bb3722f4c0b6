"""A function's bundle, started in a process of its own; the chat's edge besides, with a chat.

The functions at the edge do not run on a laptop, where the bank's front answers instead. Here the
edge is given API Gateway's events, and speaks with the Lex and the table of a running bank.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.function_traffic import Work
from benchmarks.unpacked import unpacked
from infra.aws.bundles import module_of
from infra.aws.websocket_api import chat_table
from infra.local.load.bank import LoadedBank
from infra.local.settings import BOT_ID, LIVE_ALIAS_ID, clean_environment
from infra.local.stack import SECRET_NAME

EDGE = "bot.channels.on_lambda.handler"
_PROCESS = Path(__file__).with_name("function_start_process.py")
_STARTS, _MESSAGES = 3, 20
_REGION = {"AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1"}
Told = Mapping[str, Any]


def started(handler: str, environment: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds of the processor and megabytes of a start: the least of three."""
    with TemporaryDirectory() as folder:
        unpacked(module_of(handler), Path(folder))
        told = [_run(handler, Path(folder), (), {**environment, **_REGION}) for _ in range(_STARTS)]
    return min(one["init_ms"] for one in told), min(one["init_mb"] for one in told)


def edge_worked(bank: LoadedBank) -> Work:
    """The edge's figures over an anonymous chat. Raises `RuntimeError` if it is not answered."""
    wanted = chat_table()["ChatTable"]["Properties"]
    bank.aws("dynamodb").create_table(
        **{name: wanted[name]
           for name in ("TableName", "BillingMode", "AttributeDefinitions", "KeySchema")}
    )  # fmt: skip
    environment = {
        **clean_environment(bank.settings),
        "AWS_ENDPOINT_URL_LEX_RUNTIME_V2": bank.settings.endpoint,
        "BOT_ID": BOT_ID,
        "BOT_ALIAS_ID": LIVE_ALIAS_ID,
        "SESSION_TOKEN_SECRET": SECRET_NAME,
        "CHAT_TABLE": wanted["TableName"],
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        unpacked(module_of(EDGE), folder)
        signed = _run(EDGE, folder, [_post("/chat/sign-in", {"anonymous": True})], environment)
        token = json.loads(signed["answer"]["body"])["access_token"]
        said = [_post("/chat/messages", {"text": "what can you do"}, token)] * _MESSAGES
        told = [_run(EDGE, folder, said, environment) for _ in range(_STARTS)]
    for one in told:
        if one["answer"]["statusCode"] != 200:
            raise RuntimeError(f"the chat's edge answered {one['answer']}")
    later = [spent for one in told for spent in one["spent_ms"][1:]]
    return Work(
        start_ms=min(one["init_ms"] + one["spent_ms"][0] for one in told),
        run_ms=statistics.mean(later),
        peak_mb=max(one["peak_mb"] for one in told),
        runs=len(later),
    )


def _post(path: str, body: Mapping[str, Any], token: str = "") -> Mapping[str, Any]:
    return {
        "httpMethod": "POST", "path": path, "body": json.dumps(body), "isBase64Encoded": False,
        "headers": {"Content-Type": "application/json", "Host": "x.execute-api",
                    "Authorization": f"Bearer {token}"},
        "requestContext": {"identity": {"sourceIp": "192.0.2.1"}, "stage": "live"},
    }  # fmt: skip


def _run(handler: str, folder: Path, events: Sequence[Any], environment: Mapping[str, str]) -> Told:
    waiting = folder / "events.json"
    waiting.write_text(json.dumps(list(events)))
    command = [sys.executable, "-S", "-s", "-P", str(_PROCESS), handler, str(folder), str(waiting)]
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, env={"PATH": os.environ.get("PATH", ""), **environment}, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    told: Told = json.loads(done.stderr.splitlines()[-1])
    return told
