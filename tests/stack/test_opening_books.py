"""The way back to a bank's first morning, and nothing comes after it."""

from __future__ import annotations

from fulfillment.store.analyst_cases import DeskCases
from fulfillment.store.security_events import SecurityEvents
from fulfillment.store.sending import Patience
from tests.running_bank import RunningBank
from tests.stack.ledger_view import books_of
from tests.stack.opening_books import OpeningBooks
from tests.stack.settling import Settling
from tests.unit.alerts.events import event_of, held


def test_a_case_that_the_desk_opens_late_is_undone_with_what_it_is_about(bank: RunningBank) -> None:
    books, opened = books_of(bank), OpeningBooks(bank)
    event = event_of(held("p-undone"), "p-undone")
    assert SecurityEvents(books.client, books.table, Patience()).record(event)
    opened.restore()
    Settling(bank).wait()
    assert event.customer_id
    desk = DeskCases(books.client, books.table, Patience())
    assert not [one for one in desk.of_customer(event.customer_id) if one.payment_id == "p-undone"]
