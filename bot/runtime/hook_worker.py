"""The child of a process hook: imports one function and answers events, one JSON line each.

Run as a file, by any Python from 3.10 on: it needs nothing but the standard library.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any


@dataclass(frozen=True, slots=True)
class HookContext:
    """What Lambda passes beside the event, as far as it means something outside AWS."""

    function_name: str
    deadline: float
    """On the monotonic clock, in seconds."""
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 128
    log_group_name: str = ""
    log_stream_name: str = ""
    identity: None = None
    client_context: None = None

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:us-east-1:000000000000:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the caller stops waiting; 0 when it has."""
        return max(0, int((self.deadline - time.monotonic()) * 1000))


Function = Callable[[Any, HookContext], Any]


def load(target: str) -> Function:
    """The function named `module:function`. Raises `ImportError` or `AttributeError`."""
    module, _, name = target.partition(":")
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    if not callable(found):
        raise TypeError(f"{target} is not a function")
    function: Function = found
    return function


def answer(function: Function, name: str, request: dict[str, Any]) -> dict[str, Any]:
    """The envelope for one request: {"answer": JSON text} or {"error": Lambda's error document}."""
    context = HookContext(name, time.monotonic() + float(request["budget_s"]))
    try:
        value = function(request["event"], context)
        return {"answer": json.dumps(value, ensure_ascii=False, allow_nan=False)}
    except Exception as fault:
        traceback.print_exc()
        return {"error": _document(fault)}


def _document(fault: BaseException) -> dict[str, str]:
    return {"errorType": type(fault).__name__, "errorMessage": str(fault)}


def serve(target: str, requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each line of `requests` until there are no more.

    A function that cannot be imported answers each event with that error, as Lambda does.
    """
    try:
        function = load(target)
    except Exception as fault:
        traceback.print_exc()
        refused = fault

        def function(_event: Any, _context: HookContext) -> Any:
            raise refused

    name = target.replace(":", ".")
    for line in requests:
        envelope = answer(function, name, json.loads(line))
        answers.write(json.dumps(envelope).encode() + b"\n")
        answers.flush()


def main() -> None:
    # The function's modules are looked for where the server was started, not beside this file.
    sys.path[0] = str(Path.cwd())
    # What the function prints goes to standard error: standard output is the way back.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    # Nor may a function that reads its input take the next event: there is nothing to read.
    requests = os.fdopen(os.dup(0), "rb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    serve(sys.argv[1], requests, answers)


if __name__ == "__main__":
    main()
