"""The demo customers whom a tester may speak as in the test console."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.channels.demo import DemoCustomer
from bot.channels.keys import SigningKeys
from bot.channels.tokens import IDENTITY_ATTRIBUTE, Grant, mint_identity_token
from bot.console import TestCustomer

LIFETIME = timedelta(minutes=2)
"""Of a turn's identity token: longer than any turn takes."""


class DemoTesters:
    """Implements `bot.console.TestCustomers`: identity tokens made here, never shown to a page."""

    def __init__(
        self, people: Sequence[DemoCustomer], keys: SigningKeys, clock: Callable[[], datetime]
    ) -> None:
        self.people = tuple(TestCustomer(person.id, person.name) for person in people)
        self._keys = keys
        self._clock = clock

    def attributes(self, customer_id: str, session_id: str) -> Mapping[str, str]:
        """See `TestCustomers.attributes`."""
        now = self._clock()
        grant = Grant(customer_id, session_id, now + LIFETIME)
        token = mint_identity_token(grant, self._keys.current(), now, LIFETIME, uuid.uuid4().hex)
        return {} if token is None else {IDENTITY_ATTRIBUTE: token}
