"""Code hooks for the tests of process hooks: each runs in a child process."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any

CALLS = {"count": 0}


def echo(event: Any, context: Any) -> Any:
    CALLS["count"] += 1
    return {"event": event, "pid": os.getpid(), "calls": CALLS["count"]}


def chatty(event: Any, context: Any) -> Any:
    os.write(1, b"straight to the descriptor\n")
    sys.stdout.write("through the module\n")
    return "still readable"


def reading(event: Any, context: Any) -> Any:
    return sys.stdin.read()


def interpreter(event: Any, context: Any) -> Any:
    return {"prefix": sys.prefix, "path": sys.path}


def about_the_call(event: Any, context: Any) -> Any:
    return {
        "function_name": context.function_name,
        "has_time": context.get_remaining_time_in_millis() > 0,
        "arn": context.invoked_function_arn,
        "request_id": context.aws_request_id,
        "task_root": os.environ["LAMBDA_TASK_ROOT"],
        "name_in_environment": os.environ["AWS_LAMBDA_FUNCTION_NAME"],
    }


def refuse(event: Any, context: Any) -> Any:
    raise LookupError("no such drink")


def leave(event: Any, context: Any) -> Any:
    if event.get("leave"):
        os._exit(3)
    return os.getpid()


def never(event: Any, context: Any) -> Any:
    if event.get("hang"):
        threading.Event().wait()
    return os.getpid()


def unwritable(event: Any, context: Any) -> Any:
    return {"now": object()}


def enormous(event: Any, context: Any) -> Any:
    return "x" * 30_000
