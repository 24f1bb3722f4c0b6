"""The customers' telephones of the local bank: what the embedded AWS would have texted to them.

On AWS a text message leaves through SNS and is seen by its owner alone. Here there is no telephone,
so the page shows one; this route exists in the local stack and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.web.headers import API_HEADERS
from infra.local.demo_bank import demo_customers
from infra.local.settings import LocalSettings

PHONE_PATH = "/phone/messages"
_TEXTS = "/_ministack/sns/sms-messages"
_MOST = 20


def phone_route(settings: LocalSettings) -> Route:
    """`GET /phone/messages`: the demo customers' numbers, and the newest texts, oldest first."""
    read = texts_reader(settings)
    people = [
        {"name": life.name, "customerNumber": life.number, "phone": life.phone}
        for life in demo_customers()
    ]

    async def messages(_: Request) -> JSONResponse:
        texts = await run_in_threadpool(read)
        return JSONResponse({"people": people, "messages": texts}, headers=dict(API_HEADERS))

    return Route(PHONE_PATH, messages)


def texts_reader(settings: LocalSettings) -> Callable[[], list[dict[str, str]]]:
    """Reads the texts that were sent: to whom, and what they say, in the order they were sent.

    A telephone's own texts are in order; the newest ones of each are kept.
    """
    owners = {life.phone: life.name for life in demo_customers()}

    def read() -> list[dict[str, str]]:
        # The embedded AWS's own address on loopback, never a caller's.
        with urlopen(f"{settings.aws_endpoint}{_TEXTS}", timeout=5) as answer:  # noqa: S310
            sent: dict[str, list[dict[str, Any]]] = json.load(answer)["sms_messages"]
        return [
            {"id": text["MessageId"], "to": owners.get(phone, phone), "text": text["Message"]}
            for phone, texts in sent.items()
            for text in texts[-_MOST:]
        ]

    return read
