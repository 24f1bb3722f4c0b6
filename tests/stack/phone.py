"""The telephones of a running bank's customers, read from the page's own route."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from urllib.request import urlopen

from tests.running_bank import RunningBank

_WITHIN_S = 30.0


class RunningPhone:
    """All customers' texts as one telephone's: a test speaks as one of them at a time."""

    def __init__(self, bank: RunningBank) -> None:
        self._address = f"{bank.endpoint}/phone/messages"
        self._seen: set[str] = set()

    def new_texts(self, expected: int) -> Sequence[str]:
        """The texts since the last call; waits for `expected` of them, since SNS takes its time."""
        deadline = time.monotonic() + _WITHIN_S
        while True:
            with urlopen(self._address) as answer:
                messages = json.load(answer)["messages"]
            fresh = [message for message in messages if message["id"] not in self._seen]
            if len(fresh) >= expected or time.monotonic() > deadline:
                self._seen |= {message["id"] for message in fresh}
                return [message["text"] for message in fresh]
            time.sleep(0.05)
