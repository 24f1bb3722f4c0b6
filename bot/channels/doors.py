"""How somebody comes in: by an ID token of the bank's identity provider, or as a demo customer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.claims import TokenRejectedError
from bot.channels.demo import DemoCustomer
from bot.channels.errors import ChannelError, not_signed_in
from bot.channels.idp import IdTokens, Person
from bot.channels.messages import SignIn

_REFUSED = "We could not verify that sign-in. Please sign in again."


class Doors:
    """The ways in that are open. With none, only an anonymous chat can be opened.

    `demo_token` gives a demo customer's ID token, by which they come in as anybody else does;
    without it a demo customer is taken at their word.
    """

    def __init__(
        self,
        id_tokens: IdTokens | None,
        demo: Mapping[str, DemoCustomer],
        demo_token: Callable[[str], str] | None = None,
    ) -> None:
        self._id_tokens = id_tokens
        self._demo = demo
        self._demo_token = demo_token

    def person(self, request: SignIn) -> Person | None:
        """Who asks to come in; None for nobody in particular. Raises `ChannelError` to refuse."""
        if request.id_token is not None:
            return self._verified(request.id_token)
        if request.customer is None:
            return None
        known = self._demo.get(request.customer)
        if known is None:
            raise ChannelError(404, "unknown_customer", "We don't know that customer.")
        if self._demo_token is None:
            return Person(known.id, known.name)
        return self._verified(self._demo_token(known.id))

    def still_open_to(self, customer_id: str) -> bool:
        """Whether a customer who came in may stay: one who left the demo's list may not."""
        return self._id_tokens is not None or customer_id in self._demo

    def shown(self, customer_id: str, name: str | None) -> DemoCustomer:
        """What the customer's own page says of them."""
        known = self._demo.get(customer_id)
        return known or DemoCustomer(id=customer_id, name=name or customer_id)

    def _verified(self, token: str) -> Person:
        if self._id_tokens is None:
            raise ChannelError(403, "no_identity_provider", "This bank takes no such sign-in.")
        try:
            return self._id_tokens.person(token)
        except TokenRejectedError:
            raise not_signed_in(_REFUSED) from None
