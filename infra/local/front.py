"""What people and Lex clients talk to, in one process: Lex Runtime, channel, pages, health."""

from __future__ import annotations

import asyncio
import os
import random
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import boto3
from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute

from bot.channels import ChannelSettings, create_channel
from bot.channels.demo import load_demo_customers
from bot.channels.idp import id_tokens_of
from bot.channels.keys import SecretsManagerKeys
from bot.channels.lex import lex_client
from bot.channels.rates import Rate
from bot.channels.stream.bell import Doorbell
from bot.channels.stream.frames import LARGEST_FRAME
from bot.channels.stream.hub import Hub
from bot.channels.stream.inbox import LambdaInbox
from bot.console import create_console
from bot.definition import load
from bot.learning import MissedUtterances
from bot.nlu import Ears
from bot.runtime.conversation_log import ConversationLog, opened
from bot.runtime.hosted_bot import HostedBot, hosted
from bot.runtime.http_api import create_runtime_app
from bot.runtime.lambda_hook import LambdaHook
from bot.runtime.lex_runtime import LexRuntime
from bot.web.pages import ANALYST_PAGE, CONSOLE_PAGE, PAGES, page_routes
from infra.local.feed import feed_route
from infra.local.health import health_route
from infra.local.lifeline import stop_requested
from infra.local.phone import PHONE_PATH, phone_route
from infra.local.sagemaker_runtime import ModelServer, sagemaker_runtime_route
from infra.local.settings import (
    BOT_ID,
    FRAUD_ENDPOINT,
    LIVE_ALIAS_ID,
    PERSONALIZATION_ENDPOINT,
    REGION,
    TEST_ALIAS_ID,
    LocalSettings,
    read_settings,
)
from infra.local.slack.standing_in import local_slack
from infra.local.speaking_as import DemoTesters
from infra.local.stack import FUNCTION_NAME, ROOT, SECRET_NAME, aws_client, outputs
from infra.local.user_pool import DemoUserPool, embedded_provider

LIVE_ALIAS_NAME = "live"
_DICE = 2026


def build(settings: LocalSettings) -> Starlette:
    """The application on the running embedded AWS."""
    clock = _clock(settings)
    runtime = LexRuntime(
        [_teller(settings)],
        clock=clock,
        # The same seed says the same variations in the same order: rehearsals can be compared.
        rng=random.Random(_DICE),  # noqa: S311 - chooses words, not secrets
        new_id=lambda: str(uuid.uuid4()),
    )
    missed = settings.missed_file.open("a", encoding="utf-8", buffering=1)
    runtime.log.observe(MissedUtterances(missed.write))

    conversations = opened(settings.conversations_file) if settings.keeps_conversations else None
    if conversations is not None:
        runtime.log.observe(ConversationLog(runtime.bots, conversations.write))

    hub = Hub()
    bell = Doorbell(aws_client("sqs", settings), outputs(settings)["ChatDoorbellUrl"], hub.ring)

    @asynccontextmanager
    async def open_and_close(_: Starlette) -> AsyncIterator[None]:
        bell.start()
        yield
        bell.stop()
        runtime.close()
        missed.close()
        if conversations is not None:
            conversations.close()

    return Starlette(
        lifespan=open_and_close,
        routes=[
            health_route(settings),
            phone_route(settings),
            feed_route(settings),
            *create_runtime_app(runtime),
            sagemaker_runtime_route(
                {
                    FRAUD_ENDPOINT: ModelServer(settings.model_port),
                    PERSONALIZATION_ENDPOINT: ModelServer(settings.personalization_port),
                }
            ),
            *_channel(settings, clock, hub),
            *local_slack(settings),
            *create_console(runtime, _test_customers(settings, clock)),
            *page_routes(
                {**PAGES, **CONSOLE_PAGE, **ANALYST_PAGE}, own_files=_statements(settings)
            ),
        ],
        # Demo sign-in asks for no password: no page of another host may reach it by a DNS trick.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    )


def _teller(settings: LocalSettings) -> HostedBot:
    definition = load(ROOT / "lex_definitions")
    ears = Ears(definition, settings.home / "nlu", engine=settings.nlu)
    hook = LambdaHook(FUNCTION_NAME, settings.aws_endpoint, REGION)
    return hosted(BOT_ID, definition, ears, hook, {LIVE_ALIAS_ID: LIVE_ALIAS_NAME})


def _statements(settings: LocalSettings) -> tuple[str, ...]:
    """Where the bank's own files lie."""
    return (f"{settings.aws_endpoint}/{outputs(settings)['StatementBucket']}/",)


def _channel(settings: LocalSettings, clock: Callable[[], datetime], hub: Hub) -> list[BaseRoute]:
    stack = outputs(settings)
    channel = ChannelSettings(
        bot_id=BOT_ID,
        bot_alias_id=TEST_ALIAS_ID,
        region=REGION,
        lex_endpoint_url=settings.endpoint,
        aws_endpoint_url=settings.aws_endpoint,
        token_secret=SECRET_NAME,
        demo_customers_file=settings.demo_customers_file,
        demo_phone=PHONE_PATH,
        own_files=_statements(settings),
        customer_rate=Rate(per_minute=settings.chat_per_minute, burst=settings.chat_per_minute),
        # On a laptop everybody comes from one address.
        address_rate=Rate(per_minute=10_000, burst=5_000),
    )
    keys = SecretsManagerKeys(aws_client("secretsmanager", settings), SECRET_NAME, _real_time)
    people = load_demo_customers(settings.demo_customers_file)
    pool_id, client_id = stack["CustomersPoolId"], stack["ChannelClientId"]
    names = {person.id: person.name for person in people}
    pool = DemoUserPool(aws_client("cognito-idp", settings), pool_id, client_id, names)
    provider = embedded_provider(settings, pool_id, client_id)
    # The embedded Cognito's clock is the machine's, whatever the bank's is set to.
    id_tokens = id_tokens_of(provider, _real_time)
    return create_channel(
        channel,
        lex_client(channel),
        keys,
        clock,
        people,
        id_tokens=id_tokens,
        demo_token=pool.id_token,
        inbox=LambdaInbox(aws_client("lambda", settings), (BOT_ID, TEST_ALIAS_ID)),
        hub=hub,
    )


def _test_customers(settings: LocalSettings, clock: Callable[[], datetime]) -> DemoTesters:
    keys = SecretsManagerKeys(aws_client("secretsmanager", settings), SECRET_NAME, _real_time)
    return DemoTesters(load_demo_customers(settings.demo_customers_file), keys, clock)


def _clock(settings: LocalSettings) -> Callable[[], datetime]:
    fixed = settings.clock
    return (lambda: datetime.fromisoformat(fixed)) if fixed else _real_time


def _real_time() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    settings = read_settings(os.environ)
    boto3.setup_default_session(region_name=REGION)
    config = Config()
    config.bind = [f"127.0.0.1:{settings.port}"]
    config.loglevel = "WARNING"
    config.keep_alive_timeout = 75
    config.graceful_timeout = 2
    config.websocket_max_message_size = LARGEST_FRAME
    config.websocket_ping_interval = 20
    asyncio.run(serve(build(settings), config, shutdown_trigger=stop_requested))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
