"""Changes of payees: a yes to what was shown makes them, once; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ReadTimeoutError

from fulfillment.bank.payee_changes import (
    ChangeRefusal,
    NewPayee,
    PayeeChange,
    PayeeChanged,
    adding,
    removing,
    renaming,
)
from fulfillment.bank.payments import Receipt, Refusal, Refused
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksUnreachableError
from tests.unit.bank.values import ANNA, NOW, dollars, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

BOB = NewPayee("Bob Miller", "021000021-12345678", "Summit Bank")


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


def shown(books: Books, change: PayeeChange) -> PayeeChange:
    books.payee_changes.show(change)
    return change


def add_bob(books: Books, name: str = "w-1") -> PayeeChange:
    return shown(books, adding("mira", "s-1", name, NOW, BOB))


def names(books: Books) -> set[str]:
    return {payee.name for payee in books.payees("mira")}


def test_a_payee_that_was_confirmed_is_on_the_list_and_new_for_a_day(books: Books) -> None:
    change = add_bob(books)
    assert names(books) == {"Anna Kovacs"}
    assert books.payee_changes.make(change, NOW, "t-1") == PayeeChanged(change)
    bob = next(payee for payee in books.payees("mira") if payee.name == "Bob Miller")
    assert (bob.target, bob.bank_name, bob.active) == (BOB.target, "Summit Bank", True)
    assert bob.new_until == NOW + timedelta(hours=24)


def test_a_second_yes_changes_nothing_and_answers_the_same(books: Books) -> None:
    change = add_bob(books)
    books.payee_changes.make(change, NOW, "t-1")
    again = books.payee_changes.make(change, NOW + timedelta(hours=1), "t-2")
    assert again == PayeeChanged(change, replayed=True)
    assert len(books.payees("mira")) == 2


def test_a_change_that_was_not_shown_is_not_made(books: Books) -> None:
    unseen = adding("mira", "s-1", "w-9", NOW, BOB)
    assert books.payee_changes.make(unseen, NOW, "t-1") is ChangeRefusal.NOT_SHOWN
    change = add_bob(books)
    for other in (
        replace(change, name="Bob Muller"),
        replace(change, target="021000021-99999999"),
        replace(change, session_id="s-2"),
    ):
        assert books.payee_changes.make(other, NOW, "t-2") is ChangeRefusal.NOT_SHOWN
    assert names(books) == {"Anna Kovacs"}


def test_a_yes_that_comes_too_late_changes_nothing(books: Books) -> None:
    change = add_bob(books)
    late = NOW + timedelta(minutes=5)
    assert books.payee_changes.make(change, late, "t-1") is ChangeRefusal.EXPIRED
    assert names(books) == {"Anna Kovacs"}


def test_what_was_shown_is_seen_by_its_own_customer_and_session_only(books: Books) -> None:
    change = add_bob(books)
    assert books.payee_changes.shown("mira", "w-1", "s-1") == change
    assert books.payee_changes.shown("mira", "w-1", "s-2") is None
    assert books.payee_changes.shown("noah", "w-1", "s-1") is None
    assert books.payee_changes.shown("mira", "w#1", "s-1") is None


def test_a_payee_gets_another_name_and_keeps_its_account(books: Books) -> None:
    change = shown(books, renaming(ANNA, "Anna K", "s-1", "w-1", NOW))
    assert books.payee_changes.make(change, NOW, "t-1") == PayeeChanged(change)
    assert [(one.name, one.target) for one in books.payees("mira")] == [("Anna K", ANNA.target)]


def test_a_payee_that_is_no_longer_as_it_was_shown_stays_as_it_is(books: Books) -> None:
    first = shown(books, renaming(ANNA, "Anna K", "s-1", "w-1", NOW))
    second = shown(books, removing(ANNA, "s-1", "w-2", NOW))
    books.payee_changes.make(first, NOW, "t-1")
    assert books.payee_changes.make(second, NOW, "t-2") is ChangeRefusal.PAYEE_CHANGED
    assert names(books) == {"Anna K"}


def test_a_removed_payee_is_not_paid_any_more_even_on_a_yes_from_before(books: Books) -> None:
    order = to_anna("5.00")
    books.put_quote(quote(order, "s-1", "q-1", NOW))
    change = shown(books, removing(ANNA, "s-1", "w-1", NOW))
    assert isinstance(books.payee_changes.make(change, NOW, "t-1"), PayeeChanged)
    assert names(books) == set()
    assert books.pay("q-1", order, "s-1", NOW) == Refused(Refusal.UNKNOWN_PAYEE)


def test_removing_and_adding_again_does_not_refill_what_a_new_payee_may_get(books: Books) -> None:
    change = add_bob(books)
    books.payee_changes.make(change, NOW, "t-1")
    order = replace(to_anna("250.00"), destination_id=change.payee_id, destination_ref=BOB.target)
    books.put_quote(quote(order, "s-1", "q-1", NOW))
    assert isinstance(books.pay("q-1", order, "s-1", NOW), Receipt)
    bob = next(one for one in books.payees("mira") if one.payee_id == change.payee_id)
    books.payee_changes.make(shown(books, removing(bob, "s-1", "w-2", NOW)), NOW, "t-2")
    books.payee_changes.make(add_bob(books, "w-3"), NOW, "t-3")
    bob = next(one for one in books.payees("mira") if one.payee_id == change.payee_id)
    assert bob.paid == (dollars("250.00"),)


def test_a_change_whose_answer_was_lost_is_looked_up(books: Books) -> None:
    change = add_bob(books)
    real = books.client.transact_write_items

    def lost_after(**request: Any) -> Any:
        real(**request)
        raise ReadTimeoutError(endpoint_url="http://dynamodb")

    class Client:
        def __getattr__(self, name: str) -> Any:
            return lost_after if name == "transact_write_items" else getattr(books.client, name)

    client: Any = Client()
    made = replace(books, client=client).payee_changes.make(change, NOW, "t-1")
    assert made == PayeeChanged(change)
    assert "Bob Miller" in names(books)


def test_a_change_that_got_lost_on_the_way_is_not_called_made(books: Books) -> None:
    change = add_bob(books)

    class Client:
        def __getattr__(self, name: str) -> Any:
            if name != "transact_write_items":
                return getattr(books.client, name)

            def lost(**_: Any) -> Any:
                raise ReadTimeoutError(endpoint_url="http://dynamodb")

            return lost

    client: Any = Client()
    with pytest.raises(BooksUnreachableError):
        replace(books, client=client).payee_changes.make(change, NOW, "t-1")
    assert names(books) == {"Anna Kovacs"}
