"""Merchants of a running bank: they ask by the feed, as the card processor does."""

from __future__ import annotations

import json
import uuid
from functools import cached_property

from bot.conversation.script import PayByCard
from infra.local.feed_cli import credential, post
from tests.running_bank import RunningBank


class RunningTill:
    """Takes payments by the cards of one customer."""

    def __init__(self, bank: RunningBank, customer: str) -> None:
        self._settings = bank.settings
        self._customer = customer

    @cached_property
    def _key(self) -> str:
        return credential(self._settings)

    def ask(self, payment: PayByCard) -> str:
        body = {
            "kind": "card_purchase",
            "id": f"till-{uuid.uuid4().hex}",
            "at": self._settings.now.isoformat(),
            "customer": self._customer,
            "card": payment.card,
            "merchant": payment.merchant,
            "category": "shopping",
            "country": payment.country,
            "amount": {"minor": payment.minor, "currency": payment.currency},
        }
        status, answer = post(self._settings, json.dumps(body).encode(), self._key)
        assert status == 201, answer
        return str(answer["decision"])
