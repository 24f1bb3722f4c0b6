"""A cold start loads what a turn needs and no more; who starts early loads everything."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

_STARTS = """
import json, sys
from importlib.util import _LazyModule
from fulfillment.handlers.lex import handler
loaded = [name for name, one in sys.modules.items() if type(one) is not _LazyModule]
print(json.dumps([name for name in loaded if name.startswith("fulfillment.")]))
"""
_OF_FEW = {
    "fulfillment.conversations.loans",
    "fulfillment.conversations.send_money",
    "fulfillment.fraud.policy.model",
    "fulfillment.personalization.insights.forecast",
    "fulfillment.store.paying",
}
"""What most first turns never touch."""
_MOST_LOADED = 100
"""Of our modules: 31 more crept in within a day once, a fifth of a start, and nobody noticed."""


@pytest.mark.parametrize(
    ("initialization", "is_late"),
    [("on-demand", True), ("provisioned-concurrency", False), ("snap-start", False)],
)
def test_a_start_that_somebody_waits_for_leaves_out_what_few_turns_need(
    initialization: str, is_late: bool
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STARTS],
        env={**os.environ, "AWS_LAMBDA_INITIALIZATION_TYPE": initialization},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(json.loads(done.stdout))
    assert "fulfillment.handlers.lex" in loaded
    assert (loaded & _OF_FEW == set()) if is_late else (loaded >= _OF_FEW)
    assert (len(loaded) <= _MOST_LOADED) is is_late
