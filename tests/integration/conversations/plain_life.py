"""A customer's plain months, the talk with them, and a model that says what it is told."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from fulfillment.bank.books import AccountKind, Posting
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.personalization.scoring import PropensityEndpoint
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.offer_wishes import WishesDesk
from fulfillment.store.sending import Patience
from tests.integration.conversations.conftest import Bank, Counter, _OneKey
from tests.unit.bank.values import MIRA, account

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
TODAY = date(2026, 3, 2)
MONTHS = [(2025, 10), (2025, 11), (2025, 12), (2026, 1), (2026, 2)]


@dataclass
class Endpoint:
    """SageMaker Runtime as far as offers see it: `chance` for every row, or away."""

    chance: float = 0.5
    is_away: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)

    def invoke_endpoint(self, **request: Any) -> dict[str, Any]:
        if self.is_away:
            raise OSError("away")
        rows = json.loads(request["Body"])["instances"]
        self.asked += rows
        body = {
            "predictions": [{"product": one["product"], "score": self.chance} for one in rows],
            "model": {"version": "7"},
        }
        return {"Body": io.BytesIO(json.dumps(body).encode())}


@dataclass
class Life:
    """A customer's plain months: pay, rent and shopping, and what their accounts began with."""

    checking: int = 900_000
    savings: int = 4_000_000
    owed: int = 0
    interest: int = 0
    pay: int = 500_000
    spent: int = 260_000
    born: date | None = date(1990, 5, 17)
    months: int = len(MONTHS)

    def books(self) -> OpeningBooks:
        lines = list(self._lines())
        opened = OpeningBooks(
            customers=[replace(MIRA, born=self.born, residence="US")],
            accounts=[
                self._account("checking", AccountKind.CHECKING, lines),
                self._account("savings", AccountKind.SAVINGS, lines),
                *(
                    [self._account("visa", AccountKind.CREDIT_CARD, lines, "10000")]
                    if self.owed
                    else []
                ),
            ],
            postings=lines,
        )
        assert opened.violations() == []
        return opened

    def _account(self, name: str, kind: AccountKind, lines: list[Posting], limit: str = "0") -> Any:
        posted = sum(one.amount.minor for one in lines if one.account_id == name)
        return account(name, str(Money(posted, "USD").amount), kind=kind, credit_limit=limit)

    def _lines(self) -> Iterator[Posting]:
        number = count(1)

        def line(
            at: datetime, minor: int, kind: str, text: str, where: str = "checking"
        ) -> Posting:
            name = f"p-{next(number)}"
            merchant = text if kind == "card" else None
            return Posting(
                "mira", where, name, f"t-{name}", at, Money(minor, "USD"), kind, text, merchant,
                "shopping" if merchant else None,
            )  # fmt: skip

        first = datetime(*MONTHS[-self.months], 1, 12, tzinfo=UTC) - timedelta(days=3)
        yield line(first, self.checking, "opening", "Balance brought forward")
        yield line(first, self.savings, "opening", "Balance brought forward", "savings")
        if self.owed:
            yield line(first, self.interest - self.owed, "card", "Sofa Store", "visa")
        for year, month in MONTHS[-self.months :]:
            yield line(datetime(year, month, 3, 15, tzinfo=UTC), self.pay, "salary", "Acme Pay")
            yield line(
                datetime(year, month, 5, 15, tzinfo=UTC), -100_000, "direct_debit", "Rent Co"
            )
            bought = self.spent - 100_000
            yield line(datetime(year, month, 20, 15, tzinfo=UTC), -bought, "card", "Big Market")
        if self.interest:
            at = datetime(2026, 2, 25, 12, tzinfo=UTC)
            yield line(at, -self.interest, "interest", "Interest charged", "visa")


@dataclass
class Talk:
    """A customer at the counter, from sentence to sentence."""

    counter: Counter
    desk: WishesDesk
    books: Books

    def say(self, intent: str, words: str = "", *, yes: bool = False, **slots: str) -> str:
        event = self.counter._event(intent, words, slots)
        if yes:
            event["sessionState"]["intent"]["confirmationState"] = "Confirmed"
        answer = self.counter.app.resolve(event)
        self.counter.session = answer["sessionState"]["sessionAttributes"]
        return "\n".join(m["content"] for m in answer.get("messages", []) if "content" in m)

    def agree(self) -> None:
        assert "are on" in self.say("AllowOffers", "yes", yes=True)

    def log(self) -> list[dict[str, Any]]:
        """The lines of what was told."""
        found = self.desk.client.query(
            TableName=self.desk.table,
            KeyConditionExpression="PK = :pk AND begins_with(SK, :pi)",
            ExpressionAttributeValues={":pk": {"S": "C#mira"}, ":pi": {"S": "PI#"}},
        )["Items"]
        return [json.loads(one["log"]["S"]) for one in found]


@dataclass
class Town:
    bank: Bank
    endpoint: Endpoint = field(default_factory=Endpoint)

    def open(self, life: Life | None = None) -> Talk:
        load_books(self.bank.client, self.bank.table, (life or Life()).books())
        books = Books(self.bank.client, self.bank.table)
        numbers = count(1)
        model = PropensityEndpoint(self.endpoint)
        deps = Deps(
            books, _OneKey(), lambda: self.bank.now, lambda: f"id-{next(numbers)}",
            propensities=lambda: model,
        )  # fmt: skip
        self.bank.now = NOW
        desk = WishesDesk(self.bank.client, self.bank.table, Patience())
        return Talk(Counter(build_app(deps), "mira", NOW), desk, books)
