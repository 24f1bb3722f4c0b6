"""An embedded AWS of the tests' own: real transactions under real threads, on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.error import URLError

import pytest
from botocore.config import Config
from botocore.session import get_session

from tests.integration.store.table import create_table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_READY_S = 60.0


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


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


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the embedded AWS answers."""
    port = _free_port()
    folder: Path = tmp_path_factory.mktemp("embedded-aws")
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
            [*command, "ministack.app:app"],
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


@pytest.fixture
def connect(endpoint: str) -> Iterator[Callable[[], DynamoDBClient]]:
    """Makes clients of the embedded DynamoDB, each with connections of its own."""
    made: list[DynamoDBClient] = []

    def client() -> DynamoDBClient:
        session = get_session()
        session.set_credentials("test", "test")
        made.append(
            cast(
                "DynamoDBClient",
                session.create_client(
                    "dynamodb",
                    region_name="eu-west-1",
                    endpoint_url=endpoint,
                    config=Config(retries={"total_max_attempts": 1}),
                ),
            )
        )
        return made[-1]

    yield client
    for one in made:
        one.close()


@pytest.fixture
def client(connect: Callable[[], DynamoDBClient]) -> DynamoDBClient:
    return connect()


@pytest.fixture
def table(client: DynamoDBClient) -> Iterator[str]:
    """A fresh table for one test."""
    name = create_table(client)
    yield name
    client.delete_table(TableName=name)
