"""Wakes a customer's open chats: there is something new for them to read.

The bell says who, never what: whoever is woken reads the messages by number from the books, so a
bell that is lost, late or rung twice costs nothing but time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from fulfillment.alerts.phone import SnsClient


class Doorbell:
    """Rings by the topic `arn`; the client is made for the first ring, and kept."""

    def __init__(self, make_client: Callable[[], SnsClient], arn: str) -> None:
        self._client = cache(make_client)
        self._arn = arn

    def ring(self, customer_id: str) -> None:
        """May raise botocore's own errors."""
        self._client().publish(TopicArn=self._arn, Message=json.dumps({"customer": customer_id}))
