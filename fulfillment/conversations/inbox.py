"""What a chat that is open has not shown yet of what the bank says of its own accord."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from fulfillment.clock import Clock
from fulfillment.conversations.bank_messages import bank_message
from fulfillment.identity import SessionTokenKeys, verify
from fulfillment.identity.token import key_id
from fulfillment.lex.messages import to_lex_messages
from fulfillment.replies import Speech
from fulfillment.store.bank_messages import MessageBoard
from fulfillment.store.books import Books


class InboxRequest(BaseModel):
    """`after`: the last number that the chat has. `heard`: up to which number the customer has seen
    everything.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    identity: str
    session_id: str
    after: int = Field(default=0, ge=0)
    heard: int | None = Field(default=None, ge=1)


def read_inbox(
    asked: InboxRequest, books: Books, keys: SessionTokenKeys, clock: Clock
) -> dict[str, Any]:
    """The messages behind `after` that were not heard, as in an answer of another chat; none for a
    token that proves nobody.
    """
    now = clock()
    known = keys.keys_with(key_id(asked.identity))
    identity = verify(asked.identity, asked.session_id, known, now)
    if not identity.is_verified or identity.customer_id is None:
        return {"number": 0, "messages": []}
    customer = books.customer(identity.customer_id)
    board = MessageBoard(books.client, books.table)
    if asked.heard is not None:
        board.heard(customer.customer_id, min(asked.heard, customer.messages))
    after = min(max(asked.after, customer.heard, asked.heard or 0), customer.messages)
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
