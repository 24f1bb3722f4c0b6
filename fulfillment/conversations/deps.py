"""What the conversations need from outside, built once per function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fulfillment.identity import SessionTokenKeys
from fulfillment.store.books import Books


@dataclass(frozen=True, slots=True)
class Deps:
    """The books, the keys that prove who speaks, a clock (aware, UTC) and fresh ids."""

    books: Books
    keys: SessionTokenKeys
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
