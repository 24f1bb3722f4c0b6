"""The coffee counter, hosted, served, and spoken to by boto3's own client."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config

from bot.definition import BotDefinition, load
from bot.runtime.hook_calls import HookCaller
from bot.runtime.hosted_bot import hosted
from bot.runtime.http_api import create_runtime_app
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.process_hook import ProcessHook
from bot.runtime.remembering_hook import RememberingHook
from tests.integration.runtime.keyword_recogniser import KeywordRecogniser
from tests.integration.runtime.serving import served

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client

BOT = Path(__file__).parent / "bots" / "beanbar"
BOT_ID = "BEANBAR001"
HOOK = "tests.integration.runtime.coffee_hook:handler"


class SettableClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(scope="session")
def definition() -> BotDefinition:
    return load(BOT)


@pytest.fixture(scope="module")
def said() -> list[str]:
    """What the hook's keeper said on the way."""
    return []


@pytest.fixture(scope="module")
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(scope="module")
def hook(said: list[str]) -> RememberingHook:
    return RememberingHook(ProcessHook(HOOK, processes=2, say=said.append))


@pytest.fixture(scope="module")
def runtime(
    definition: BotDefinition, hook: RememberingHook, clock: SettableClock
) -> Iterator[LexRuntime]:
    ids = (f"request-{number}" for number in itertools.count(1))
    ears = {name: KeywordRecogniser(locale) for name, locale in definition.locales.items()}
    running = LexRuntime(
        [hosted(BOT_ID, definition, ears, hook)],
        clock=clock,
        rng=random.Random(7),
        new_id=lambda: next(ids),
        hooks=HookCaller(budget_s=5.0),
    )
    yield running
    running.close()


@pytest.fixture(scope="module")
def endpoint(runtime: LexRuntime) -> Iterator[str]:
    with served(create_runtime_app(runtime)) as url:
        yield url


@pytest.fixture(scope="module")
def client(endpoint: str) -> Iterator[LexRuntimeV2Client]:
    made: LexRuntimeV2Client = boto3.client(
        "lexv2-runtime",
        endpoint_url=endpoint,
        region_name="eu-west-1",
        aws_access_key_id="anything",
        aws_secret_access_key="goes",
        config=Config(retries={"total_max_attempts": 1}),
    )
    yield made
    made.close()
