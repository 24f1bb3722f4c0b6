"""Whether the bank's queues drain, and whether anything ended where nobody reads."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

_GIVEN_UP = ("dead", "failures")
"""How each queue of what was given up ends."""
_COUNTS = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
_LOOK_S = 0.5


@dataclass(frozen=True)
class Queues:
    """All queues of the running bank, by an SQS client."""

    sqs: Any

    def drained(self, limit_s: float) -> tuple[float | None, dict[str, int]]:
        """Seconds until no working queue held anything, None if some still do after `limit_s`; and
        what there is, by queue."""
        began = time.monotonic()
        while True:
            waiting = {name: count for name, count in self._counts().items() if count}
            if all(name.endswith(_GIVEN_UP) for name in waiting):
                return time.monotonic() - began, waiting
            if time.monotonic() - began > limit_s:
                return None, waiting
            time.sleep(_LOOK_S)

    def _counts(self) -> dict[str, int]:
        return {url.rpartition("/")[2]: self._count(url)
                for url in self.sqs.list_queues().get("QueueUrls", ())}  # fmt: skip

    def _count(self, url: str) -> int:
        found = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(_COUNTS))
        return sum(int(found["Attributes"].get(name, 0)) for name in _COUNTS)
