"""What a running bank does in its own time: looked for again and again, for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

_LIMIT_S = 60.0


def eventually(look: Callable[[], Any]) -> Any:
    """The first answer of `look` that is not empty."""
    deadline = time.monotonic() + _LIMIT_S
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)
    return found
