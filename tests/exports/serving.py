"""`teller lex serve` as a developer starts it: a process, an export, a code hook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client

_ANNOUNCED = re.compile(r"at (http://\S+); .*botId='(\w+)'")
# Hooks make AWS clients as they are imported; none of them may reach an account.
_NOWHERE = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
}


@dataclass(frozen=True, slots=True)
class Served:
    """A bot that can be spoken to."""

    client: LexRuntimeV2Client
    bot_id: str


@contextmanager
def serving(export: Path, hook: str | None = None, folder: Path | None = None) -> Iterator[Served]:
    """The bot of `export`, its hook's module found in `folder`, for as long as the block runs."""
    command = [sys.executable, "-m", "bot.runtime.serve", str(export.absolute()), "--port", "0"]
    process = subprocess.Popen(
        command + (["--code-hook", hook] if hook else []),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, **_NOWHERE, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        announced = _ANNOUNCED.search(process.stdout.readline() if process.stdout else "")
        if announced is None:
            process.wait(10)
            raise AssertionError(process.stderr.read() if process.stderr else "it did not start")
        yield Served(_client(announced[1]), announced[2])
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _client(endpoint: str) -> LexRuntimeV2Client:
    client: LexRuntimeV2Client = boto3.client(
        "lexv2-runtime",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(retries={"total_max_attempts": 1}, read_timeout=40),
    )
    return client
