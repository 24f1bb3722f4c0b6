"""A transaction of the feed is judged and booked once, whatever is delivered, lost or repeated."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fulfillment.bank.analyst_cases import DeskState
from fulfillment.bank.bank_messages import BankMessageKind
from fulfillment.bank.books import CardStatus
from fulfillment.feed.desk import ConflictError, UnknownPartyError
from fulfillment.feed.transaction import read_transaction
from fulfillment.store.errors import BooksUnreachableError
from fulfillment.store.feed_receipts import FeedReceipt
from tests.integration.feed.conftest import PURCHASE, Feed
from tests.integration.store.calls import answer_lost, conflict, request_lost
from tests.unit.bank.values import NOW

PAY = "transact_write_items"
SUSPICIOUS, CERTAIN = 0.7, 0.99
LARGE: dict[str, Any] = {"minor": 20_000, "currency": "USD"}


def of_account(feed: Feed, **changes: Any) -> FeedReceipt:
    """What is sent about an account names no card."""
    nothing = {"card": None, "merchant": None}
    sent = {k: v for k, v in (PURCHASE | nothing | changes).items() if v is not None}
    return feed.desk.take(read_transaction(json.dumps(sent), NOW))


def test_a_purchase_is_booked_by_double_entry_with_one_read_and_one_write(
    feed: Feed,
) -> None:
    feed.calls.reset()
    receipt = feed.send()
    assert (receipt.decision, receipt.booked, receipt.replayed) == ("allow", True, False)
    assert dict(feed.calls.made) == {"batch_get_item": 1, PAY: 1}
    assert feed.figures() == ("455.00", "20.00")
    assert feed.violations() == []
    [line] = [p for p in feed.books.recent("mira", "checking", 5).postings if p.kind == "card"]
    assert (line.merchant, line.category, str(line.amount.amount)) == (
        "Corner Coffee",
        "dining",
        "-45.00",
    )


def test_a_repetition_answers_as_the_first_time_and_changes_nothing(feed: Feed) -> None:
    first = feed.send()
    again = feed.send()
    assert again.replayed
    assert (again.decision, again.transfer_id) == (first.decision, first.transfer_id)
    assert feed.figures() == ("455.00", "20.00")
    assert feed.scorer.asked == 1
    [counters] = feed.items("C#mira", "F")
    assert sum(int(v["N"]) for k, v in counters.items() if k[0] == "n" and k[1:].isdigit()) == 1


def test_the_same_id_with_other_content_is_a_conflict(feed: Feed) -> None:
    feed.send()
    with pytest.raises(ConflictError):
        feed.send(amount=LARGE)
    assert feed.figures() == ("455.00", "20.00")


def test_a_suspicious_purchase_waits_with_a_case_and_a_question_in_the_same_transaction(
    feed: Feed,
) -> None:
    feed.scorer.probability = SUSPICIOUS
    feed.calls.reset()
    receipt = feed.send(amount=LARGE)
    assert (receipt.decision, receipt.booked) == ("hold", False)
    assert feed.calls.made[PAY] == 1
    assert feed.figures() == ("500.00", "220.00")
    assert feed.violations() == []
    [case] = feed.cases()
    assert (case.case_id, case.state, case.asked) == (receipt.case_id, DeskState.WAITING, True)
    [message] = feed.told()
    assert message.kind is BankMessageKind.CARD_WAS_IT_YOU
    assert (message.number, message.payment_id) == (case.question, case.payment_id)
    assert (message.to, message.text) == ("Corner Coffee", "4821")
    [event] = feed.items("SECURITY#")
    assert event["event"]["S"] == case.event


def test_what_would_ask_for_a_code_waits_for_the_customer_instead(feed: Feed) -> None:
    feed.scorer.probability = 0.2
    assert feed.send(amount=LARGE).decision == "hold"


def test_a_purchase_that_is_surely_fraud_moves_nothing_and_asks(feed: Feed) -> None:
    feed.scorer.probability = CERTAIN
    receipt = feed.send(amount=LARGE)
    assert (receipt.decision, receipt.booked) == ("block", False)
    assert feed.figures() == ("500.00", "20.00")
    assert feed.violations() == []
    [message] = feed.told()
    assert message.kind is BankMessageKind.CARD_STOPPED
    assert feed.send(amount=LARGE).replayed
    assert len(feed.told()) == len(feed.cases()) == 1


@pytest.mark.parametrize("score", [0.001, SUSPICIOUS, CERTAIN])
def test_a_lost_answer_is_found_again_and_a_lost_request_is_safe_to_repeat(
    feed: Feed, score: float
) -> None:
    feed.scorer.probability = score
    feed.calls.plan(PAY, request_lost)
    with pytest.raises(BooksUnreachableError):
        feed.send(amount=LARGE)
    assert feed.items("TX#") == []
    feed.calls.plan(PAY, answer_lost)
    first = feed.send(amount=LARGE)
    assert first.replayed
    assert feed.send(amount=LARGE) == first
    assert len(feed.items("TX#")) == 1
    assert feed.violations() == []


def test_others_in_the_way_are_waited_for(feed: Feed) -> None:
    feed.calls.plan(PAY, conflict, conflict)
    assert feed.send().booked


def test_another_payment_that_is_counted_in_between_is_known_to_the_judgement(feed: Feed) -> None:
    sent: list[FeedReceipt] = []

    def another_first(real: Any, request: Any) -> Any:
        sent.append(feed.send(id="auth-2", at="2026-03-02T09:30:10Z"))
        return real(**request)

    feed.calls.plan(PAY, another_first)
    assert feed.send(at="2026-03-02T09:30:05Z").booked
    assert sent[0].booked
    assert feed.figures() == ("410.00", "20.00")
    [counters] = feed.items("C#mira", "F")
    assert sum(int(v["N"]) for k, v in counters.items() if k[0] == "n" and k[1:].isdigit()) == 2


def test_an_older_purchase_that_comes_late_is_counted_on_its_own_day(feed: Feed) -> None:
    feed.send()
    assert feed.send(id="auth-0", at="2026-02-20T09:00:00Z").booked
    [counters] = feed.items("C#mira", "F")
    days = sorted(k for k in counters if k[0] == "n" and k[1:].isdigit())
    assert len(days) == 2


@pytest.mark.parametrize("status", [CardStatus.FROZEN, CardStatus.BLOCKED])
def test_a_card_that_does_not_work_pays_nothing_and_says_so_for_good(
    feed: Feed, status: CardStatus
) -> None:
    feed.books.set_card_status(feed.card(), status, NOW)
    assert feed.send().reasons == ("card_not_active",)
    assert feed.send().replayed
    assert feed.figures() == ("500.00", "20.00")
    assert feed.violations() == []


def test_a_card_that_is_frozen_while_it_is_judged_pays_nothing(feed: Feed) -> None:
    def frozen_first(real: Any, request: Any) -> Any:
        feed.books.set_card_status(feed.card(), CardStatus.FROZEN, NOW)
        return real(**request)

    feed.calls.plan(PAY, frozen_first)
    receipt = feed.send()
    assert (receipt.decision, receipt.reasons) == ("decline", ("card_not_active",))
    assert feed.figures() == ("500.00", "20.00")


def test_more_than_there_is_and_another_currency_are_declined(feed: Feed) -> None:
    short = feed.send(amount={"minor": 48_001, "currency": "USD"})
    other = feed.send(id="auth-2", amount={"minor": 100, "currency": "EUR"})
    assert (short.reasons, other.reasons) == (("insufficient_funds",), ("currency_mismatch",))
    assert feed.violations() == []


def test_a_refund_arrives_even_on_a_frozen_card(feed: Feed) -> None:
    feed.books.set_card_status(feed.card(), CardStatus.FROZEN, NOW)
    assert feed.send(kind="card_refund").booked
    assert feed.figures() == ("545.00", "20.00")
    assert feed.violations() == []


def test_wages_and_direct_debits_are_booked_with_who_is_behind_them(feed: Feed) -> None:
    wages = of_account(
        feed, kind="account_credit", account="checking", payer="Brightline", purpose="salary"
    )
    debit = of_account(
        feed, id="dd-1", kind="direct_debit", account="savings", creditor="City Power"
    )
    assert wages.booked
    assert debit.booked
    assert feed.figures() == ("545.00", "20.00")
    assert feed.figures("savings") == ("955.00", "0.00")
    assert feed.violations() == []
    kinds = {p.kind: p for a in ("checking", "savings") for p in
             feed.books.recent("mira", a, 5).postings}  # fmt: skip
    assert kinds["salary"].counterparty == "Brightline"
    assert kinds["direct_debit"].merchant == "City Power"


def test_all_of_it_can_be_corrected_by_its_opposite(feed: Feed) -> None:
    taken = [
        feed.send(),
        feed.send(id="r-1", kind="card_refund"),
        of_account(feed, id="c-1", kind="account_credit", account="checking", payer="Brightline"),
    ]
    for receipt in taken:
        feed.books.reverse(receipt.transfer_id, "a mistake of the sender", "ops", NOW)
    assert feed.figures() == ("500.00", "20.00")
    assert feed.violations() == []


@pytest.mark.parametrize(
    ("changes", "field"), [({"customer": "nobody"}, "customer"), ({"card": "card-9"}, "card")]
)
def test_a_stranger_is_named(feed: Feed, changes: dict[str, str], field: str) -> None:
    with pytest.raises(UnknownPartyError) as unknown:
        feed.send(**changes)
    assert unknown.value.field == field
    assert feed.items("TX#") == []


def test_another_customers_card_is_a_stranger(feed: Feed) -> None:
    with pytest.raises(UnknownPartyError):
        feed.send(customer="amelia")
