"""The stream's function behind API Gateway's WebSocket API and the doorbell's queue."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

import boto3

from bot.channels.on_aws import channel_settings, chat_on_aws, dynamodb, utc_now
from bot.channels.stream.gateway import Gateway
from bot.channels.stream.inbox import LambdaInbox
from bot.channels.stream.table import Connections, TableJournal
from bot.channels.stream.talk import Talk
from bot.channels.table import TableRates


@cache
def _gateway() -> Gateway:
    table = os.environ["CHAT_TABLE"]
    settings = channel_settings(os.environ)
    chat = chat_on_aws(settings, table)
    bot = (settings.bot_id, settings.bot_alias_id)
    inbox = LambdaInbox(boto3.client("lambda"), bot, os.environ["CHAT_INBOX"])
    posting = boto3.client("apigatewaymanagementapi", endpoint_url=os.environ["CALLBACK_URL"])
    return Gateway(
        Talk(chat, TableJournal(dynamodb(), table), inbox, utc_now),
        Connections(dynamodb(), table),
        posting,
        TableRates(dynamodb(), table),
    )


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
    """One event of the WebSocket API, or a batch of the doorbell's queue."""
    return _gateway().handle(event)
