"""Freeze, thaw and block cards: one conditional change with its audit entry, safe to repeat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from fulfillment.bank.books import Card, CardStatus
from fulfillment.bank.card_limits import CardSpending
from fulfillment.bank.cards import CardChange, CardRefusal, card_refusal
from fulfillment.bank.money import Money
from fulfillment.store import keys
from fulfillment.store.card_spending import read_spending
from fulfillment.store.errors import BooksBusyError, BooksUnreachableError
from fulfillment.store.items import card_item, limit_fields, read_card
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.security_events import Event, event_put
from fulfillment.store.sending import NO_ANSWER, Committed, Lost, Patience, send
from fulfillment.store.writes import put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

# The caller's picture of a card may be old by a change or two; after that somebody is fighting.
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class CardDesk:
    """Changes cards in `table`."""

    client: DynamoDBClient
    table: str
    patience: Patience
    new_id: Callable[[], str]

    def set_status(self, card: Card, status: CardStatus, now: datetime) -> CardChange:
        """Bring `card` to `status`, or say why it may not.

        Raises `BooksBusyError` when others kept changing it, `BooksUnreachableError` when no
        answer came and the card could not be read either.
        """
        if not keys.addressable(card.customer_id, card.card_id):
            return CardChange(card, changed=False, refusal=CardRefusal.CARD_UNKNOWN)
        for _ in range(_LOOKS):
            refusal = card_refusal(card.status, status)
            if refusal is not None:
                return CardChange(card, changed=False, refusal=refusal)
            sent = send(
                self.client,
                self._change(card, status, now),
                self.new_id(),
                self.patience,
            )
            if isinstance(sent, Committed):
                return CardChange(replace(card, status=status), changed=True)
            if isinstance(sent, Lost):
                return self._after_silence(card, status)
            stored = sent.reasons[0].item
            if stored is None:
                return CardChange(card, changed=False, refusal=CardRefusal.CARD_UNKNOWN)
            card = read_card(stored)
            if card.status is status:
                return CardChange(card, changed=False)
        raise BooksBusyError("the card was being changed by others at every attempt")

    def order_replacement(
        self, card: Card, replacement: Card, now: datetime, told: Event | None = None
    ) -> Card:
        """Block `card` and order `replacement`, both or neither; the one that was ordered before
        when this was asked already. `told` is what the bank's people hear of it, with them.

        Raises `BooksUnreachableError` when no answer came and no order is to be seen.
        """
        block = update(
            self.table,
            keys.card(card.customer_id, card.card_id),
            "SET st = :blocked",
            {":blocked": CardStatus.BLOCKED},
            condition="attribute_exists(PK)",
        )
        entry = audit_item(
            card.customer_id,
            now,
            self.new_id(),
            "card",
            card.card_id,
            before=card.status,
            after=CardStatus.BLOCKED,
        )
        order = put_new(self.table, card_item(replacement))
        items = [order, block, put_new(self.table, entry)]
        items += [event_put(self.table, told)] if told else []
        sent = send(self.client, items, self.new_id(), self.patience)
        if isinstance(sent, Committed):
            return replacement
        if not isinstance(sent, Lost) and sent.reasons[0].item is not None:
            return read_card(sent.reasons[0].item)
        return self._ordered(replacement)

    def activate(self, card: Card, now: datetime) -> CardChange:
        """Make an ordered card work; one that is active already stays so."""
        entry = audit_item(
            card.customer_id,
            now,
            self.new_id(),
            "card",
            card.card_id,
            before=CardStatus.ORDERED,
            after=CardStatus.ACTIVE,
        )
        change = update(
            self.table,
            keys.card(card.customer_id, card.card_id),
            "SET st = :active",
            {":active": CardStatus.ACTIVE, ":ordered": CardStatus.ORDERED},
            condition="st = :ordered",
        )
        sent = send(self.client, [change, put_new(self.table, entry)], self.new_id(), self.patience)
        if isinstance(sent, Committed):
            return CardChange(replace(card, status=CardStatus.ACTIVE), changed=True)
        if isinstance(sent, Lost):
            return self._after_silence(card, CardStatus.ACTIVE)
        stored = sent.reasons[0].item
        if stored is None:
            return CardChange(card, changed=False, refusal=CardRefusal.CARD_UNKNOWN)
        return CardChange(read_card(stored), changed=False)

    def spending(self, card: Card, day: date, currency: str) -> CardSpending:
        """What was spent with `card` on `day` and in its month. One read."""
        if not keys.addressable(card.customer_id, card.card_id):
            return CardSpending(Money.zero(currency), Money.zero(currency))
        return read_spending(Reader(self.client, self.table), card, day, currency)

    def set_limits(self, card: Card, now: datetime) -> Card | None:
        """Give the stored card the limits of `card`; None when it is blocked or not there.

        Raises `BooksUnreachableError` when no answer came; asking again is safe.
        """
        if not keys.addressable(card.customer_id, card.card_id):
            return None
        fields = limit_fields(card)
        kept = {name: value for name, value in fields.items() if value is not None}
        parts = ["SET " + ", ".join(f"{name} = :{name}" for name in kept)] if kept else []
        gone = sorted(fields.keys() - kept.keys())
        parts += ["REMOVE " + ", ".join(gone)] if gone else []
        change = update(
            self.table,
            keys.card(card.customer_id, card.card_id),
            " ".join(parts),
            {**{f":{name}": value for name, value in kept.items()}, ":blocked": CardStatus.BLOCKED},
            condition="attribute_exists(PK) AND st <> :blocked",
        )
        entry = audit_item(
            card.customer_id, now, self.new_id(), "card_limits", card.card_id, **fields
        )
        sent = send(self.client, [change, put_new(self.table, entry)], self.new_id(), self.patience)
        if isinstance(sent, Committed):
            return card
        if isinstance(sent, Lost):
            raise BooksUnreachableError("no answer about a card's limits")
        return None

    def _ordered(self, replacement: Card) -> Card:
        key = keys.card(replacement.customer_id, replacement.card_id)
        try:
            stored = Reader(self.client, self.table).one(key)
        except NO_ANSWER as error:
            raise BooksUnreachableError("no answer about replacing a card") from error
        if stored is None:
            raise BooksUnreachableError("no answer about replacing a card")
        return read_card(stored)

    def _change(
        self, card: Card, status: CardStatus, now: datetime
    ) -> list[TransactWriteItemTypeDef]:
        entry = audit_item(
            card.customer_id,
            now,
            self.new_id(),
            "card",
            card.card_id,
            before=card.status,
            after=status,
        )
        # A card that is already so must fail the condition, or the record would tell of a change
        # that was none.
        return [
            update(
                self.table,
                keys.card(card.customer_id, card.card_id),
                "SET st = :after",
                {":after": status, ":before": card.status},
                condition="st = :before AND st <> :after",
            ),
            put_new(self.table, entry),
        ]

    def _after_silence(self, card: Card, status: CardStatus) -> CardChange:
        try:
            stored = Reader(self.client, self.table).one(keys.card(card.customer_id, card.card_id))
        except NO_ANSWER as error:
            raise BooksUnreachableError("no answer about a change of a card") from error
        if stored is None:
            return CardChange(card, changed=False, refusal=CardRefusal.CARD_UNKNOWN)
        current = read_card(stored)
        if current.status is not status:
            raise BooksUnreachableError("no answer about a change of a card")
        return CardChange(current, changed=current.status is not card.status)
