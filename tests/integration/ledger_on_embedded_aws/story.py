"""One bank lived through twice, in DynamoDB and in plain Python, and compared after each event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus, CardStatus, Hold
from fulfillment.bank.cards import CardRefusal
from fulfillment.bank.holds import Authorisation, HoldRefusal
from fulfillment.bank.money import Money
from fulfillment.bank.payments import (
    Outcome,
    PaymentKind,
    PaymentOrder,
    Receipt,
    Refused,
    TransferState,
    Unknown,
)
from fulfillment.bank.reversals import Reversal
from fulfillment.bank.rules import quote
from fulfillment.store.books import Books
from fulfillment.store.chance import Chance
from fulfillment.store.holding import Answer
from fulfillment.store.loading import load_books
from fulfillment.store.sending import Patience
from fulfillment.store.sweeping import release_expired_holds
from fulfillment.store.wire import encode
from tests.integration.ledger_on_embedded_aws.plain_ledger import (
    PlainHold,
    PlainLedger,
    Told,
)
from tests.integration.store.calls import CountingClient, Fault, answer_lost, conflict, request_lost
from tests.simulation.plain import PlainAccount
from tests.unit.bank.values import (
    ACCOUNTS,
    ANNA,
    CHECKING,
    DEBIT_CARD,
    NOW,
    account,
    between,
    limits_of,
    opening_books,
    opening_hold,
    to_anna,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

LIMITS = limits_of("250.00", "600.00", 6)
OPENED = [*ACCOUNTS, account("euros", "500.00", currency="EUR")]
OTHER_TARGET = "021000021-6666"

_PAY = "transact_write_items"
_FAULTS: list[list[Fault]] = [
    [], [], [], [conflict, conflict], [answer_lost], [conflict, answer_lost],
]  # fmt: skip


class Story:
    """Draws events from `rng`, lets both ledgers answer, and raises when they differ."""

    def __init__(self, client: DynamoDBClient, table: str, rng: Random) -> None:
        load_books(client, table, opening_books(*OPENED))
        self.client = client
        self.table = table
        self.rng = rng
        self.now = NOW
        self.answers: Counter[str] = Counter()
        self.hold_answers: Counter[str] = Counter()
        self.corrections: Counter[str] = Counter()
        self.calls = CountingClient(client)
        self.books = Books(
            self.calls.as_client(),
            table,
            standing_limits=LIMITS,
            patience=Patience(sleep=lambda _: None),
            chance=Chance(shard=rng.randrange),
        )
        self.plain = PlainLedger(
            limit=LIMITS.ceiling(PaymentKind.TO_PAYEE, "USD"),
            accounts={
                one.account_id: PlainAccount(
                    kind=one.kind,
                    currency=one.posted.currency,
                    status=one.status,
                    posted=one.posted.minor,
                    held=one.held.minor,
                    credit_limit=one.credit_limit.minor,
                )
                for one in OPENED
            },
            payees={ANNA.payee_id: ANNA.target},
        )
        opening = opening_hold(CHECKING)
        self.plain.holds[opening.hold_id] = PlainHold(
            "checking", opening.amount.minor, opening.expires_at, None, NOW.date()
        )

    def go_on(self, events: int) -> None:
        """Live through so many events."""
        kinds: list[tuple[Callable[[], object], int]] = [
            (self._quote_and_confirm, 30),
            (self._quote, 10),
            (self._confirm_again, 15),
            (self._confirm_into_the_void, 6),
            (self._confirm_other_figures, 10),
            (self._time_passes, 10),
            (self._staff_set_an_account, 8),
            (self._payee_is_edited, 5),
            (self._card_is_changed, 6),
            (self._quote_and_hold, 12),
            (self._merchant_authorises, 12),
            (self._hold_is_posted, 14),
            (self._hold_is_given_back, 8),
            (self._sweep, 6),
            (self._staff_reverse_a_movement, 8),
        ]
        weights = [weight for _, weight in kinds]
        for event, _ in self.rng.choices(kinds, weights, k=events):
            event()
            self._compare_balances()

    def _order(self) -> PaymentOrder:
        rng = self.rng
        amount = str(Money(rng.randint(1, rng.choice([2_000, 10_000, 30_000])), "USD").amount)
        usual = ["checking", "savings"] * 5
        source = rng.choice([*usual, "credit-card", "euros", "gone"])
        if rng.random() < 0.5:
            return to_anna(amount, fee=rng.choice(["0", "0.25"]), source=source)
        others = {*usual, "credit-card", "euros", "gone"} - {source}
        return between(source, rng.choice(sorted(others)), amount)

    def _quote(self) -> str:
        quote_id = f"q-{len(self.plain.quotes) + 1}"
        order, session = self._order(), self.rng.choice(["s-1", "s-1", "s-2"])
        self.books.put_quote(quote(order, session, quote_id, self.now))
        self.plain.show(quote_id, order, session, self.now)
        return quote_id

    def _quote_and_confirm(self) -> None:
        self._confirm(self._quote())

    def _earlier(self) -> str:
        """One of the last quotes, or one that never was."""
        shown = len(self.plain.quotes)
        return f"q-{self.rng.randint(max(0, shown - 5), shown)}"

    def _confirm_again(self) -> None:
        self._confirm(self._earlier())

    def _confirm(self, quote_id: str) -> None:
        known = self.plain.quotes.get(quote_id)
        order, session = (known.order, known.session_id) if known else (self._order(), "s-1")
        self._pay(quote_id, order, session, self.rng.choice(_FAULTS))

    def _confirm_other_figures(self) -> None:
        quote_id = self._quote() if self.rng.random() < 0.5 else self._earlier()
        known = self.plain.quotes.get(quote_id)
        order, session = (known.order, known.session_id) if known else (self._order(), "s-1")
        changes: list[tuple[PaymentOrder, str]] = [
            (replace(order, amount=order.amount + Money(1, "USD")), session),
            (replace(order, fee=order.fee + Money(1, "USD")), session),
            (order, "s-3"),
        ]
        if order.kind is PaymentKind.TO_PAYEE:
            changes.append((replace(order, destination_ref=OTHER_TARGET), session))
        self._pay(quote_id, *self.rng.choice(changes), [])

    def _pay(self, quote_id: str, order: PaymentOrder, session: str, faults: list[Fault]) -> None:
        self.calls.plan(_PAY, *faults)
        outcome = self.books.pay(quote_id, order, session, self.now)
        self._agree(outcome, self.plain.pay(quote_id, order, session, self.now))

    def _quote_and_hold(self) -> None:
        quote_id = self._quote()
        known = self.plain.quotes[quote_id]
        until = self.now + self.rng.choice([timedelta(minutes=3), timedelta(days=2)])
        self.calls.plan(_PAY, *self.rng.choice(_FAULTS))
        order, session = known.order, known.session_id
        outcome = self.books.pay(quote_id, order, session, self.now, hold_until=until)
        self._agree(outcome, self.plain.pay(quote_id, order, session, self.now, until))

    def _merchant_authorises(self) -> None:
        """On the checking account, whose opening hold may be meant too."""
        number = self.rng.randint(0, 30)
        hold = Hold(
            customer_id="mira",
            account_id="checking",
            hold_id=f"auth-{number}",
            placed_at=self.now,
            expires_at=self.now + self.rng.choice([timedelta(minutes=3), timedelta(days=2)]),
            # The same id always asks for the same sum.
            amount=Money(Random(number).randint(1, 20_000), "USD"),
            description="Corner Coffee",
        )
        self.calls.plan(_PAY, *self.rng.choice(_FAULTS))
        answer = self.books.holds.authorise(hold, self.now)
        expected = self.plain.authorise(
            hold.hold_id, "checking", hold.amount.minor, hold.expires_at, self.now
        )
        self._agree_on_hold(answer, expected)

    def _some_hold(self) -> str:
        """One of the last holds, or one that never was."""
        return self.rng.choice([*list(self.plain.holds)[-6:], "never-was"])

    def _hold_is_posted(self) -> None:
        hold_id = self._some_hold()
        known = self.plain.holds.get(hold_id)
        whole = known.amount - known.fee if known else 100
        taken = self.rng.choice([None, whole, max(1, whole // 2), whole + 1])
        self.calls.plan(_PAY, *self.rng.choice(_FAULTS))
        amount = Money(taken, "USD") if taken else None
        answer = self.books.holds.post(hold_id, self.now, amount)
        self._agree_on_hold(answer, self.plain.post(hold_id, taken, self.now))

    def _hold_is_given_back(self) -> None:
        hold_id = self._some_hold()
        state = self.rng.choice([TransferState.RELEASED, TransferState.EXPIRED])
        desk = self.books.holds
        give_back = desk.release if state is TransferState.RELEASED else desk.expire
        self.calls.plan(_PAY, *self.rng.choice(_FAULTS))
        answer = give_back(hold_id, self.now)
        self._agree_on_hold(answer, self.plain.give_back(hold_id, state, self.now))

    def _staff_reverse_a_movement(self) -> None:
        known = [*list(self.plain.movements)[-8:], *list(self.plain.holds)[-3:], "never-was"]
        transfer_id = self.rng.choice([one for one in known if not one.startswith("reversal")])
        self.calls.plan(_PAY, *self.rng.choice(_FAULTS))
        answer = self.books.reverse(transfer_id, "by mistake", "clerk-7", self.now)
        self.calls.plan(_PAY)
        assert not isinstance(answer, Unknown)
        if isinstance(answer, Reversal):
            told = "again" if answer.replayed else "done"
        else:
            told = str(answer.reason)
        assert told == self.plain.reverse(transfer_id)
        self.corrections[told] += 1

    def _sweep(self) -> None:
        overdue = [
            name
            for name, hold in self.plain.holds.items()
            if hold.state is TransferState.PENDING and hold.expires_at <= self.now
        ]
        swept = release_expired_holds(self.books.holds, self.now)
        assert (swept.settled, swept.left) == (len(overdue), 0)
        for name in overdue:
            self.plain.give_back(name, TransferState.EXPIRED, self.now)

    def _agree_on_hold(self, answer: Answer, expected: TransferState | HoldRefusal) -> None:
        self.calls.plan(_PAY)
        assert not isinstance(answer, Unknown)
        told = answer.state if isinstance(answer, Authorisation) else answer.reason
        assert told == expected
        self.hold_answers[told] += 1

    def _confirm_into_the_void(self) -> None:
        quote_id = self._earlier()
        known = self.plain.quotes.get(quote_id)
        if known is None:
            return
        self.calls.plan(_PAY, request_lost)
        outcome = self.books.pay(quote_id, known.order, known.session_id, self.now)
        paid = self.plain.known(quote_id, known.order, known.session_id)
        self._agree(outcome, paid or Unknown(quote_id))

    def _time_passes(self) -> None:
        self.now += timedelta(minutes=self.rng.choice([1, 1, 4, 5, 24 * 60]))

    def _staff_set_an_account(self) -> None:
        # Mostly back to active, or soon nobody could pay any more.
        status = self.rng.choice([*AccountStatus, *[AccountStatus.ACTIVE] * 3])
        account_id = self.rng.choice(["checking", "savings", "credit-card"])
        self._set(f"A#{account_id}", "st", status)
        self.plain.accounts[account_id].status = status

    def _payee_is_edited(self) -> None:
        target = self.rng.choice([ANNA.target, ANNA.target, OTHER_TARGET])
        active = self.rng.random() < 0.7
        self._set("B#anna", "target", target)
        self._set("B#anna", "active", active)
        self.plain.payees = {ANNA.payee_id: target} if active else {}

    def _card_is_changed(self) -> None:
        believed = self.rng.choice(list(CardStatus))
        wanted = self.rng.choice([CardStatus.ACTIVE, CardStatus.FROZEN])
        self.calls.plan(_PAY, *self.rng.choice([[], [conflict, conflict]]))
        card = replace(DEBIT_CARD, status=believed)
        change = self.books.set_card_status(card, wanted, self.now)
        self.calls.plan(_PAY)
        if believed is CardStatus.BLOCKED:
            assert change.refusal is CardRefusal.CARD_BLOCKED
        elif believed is CardStatus.ORDERED:
            assert change.refusal is CardRefusal.NOT_ACTIVATED
        else:
            assert change.changed == (self.plain.card is not wanted)
            self.plain.card = wanted
        assert self.books.cards("mira")[0].status is self.plain.card

    def _agree(self, outcome: Outcome, expected: Told | Refused | Unknown) -> None:
        told: Told | Refused | Unknown
        if isinstance(outcome, Receipt):
            told = Told(
                outcome.receipt_id, outcome.amount, outcome.fee, outcome.replayed, outcome.state
            )
        else:
            told = outcome
        assert told == expected
        self.answers[told.reason if isinstance(told, Refused) else type(told).__name__] += 1

    def _compare_balances(self) -> None:
        stored = {
            one.account_id: (one.posted.minor, one.held.minor, one.available.minor)
            for one in self.books.accounts("mira")
        }
        assert stored == {
            name: (one.posted, one.held, one.available) for name, one in self.plain.accounts.items()
        }

    def compare_lines(self) -> None:
        """Every line that the plain ledger booked is in the real one's history, and no other."""
        for account_id in self.plain.accounts:
            page = self.books.recent("mira", account_id, 10_000)
            booked = [line.amount.minor for line in page.postings if line.kind != "opening"]
            assert sorted(booked) == sorted(self.plain.lines[account_id])

    def _set(self, sort: str, name: str, value: str | bool) -> None:
        self.client.update_item(
            TableName=self.table,
            Key=encode({"PK": "C#mira", "SK": sort}),
            UpdateExpression="SET #name = :value",
            ExpressionAttributeNames={"#name": name},
            ExpressionAttributeValues=encode({":value": value}),
        )
