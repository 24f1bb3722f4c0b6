"""The fraud model's server as a child of the local bank: the container's server on loopback."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from infra.local.lifeline import stop_requested
from models.serve.server import serve_model

SHIPPED_MODEL = Path(__file__).resolve().parents[2] / "fulfillment" / "fraud" / "shipped_model"


def main() -> None:
    parser = argparse.ArgumentParser(description="The model server (started by `teller run`).")
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    asyncio.run(serve_model(SHIPPED_MODEL, f"127.0.0.1:{given.port}", stop_requested))


if __name__ == "__main__":
    main()
