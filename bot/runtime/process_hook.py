"""Code hooks run from a Python function, in child processes of their own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.runtime.code_hook import (
    HookError,
    HookTimeoutError,
    decode_answer,
    encode_event,
    raised,
)

Say = Callable[[str], None]

_WORKER = Path(__file__).with_name("hook_worker.py")


def _say_on_stderr(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _lambda_environment(target: str) -> dict[str, str]:
    """The variables that Lambda sets for every function, as far as they mean something here.

    Source: Lambda developer guide, "Defined runtime environment variables". What the parent has
    set already stays.
    """
    module, _, function = target.partition(":")
    return {
        "AWS_LAMBDA_FUNCTION_NAME": f"{module}.{function}",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "LAMBDA_TASK_ROOT": str(Path.cwd()),
        "_HANDLER": f"{module}.{function}",
    }


class HookProcess:
    """One child that answers one event at a time, JSON lines over its pipes."""

    def __init__(self, target: str, python: str | None = None) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - the developer names the function to run
            # By its file: another interpreter need not have this package.
            [python or sys.executable, str(_WORKER), target],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Out of the terminal's reach: Ctrl-C is for the runtime, which ends its children.
            start_new_session=True,
            env=_lambda_environment(target) | os.environ,
        )

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    @property
    def exit_status(self) -> int | None:
        return self._child.poll()

    def ask(self, event: Mapping[str, Any], budget_s: float) -> Any:
        """The function's answer. Kills the child when the budget is over; see `CodeHook.invoke`."""
        over = threading.Event()
        timer = threading.Timer(budget_s, self._give_up, [over])
        timer.start()
        try:
            line = self._exchange(b'{"budget_s":%.3f,"event":%s}' % (budget_s, encode_event(event)))
        finally:
            timer.cancel()
        if line:
            return _answer_in(line)
        self._child.wait()
        if over.is_set():
            raise HookTimeoutError(budget_s)
        raise HookError(f"the code hook's process ended with status {self._child.returncode}")

    def _exchange(self, request: bytes) -> bytes:
        if self._child.stdin is None or self._child.stdout is None:
            return b""
        try:
            self._child.stdin.write(request + b"\n")
            self._child.stdin.flush()
        except (BrokenPipeError, OSError):
            return b""
        return self._child.stdout.readline()

    def _give_up(self, over: threading.Event) -> None:
        over.set()
        self._kill()

    def _kill(self) -> None:
        # The whole group: a process the function started would hold the pipe open.
        try:
            os.killpg(self._child.pid, signal.SIGKILL)
        except (AttributeError, OSError):
            self._child.kill()

    def end(self) -> None:
        """Stop the child: its input is closed, and it is killed if that does not end it."""
        if self._child.stdin is not None:
            with contextlib.suppress(OSError):  # the child may have gone first
                self._child.stdin.close()
        try:
            self._child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._kill()
            self._child.wait()
        if self._child.stdout is not None:
            self._child.stdout.close()


class ProcessHook:
    """`module:function` in child processes, at most `processes` of them, started when needed.

    Like Lambda's environments, a child keeps what its module built; it answers one event at a
    time. A child that dies, or is killed for being over its budget, is replaced at the next
    event, and `say` is told so in one sentence. The parent's working directory and environment
    are the child's; `python` is its interpreter (3.10 or later), so that a function may have an
    environment of its own, with other packages.
    """

    def __init__(
        self,
        target: str,
        *,
        processes: int = 4,
        say: Say = _say_on_stderr,
        python: str | None = None,
    ) -> None:
        module, colon, function = target.partition(":")
        if not (colon and module and function):
            raise ValueError(f"a code hook in Python is named module:function, not {target!r}")
        self._target = target
        self._python = python
        self._say = say
        self._room = threading.Semaphore(processes)
        self._lock = threading.Lock()
        self._idle: list[HookProcess] = []
        self._all: set[HookProcess] = set()
        self._closed = False

    @property
    def target(self) -> str:
        return self._target

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        """See `CodeHook.invoke`. Waiting for a free process counts against the budget."""
        if not self._room.acquire(timeout=budget_s):
            raise HookTimeoutError(budget_s)
        try:
            process = self._take()
            try:
                return process.ask(event, budget_s)
            finally:
                self._give_back(process)
        finally:
            self._room.release()

    def warm_up(self) -> None:
        """Start a process now; a function that cannot be imported is told of at once."""
        self._give_back(self._take())

    def _take(self) -> HookProcess:
        with self._lock:
            if self._closed:
                raise HookError("the code hook is closed")
            while self._idle:
                process = self._idle.pop()
                if process.is_alive:
                    return process
                self._bury(process)
            process = HookProcess(self._target, self._python)
            self._all.add(process)
            return process

    def _give_back(self, process: HookProcess) -> None:
        with self._lock:
            if process.is_alive and not self._closed:
                self._idle.append(process)
                return
            self._bury(process)

    def _bury(self, process: HookProcess) -> None:
        status = process.exit_status
        process.end()
        self._all.discard(process)
        if not self._closed:
            self._say(
                f"The code hook {self._target} ended with status {status};"
                " a new process starts with the next call."
            )

    def close(self) -> None:
        with self._lock:
            self._closed = True
            processes = list(self._all)
            self._all.clear()
            self._idle.clear()
        for process in processes:
            process.end()


def _answer_in(line: bytes) -> Any:
    # The child wrote this line itself, so it is JSON; only the function's part may be too large.
    envelope = json.loads(line)
    if "error" in envelope:
        raise raised(envelope["error"])
    return decode_answer(envelope["answer"].encode())
