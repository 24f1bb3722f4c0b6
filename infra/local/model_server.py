"""The model servers as a child of the local bank: the containers' own server on loopback.

Each model has a port of its own, as each has a container in the cloud; one process saves memory.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping
from pathlib import Path

from infra.local.lifeline import stop_requested
from models.serve.server import serve_model

_FULFILLMENT = Path(__file__).resolve().parents[2] / "fulfillment"
SHIPPED_MODEL = _FULFILLMENT / "fraud" / "shipped_model"
SHIPPED_PROPENSITIES = _FULFILLMENT / "personalization" / "shipped_model"


def main() -> None:
    parser = argparse.ArgumentParser(description="The model server (started by `teller run`).")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--personalization-port", type=int, required=True)
    given = parser.parse_args()
    asyncio.run(
        _serve({given.port: SHIPPED_MODEL, given.personalization_port: SHIPPED_PROPENSITIES})
    )


async def _serve(models: Mapping[int, Path]) -> None:
    """All of them until asked to stop; the first that cannot go on ends the others."""
    stop = asyncio.ensure_future(stop_requested())

    async def stopped() -> None:
        await asyncio.shield(stop)

    async with asyncio.TaskGroup() as group:
        for port, folder in models.items():
            group.create_task(serve_model(folder, f"127.0.0.1:{port}", stopped))


if __name__ == "__main__":
    main()
