"""An embedded AWS of the tests' own: real transactions under real threads, on a free port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.error import URLError

from botocore.config import Config
from botocore.session import get_session

from infra.local.ports import free_port

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_READY_S = 180.0


@contextmanager
def embedded_aws(folder: Path, app: str = "ministack.app:app") -> Iterator[str]:
    """Where it answers, for as long as it lasts. What it keeps lies in `folder`; `app` is the
    emulator's own application, or one that wraps it.
    """
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "PERSIST_STATE": "0",
        "STATE_DIR": str(folder / "state"),
        "S3_DATA_DIR": str(folder / "s3"),
    }
    command = [sys.executable, "-m", "hypercorn", "--bind", f"127.0.0.1:{port}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # our own interpreter, our own arguments
            [*command, app],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _await_health(process, address)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def dynamodb_at(endpoint: str) -> DynamoDBClient:
    """A client with connections of its own, which never retries by itself."""
    session = get_session()
    session.set_credentials("test", "test")
    client = session.create_client(
        "dynamodb",
        region_name="eu-west-1",
        endpoint_url=endpoint,
        config=Config(retries={"total_max_attempts": 1}),
    )
    return cast("DynamoDBClient", client)


def _await_health(process: subprocess.Popen[bytes], endpoint: str) -> None:
    deadline = time.monotonic() + _READY_S
    while True:
        try:
            with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError("the embedded AWS did not come up") from None
            time.sleep(0.02)
