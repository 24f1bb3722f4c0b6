"""What is decided about a payment goes into the books with it: all of it, once, or none of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from fulfillment.alerts.case_desk import CaseDesk, Wish
from fulfillment.alerts.events import SecurityEvent
from fulfillment.bank.analyst_cases import Act
from fulfillment.bank.payee_changes import removing
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.model.artefact import Model
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.fraud.scoring.chain import JudgedBy, Score
from fulfillment.store import keys
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.wire import encode
from tests.integration.conversations.conftest import Bank, Counter, _OneKey
from tests.integration.store.calls import answer_lost
from tests.unit.bank.values import CHECKING, NOW, SAVINGS, opening_books

PAY = "transact_write_items"


@dataclass
class Scripted:
    """A scorer that says what a test wants. `asked` counts."""

    probability: float = 0.001
    copy: Model | None = None
    asked: int = 0

    def score(self, row: list[float]) -> Score:
        self.asked += 1
        return Score(self.probability, JudgedBy.ENDPOINT, "m-1")


@dataclass
class Judged:
    bank: Bank
    counter: Counter
    scorer: Scripted

    def send(self, amount: str = "$50.00") -> str:
        slots = {"amount": amount, "payee": "Anna Kovacs", "sourceAccount": "Checking"}
        return self.counter.say("SendMoney", "yes", **slots)

    def balance(self) -> str:
        return self.counter.say("CheckBalance", "balance", account="Checking")

    def items(self, prefix: str) -> list[Mapping[str, Any]]:
        found = self.bank.client.scan(TableName=self.bank.table)["Items"]
        return [item for item in found if item["PK"]["S"].startswith(prefix)]

    def customer_counters(self) -> Mapping[str, Any]:
        key = encode(keys.fraud_customer("mira"))
        return self.bank.client.get_item(TableName=self.bank.table, Key=key).get("Item", {})

    def events(self) -> list[SecurityEvent]:
        found = self.items("SECURITY#")
        return [SecurityEvent.model_validate_json(item["event"]["S"]) for item in found]


@pytest.fixture
def judged(bank: Bank) -> Judged:
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS))
    scorer = Scripted()
    return Judged(bank, bank.counter(assessor=Assessor(scorer, shipped_policy)), scorer)


def test_an_allowed_payment_is_kept_with_its_assessment_and_counted_in_the_same_transaction(
    judged: Judged,
) -> None:
    judged.send()
    judged.bank.calls.reset()
    assert "I sent $50.00" in judged.send()
    assert judged.bank.calls.made[PAY] == 1
    [score] = judged.items("FS#")
    assert (score["dec"]["S"], score["by"]["S"], score["mv"]["S"]) == ("allow", "endpoint", "m-1")
    assert score["sc"]["S"] == "0.001"
    assert score["pv"]["S"].startswith(f"{shipped_policy().version}/")
    assert len(json.loads(score["row"]["S"])) == 50
    assert judged.customer_counters()["pn"]["N"] == "1"
    assert judged.events() == []


def test_a_yes_that_comes_twice_is_judged_and_counted_once(judged: Judged) -> None:
    judged.send()
    before = dict(judged.counter.session)
    first = judged.send()
    judged.counter.session, judged.scorer.probability = before, 0.99
    assert judged.send() == first
    assert judged.scorer.asked == 1
    assert judged.customer_counters()["pn"]["N"] == "1"


def test_an_answer_that_was_lost_counts_once_too(judged: Judged) -> None:
    judged.send()
    judged.bank.calls.plan(PAY, answer_lost)
    assert "I sent $50.00" in judged.send()
    assert judged.customer_counters()["pn"]["N"] == "1"


def _refused(bank: Bank) -> tuple[Judged, Books]:
    """A customer whose payment was just refused, and the books it is written in."""
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS))
    books, scorer, ids = Books(bank.client, bank.table), Scripted(0.99), count()
    deps = Deps(
        books, _OneKey(), lambda: NOW, lambda: f"id-{next(ids)}",
        assessor=lambda: Assessor(scorer, shipped_policy),
    )  # fmt: skip
    judged = Judged(bank, Counter(build_app(deps), "mira", NOW), scorer)
    judged.send()
    assert "I can't make this payment" in judged.send()
    return judged, books


def test_what_an_analyst_cleared_is_not_blocked_again(bank: Bank) -> None:
    judged, books = _refused(bank)
    [event] = judged.events()
    desk = CaseDesk.on(books, NOW)
    desk.carry_out(desk.open(event), Wish(Act.NOT_FRAUD, "U0SAM", "click-1"))
    assert "You can send it once more now" in judged.send("$50.01")
    assert "I can't make this payment" in judged.send("$50.01")
    judged.send()
    assert "I sent $50.00" in judged.send()


def test_their_own_payment_to_a_payee_who_was_taken_off_is_not_promised(bank: Bank) -> None:
    judged, books = _refused(bank)
    [event] = judged.events()
    desk = CaseDesk.on(books, NOW)
    desk.carry_out(desk.open(event), Wish(Act.ASK_CUSTOMER, "U0SAM", "click-1"))
    judged.counter.say("Welcome", "hi")
    [anna] = [one for one in books.payees("mira") if one.name == "Anna Kovacs"]
    change = removing(anna, "s-1", "change-1", NOW)
    books.payee_changes.show(change)
    books.payee_changes.make(change, NOW, "change-1")
    told = judged.counter.say("ConfirmItWasMe", "it was me")
    assert "Anna K. is not among your payees any more" in told
    assert "Please try it once more" not in told


def test_a_payment_above_the_balance_leaves_no_trace_in_what_is_remembered(
    judged: Judged,
) -> None:
    judged.send()
    account = keys.account("mira", CHECKING.account_id)
    judged.bank.client.update_item(
        TableName=judged.bank.table, Key=encode(account),
        UpdateExpression="SET avail = :none", ExpressionAttributeValues={":none": {"N": "0"}},
    )  # fmt: skip
    assert "That's more than you have" in judged.send()
    assert judged.items("FS#") == []
    assert judged.customer_counters() == {}


def test_a_held_payment_is_set_aside_with_its_event_and_the_same_words_are_said_again(
    judged: Judged,
) -> None:
    judged.send()
    before = dict(judged.counter.session)
    judged.scorer.probability = 0.6
    first = judged.send()
    assert "on hold: $50.00 to Anna Kovacs is set aside" in first
    assert "pending" in first
    [event] = judged.events()
    assert event.id[:16].upper() in first
    assert event.data.model_dump()["decision"] == "hold"
    assert "$430.00" in judged.balance()
    judged.counter.session = before
    assert judged.send() == first
    assert judged.events() == [event]


def test_a_blocked_payment_moves_nothing_now_or_later_and_is_told_to_an_analyst(
    judged: Judged,
) -> None:
    judged.send()
    before = dict(judged.counter.session)
    judged.scorer.probability = 0.98
    said = judged.send()
    assert "I can't make this payment, and nothing has moved." in said
    [event] = judged.events()
    assert event.data.model_dump()["decision"] == "block"
    [score] = judged.items("FS#")
    assert score["dec"]["S"] == "block"
    assert judged.customer_counters() == {}
    assert "$480.00" in judged.balance()
    judged.counter.session, judged.scorer.probability = before, 0.001
    assert "I can't make this payment" in judged.send()
    assert "$480.00" in judged.balance()


def test_a_payment_that_somebody_elses_overtook_is_judged_again_and_counted(
    judged: Judged,
) -> None:
    judged.send()

    def overtaken(real: Any, request: Mapping[str, Any]) -> Mapping[str, Any]:
        later = {"lt": int(judged.bank.now.timestamp()) + 60, "pn": 1}
        item = encode({**keys.fraud_customer("mira"), **later})
        judged.bank.client.put_item(TableName=judged.bank.table, Item=item)
        answer: Mapping[str, Any] = real(**request)
        return answer

    judged.bank.calls.plan(PAY, overtaken)
    assert "I sent $50.00" in judged.send()
    assert judged.scorer.asked == 2
    assert judged.customer_counters()["pn"]["N"] == "2"


def test_money_between_ones_own_accounts_is_not_judged(judged: Judged) -> None:
    slots = {"amount": "$50.00", "sourceAccount": "Checking", "destinationAccount": "Savings"}
    judged.counter.say("TransferMoney", "yes", **slots)
    assert "I moved $50.00" in judged.counter.say("TransferMoney", "yes", **slots)
    assert judged.scorer.asked == 0
    assert judged.items("FS#") == []
