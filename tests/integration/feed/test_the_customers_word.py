"""What the customer says to "was this you?" decides on that very payment, once, and on no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fulfillment.alerts.case_desk import CaseDesk, Wish
from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.bank.analyst_cases import Act, DeskState
from fulfillment.bank.books import CardStatus
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.fraud.facts import Verdict
from fulfillment.fraud.remembering import FraudMemory
from fulfillment.store.bank_messages import MessageBoard
from fulfillment.store.counting import CounterTable
from tests.integration.conversations.conftest import Counter, _OneKey
from tests.integration.feed.conftest import Feed
from tests.unit.bank.values import NOW

SUSPICIOUS, CERTAIN = 0.7, 0.99


@pytest.fixture
def say(feed: Feed) -> Callable[[str, str], str]:
    """Mira says something in her chat."""
    deps = Deps(feed.books, _OneKey(), lambda: NOW, lambda: "id-1")
    counter = Counter(build_app(deps), "mira", NOW)
    return lambda intent, words: counter.say(intent, words)


def ask(
    feed: Feed, payment: str, minor: int, score: float = SUSPICIOUS, *, heard: bool = True
) -> str:
    """The feed's payment is suspicious; what was said about it is `heard` by Mira."""
    feed.scorer.probability = score
    receipt = feed.send(
        id=payment,
        at=f"2026-03-02T09:30:{int(payment[-1]):02d}Z",
        merchant=f"Shop {payment[-1]}",
        amount={"minor": minor, "currency": "USD"},
    )
    if heard:
        number = feed.books.customer("mira").messages
        MessageBoard(feed.books.client, feed.books.table).heard("mira", number)
    return receipt.transfer_id


def labels(feed: Feed, payment_id: str) -> list[tuple[str, str]]:
    return [
        (item["verdict"]["S"], item["by"]["S"]) for item in feed.items(f"FS#{payment_id}", "L#")
    ]


def state(feed: Feed, payment_id: str) -> DeskState:
    [case] = [case for case in feed.cases() if case.payment_id == payment_id]
    return case.state


def test_yes_pays_the_merchant_and_is_a_label(feed: Feed, say: Callable[[str, str], str]) -> None:
    payment = ask(feed, "a-1", 20_000)
    assert "$200.00 at Shop 1 goes through now" in say("ConfirmItWasMe", "it was me")
    assert feed.figures() == ("300.00", "20.00")
    assert labels(feed, payment) == [("genuine", "customer")]
    assert state(feed, payment) is DeskState.RELEASED
    assert feed.card().status is CardStatus.ACTIVE
    assert feed.violations() == []


