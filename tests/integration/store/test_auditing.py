"""The audit names what somebody planted, and nothing where nothing is wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.payments import PaymentOrder, Receipt
from fulfillment.bank.reversals import Reversal, reversal_id
from fulfillment.bank.rules import quote
from fulfillment.store import keys
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.keys import party_id
from tests.unit.bank.values import NOW, between, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

CHECKING = "C#mira#A#checking"
CLEARING = "BANK#CLEARING#USD"
HOLD = "H#2026-03-01T09:30:15Z#hold-checking"
PAID_AT = "2026-03-02T09:30:15Z"


class Forger:
    """Changes items behind the bank's back."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, partition: str, sort: str) -> dict[str, AttributeValueTypeDef]:
        key = {"PK": {"S": partition}, "SK": {"S": sort}}
        response = self._client.get_item(TableName=self._table, Key=key)
        return dict(response["Item"])

    def put(self, item: dict[str, AttributeValueTypeDef]) -> None:
        self._client.put_item(TableName=self._table, Item=item)

    def set(self, partition: str, sort: str, **changes: AttributeValueTypeDef) -> None:
        self.put({**self.get(partition, sort), **changes})

    def delete(self, partition: str, sort: str) -> None:
        self._client.delete_item(
            TableName=self._table, Key={"PK": {"S": partition}, "SK": {"S": sort}}
        )

    def copy(self, partition: str, sort: str, **changes: AttributeValueTypeDef) -> None:
        self.put({**self.get(partition, sort), **changes})


@pytest.fixture
def forger(client: DynamoDBClient, loaded: str) -> Forger:
    return Forger(client, loaded)


@pytest.fixture(autouse=True)
def _two_payments(books: Books) -> None:
    """q-1 paid Anna 50.00 with a fee of 0.25; q-2 moved 100.00 to savings."""
    for quote_id, order in (
        ("q-1", to_anna("50.00", fee="0.25")),
        ("q-2", between("checking", "savings", "100.00")),
    ):
        paid(books, quote_id, order)


def paid(books: Books, quote_id: str, order: PaymentOrder) -> None:
    books.put_quote(quote(order, "s-1", quote_id, NOW))
    assert isinstance(books.pay(quote_id, order, "s-1", NOW), Receipt)


@pytest.fixture
def found(client: DynamoDBClient, loaded: str) -> Violations:
    return Violations(client, loaded)


