"""Answers for services that no emulator here has: what AWS would send, on the wire."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse


class _Raw(io.BytesIO):
    def stream(self, **_more: Any) -> Iterator[bytes]:
        yield self.read()


def answer(client: Any, operation: str, *bodies: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`client` gets `bodies` one after the other, the last for ever. Returns what was asked."""
    asked: list[dict[str, Any]] = []
    service = client.meta.service_model.service_id.hyphenize()

    def send(request: AWSPreparedRequest, **_more: Any) -> AWSResponse:
        body = bodies[min(len(asked), len(bodies) - 1)]
        content = request.body if isinstance(request.body, bytes) else b""
        asked.append(json.loads(content or b"{}"))
        raw = _Raw(json.dumps(body).encode())
        headers: Any = {"content-type": "application/json"}
        return AWSResponse(request.url, 200, headers, raw)

    client.meta.events.register(f"before-send.{service}.{operation}", send)
    return asked


def answer_unsent(client: Any, operation: str, **parsed: Any) -> list[dict[str, Any]]:
    """`client` gets `parsed` before anything is sent: for a hole in a service that moto has, whose
    refusal comes even where there is an answer. Returns what was asked, as JSON bodies.
    """
    asked: list[dict[str, Any]] = []
    service = client.meta.service_model.service_id.hyphenize()

    def call(params: dict[str, Any], **_more: Any) -> tuple[Any, dict[str, Any]]:
        asked.append(json.loads(params["body"] or b"{}"))
        return _Unsent, parsed

    client.meta.events.register(f"before-call.{service}.{operation}", call)
    return asked


class _Unsent:
    status_code = 200
