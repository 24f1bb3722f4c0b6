"""The bank's desk during one turn: who is served, what time it is, and how to speak to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.bank.standing import PaymentChannel, Standing
from fulfillment.conversations.account_view import cards_in_order, open_in_order, payees_in_order
from fulfillment.conversations.deps import Deps
from fulfillment.identity import Identity
from fulfillment.lex import Message, Turn, card
from fulfillment.replies import Channel, Speech
from fulfillment.replies.spoken import without_marks
from fulfillment.store import plans

if TYPE_CHECKING:
    from fulfillment.bank.books import Account, Card, Customer, Payee
    from fulfillment.store.books import Books
    from fulfillment.store.offer_wishes import WishesDesk
    from fulfillment.store.plans import PlansDesk
    from fulfillment.store.proofs import Proofs

_STRANGER_ZONE = "UTC"
_STATE_KEY = "desk"


class NotVerifiedError(Exception):
    """A handler needed a verified customer and there was none: answered by offering to verify."""


@dataclass
class Desk:
    """One turn's view of the bank, limited to the customer that the token proved."""

    deps: Deps
    identity: Identity
    now: datetime
    locale: str
    channel: Channel = Channel.WEB
    _customer: Customer | None = field(default=None)
    _speech: Speech | None = field(default=None)

    @classmethod
    def of(cls, turn: Turn) -> Desk:
        """The desk that the middleware set up for this turn."""
        desk: Desk = turn.state[_STATE_KEY]
        return desk

    def seat(self, turn: Turn) -> None:
        """Makes this the desk of `turn`."""
        turn.state[_STATE_KEY] = self

    def serving(self, identity: Identity) -> Desk:
        """The same desk with somebody else before it."""
        return replace(self, identity=identity, _customer=None, _speech=None)

    @property
    def books(self) -> Books:
        return self.deps.books

    @property
    def proofs(self) -> Proofs:
        return self.deps.proofs

    @property
    def wishes(self) -> WishesDesk:
        return self.deps.wishes

    @property
    def plans(self) -> PlansDesk:
        """Budgets and savings goals, in the same table as the books."""
        return plans.PlansDesk(self.books.client, self.books.table, self.books.patience)

    @property
    def customer_id(self) -> str:
        """Whom we serve. Raises `NotVerifiedError` when nobody has proved to be anybody."""
        if not self.identity.is_verified or self.identity.customer_id is None:
            raise NotVerifiedError
        return self.identity.customer_id

    @property
    def standing(self) -> Standing:
        """Who confirms a payment, and through what."""
        typed = self.channel in (Channel.WEB, Channel.SLACK)
        channel = PaymentChannel.TYPED if typed else PaymentChannel.OTHER
        return Standing(self.identity.level, channel)

    @property
    def customer(self) -> Customer:
        if self._customer is None:
            self._customer = self.books.customer(self.customer_id)
        return self._customer

    @property
    def speech(self) -> Speech:
        """How to speak: in the bot's locale, by the customer's own calendar."""
        if self._speech is None:
            zone = self.customer.time_zone if self.identity.is_verified else _STRANGER_ZONE
            self._speech = Speech(self.locale, zone, self.now, aloud=self.channel is Channel.VOICE)
        return self._speech

    def say(self, key: str, **view: object) -> Message:
        return self.speech.say(key, **view)

    def open_accounts(self) -> list[Account]:
        """The accounts that are not closed, in the order in which they are shown."""
        return open_in_order(self.books.accounts(self.customer_id))

    def accounts_and_payees(self) -> tuple[list[Account], list[Payee]]:
        """Open accounts and active payees, in the order in which they are shown."""
        accounts, payees = self.books.accounts_and_payees(self.customer_id)
        return open_in_order(accounts), payees_in_order(payees)

    def cards(self) -> list[Card]:
        return cards_in_order(self.books.cards(self.customer_id))

    def choices(self, title: str, names: list[str]) -> Message:
        """Quick replies that send what they show, under the title that the reply key names."""
        shown = [without_marks(name) for name in names]
        return card(self.speech.words(title), [(name, name) for name in shown])

    def yes_or_no(
        self, title: str, yes: str, no: str = "payment.no", subtitle: str | None = None
    ) -> Message:
        """A yes and a no under `title`; `yes` and `no` are the keys of what the buttons show."""
        return card(title, [self.way(yes, "said.yes"), self.way(no, "said.no")], subtitle)

    def way(self, shown: str, said: str) -> tuple[str, str]:
        """A button by its keys: what it shows, and the customer's words that it sends."""
        return self.speech.words(shown), self.speech.words(said)

    def card_name(self, item: Card) -> str:
        return self.speech.words("cards.name", product=item.product, last4=item.last4)
