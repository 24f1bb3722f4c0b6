"""The two routes of SageMaker's container contract around one model."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fulfillment.fraud.model.artefact import Model
from models.serve.payloads import PayloadError, Prediction, read_rows, write_predictions

MOST_BYTES = 6 * 1024 * 1024
"""SageMaker's own limit for a real-time invocation."""


def create_app(model: Model) -> Starlette:
    """`GET /ping` and `POST /invocations`; stateless, so any number of them can run."""
    named = {"name": model.name, "version": model.version, "hash": model.content_hash}

    async def ping(_: Request) -> Response:
        return JSONResponse({"status": "ok", "model": named})

    async def invocations(request: Request) -> Response:
        try:
            rows = read_rows(await _body(request), request.headers.get("content-type", ""))
            predictions = [Prediction(model.probability(row)) for row in rows]
            body, kind = write_predictions(predictions, named, request.headers.get("accept", ""))
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
