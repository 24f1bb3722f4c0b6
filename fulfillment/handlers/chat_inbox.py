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
from botocore.config import Config
from pydantic import BaseModel, ConfigDict, Field

from fulfillment.clock import Clock, clock_of
from fulfillment.conversations.bank_messages import bank_message
from fulfillment.identity import SessionTokenKeys, verify
from fulfillment.identity.token import key_id
from fulfillment.lex.messages import to_lex_messages
from fulfillment.replies import Speech
from fulfillment.settings import read_inbox_settings
from fulfillment.store.bank_messages import MessageBoard
from fulfillment.store.books import Books

logger = Logger(service="chat-inbox")

_CLIENT = Config(
    connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3}
)


class InboxRequest(BaseModel):
    """`after`: the last number that the chat has, None for one that begins now. `heard`: up to
    which number the customer has seen everything.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    identity: str
    session_id: str
    after: int | None = Field(default=None, ge=0)
    heard: int | None = Field(default=None, ge=1)


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


def read_inbox(
    asked: InboxRequest, books: Books, keys: SessionTokenKeys, clock: Clock
) -> dict[str, Any]:
    """The messages behind `after`; none for a token that proves nobody."""
    now = clock()
    known = keys.keys_with(key_id(asked.identity))
    identity = verify(asked.identity, asked.session_id, known, now)
    if not identity.is_verified or identity.customer_id is None:
        return {"number": 0, "messages": []}
    customer = books.customer(identity.customer_id)
    board = MessageBoard(books.client, books.table)
    if asked.heard is not None:
        board.heard(customer.customer_id, min(asked.heard, customer.messages))
    after = customer.messages if asked.after is None else min(asked.after, customer.messages)
    speech = Speech(customer.locale, customer.time_zone, now)
    new = board.after(customer.customer_id, after) if after < customer.messages else []
    return {
        "number": new[-1].number if new else after,
        "messages": [
            {
                "number": one.number,
                "at": one.at.isoformat(),
                "messages": to_lex_messages(tuple(bank_message(speech, one, with_buttons=True))),
            }
            for one in new
        ],
    }
