"""A server process around a stored model."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from hypercorn.asyncio import serve
from hypercorn.config import Config

from fulfillment.fraud.model.artefact import read_model
from models.serve.app import create_app

MODEL_FILE = "model.json"


async def serve_model(
    folder: Path, address: str, stop_requested: Callable[[], Awaitable[None]]
) -> None:
    """Serve the model in `folder` on `address` (host:port) until asked to stop.

    Raises `ModelError` or `OSError` when there is none that can be used.
    """
    model = read_model((folder / MODEL_FILE).read_bytes())
    config = Config()
    config.bind = [address]
    config.loglevel = "WARNING"
    config.keep_alive_timeout = 75
    await serve(create_app(model), config, shutdown_trigger=stop_requested)  # type: ignore[arg-type]