class Violations:
    """What an audit finds now."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client = client
        self._table = table

    def now(self) -> list[str]:
        return audit(self._client, self._table).violations


def number(value: int) -> AttributeValueTypeDef:
    return {"N": str(value)}


def test_books_after_payments_agree(client: DynamoDBClient, loaded: str) -> None:
    report = audit(client, loaded)
    assert report.violations == []
    assert report.accounts == 3
    assert report.postings == 4 + 4 + 2
    assert report.as_json() == {"accounts": 3, "postings": 10, "violations": []}


def test_a_stored_balance_without_lines_behind_it_is_named(
    forger: Forger, found: Violations
) -> None:
    forger.set("C#mira", "A#savings", posted=number(999_999), avail=number(999_999))
    assert found.now() == [
        "account C#mira#A#savings: posted is 9999.99 USD, its lines make 1100.00 USD"
    ]


def test_an_available_figure_that_does_not_follow_is_named(
    forger: Forger, found: Violations
) -> None:
    forger.set("C#mira", "A#credit-card", avail=number(500_000))
    assert found.now() == [
        "account C#mira#A#credit-card: available is 5000.00 USD, "
        "posted less held plus credit is 1700.00 USD"
    ]


def test_a_hold_that_vanished_is_named(forger: Forger, found: Violations) -> None:
    forger.delete(CHECKING, "H#2026-03-01T09:30:15Z#hold-checking")
    assert found.now() == [
        f"account {CHECKING}: held is 20.00 USD, its holds make 0.00 USD",
        f"hold hold-checking: nothing is shown as pending, its record says 20.00 USD on {CHECKING}",
    ]


def test_an_overdrawn_account_is_named(forger: Forger, found: Violations) -> None:
    forger.set("C#mira", "A#checking", avail=number(-100))
    assert f"account {CHECKING}: available is -1.00 USD, below zero" in found.now()


def test_an_opening_line_that_vanished_unbalances_account_and_books(
    forger: Forger, found: Violations
) -> None:
    forger.delete("C#mira#A#savings", "E#2025-12-02T09:30:15Z#open-savings")
    assert found.now() == [
        "the books in USD sum to -1000.00 USD, not to zero",
        "account C#mira#A#savings: posted is 1100.00 USD, its lines make 100.00 USD",
        "totals of mira, day 2025-12-02 savings USD: cr is 1000.00, its lines make 0.00",
        "totals of mira, month 2025-12 savings USD: cr is 1000.00, its lines make 0.00",
    ]


def test_a_line_with_a_changed_amount_is_named_with_its_transfer(
    forger: Forger, found: Violations
) -> None:
    forger.set(CHECKING, f"E#{PAID_AT}#q-1-out", amt=number(-1))
    assert found.now() == [
        "the books in USD sum to 49.99 USD, not to zero",
        f"account {CHECKING}: posted is 349.75 USD, its lines make 399.74 USD",
        "transfer q-1: its lines are not those of its amount and parties",
        "totals of mira, day 2026-03-02 checking USD: dr is 150.25, its lines make 100.26",
        "totals of mira, day 2026-03-02 checking USD: out_payments is 50.00, its lines make 0.01",
        "totals of mira, month 2026-03 checking USD: dr is 150.25, its lines make 100.26",
        "totals of mira, month 2026-03 checking USD: out_payments is 50.00, its lines make 0.01",
        f"totals of mira, party {party_id('Anna Kovacs')} 2026-03 USD: "
        "out02 is 50.00, its lines make 0.01",
    ]


def test_balanced_lines_under_a_transfer_that_went_elsewhere_are_named(
    forger: Forger, found: Violations
) -> None:
    forger.set("T#q-2", "T", dst={"S": "credit-card"})
    assert found.now() == ["transfer q-2: its lines are not those of its amount and parties"]


def test_lines_of_no_transfer_are_named(forger: Forger, found: Violations) -> None:
    forger.delete("T#q-2", "T")
    violations = found.now()
    assert "transfer q-2: there are lines but no such transfer" in violations
    assert "quote q-2: it is consumed but nothing was paid" in violations


def test_a_transfer_without_lines_is_named(forger: Forger, found: Violations) -> None:
    forger.copy("T#q-2", "T", PK={"S": "T#q-3"})
    violations = found.now()
    assert "transfer q-3: its lines are not those of its amount and parties" in violations
    assert "transfer q-3: there is no audit entry" in violations


def test_a_payment_without_its_audit_entry_is_named(forger: Forger, found: Violations) -> None:
    forger.delete("C#mira", "Z#2026-03-02T09:30:15.250000Z#q-1")
    assert found.now() == ["transfer q-1: there is no audit entry"]


def test_a_paid_quote_that_could_be_paid_again_is_named(forger: Forger, found: Violations) -> None:
    forger.set("C#mira", "Q#q-1", st={"S": "quoted"})
    assert found.now() == ["quote q-1: it is paid but not consumed"]


def test_a_bank_shard_that_does_not_follow_from_its_lines_is_named(
    forger: Forger, found: Violations
) -> None:
    shard = keys.SHARDS - 1
    forger.set(f"{CLEARING}#{shard}", "S", posted=number(1))
    forger.delete(f"BANK#FEES#USD#{shard}", "S")
    assert found.now() == [
        f"bank account {CLEARING} shard {shard}: posted is 0.01 USD, its lines make 50.00 USD",
        f"bank account BANK#FEES#USD shard {shard}: posted is 0.00 USD, its lines make 0.25 USD",
    ]


@pytest.mark.parametrize("stored", [0, 999])
def test_a_day_limit_that_does_not_count_what_was_paid_is_named(
    forger: Forger, found: Violations, stored: int
) -> None:
    forger.set("C#mira", "L#2026-03-02", used_to_payee_USD=number(stored))
    assert found.now() == [
        f"limit of mira on 2026-03-02, to_payee: 1 payments of {stored / 100:.2f} USD are "
        "counted, 1 of 50.00 USD were made"
    ]


def test_a_day_limit_that_vanished_while_its_day_lasts_is_named(
    forger: Forger, found: Violations
) -> None:
    forger.delete("C#mira", "L#2026-03-02")
    assert len(found.now()) == 2


def test_a_line_in_a_foreign_currency_or_on_no_account_is_named(
    forger: Forger, found: Violations
) -> None:
    opening = f"E#2025-12-02T09:30:15Z#open-{'checking'}"
    forger.copy(CHECKING, opening, SK={"S": f"{opening}-2"}, ccy={"S": "EUR"})
    forger.copy(CHECKING, opening, PK={"S": "C#mira#A#ghost"})
    violations = found.now()
    assert f"account {CHECKING}: lines in EUR, which is not its currency" in violations
    assert "account C#mira#A#ghost: there are lines but no such account" in violations


def test_an_item_that_cannot_be_read_is_named_and_the_rest_still_audited(
    forger: Forger, found: Violations
) -> None:
    forger.set("C#mira", "A#credit-card", kind={"S": "piggy-bank"})
    forger.put({"PK": {"S": "T#broken"}, "SK": {"S": "T"}})
    violations = found.now()
    assert violations[0].startswith("item C#mira / A#credit-card cannot be read")
    assert violations[1].startswith("item T#broken / T cannot be read")
    assert violations[2:] == ["account C#mira#A#credit-card: there are lines but no such account"]


def test_items_of_other_parts_of_teller_are_passed_over(forger: Forger, found: Violations) -> None:
    forger.put({"PK": {"S": "R#finding-1"}, "SK": {"S": "1"}, "steps": {"L": []}})
    forger.put({"PK": {"S": CHECKING}, "SK": {"S": "M#2026-03"}, "spent": {"N": "12.5"}})
    assert found.now() == []


def test_books_larger_than_one_answer_are_read_to_their_end(
    client: DynamoDBClient, loaded: str
) -> None:
    filler = {"S": "x" * 100_000}
    for number_ in range(25):
        item = {"PK": {"S": f"R#{number_}"}, "SK": {"S": "1"}, "filler": filler}
        client.put_item(TableName=loaded, Item=item)
    report = audit(client, loaded)
    assert (report.accounts, report.postings, report.violations) == (3, 10, [])


def test_a_record_of_a_hold_that_shows_nowhere_or_other_figures_is_named(
    forger: Forger, found: Violations
) -> None:
    forger.set(CHECKING, HOLD, amt=number(1_999))
    forger.set("C#mira", "A#checking", held=number(1_999), avail=number(32_976))
    assert found.now() == [
        f"hold hold-checking: 19.99 USD on {CHECKING} is shown as pending, "
        f"its record says 20.00 USD on {CHECKING}"
    ]


def test_a_hold_that_was_settled_and_still_shows_is_named(
    forger: Forger, found: Violations
) -> None:
    forger.set("T#hold-checking", "T", st={"S": "released"})
    assert found.now() == [
        f"hold hold-checking: 20.00 USD on {CHECKING} is shown as pending, its record says nothing"
    ]


def test_a_hold_without_a_record_is_named(forger: Forger, found: Violations) -> None:
    forger.delete("T#hold-checking", "T")
    assert found.now() == [
        f"hold hold-checking: 20.00 USD on {CHECKING} is shown as pending, its record says nothing"
    ]


def test_a_posted_hold_whose_line_is_of_another_amount_is_named(
    books: Books, forger: Forger, found: Violations
) -> None:
    books.holds.post("hold-checking", NOW)
    assert found.now() == []
    forger.set("T#hold-checking", "T", paid=number(1_500))
    assert found.now() == [
        "transfer hold-checking: its lines are not those of its amount and parties"
    ]


def test_a_limit_that_was_not_given_back_is_named(
    books: Books, forger: Forger, found: Violations
) -> None:
    order = to_anna("5.00")
    books.put_quote(quote(order, "s-1", "q-3", NOW))
    books.pay("q-3", order, "s-1", NOW, hold_until=NOW + timedelta(days=1))
    bucket = forger.get("C#mira", "L#2026-03-02")
    books.holds.release("q-3", NOW)
    assert found.now() == []
    forger.put(bucket)
    assert found.now() == [
        "limit of mira on 2026-03-02, to_payee: 2 payments of 55.00 USD are counted, "
        "1 of 50.00 USD were made"
    ]


def test_reversals_are_part_of_books_that_agree(books: Books, found: Violations) -> None:
    for name in ("q-1", "q-2"):
        assert isinstance(books.reverse(name, "by mistake", "clerk-7", NOW), Reversal)
    assert found.now() == []


def test_a_reversal_of_nothing_or_of_something_else_is_named(
    books: Books, forger: Forger, found: Violations
) -> None:
    books.reverse("q-1", "by mistake", "clerk-7", NOW)
    name = reversal_id("q-1")
    reversal = forger.get(f"T#{name}", "T")
    forger.set(f"T#{name}", "T", of={"S": "q-2"})
    assert found.now() == [f"reversal {name}: it is not the opposite of what it reverses"]
    forger.set(f"T#{name}", "T", of={"S": "q-9"})
    assert found.now() == [f"reversal {name}: what it reverses was never booked"]
    forger.put(reversal)
    assert found.now() == []


def test_a_second_reversal_of_one_movement_is_named(
    books: Books, forger: Forger, found: Violations
) -> None:
    books.reverse("q-1", "by mistake", "clerk-7", NOW)
    forger.copy(f"T#{reversal_id('q-1')}", "T", PK={"S": "T#R-second"})
    assert "reversal R-second: it is not the one reversal of what it reverses" in found.now()
