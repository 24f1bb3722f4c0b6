"""Whatever is done in whatever order, the ledger answers as a plain one does, and its books agree.

Operations are drawn at random: quotes, confirmations right and forged, lost requests and answers,
conflicts, time passing, accounts frozen, payees moved, cards changed. A failure shrinks to the
shortest story that breaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fulfillment.bank.books import AccountStatus, CardStatus
from fulfillment.bank.cards import CardRefusal
from fulfillment.bank.money import Money
from fulfillment.bank.payments import Outcome, PaymentKind, PaymentOrder, Receipt, Refused, Unknown
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books, Chance
from fulfillment.store.loading import load_books
from fulfillment.store.sending import Patience
from fulfillment.store.wire import encode
from tests.integration.ledger_on_embedded_aws.plain_ledger import (
    PlainAccount,
    PlainLedger,
    Told,
)
from tests.integration.store.calls import CountingClient, Fault, answer_lost, conflict, request_lost
from tests.integration.store.table import create_table
from tests.unit.bank.values import (
    ACCOUNTS,
    ANNA,
    DEBIT_CARD,
    NOW,
    between,
    limits_of,
    opening_books,
    to_anna,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

LIMITS = limits_of("250.00", "400.00", 4)
PAY = "transact_write_items"
FAULTS: dict[str, list[Fault]] = {
    "none": [],
    "conflicts": [conflict, conflict],
    "answer lost": [answer_lost],
    "conflict, then answer lost": [conflict, answer_lost],
}

account_ids = st.sampled_from(["checking", "savings", "credit-card", "gone"])
own_accounts = st.sampled_from(["checking", "savings", "credit-card"])
amounts = st.integers(1, 30_000).map(lambda minor: str(Money(minor, "USD").amount))


@st.composite
def orders(draw: st.DrawFn) -> PaymentOrder:
    source = draw(account_ids)
    if draw(st.booleans()):
        fee = draw(st.sampled_from(["0", "0.25"]))
        return to_anna(draw(amounts), fee=fee, source=source)
    destination = draw(account_ids.filter(lambda name: name != source))
    return between(source, destination, draw(amounts))


class LedgerStory(RuleBasedStateMachine):
    """One bank, lived through twice: in DynamoDB and in plain Python."""

    def __init__(self, client: DynamoDBClient) -> None:
        super().__init__()
        self.client = client
        self.calls = CountingClient(client)
        self.table = create_table(client)
        self.now = NOW
        self.ids = 0
        self.books = Books(
            self.calls.as_client(),
            self.table,
            standing_limits=LIMITS,
            patience=Patience(sleep=lambda _: None),
            chance=Chance(shard=lambda shards: self.ids % shards),
        )

    @initialize()
    def open(self) -> None:
        load_books(self.client, self.table, opening_books())
        self.plain = PlainLedger(
            limit=LIMITS.ceiling(PaymentKind.TO_PAYEE, "USD"),
            accounts={
                one.account_id: PlainAccount(
                    kind=one.kind,
                    status=one.status,
                    posted=one.posted.minor,
                    held=one.held.minor,
                    credit_limit=one.credit_limit.minor,
                )
                for one in ACCOUNTS
            },
            payees={ANNA.payee_id: ANNA.target},
        )

    @rule(order=orders(), session=st.sampled_from(["s-1", "s-2"]))
    def show(self, order: PaymentOrder, session: str) -> None:
        self.ids += 1
        quote_id = f"q-{self.ids}"
        self.books.put_quote(quote(order, session, quote_id, self.now))
        self.plain.show(quote_id, order, session, self.now)

    def _recent_quote(self, back: int) -> tuple[str, PaymentOrder, str]:
        quote_id = f"q-{max(1, self.ids - back)}"
        known = self.plain.quotes[quote_id]
        return quote_id, known.order, known.session_id

    @precondition(lambda self: self.ids)
    @rule(back=st.integers(0, 4), fault=st.sampled_from(sorted(FAULTS)))
    def confirm(self, back: int, fault: str) -> None:
        quote_id, order, session = self._recent_quote(back)
        self.calls.plan(PAY, *FAULTS[fault])
        outcome = self.books.pay(quote_id, order, session, self.now)
        assert told(outcome) == self.plain.pay(quote_id, order, session, self.now)

    @precondition(lambda self: self.ids)
    @rule(back=st.integers(0, 4))
    def confirm_into_the_void(self, back: int) -> None:
        quote_id, order, session = self._recent_quote(back)
        self.calls.plan(PAY, request_lost)
        outcome = self.books.pay(quote_id, order, session, self.now)
        known = self.plain.known(quote_id, order, session)
        assert told(outcome) == (known or Unknown(quote_id))

    @precondition(lambda self: self.ids)
    @rule(
        back=st.integers(0, 4),
        cents=st.integers(-1, 1),
        session=st.sampled_from(["s-1", "s-2", "s-3"]),
        paid_to=st.sampled_from([None, "021000021-6666"]),
    )
    def forge(self, back: int, cents: int, session: str, paid_to: str | None) -> None:
        quote_id, order, _ = self._recent_quote(back)
        forged = replace(order, amount=order.amount + Money(cents, "USD"))
        if paid_to is not None and order.kind is PaymentKind.TO_PAYEE:
            forged = replace(forged, destination_ref=paid_to)
        if not forged.amount.is_positive:
            return
        outcome = self.books.pay(quote_id, forged, session, self.now)
        assert told(outcome) == self.plain.pay(quote_id, forged, session, self.now)

    @rule(minutes=st.sampled_from([1, 4, 5, 60, 24 * 60]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(account_id=own_accounts, status=st.sampled_from(AccountStatus))
    def staff_sets_an_account(self, account_id: str, status: AccountStatus) -> None:
        self._set(f"A#{account_id}", "st", status)
        self.plain.accounts[account_id].status = status

    @rule(paid_to=st.sampled_from([ANNA.target, "021000021-7777"]), active=st.booleans())
    def payee_is_edited(self, paid_to: str, active: bool) -> None:
        self._set("B#anna", "target", paid_to)
        self._set("B#anna", "active", active)
        self.plain.payees = {ANNA.payee_id: paid_to} if active else {}

    @rule(
        believed=st.sampled_from(CardStatus),
        wanted=st.sampled_from([CardStatus.ACTIVE, CardStatus.FROZEN, CardStatus.FROZEN]),
        fault=st.sampled_from(["none", "conflicts"]),
    )
    def card_is_changed(self, believed: CardStatus, wanted: CardStatus, fault: str) -> None:
        self.calls.plan(PAY, *FAULTS[fault])
        card = replace(DEBIT_CARD, status=believed)
        change = self.books.set_card_status(card, wanted, self.now)
        self.calls.plan(PAY)
        if believed is CardStatus.BLOCKED:
            assert change.refusal is CardRefusal.CARD_BLOCKED
        else:
            assert change.changed == (self.plain.card is not wanted)
            self.plain.card = wanted
        assert self.books.cards("mira")[0].status is self.plain.card

    @invariant()
    def balances_are_the_plain_ones(self) -> None:
        stored = {
            one.account_id: (one.posted.minor, one.held.minor, one.available.minor)
            for one in self.books.accounts("mira")
        }
        assert stored == {
            name: (account.posted, account.held, account.available)
            for name, account in self.plain.accounts.items()
        }

    def teardown(self) -> None:
        try:
            assert audit(self.client, self.table).violations == []
            for account_id in self.plain.accounts:
                page = self.books.recent("mira", account_id, 1000)
                booked = [line.amount.minor for line in page.postings if line.kind != "opening"]
                assert sorted(booked) == sorted(self.plain.lines[account_id])
        finally:
            self.client.delete_table(TableName=self.table)

    def _set(self, sort: str, name: str, value: str | bool) -> None:
        self.client.update_item(
            TableName=self.table,
            Key=encode({"PK": "C#mira", "SK": sort}),
            UpdateExpression="SET #name = :value",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues=encode({":value": value}),
        )


def told(outcome: Outcome) -> Told | Refused | Unknown:
    if isinstance(outcome, Receipt):
        return Told(outcome.receipt_id, outcome.amount, outcome.fee, outcome.replayed)
    return outcome


@pytest.mark.timeout(300)
def test_any_story_is_told_as_a_plain_ledger_tells_it(
    connect: Callable[[], DynamoDBClient],
) -> None:
    client = connect()
    run_state_machine_as_test(
        lambda: LedgerStory(client),  # type: ignore[arg-type]  # any factory will do
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
