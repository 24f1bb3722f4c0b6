"""The embedded AWS as a process of its own: the emulator's ASGI app under our launcher.

Our launcher adds what the emulator lacks: state on disk every so often, a bound on the processes of
a function, expressions read once, key conditions held at once, and a clean stop when the supervisor
is gone. Everything else is
reached through boto3, so another emulator can replace it.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import logging
import os
import shutil
from pathlib import Path
from typing import Any

from infra.local.lifeline import stop_requested
from infra.local.quick_expressions import read_expressions_once
from infra.local.quick_key_conditions import hold_key_conditions_quickly
from infra.local.snapshots import Snapshotter
from infra.local.turnstile import AsgiApp, Scope, Turnstile

_READS = ("Get", "Query", "Scan", "BatchGet", "Describe", "List", "TransactGet")


def emulator_environment(port: int, state_folder: Path) -> dict[str, str]:
    """What the emulator must be told before it is imported: loopback only, IAM on, state kept."""
    return {
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state_folder / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state_folder / "s3"),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
    }


def changes_state(scope: Scope) -> bool:
    """Whether a request may have changed something: all but plain reads count."""
    if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return False
    target = dict(scope["headers"]).get(b"x-amz-target", b"").decode("latin-1")
    return not target.rpartition(".")[2].startswith(_READS)


def watched(app: AsgiApp, snapshots: Snapshotter) -> AsgiApp:
    """`app`, telling `snapshots` after each request that may have changed something."""

    async def call(scope: Scope, receive: Any, send: Any) -> None:
        await app(scope, receive, send)
        if changes_state(scope):
            snapshots.touch()

    return call


async def _serve(port: int, processes: int, state_seconds: int) -> None:
    emulator = importlib.import_module("ministack.app")
    persistence = importlib.import_module("ministack.core.persistence")
    read_expressions_once()
    hold_key_conditions_quickly()
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    # A worker that the emulator starts anew (after kill -9, a time-out, new code) is worth a line.
    logging.getLogger("lambda_runtime").setLevel(logging.INFO)
    snapshots = Snapshotter(
        lambda: persistence.save_all(emulator._build_persistence_save_dict()), state_seconds
    )
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    ticking = asyncio.create_task(snapshots.run())

    async def stop() -> None:
        await stop_requested()
        # The emulator saves once more on its way out, to the same files.
        ticking.cancel()
        await snapshots.finish()

    await serve(
        watched(Turnstile(emulator.app, processes), snapshots),  # type: ignore[arg-type]
        config,
        shutdown_trigger=stop,
    )


def _empty(folder: Path) -> Path:
    """`folder` with nothing in it: unpacked functions of a run that was killed are of no use."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description="The embedded AWS (started by `teller run`).")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--processes", type=int, required=True, help="of each function, at most")
    parser.add_argument("--state-seconds", type=int, required=True, help="between two writings")
    given = parser.parse_args()
    given.state.mkdir(parents=True, exist_ok=True)
    os.environ.update(emulator_environment(given.port, given.state))
    os.environ["TMPDIR"] = str(_empty(given.state / "tmp"))
    asyncio.run(_serve(given.port, given.processes, given.state_seconds))


if __name__ == "__main__":
    main()
