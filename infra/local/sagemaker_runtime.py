"""SageMaker Runtime on AWS's wire format, in front of the local model servers.

An endpoint is a name and the address of a server in SageMaker's container contract. Request and
answer pass through as they are; a server's own error becomes `ModelError` with its status and
words, as SageMaker reports it.
"""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

MOST_BYTES = 6 * 1024 * 1024
_TIMEOUT_S = 60.0


@dataclass
class ModelServer:
    """A model server on loopback, spoken to over one kept connection a thread."""

    port: int
    _own: threading.local = field(default_factory=threading.local)

    def invoke(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, bytes]:
        """(status, content type, body). Raises `OSError` or `HTTPException` when it is away."""
        for last in (False, True):
            connection = self._connection()
            try:
                connection.request("POST", "/invocations", body, dict(headers))
                answer = connection.getresponse()
                return answer.status, answer.getheader("Content-Type", ""), answer.read()
            except (OSError, http.client.HTTPException):
                # A kept connection may have been closed meanwhile, as by a restart: once more.
                connection.close()
                del self._own.connection
                if last:
                    raise
        raise AssertionError("not reached")

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=_TIMEOUT_S
            )
        connection: http.client.HTTPConnection = self._own.connection
        return connection


def sagemaker_runtime_route(endpoints: Mapping[str, ModelServer]) -> Route:
    """`POST /endpoints/{name}/invocations` for the endpoints named."""

    async def invoke(request: Request) -> Response:
        name = request.path_params["name"]
        server = endpoints.get(name)
        if server is None:
            return _error(400, "ValidationError", f"Endpoint {name} of this account not found.")
        body = await request.body()
        if len(body) > MOST_BYTES:
            return _error(413, "ValidationError", f"The body is larger than {MOST_BYTES} bytes.")
        passed = {
            header: request.headers[header]
            for header in ("content-type", "accept", "x-amzn-sagemaker-custom-attributes")
            if header in request.headers
        }
        try:
            status, kind, answer = await run_in_threadpool(server.invoke, body, passed)
        except (OSError, http.client.HTTPException):
            return _error(503, "ServiceUnavailable", "The model server does not answer.")
        if status != 200:
            return _model_error(status, answer.decode("utf-8", "replace"))
        headers = {"x-Amzn-Invoked-Production-Variant": "AllTraffic", "Content-Type": kind}
        return Response(answer, headers=headers)

    return Route("/endpoints/{name}/invocations", invoke, methods=["POST"])


def _error(status: int, code: str, message: str, **more: object) -> Response:
    body = json.dumps({"Message": message, **more})
    headers = {"x-amzn-errortype": code, "Content-Type": "application/json"}
    return Response(body, status, headers)


def _model_error(status: int, words: str) -> Response:
    return _error(
        424,
        "ModelError",
        f"Received client error ({status}) from primary with message {words!r}.",
        OriginalStatusCode=status,
        OriginalMessage=words,
        LogStreamArn="",
    )
