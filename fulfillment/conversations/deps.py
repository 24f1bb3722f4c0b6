"""What the conversations need from outside, built once per function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fulfillment.identity import SessionTokenKeys
from fulfillment.store.books import Books
from fulfillment.switches import AllOn, Switches


@dataclass(frozen=True, slots=True)
class Deps:
    """The books, the keys that prove who speaks, a clock (aware, UTC), fresh ids, and switches."""

    books: Books
    keys: SessionTokenKeys
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    switches: Switches = field(default_factory=AllOn)
