"""Holds on real books: placed once, posted in full or in part, released or expired, only once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from fulfillment.bank.books import AccountStatus, CardStatus, Hold
from fulfillment.bank.holds import Authorisation, HoldRefusal, HoldRefused
from fulfillment.bank.money import Money
from fulfillment.bank.payments import (
    PaymentOrder,
    Receipt,
    Refusal,
    Refused,
    TransferState,
    Unknown,
)
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.holding import Answer
from tests.integration.store.calls import (
    Call,
    CountingClient,
    Fault,
    answer_lost,
    conflict,
    request_lost,
)
from tests.unit.bank.values import DEBIT_CARD, NOW, between, dollars, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

WRITE = "transact_write_items"
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(days=3)
POSTED, RELEASED, EXPIRED = (
    TransferState.POSTED, TransferState.RELEASED, TransferState.EXPIRED,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


def at_the_grocer(amount: str = "30.00", hold_id: str = "auth-1") -> Hold:
    return Hold(
        customer_id="mira",
        account_id="checking",
        hold_id=hold_id,
        placed_at=NOW,
        expires_at=LATER,
        amount=dollars(amount),
        description="Green Grocer",
        merchant="Green Grocer",
        category="groceries",
        card_id="card-1",
    )


def figures(books: Books, account_id: str = "checking") -> tuple[str, str, str]:
    """Posted, held and available."""
    one = next(a for a in books.accounts("mira") if a.account_id == account_id)
    return str(one.posted.amount), str(one.held.amount), str(one.available.amount)


def state(answer: Answer) -> TransferState:
    assert isinstance(answer, Authorisation)
    return answer.state


def held(books: Books, order: PaymentOrder, quote_id: str = "q-1") -> Receipt:
    books.put_quote(quote(order, "s-1", quote_id, NOW))
    receipt = books.pay(quote_id, order, "s-1", NOW, hold_until=LATER)
    assert isinstance(receipt, Receipt)
    return receipt


def test_an_authorisation_lowers_what_is_available_and_not_the_balance(books: Books) -> None:
    assert figures(books) == ("500.00", "20.00", "480.00")
    assert state(books.holds.authorise(at_the_grocer(), NOW)) is TransferState.PENDING
    assert figures(books) == ("500.00", "50.00", "450.00")
    pending = books.recent("mira", "checking", 5).holds
    assert [hold.description for hold in pending] == ["Green Grocer", "Corner Coffee"]
    assert pending[0] == replace(at_the_grocer(), placed_at=NOW.replace(microsecond=0))


def test_posting_in_full_moves_what_was_held(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    posted = books.holds.post("auth-1", SOON)
    assert state(posted) is POSTED
    assert figures(books) == ("470.00", "20.00", "450.00")
    page = books.recent("mira", "checking", 1)
    assert [hold.hold_id for hold in page.holds] == ["hold-checking"]
    (line,) = page.postings
    assert (line.amount, line.kind, line.merchant) == (dollars("-30.00"), "card", "Green Grocer")


def test_posting_in_part_gives_the_rest_back(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    posted = books.holds.post("auth-1", SOON, dollars("12.34"))
    assert isinstance(posted, Authorisation)
    assert (posted.posted, posted.rest) == (dollars("12.34"), dollars("17.66"))
    assert figures(books) == ("487.66", "20.00", "467.66")


def test_releasing_gives_everything_back_and_books_nothing(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    assert state(books.holds.release("auth-1", SOON)) is RELEASED
    assert figures(books) == ("500.00", "20.00", "480.00")
    assert all(line.kind == "opening" for line in books.recent("mira", "checking", 5).postings)


def test_a_hold_comes_to_one_end_only_and_tells_it_for_ever(books: Books) -> None:
    ends: dict[TransferState, Callable[[str], Answer]] = {
        POSTED: lambda hold: books.holds.post(hold, SOON),
        RELEASED: lambda hold: books.holds.release(hold, SOON),
        EXPIRED: lambda hold: books.holds.expire(hold, LATER),
    }
    for number, (first, end) in enumerate(ends.items()):
        hold_id = f"auth-{number}"
        books.holds.authorise(at_the_grocer("5.00", hold_id), NOW)
        assert state(end(hold_id)) is first
        after = figures(books)
        for other, again in ends.items():
            answer = again(hold_id)
            if other is first:
                assert isinstance(answer, Authorisation)
                assert answer.replayed
            else:
                assert answer == HoldRefused(HoldRefusal.SETTLED, state=first)
        assert figures(books) == after


def test_the_same_authorisation_again_is_told_and_not_held_twice(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    again = books.holds.authorise(at_the_grocer(), SOON)
    assert isinstance(again, Authorisation)
    assert again.replayed
    assert figures(books)[1] == "50.00"
    changed = books.holds.authorise(at_the_grocer("31.00"), SOON)
    assert changed == HoldRefused(HoldRefusal.CHANGED)
    books.holds.post("auth-1", SOON)
    assert state(books.holds.authorise(at_the_grocer(), SOON)) is POSTED


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount": dollars("480.01")}, HoldRefusal.INSUFFICIENT_FUNDS),
        ({"amount": dollars("0")}, HoldRefusal.NOT_POSITIVE),
        ({"amount": Money(100, "EUR")}, HoldRefusal.CURRENCY_MISMATCH),
        ({"account_id": "gone", "card_id": None}, HoldRefusal.UNKNOWN_ACCOUNT),
        ({"account_id": "a#b"}, HoldRefusal.UNKNOWN_ACCOUNT),
        ({"customer_id": "noah", "card_id": None}, HoldRefusal.UNKNOWN_ACCOUNT),
        # The card is not of this account.
        ({"account_id": "savings"}, HoldRefusal.CARD_NOT_ACTIVE),
        ({"card_id": "card-9"}, HoldRefusal.CARD_NOT_ACTIVE),
        ({"expires_at": NOW}, HoldRefusal.ALREADY_EXPIRED),
    ],
)
def test_what_cannot_be_authorised_is_refused_and_holds_nothing(
    books: Books, change: dict[str, object], reason: HoldRefusal
) -> None:
    answer = books.holds.authorise(replace(at_the_grocer(), **change), NOW)  # type: ignore[arg-type]  # each of its own type
    assert isinstance(answer, HoldRefused)
    assert answer.reason is reason
    assert figures(books) == ("500.00", "20.00", "480.00")


def test_a_frozen_card_or_account_authorises_nothing(books: Books) -> None:
    books.set_card_status(DEBIT_CARD, CardStatus.FROZEN, NOW)
    refused = books.holds.authorise(at_the_grocer(), NOW)
    assert refused == HoldRefused(HoldRefusal.CARD_NOT_ACTIVE)
    checking = books.accounts("mira")[0]
    assert books.freeze_account(checking, NOW).status is AccountStatus.FROZEN
    refused = books.holds.authorise(replace(at_the_grocer(), card_id=None), NOW)
    assert refused == HoldRefused(HoldRefusal.ACCOUNT_NOT_ACTIVE)


def test_what_was_promised_is_posted_from_an_account_that_was_frozen_since(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    books.freeze_account(books.accounts("mira")[0], NOW)
    assert state(books.holds.post("auth-1", SOON)) is POSTED


def test_nothing_is_posted_after_the_expiry_and_nothing_expires_before(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    early = books.holds.expire("auth-1", LATER - timedelta(seconds=1))
    assert early == HoldRefused(HoldRefusal.SETTLED, state=TransferState.PENDING)
    late = books.holds.post("auth-1", LATER)
    assert late == HoldRefused(HoldRefusal.EXPIRED, state=TransferState.PENDING)
    assert state(books.holds.expire("auth-1", LATER)) is EXPIRED
    assert figures(books) == ("500.00", "20.00", "480.00")


def test_more_than_was_held_is_not_posted(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    more = books.holds.post("auth-1", SOON, dollars("30.01"))
    assert more == HoldRefused(HoldRefusal.MORE_THAN_HELD, available=dollars("30.00"))
    assert figures(books)[1] == "50.00"


def test_a_hold_that_never_was_is_unknown(books: Books) -> None:
    unknown = HoldRefused(HoldRefusal.UNKNOWN)
    held(books, to_anna("5.00"), "q-held")
    books.put_quote(quote(to_anna("5.00"), "s-1", "q-paid", NOW))
    books.pay("q-paid", to_anna("5.00"), "s-1", NOW)
    # A payment that moved at once is no hold, whatever its id.
    for hold_id in ("auth-1", "a#b", "", "q-paid"):
        assert books.holds.post(hold_id, SOON) == unknown
        assert books.holds.release(hold_id, SOON) == unknown
        assert books.holds.expire(hold_id, LATER) == unknown


def test_a_payment_is_held_with_its_fee_and_counted_towards_the_limit(books: Books) -> None:
    receipt = held(books, to_anna("50.00", fee="0.25"))
    assert receipt.state is TransferState.PENDING
    assert figures(books) == ("500.00", "70.25", "429.75")
    again = books.pay("q-1", to_anna("50.00", fee="0.25"), "s-1", NOW, hold_until=LATER)
    assert again == replace(receipt, replayed=True)
    used = books.limits("mira", NOW).used["to_payee", "USD"]  # type: ignore[index]  # a StrEnum's value
    assert (used.spent, used.payments) == (dollars("50.00"), 1)


def test_a_held_payment_is_refused_for_the_same_reasons_as_one_that_moves(books: Books) -> None:
    for order, reason in (
        (to_anna("250.00", source="savings"), None),
        (to_anna("250.00", source="savings"), Refusal.OVER_LIMIT),
        (to_anna("1.00", source="credit-card"), Refusal.NOT_A_PAYMENT_ACCOUNT),
        (replace(to_anna("1.00"), destination_ref="x"), Refusal.QUOTE_CHANGED),
        (between("checking", "gone", "1.00"), Refusal.UNKNOWN_ACCOUNT),
    ):
        name = f"q-{reason}"
        books.put_quote(quote(order, "s-1", name, NOW))
        answer = books.pay(name, order, "s-1", NOW, hold_until=LATER)
        assert isinstance(answer, Receipt if reason is None else Refused)
        if isinstance(answer, Refused):
            assert answer.reason is reason


@pytest.mark.parametrize(("part", "posted", "spent"), [(None, "449.75", 50), ("20", "479.75", 20)])
def test_a_held_payment_is_posted_with_its_fee(
    books: Books, part: str | None, posted: str, spent: int
) -> None:
    held(books, to_anna("50.00", fee="0.25"))
    answer = books.holds.post("q-1", SOON, dollars(part) if part else None)
    assert state(answer) is POSTED
    assert figures(books) == (posted, "20.00", str(dollars(posted).amount - 20))
    used = books.limits("mira", NOW).used["to_payee", "USD"]  # type: ignore[index]  # a StrEnum's value
    assert (used.spent, used.payments) == (dollars(str(spent)), 1)


def test_a_released_payment_gives_the_limit_back_and_stays_released(books: Books) -> None:
    order = to_anna("50.00")
    held(books, order)
    books.holds.release("q-1", SOON)
    used = books.limits("mira", NOW).used["to_payee", "USD"]  # type: ignore[index]  # a StrEnum's value
    assert (used.spent, used.payments) == (dollars("0"), 0)
    replay = books.pay("q-1", order, "s-1", NOW, hold_until=LATER)
    assert isinstance(replay, Receipt)
    assert (replay.replayed, replay.state) == (True, RELEASED)


def test_a_held_transfer_arrives_when_it_is_posted(books: Books) -> None:
    held(books, between("checking", "savings", "100.00"))
    assert figures(books, "savings") == ("1000.00", "0.00", "1000.00")
    assert state(books.holds.post("q-1", SOON)) is POSTED
    assert figures(books, "savings") == ("1100.00", "0.00", "1100.00")
    assert figures(books) == ("400.00", "20.00", "380.00")


def test_a_held_transfer_waits_while_its_destination_is_frozen(books: Books) -> None:
    held(books, between("checking", "savings", "100.00"))
    books.freeze_account(books.accounts("mira")[2], NOW)
    waiting = books.holds.post("q-1", SOON)
    assert waiting == HoldRefused(HoldRefusal.DESTINATION_NOT_ACTIVE)
    assert state(books.holds.expire("q-1", LATER)) is EXPIRED
    assert figures(books) == ("500.00", "20.00", "480.00")


def test_the_holds_of_opening_books_can_be_posted_released_and_found(books: Books) -> None:
    found = books.holds.find("hold-checking")
    assert found is not None
    assert found.hold.description == "Corner Coffee"
    assert state(books.holds.post("hold-checking", SOON)) is POSTED
    assert figures(books) == ("480.00", "0.00", "480.00")


def test_due_holds_are_found_by_their_time_and_settled_ones_are_not(books: Books) -> None:
    books.holds.authorise(at_the_grocer("1.00", "auth-1"), NOW)
    books.holds.authorise(replace(at_the_grocer("1.00", "auth-2"), expires_at=SOON), NOW)
    held(books, to_anna("5.00"))
    due = {hold.hold_id for hold in books.holds.due(SOON)}
    assert due == {"auth-2"}
    assert {hold.hold_id for hold in books.holds.due(LATER)} == {"auth-1", "auth-2", "q-1"}
    books.holds.post("auth-1", SOON)
    books.holds.release("q-1", SOON)
    assert {hold.hold_id for hold in books.holds.due(LATER)} == {"auth-2"}
    payments = [hold for hold in books.holds.due(LATER) if hold.order]
    assert payments == []


@pytest.mark.parametrize("faults", [[answer_lost], [conflict, conflict], [conflict, answer_lost]])
def test_a_lost_answer_or_a_conflict_changes_nothing_for_who_asked(
    books: Books, calls: CountingClient, faults: list[Fault]
) -> None:
    calls.plan(WRITE, *faults)
    authorised = books.holds.authorise(at_the_grocer(), NOW)
    assert isinstance(authorised, Authorisation)
    assert not authorised.replayed
    calls.plan(WRITE, *faults)
    posted = books.holds.post("auth-1", SOON, dollars("10.00"))
    assert isinstance(posted, Authorisation)
    assert (posted.state, posted.posted, posted.replayed) == (POSTED, dollars("10.00"), False)
    assert figures(books) == ("490.00", "20.00", "470.00")


def test_a_request_that_never_arrived_is_unknown_and_can_be_repeated(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(WRITE, request_lost)
    assert books.holds.authorise(at_the_grocer(), NOW) == Unknown("auth-1")
    books.holds.authorise(at_the_grocer(), NOW)
    for end in (books.holds.post, books.holds.release):
        calls.plan(WRITE, request_lost)
        assert end("auth-1", SOON) == Unknown("auth-1")
    assert figures(books)[1] == "50.00"
    calls.plan(WRITE, request_lost)
    calls.plan("get_item", lambda real, request: real(**request), request_lost)
    assert books.holds.release("auth-1", SOON) == Unknown("auth-1")
    assert state(books.holds.release("auth-1", SOON)) is RELEASED


def test_an_end_that_another_reached_first_is_told_without_a_second_read(
    books: Books, calls: CountingClient
) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    other = books.holds

    def posted_meanwhile(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
        other.post("auth-1", SOON)
        calls.reset()
        return real(**request)

    calls.plan(WRITE, posted_meanwhile)
    answer = books.holds.expire("auth-1", LATER)
    assert answer == HoldRefused(HoldRefusal.SETTLED, state=POSTED)
    assert calls.made == {}
