"""The Lambda that a chat asks for what the bank says of its own accord, by number.

Whose messages they are comes from the channel's signed token and from nowhere else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger

from fulfillment.client_config import client_config
from fulfillment.clock import Clock, clock_of
from fulfillment.conversations.inbox import InboxRequest, read_inbox
from fulfillment.identity import SessionTokenKeys
from fulfillment.settings import read_inbox_settings
from fulfillment.store.books import Books

logger = Logger(service="chat-inbox")

_CLIENT = client_config(read_s=3)


@cache
def _parts() -> tuple[Books, SessionTokenKeys, Clock]:
    settings = read_inbox_settings(os.environ)
    session = botocore.session.get_session()
    # botocore makes its clients at run time, so no type checker knows their operations.
    dynamodb: Any = session.create_client("dynamodb", config=_CLIENT)
    secrets: Any = session.create_client("secretsmanager", config=_CLIENT)
    keys = SessionTokenKeys(secrets, settings.session_token_secret, time.monotonic)
    return Books(dynamodb, settings.table_name), keys, clock_of(settings.clock)


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
    """{"number": the last there is, "messages": [{"number", "at", "messages"}]}"""
    books, keys, clock = _parts()
    answer = read_inbox(InboxRequest.model_validate(dict(event)), books, keys, clock)
    # Not one word of what was said.
    logger.info("inbox", extra={"messages": len(answer["messages"])})
    return answer
