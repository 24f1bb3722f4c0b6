"""Mira's bank, a desk of two analysts and an observer, and a Slack that remembers and can fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from fulfillment.alerts.case_desk import CaseDesk
from fulfillment.alerts.desk_policy import DeskPolicy, shipped_desk_policy
from fulfillment.alerts.events import SecurityEvent, Sum, SuspectedFraud, Why, security_event
from fulfillment.alerts.slack.channel import DeskChannel
from fulfillment.alerts.slack.client import Blocks, Posted, SlackError
from fulfillment.alerts.slack.desk_work import DeskWork
from fulfillment.alerts.slack.jobs import Click, Said, Show, ShowDigest
from fulfillment.bank.analyst_cases import Act, DeskCase
from fulfillment.bank.bank_messages import BankMessage
from fulfillment.bank.payments import Receipt
from fulfillment.bank.rules import quote
from fulfillment.store.allowances import Allowances
from fulfillment.store.bank_messages import MessageBoard
from fulfillment.store.books import Books
from fulfillment.store.chance import Chance
from fulfillment.store.digests import Digests
from fulfillment.store.loading import load_books
from fulfillment.store.sending import Patience
from fulfillment.store.shown_cases import ShownCases
from tests.aws_in_process import empty_dynamodb
from tests.integration.store.table import create_table
from tests.unit.bank.values import NOW, limits_of, opening_books, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

SAM, LINA, NOOR = "U0SAM", "U0LINA", "U0NOOR"


@dataclass
class RememberingSlack:
    """Keeps messages by `ts`. `faults` are raised, one a call, before anything else happens;
    `lost` answers are raised after it did.
    """

    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)
    whispers: list[tuple[str, str]] = field(default_factory=list)
    faults: list[SlackError] = field(default_factory=list)
    lost: list[SlackError] = field(default_factory=list)

    def post(
        self,
        channel: str,
        text: str,
        blocks: Blocks,
        *,
        thread: str | None = None,
        case_id: str | None = None,
    ) -> Posted:
        self._fail()
        ts = f"{len(self.messages) + sum(map(len, self.threads.values()))}.0"
        if thread is not None:
            self.threads.setdefault(thread, []).append(text)
        else:
            self.messages[ts] = {"text": text, "blocks": list(blocks), "case": case_id}
        if self.lost:
            raise self.lost.pop(0)
        return Posted(channel, ts)

    def find(self, channel: str, case_id: str) -> Posted | None:
        self._fail()
        found = [ts for ts, one in self.messages.items() if one["case"] == case_id]
        return Posted(channel, found[0]) if found else None

    def update(self, where: Posted, text: str, blocks: Blocks) -> None:
        self._fail()
        self.messages[where.ts] |= {"text": text, "blocks": list(blocks)}

    def whisper(self, channel: str, user: str, text: str) -> None:
        self.whispers.append((user, text))

    def _fail(self) -> None:
        if self.faults:
            raise self.faults.pop(0)


@dataclass
class Town:
    """Everything a test of the desk needs."""

    books: Books
    desk: CaseDesk
    work: DeskWork
    slack: RememberingSlack
    rung: list[str] = field(default_factory=list)
    jobs: list[tuple[Show | ShowDigest, int]] = field(default_factory=list)
    now: datetime = NOW
    _clicks: int = 0

    def hold(self, amount: str = "200.00", payment_id: str = "p-1") -> SecurityEvent:
        """A payment of Mira's to Anna is held, and the event of it."""
        order = to_anna(amount)
        self.books.put_quote(quote(order, "s-1", payment_id, NOW))
        until = NOW + timedelta(days=3)
        paid = self.books.pay(payment_id, order, "s-1", NOW, zone="UTC", hold_until=until)
        assert isinstance(paid, Receipt)
        return self.event(amount, payment_id)

    def event(self, amount: str, payment_id: str) -> SecurityEvent:
        data = SuspectedFraud(
            customer_id="mira",
            payment_id=payment_id,
            decision="hold",
            amount=Sum(minor=to_anna(amount).amount.minor, currency="USD"),
            payee="Anna Kovacs",
            score=0.8,
            reasons=(Why(code="new_payee", text="first payment to this payee"),),
        )
        return security_event(data, payment_id, NOW, source="payments")

    def click(self, case: DeskCase, act: Act, user: str = SAM, *, again: bool = False) -> Click:
        """A click as it comes out of the queue; `again` is Slack telling of the same one."""
        self._clicks += 0 if again else 1
        click = Click(
            wish_id=f"click-{self._clicks}",
            user=user,
            channel="C0TELLERDESK",
            action=f"case:{act}",
            value=f"{case.customer_id}|{case.case_id}",
        )
        self.work.job(click)
        return click

    def say(self, text: str, user: str = SAM, wish_id: str = "said-1") -> None:
        """Somebody writes in the thread of the only message."""
        [ts] = self.slack.messages
        said = Said(wish_id=wish_id, user=user, channel="C0TELLERDESK", thread=ts, text=text)
        self.work.job(said)

    def case(self, case: DeskCase) -> DeskCase:
        found = self.desk.cases.find(case.customer_id, case.case_id)
        assert found is not None
        return found

    def told(self) -> list[BankMessage]:
        return MessageBoard(self.books.client, self.books.table).after("mira", 0)

    def figures(self) -> tuple[str, str]:
        """What is posted and held on Mira's checking account."""
        one = next(a for a in self.books.accounts("mira") if a.account_id == "checking")
        return str(one.posted.amount), str(one.held.amount)

    def labels(self, payment_id: str = "p-1") -> list[tuple[str, str]]:
        answer = self.books.client.query(
            TableName=self.books.table,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :label)",
            ExpressionAttributeValues={
                ":pk": {"S": f"FS#{payment_id}"},
                ":label": {"S": "L#"},
            },
        )
        return [(item["verdict"]["S"], item["by"]["S"]) for item in answer["Items"]]

    def shown(self) -> str:
        """All that the only message says."""
        [message] = self.slack.messages.values()
        return str(message["blocks"])


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    with empty_dynamodb(monkeypatch) as made:
        yield made


@pytest.fixture
def policy() -> DeskPolicy:
    """The shipped policy, with a release of $300 and more needing two people."""
    return shipped_desk_policy().model_copy(update={"two_people": {"USD": 300_00}})


@pytest.fixture
def town(client: DynamoDBClient, policy: DeskPolicy) -> Town:
    table = create_table(client)
    load_books(client, table, opening_books())
    patience = Patience(sleep=lambda _: None, jitter=lambda ceiling: ceiling)
    books = Books(
        client,
        table,
        standing_limits=limits_of("500.00", "1000.00", 9),
        patience=patience,
        chance=Chance(shard=lambda shards: shards - 1),
    )
    slack = RememberingSlack()
    made: list[Town] = []
    desk = CaseDesk(books, policy, lambda: made[0].now)
    channel = DeskChannel(
        desk, slack, ShownCases(client, table), Digests(client, table), lambda: made[0].now
    )
    work = DeskWork(
        channel,
        Allowances(client, table),
        lambda customer: made[0].rung.append(customer),
        lambda job, seconds: made[0].jobs.append((job, seconds)),
    )
    made.append(Town(books, desk, work, slack))
    return made[0]
