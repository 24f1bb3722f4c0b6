"""The embedded AWS with stand-ins for what it lacks: they are made, noted, and do nothing.

Without them CloudFormation refuses a whole stack for one type that it does not know. A stand-in has
an id and the attributes that our stacks ask for; what it was asked for is a line in a file.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.deployment.lacking import ALIAS, BOT, NOTES, stood_in

_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "AWS::CE::AnomalyMonitor": {"MonitorArn": "arn:aws:ce::000000000000:anomalymonitor/x"},
    "AWS::EventSchemas::Registry": {"RegistryName": "teller"},
    "AWS::GuardDuty::Detector": {"Id": "d" * 32},
    "AWS::Lex::Bot": {"Id": BOT, "Arn": f"arn:aws:lex:eu-west-1:000000000000:bot/{BOT}"},
    "AWS::Lex::BotAlias": {
        "BotAliasId": ALIAS,
        "Arn": f"arn:aws:lex:eu-west-1:000000000000:bot-alias/{BOT}/{ALIAS}",
    },
    "AWS::Lex::BotVersion": {"BotVersion": "1"},
    "AWS::SageMaker::EndpointConfig": {"EndpointConfigName": "config"},
    "AWS::SageMaker::Model": {"ModelName": "model"},
}
_MACIE = {
    "/jobs/list": {"items": []},
    "/custom-data-identifiers/list": {"items": [{"id": "1", "name": "teller-iban"}]},
    "/jobs": {"jobId": "1", "jobArn": "arn:aws:macie2:eu-west-1:000000000000:job/1"},
}


def _note(what: str, kind: str, name: str, properties: Any) -> None:
    line = {"what": what, "type": kind, "name": name, "properties": properties}
    with Path(os.environ[NOTES]).open("a") as notes:
        notes.write(json.dumps(line, default=str) + "\n")


def _handlers(kind: str) -> dict[str, Any]:
    def create(name: str, properties: Any, stack: str) -> tuple[str, Mapping[str, str]]:
        _note("create", kind, f"{stack}/{name}", properties)
        made = hashlib.sha256(f"{stack}/{name}".encode()).hexdigest()[:8]
        return f"{name}-{made}", dict(_ATTRIBUTES.get(kind, {}))

    def update(made: str, _old: Any, new: Any, stack: str) -> tuple[str, Mapping[str, str]]:
        _note("update", kind, f"{stack}/{made}", new)
        return made, dict(_ATTRIBUTES.get(kind, {}))

    def delete(made: str, properties: Any) -> None:
        _note("delete", kind, made, properties)

    return {"create": create, "update": update, "delete": delete}


_emulator: Any = importlib.import_module("ministack.app")
_known: dict[str, Any] = importlib.import_module(
    "ministack.services.cloudformation.provisioners"
)._RESOURCE_HANDLERS


def _with_metric_math(handlers: dict[str, Any]) -> dict[str, Any]:
    """Alarms on one metric are the emulator's; those on an expression over some it refuses."""
    noted = _handlers("AWS::CloudWatch::Alarm (metric math)")

    def create(name: str, properties: Any, stack: str) -> Any:
        makes = noted if "Metrics" in properties else handlers
        return makes["create"](name, properties, stack)

    def update(made: str, old: Any, new: Any, stack: str) -> Any:
        makes = noted if "Metrics" in new else handlers
        return makes["update"](made, old, new, stack)

    def delete(made: str, properties: Any) -> Any:
        makes = noted if "Metrics" in properties else handlers
        return makes["delete"](made, properties)

    return handlers | {"create": create, "update": update, "delete": delete}


_known["AWS::CloudWatch::Alarm"] = _with_metric_math(_known["AWS::CloudWatch::Alarm"])
for _kind in stood_in():
    if _kind in _known:
        raise AssertionError(f"the embedded AWS has {_kind} by now: take it off stood_in.txt")
    _known[_kind] = _handlers(_kind)


async def app(scope: Any, receive: Any, send: Any) -> None:
    """The emulator's application; what calls it has not at all is answered here."""
    told = _told_here(scope) if scope["type"] == "http" else None
    if told is None:
        await _emulator.app(scope, receive, send)
        return
    body = b""
    more = True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    service, answer = told
    _note("call", service, scope["path"], json.loads(body or b"{}"))
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


def _told_here(scope: Any) -> tuple[str, Any] | None:
    """The service that is asked and what it is to answer; None for what the emulator knows."""
    headers = dict(scope.get("headers", ()))
    if b"/macie2/aws4_request" in headers.get(b"authorization", b""):
        return "macie2", _MACIE.get(scope["path"], {})
    if headers.get(b"x-amz-target", b"").endswith(b".DescribeBudgetActionsForBudget"):
        return "budgets", {"Actions": []}
    if headers.get(b"x-amz-target", b"").endswith(b".ListModelPackages"):
        return "sagemaker", {"ModelPackageSummaryList": []}
    return None