def test_no_freezes_the_card_gives_the_money_back_and_is_a_label(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    payment = ask(feed, "a-1", 20_000)
    told = say("DenyItWasMe", "it wasn't me")
    assert "I've frozen your Visa debit" in told
    assert feed.card().status is CardStatus.FROZEN
    assert feed.figures() == ("500.00", "20.00")
    assert labels(feed, payment) == [("fraud", "customer")]
    assert state(feed, payment) is DeskState.DECLINED
    assert feed.violations() == []
    assert feed.send(id="a-9").reasons == ("card_not_active",)


def test_a_word_that_comes_twice_is_answered_as_the_first_time_and_changes_nothing(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    payment = ask(feed, "a-1", 20_000)
    assert say("DenyItWasMe", "not me") == say("DenyItWasMe", "not me")
    assert labels(feed, payment) == [("fraud", "customer")]
    assert feed.violations() == []


def test_a_blocked_payment_is_only_noted(feed: Feed, say: Callable[[str, str], str]) -> None:
    payment = ask(feed, "a-1", 20_000, CERTAIN)
    assert "was not made. Please try it once more" in say("ConfirmItWasMe", "yes it was me")
    assert labels(feed, payment) == [("genuine", "customer")]
    assert feed.figures() == ("500.00", "20.00")


def test_what_the_customer_called_their_own_is_not_blocked_again(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    ask(feed, "a-1", 20_000, CERTAIN)
    assert "Please try it once more" in say("ConfirmItWasMe", "yes it was me")
    again = {"merchant": "Shop 1", "amount": {"minor": 20_000, "currency": "USD"}}
    # More of it, or another shop, is another question.
    dearer = {"amount": {"minor": 20_001, "currency": "USD"}}
    assert feed.send(**again | dearer, id="b-1").decision == "block"
    assert feed.send(**again | {"merchant": "Shop 2"}, id="b-2").decision == "block"
    assert feed.send(**again, id="b-3").decision == "allow"
    assert feed.figures() == ("300.00", "20.00")
    assert feed.violations() == []


def test_where_fraud_was_confirmed_the_customer_s_own_word_promises_nothing(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    """Whoever is being cheated says "it was me" too: an analyst alone lets such a payment go."""
    theirs = [ask(feed, f"{name}-1", 100, 0.001) for name in "acd"]
    memory = FraudMemory(CounterTable(feed.books.client, feed.books.table, feed.books.patience))
    assert all(memory.learn(one, Verdict.FRAUD, "chargeback", NOW) for one in theirs)
    ask(feed, "b-1", 20_000, CERTAIN)
    told = say("ConfirmItWasMe", "yes it was me")
    assert "only our fraud team can let it through" in told
    assert "try it once more" not in told
    again = {"merchant": "Shop 1", "amount": {"minor": 20_000, "currency": "USD"}}
    assert feed.send(**again, id="b-3").decision == "block"


def test_a_card_that_was_frozen_meanwhile_is_thawed_before_it_is_tried_again(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    ask(feed, "a-1", 20_000, CERTAIN)
    feed.books.set_card_status(feed.card(), CardStatus.FROZEN, NOW)
    assert "unfreeze my card" in say("ConfirmItWasMe", "yes it was me")


def test_the_customer_s_no_lets_nothing_through_afterwards(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    ask(feed, "a-1", 20_000, CERTAIN)
    say("DenyItWasMe", "that wasn't me")
    feed.books.set_card_status(feed.card(), CardStatus.ACTIVE, NOW)
    again = {"merchant": "Shop 1", "amount": {"minor": 20_000, "currency": "USD"}}
    assert feed.send(**again, id="b-1").decision == "block"


def test_what_was_not_heard_cannot_be_answered(feed: Feed, say: Callable[[str, str], str]) -> None:
    payment = ask(feed, "a-1", 20_000, heard=False)
    told = say("ConfirmItWasMe", "it was me")
    assert "A card payment of $200.00 at Shop 1 is waiting" in told
    assert "Please read this first" in told
    assert state(feed, payment) is DeskState.WAITING
    assert labels(feed, payment) == []
    assert "goes through now" in say("ConfirmItWasMe", "it was me")


def test_of_two_questions_each_is_asked_by_itself_before_anything_is_paid(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    first, second = ask(feed, "a-1", 20_000), ask(feed, "a-2", 5_000)
    assert "which payment you mean: $200.00 at Shop 1" in say("ConfirmItWasMe", "it was me")
    assert (state(feed, first), state(feed, second)) == (DeskState.WAITING,) * 2
    told = say("ConfirmItWasMe", "it was me")
    assert "$200.00 at Shop 1 goes through now" in told
    assert "which payment you mean: $50.00 at Shop 2" in told
    assert "The payment of $50.00 at Shop 2 is stopped" in say("DenyItWasMe", "that wasn't me")
    assert (state(feed, first), state(feed, second)) == (DeskState.RELEASED, DeskState.DECLINED)
    assert feed.violations() == []


def test_a_question_that_came_in_between_is_not_answered_by_a_word_meant_for_another(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    first, second = ask(feed, "a-1", 20_000), ask(feed, "a-2", 5_000)
    say("ConfirmItWasMe", "it was me")
    third = ask(feed, "a-3", 6_000)
    assert "which payment you mean" in say("ConfirmItWasMe", "it was me")
    assert {state(feed, one) for one in (first, second, third)} == {DeskState.WAITING}


def test_no_to_one_of_two_freezes_before_it_asks_which(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    ask(feed, "a-1", 20_000)
    ask(feed, "a-2", 5_000)
    assert "which payment you mean" in say("DenyItWasMe", "no it wasn't me")
    assert feed.card().status is CardStatus.FROZEN


@pytest.mark.parametrize("word", ["yes", "no"])
def test_a_bare_word_is_asked_back(feed: Feed, say: Callable[[str, str], str], word: str) -> None:
    payment = ask(feed, "a-1", 20_000)
    assert "which payment you mean: $200.00 at Shop 1" in say("FallbackIntent", word)
    assert state(feed, payment) is DeskState.WAITING


def test_nobody_answers_what_was_never_asked(feed: Feed, say: Callable[[str, str], str]) -> None:
    assert "no payment that we've asked you about" in say("ConfirmItWasMe", "it was me")
    assert "no payment that we've asked you about" in say("DenyItWasMe", "it wasn't me")
    assert feed.card().status is CardStatus.ACTIVE


def test_a_hold_that_the_desk_decided_on_first_is_told_as_it_is(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    payment = ask(feed, "a-1", 20_000)
    feed.books.holds.release(payment, NOW)
    assert "can't go through any more" in say("ConfirmItWasMe", "it was me")
    assert labels(feed, payment) == []
    assert feed.violations() == []


def test_what_the_desk_has_decided_is_not_asked_any_more(
    feed: Feed, say: Callable[[str, str], str]
) -> None:
    """The customer hears the decision alone, and the question counts as heard."""
    ask(feed, "a-1", 20_000, heard=False)
    [case] = feed.cases()
    desk = CaseDesk(feed.books, shipped_desk_policy(), lambda: NOW)
    assert desk.carry_out(case, Wish(Act.DECLINE, "ana", "w-1")).refused is None
    told = say("Help", "help")
    assert "Was it you?" not in told
    assert "We have stopped your payment of $200.00" in told
    assert "There is no payment that we've asked you about" in say("ConfirmItWasMe", "it was me")
    customer = feed.books.customer("mira")
    assert customer.heard == customer.messages


def test_what_nobody_has_decided_is_asked(feed: Feed, say: Callable[[str, str], str]) -> None:
    ask(feed, "a-1", 20_000, heard=False)
    assert "Was it you?" in say("Help", "help")
