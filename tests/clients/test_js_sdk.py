"""AWS's SDK for JavaScript, unmodified, from npm, speaks to the offline Lex."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.integration.runtime.conftest import BOT_ID

FOLDER = Path(__file__).parent / "js"
NODE = shutil.which("node")
IS_HERE = NODE is not None and (FOLDER / "node_modules").is_dir()

pytestmark = pytest.mark.skipif(
    not IS_HERE, reason="NO AWS SDK FOR JAVASCRIPT HERE: `make clients` installs it with npm"
)


def test_a_coffee_is_ordered_and_sessions_are_kept_by_the_javascript_sdk(endpoint: str) -> None:
    done = subprocess.run(
        [str(NODE), str(FOLDER / "talk.mjs"), endpoint, BOT_ID],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["said"] == [
        "Which size?",
        "A small cappuccino. Is that right?",
        "That is $3.80. Enjoy!",
    ]
    assert told["put"] == {"seat": "4"}
    assert told["asked"] == {"type": "ElicitSlot", "slotToElicit": "drink"}
    assert told["deleted"] == "kept-js"
    assert told["uttered"] == "Which size?"
    assert told["refused"] == [
        ["ResourceNotFoundException", 404],
        ["ValidationException", 400],
        ["ResourceNotFoundException", 404],
    ]
