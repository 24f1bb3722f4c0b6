"""`GET /health`: 200 when every part of the bank answers, 503 with the part that does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from infra.local.children import answers
from infra.local.settings import STACK_NAME, LocalSettings
from infra.local.stack import FUNCTION_NAME, aws_client


def health_route(settings: LocalSettings) -> Route:
    """The route; each request looks anew."""
    parts = _parts(settings)

    async def health(_: Request) -> JSONResponse:
        found = await run_in_threadpool(lambda: {name: look() for name, look in parts.items()})
        fine = all(word == "ok" for word in found.values())
        body = {"status": "ok" if fine else "starting", "parts": {**found, "lex_runtime": "ok"}}
        return JSONResponse(body, 200 if fine else 503)

    return Route("/health", health)


def _parts(settings: LocalSettings) -> dict[str, Callable[[], str]]:
    functions = aws_client("lambda", settings)
    stacks = aws_client("cloudformation", settings)

    def aws() -> str:
        return "ok" if answers(f"{settings.aws_endpoint}/_ministack/health") else "away"

    def stack() -> str:
        status = stacks.describe_stacks(StackName=STACK_NAME)["Stacks"][0]["StackStatus"]
        return "ok" if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE") else str(status)

    def fulfillment() -> str:
        state = functions.get_function(FunctionName=FUNCTION_NAME)["Configuration"]["State"]
        return "ok" if state == "Active" else str(state)

    def fraud_model() -> str:
        return "ok" if answers(f"http://127.0.0.1:{settings.model_port}/ping") else "away"

    def personalization_model() -> str:
        there = answers(f"http://127.0.0.1:{settings.personalization_port}/ping")
        return "ok" if there else "away"

    return {
        "fraud_model": fraud_model,
        "personalization_model": personalization_model,
        "aws": aws,
        "stack": _guarded(stack),
        "fulfillment": _guarded(fulfillment),
    }


def _guarded(look: Callable[[], str]) -> Callable[[], Any]:
    """A part that cannot even be asked is away, whatever the reason."""

    def ask() -> str:
        try:
            return look()
        except Exception as error:
            return f"away ({type(error).__name__})"

    return ask
