"""What the functions that run every minute share: the books, the clock, and an end in time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import botocore.session

from fulfillment.client_config import client_config
from fulfillment.clock import Clock, clock_of
from fulfillment.settings import read_table_settings
from fulfillment.store.books import Books

_CLIENT = client_config(read_s=5)
# A run stops well before the next one begins; what it leaves is found again a minute later.
_BUDGET_S = 40.0


@cache
def books_and_clock() -> tuple[Books, Clock]:
    """Built at the first run and kept."""
    settings = read_table_settings(os.environ)
    # botocore makes its clients at run time, so no type checker knows their operations.
    dynamodb: Any = botocore.session.get_session().create_client("dynamodb", config=_CLIENT)
    return Books(dynamodb, settings.table_name), clock_of(settings.clock)


def while_there_is_time() -> Callable[[], bool]:
    """Whether a run that begins now may go on."""
    began = time.monotonic()
    return lambda: time.monotonic() - began < _BUDGET_S
