"""`python -m models.serve`: serve the model in `SM_MODEL_DIR`, as SageMaker starts a container.

The port is `SAGEMAKER_BIND_TO_PORT` (8080), on every address, as it must be in a container.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from fulfillment.fraud.model.artefact import ModelError
from models.serve.server import serve_model


async def _stop_requested() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def main() -> int:
    folder = Path(os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))
    address = f"0.0.0.0:{os.environ.get('SAGEMAKER_BIND_TO_PORT', '8080')}"
    try:
        asyncio.run(serve_model(folder, address, _stop_requested))
    except (OSError, ModelError) as fault:
        sys.stderr.write(f"models.serve: the model in {folder} cannot be served: {fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
