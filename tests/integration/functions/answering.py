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
