"""Stories of money, each told by somebody who does not give up: what it leaves has one right form.

A step that meets a fault is asked again, by a new process where the old one is gone, until there is
an answer. Every id is the caller's own, so asking again is harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.books import CardStatus
from fulfillment.bank.cards import replacement_for
from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.holds import Authorisation
from fulfillment.bank.payments import PaymentOrder, Receipt, Unknown
from fulfillment.bank.reversals import Reversal
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError
from fulfillment.store.reconciling import settle_doubts
from fulfillment.store.sending import Patience
from fulfillment.store.sweeping import release_expired_holds
from infra.faults import Crash
from tests.unit.bank.values import (
    CHECKING,
    DEBIT_CARD,
    NOW,
    between,
    dollars,
    limits_of,
    opening_hold,
    to_anna,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

MOST_TIMES = 6
_Answer = TypeVar("_Answer")
LATER = NOW + timedelta(hours=1)


class StillInDoubtError(AssertionError):
    """Nobody could say what became of it, however often it was asked."""


@dataclass(frozen=True)
class Teller:
    """Somebody who insists. The books are whole at every moment, also right after a fault."""

    client: DynamoDBClient
    table: str

    def books(self) -> Books:
        """What a process has in hand when it starts."""
        return Books(
            self.client,
            self.table,
            standing_limits=limits_of("1000.00", "5000.00"),
            patience=Patience(sleep=lambda _: None),
        )

    def insist(self, ask: Callable[[Books], _Answer | Unknown]) -> _Answer:
        """The answer, whatever it takes."""
        for _ in range(MOST_TIMES):
            try:
                answer = ask(self.books())
            except (BooksError, BotoCoreError, ClientError, Crash):
                self.whole()
                continue
            if not isinstance(answer, Unknown):
                return answer
            self.whole()
        raise StillInDoubtError

    def whole(self) -> None:
        assert audit(self.client, self.table).violations == []


def _pay(teller: Teller, order: PaymentOrder, name: str, hold: timedelta | None = None) -> None:
    shown = quote(order, "s-1", name, NOW)
    teller.insist(lambda books: books.put_quote(shown))
    until = NOW + hold if hold else None
    paid = teller.insist(lambda books: books.pay(name, order, "s-1", NOW, hold_until=until))
    assert isinstance(paid, Receipt)
    again = teller.insist(lambda books: books.pay(name, order, "s-1", NOW, hold_until=until))
    assert again == replace(paid, replayed=True)


def transfer(teller: Teller) -> None:
    _pay(teller, between("savings", "checking", "50.00"), "q-1")


def payment(teller: Teller) -> None:
    _pay(teller, to_anna("40.00", fee="0.25"), "q-1")


def card_bill(teller: Teller) -> None:
    _pay(teller, between("checking", "credit-card", "100.00"), "q-1")


def held_and_posted_in_part(teller: Teller) -> None:
    _pay(teller, to_anna("60.00", fee="0.25"), "q-1", timedelta(days=2))
    taken = dollars("25.00")
    done = teller.insist(lambda books: books.holds.post("q-1", NOW, taken))
    assert isinstance(done, Authorisation)
    assert done.posted == dollars("25.25")


def held_and_released(teller: Teller) -> None:
    _pay(teller, between("savings", "checking", "60.00"), "q-1", timedelta(days=2))
    done = teller.insist(lambda books: books.holds.release("q-1", NOW))
    assert isinstance(done, Authorisation)


def held_and_forgotten(teller: Teller) -> None:
    _pay(teller, to_anna("60.00"), "q-1", timedelta(minutes=3))
    teller.insist(lambda books: release_expired_holds(books.holds, LATER))
    found = teller.insist(lambda books: books.holds.expire("q-1", LATER))
    assert isinstance(found, Authorisation)


def bought_by_card(teller: Teller) -> None:
    hold = replace(
        opening_hold(CHECKING),
        hold_id="auth-1",
        placed_at=NOW,
        amount=dollars("30.00"),
        card_id=DEBIT_CARD.card_id,
    )
    held = teller.insist(lambda books: books.holds.authorise(hold, NOW))
    assert isinstance(held, Authorisation)
    done = teller.insist(lambda books: books.holds.post("auth-1", NOW))
    assert isinstance(done, Authorisation)


def reversed_again(teller: Teller) -> None:
    _pay(teller, to_anna("40.00", fee="0.25"), "q-1")
    done = teller.insist(lambda books: books.reverse("q-1", "by mistake", "clerk-7", NOW))
    assert isinstance(done, Reversal)


def disputed(teller: Teller) -> None:
    case = Case("D-1", "mira", CaseKind.DISPUTE, "was charged twice", NOW, about="open-checking")
    assert teller.insist(lambda books: books.open_case(case)) == case


def card_replaced(teller: Teller) -> None:
    new = replacement_for(DEBIT_CARD)
    frozen = replace(DEBIT_CARD, status=CardStatus.FROZEN)
    teller.insist(lambda books: books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW))
    teller.insist(lambda books: books.order_replacement(frozen, new, NOW))
    teller.insist(lambda books: books.activate_card(new, NOW))


def withdrawn(teller: Teller) -> None:
    order = to_anna("40.00")
    teller.insist(lambda books: books.put_quote(quote(order, "s-1", "q-1", NOW)))
    teller.insist(lambda books: books.quotes.doubt("mira", "q-1", NOW) or Unknown("q-1"))
    teller.insist(
        lambda books: Unknown("q-1") if settle_doubts(books.quotes, NOW).left else "settled"
    )
    teller.insist(lambda books: books.quotes.withdraw("mira", "q-1", "s-1", NOW))


STORIES: tuple[Callable[[Teller], None], ...] = (
    transfer,
    payment,
    card_bill,
    held_and_posted_in_part,
    held_and_released,
    held_and_forgotten,
    bought_by_card,
    reversed_again,
    disputed,
    card_replaced,
    withdrawn,
)
