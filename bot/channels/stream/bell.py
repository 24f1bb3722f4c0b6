"""Hears the bank's doorbell: the queue that says for whom there is news, and never what."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

_LOG = logging.getLogger("teller.channel")
_WAIT_S = 10
_AGAIN_AFTER_S = 1.0


class Doorbell:
    """Listens on a thread of its own from `start` to `stop`; `ring` gets a customer's id.

    A bell that is lost costs time and no message: the next turn tells the news as well.
    """

    def __init__(self, client: Any, queue_url: str, ring: Callable[[str], None]) -> None:
        self._client = client
        self._queue = queue_url
        self._ring = ring
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin to listen; the thread ends with its process, if not before."""
        threading.Thread(target=self._listen, name="doorbell", daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        self._stopped.set()

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                self.answer()
            except (BotoCoreError, ClientError) as error:
                _LOG.warning("doorbell: %s", type(error).__name__)
                self._stopped.wait(_AGAIN_AFTER_S)

    def answer(self) -> None:
        """Wait for one ring, or for a while. May raise botocore's own errors."""
        found = self._client.receive_message(
            QueueUrl=self._queue, WaitTimeSeconds=_WAIT_S, MaxNumberOfMessages=10
        )
        for message in found.get("Messages", ()):
            for customer_id in customers_rung(message["Body"]):
                self._ring(customer_id)
            self._client.delete_message(
                QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"]
            )


def customers_rung(body: str) -> list[str]:
    """For whom a message rings: one customer, or nobody when it is no ring."""
    try:
        customer_id = json.loads(body)["customer"]
    except (ValueError, KeyError, TypeError):
        _LOG.warning("doorbell: not a ring")
        return []
    return [customer_id] if isinstance(customer_id, str) and customer_id else []
