"""The AWS CLI, unmodified, speaks to the offline Lex by `--endpoint-url` alone."""

from __future__ import annotations

import base64
import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.integration.runtime.conftest import BOT_ID

ROOT = Path(__file__).resolve().parents[2]
# A CLI of its own (`make clients`), since it pins a botocore of its own; else the machine's.
OWN = ROOT / ".venv-clients" / "bin" / "aws"
AWS = str(OWN) if OWN.exists() else shutil.which("aws")

pytestmark = pytest.mark.skipif(AWS is None, reason="NO AWS CLI HERE: `make clients` installs one")


def aws(endpoint: str, command: str, session: str, *more: str, fails: bool = False) -> Any:
    """The answer of one command; of one that fails, what it says on standard error."""
    arguments = [
        "lexv2-runtime", command, "--endpoint-url", endpoint, "--bot-id", BOT_ID,
        "--bot-alias-id", "TSTALIASID", "--locale-id", "en_US", "--session-id", session, *more,
    ]  # fmt: skip
    plain = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    done = subprocess.run(
        [str(AWS), *arguments],
        env={
            **plain,
            "AWS_ACCESS_KEY_ID": "anything",
            "AWS_SECRET_ACCESS_KEY": "goes",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_PAGER": "",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode != 0) is fails, done.stderr
    return done.stderr if fails else json.loads(done.stdout)


def test_a_coffee_is_ordered_by_the_aws_cli(endpoint: str) -> None:
    said = [
        aws(endpoint, "recognize-text", "by-cli", "--text", text)["messages"][0]["content"]
        for text in ("can I get a cappuccino", "small", "yes")
    ]
    assert said == ["Which size?", "A small cappuccino. Is that right?", "That is $3.80. Enjoy!"]


def test_a_session_is_put_read_and_deleted_by_the_aws_cli(endpoint: str) -> None:
    state = {
        "sessionAttributes": {"seat": "4"},
        "intent": {"name": "OrderCoffee"},
        "dialogAction": {"type": "ElicitSlot", "slotToElicit": "drink"},
    }
    out = ROOT / ".pytest_cache" / "put-session.out"
    out.parent.mkdir(exist_ok=True)
    put = aws(
        endpoint, "put-session", "kept", "--session-state", json.dumps(state), str(out)
    )  # fmt: skip
    unpacked = json.loads(gzip.decompress(base64.b64decode(put["sessionState"])))
    assert unpacked["sessionAttributes"] == {"seat": "4"}
    got = aws(endpoint, "get-session", "kept")
    assert got["sessionState"]["dialogAction"]["slotToElicit"] == "drink"
    assert aws(endpoint, "delete-session", "kept")["sessionId"] == "kept"
    assert "ResourceNotFoundException" in aws(endpoint, "get-session", "kept", fails=True)


def test_what_lex_refuses_the_aws_cli_reports_by_its_name(endpoint: str) -> None:
    state = {"intent": {"name": "OrderTea"}, "dialogAction": {"type": "Delegate"}}
    told = aws(
        endpoint, "recognize-text", "refused", "--text", "hi",
        "--session-state", json.dumps(state), fails=True,
    )  # fmt: skip
    assert "(ValidationException) when calling the RecognizeText operation" in told
