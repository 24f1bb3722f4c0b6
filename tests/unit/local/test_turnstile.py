"""A function has so many processes at most; who comes meanwhile waits, and is told when in vain."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from infra.local.turnstile import Scope, Turnstile, invoked_function

PATH = "/2015-03-31/functions/{}/invocations"


def _scope(name: str, kind: bytes = b"RequestResponse", method: str = "POST") -> Scope:
    headers = [(b"x-amz-invocation-type", kind)]
    return {"type": "http", "method": method, "path": PATH.format(name), "headers": headers}


async def _receive() -> Any:
    raise AssertionError("nobody reads a body here")


class _Functions:
    """Invocations that end when they are told to."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.most = 0
        self.end = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        self.running.append(scope["path"])
        self.most = max(self.most, len(self.running))
        await self.end.wait()
        self.running.remove(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})


class _Answers:
    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.bodies: list[bytes] = []

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.statuses.append(message["status"])
        else:
            self.bodies.append(message["body"])


async def _until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        (_scope("teller-fulfillment"), "teller-fulfillment"),
        (_scope("teller-fulfillment:live"), "teller-fulfillment"),
        (_scope("teller-fulfillment%3Alive"), "teller-fulfillment"),
        (_scope("arn:aws:lambda:us-east-1:000000000000:function:teller-desk"), "teller-desk"),
        (_scope("arn:aws:lambda:us-east-1:000000000000:function:teller-desk:7"), "teller-desk"),
        (_scope("teller-desk", b"Event"), None),
        (_scope("teller-desk", method="GET"), None),
        ({"type": "http", "method": "POST", "path": "/", "headers": []}, None),
        ({"type": "lifespan"}, None),
    ],
)
def test_the_function_that_somebody_waits_for_is_known_by_its_bare_name(
    scope: Scope, name: str | None
) -> None:
    assert invoked_function(scope) == name


def test_a_call_waits_until_a_process_is_free_and_each_function_has_its_own() -> None:
    async def story() -> tuple[_Functions, _Answers]:
        functions, answers = _Functions(), _Answers()
        gate = Turnstile(functions, at_once=2)
        calls = [
            asyncio.create_task(gate(_scope(name), _receive, answers))
            for name in ("one", "one", "one:live", "other")
        ]
        await _until(lambda: len(functions.running) == 3)
        assert functions.running.count(PATH.format("other")) == 1
        functions.end.set()
        await asyncio.gather(*calls)
        return functions, answers

    functions, answers = asyncio.run(story())
    assert functions.most == 3
    assert answers.statuses == [200] * 4


def test_who_waited_in_vain_is_throttled_in_lambdas_words_and_the_place_is_not_lost() -> None:
    async def story() -> _Answers:
        functions, answers = _Functions(), _Answers()
        gate = Turnstile(functions, at_once=1, waits_s=0)
        held = asyncio.create_task(gate(_scope("one"), _receive, answers))
        await _until(lambda: bool(functions.running))
        await gate(_scope("one"), _receive, answers)
        functions.end.set()
        await held
        await gate(_scope("one"), _receive, answers)
        return answers

    answers = asyncio.run(story())
    assert answers.statuses == [429, 200, 200]
    assert json.loads(answers.bodies[0])["Reason"] == "ConcurrentInvocationLimitExceeded"


def test_a_call_that_breaks_gives_its_place_back() -> None:
    async def broken(scope: Scope, receive: Any, send: Any) -> None:
        raise ConnectionError("the process died")

    async def story() -> None:
        gate = Turnstile(broken, at_once=1, waits_s=0)
        for _ in range(3):
            with pytest.raises(ConnectionError):
                await gate(_scope("one"), _receive, _Answers())

    asyncio.run(story())
