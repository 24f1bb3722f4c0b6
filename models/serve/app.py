"""The two routes of SageMaker's container contract around one model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fulfillment.fraud.model.artefact import Model
from fulfillment.personalization.model.artefact import Propensities
from models.serve import offers
from models.serve.payloads import PayloadError, Prediction, read_rows, write_predictions

MOST_BYTES = 6 * 1024 * 1024
"""SageMaker's own limit for a real-time invocation."""


Answer = Callable[[bytes, str, str], tuple[bytes, str]]
"""From a body, its content type and the types accepted to an answer's body and content type."""


def create_app(model: Model | Propensities) -> Starlette:
    """`GET /ping` and `POST /invocations`; stateless, so any number of them can run."""
    if isinstance(model, Propensities):
        said = {
            "status": "ok",
            "model": offers.described(model),
            "products": offers.products(model),
        }
        return _app(said, lambda body, kind, accept: offers.invite(model, body, kind, accept))
    named = {"name": model.name, "version": model.version, "hash": model.content_hash}

    def judge(body: bytes, kind: str, accept: str) -> tuple[bytes, str]:
        predictions = [Prediction(model.probability(row)) for row in read_rows(body, kind)]
        return write_predictions(predictions, named, accept)

    return _app({"status": "ok", "model": named}, judge)


def _app(said: dict[str, Any], answer: Answer) -> Starlette:
    async def ping(_: Request) -> Response:
        return JSONResponse(said)

    async def invocations(request: Request) -> Response:
        headers = request.headers
        try:
            body, kind = answer(
                await _body(request), headers.get("content-type", ""), headers.get("accept", "")
            )
        except PayloadError as fault:
            return JSONResponse({"error": str(fault)}, fault.status)
        except ClientDisconnect:
            return Response(status_code=499)
        return Response(body, media_type=kind)

    return Starlette(
        routes=[
            Route("/ping", ping),
            Route("/invocations", invocations, methods=["POST"]),
        ]
    )


async def _body(request: Request) -> bytes:
    """The body, unless it is larger than SageMaker would pass on."""
    taken = bytearray()
    async for part in request.stream():
        taken += part
        if len(taken) > MOST_BYTES:
            raise PayloadError(413, f"the body is larger than {MOST_BYTES} bytes")
    return bytes(taken)
