"""A server process around a stored model."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from hypercorn.asyncio import serve
from hypercorn.config import Config

from fulfillment.fraud.model.artefact import Model, ModelError, read_model
from fulfillment.personalization.model.artefact import NAME, Propensities, read_propensities
from models.serve.app import create_app

MODEL_FILE = "model.json"


async def serve_model(
    folder: Path, address: str, stop_requested: Callable[[], Awaitable[None]]
) -> None:
    """Serve the model in `folder` on `address` (host:port) until asked to stop.

    Raises `ModelError` or `OSError` when there is none that can be used.
    """
    model = read_any((folder / MODEL_FILE).read_bytes())
    config = Config()
    config.bind = [address]
    config.loglevel = "WARNING"
    config.keep_alive_timeout = 75
    await serve(create_app(model), config, shutdown_trigger=stop_requested)  # type: ignore[arg-type]


def read_any(content: bytes) -> Model | Propensities:
    """Whichever model a file says it is. Raises `ModelError`."""
    try:
        raw = json.loads(content)
    except ValueError as fault:
        raise ModelError("the model is not JSON") from fault
    if isinstance(raw, dict) and raw.get("name") == NAME:
        return read_propensities(content)
    return read_model(content)
