"""Where the books draw from: a test puts its own dice in their place."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass


def _random_id() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Chance:
    """A shard of the bank's accounts, and ids for requests."""

    shard: Callable[[int], int] = secrets.randbelow
    new_id: Callable[[], str] = _random_id
