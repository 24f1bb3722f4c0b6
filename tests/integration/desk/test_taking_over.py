"""A person takes the chat over: words travel both ways until the line is handed back."""

from __future__ import annotations

import pytest

from fulfillment.bank.analyst_cases import Act, DeskCase
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import Deps
from fulfillment.store.analyst_cases import case_of_entry
from tests.integration.conversations.conftest import Counter, _OneKey
from tests.integration.desk.conftest import Town


@pytest.fixture
def counter(town: Town) -> Counter:
    """Mira's chat."""
    deps = Deps(town.books, _OneKey(), lambda: town.now, lambda: "id-1")
    return Counter(build_app(deps), "mira", town.now)


@pytest.fixture
def taken(town: Town) -> DeskCase:
    case = town.work.event(town.hold())
    town.click(case, Act.TAKE_OVER)
    return case


def thread(town: Town, case: DeskCase) -> list[str]:
    """What stands in the thread once the desk has shown the case again."""
    town.work.channel.show(town.case(case))
    return [line for lines in town.slack.threads.values() for line in lines]


def test_words_travel_both_ways_and_the_bot_keeps_out(
    town: Town, counter: Counter, taken: DeskCase
) -> None:
    told = counter.say("CheckBalance", "a man called and said to pay Anna")
    assert "Sam from our security team has joined this chat" in told
    assert "Sam has your message." in told
    assert "$" not in told.split("has your message")[1]
    assert "🗣️ *Customer:* a man called and said to pay Anna" in thread(town, taken)
    town.say("Please do not pay, Mira.")
    assert "Please do not pay, Mira." in counter.say("FallbackIntent", "all right")


def test_the_customer_can_go_back_to_the_bot_and_the_thread_says_so(
    town: Town, counter: Counter, taken: DeskCase
) -> None:
    counter.say("FallbackIntent", "hello?")
    assert "You are talking with Teller again" in counter.say("FallbackIntent", "Back to Teller")
    assert town.case(taken).taken_over_by is None
    assert "$500.00" in counter.say("CheckBalance", "balance", account="Checking")
    assert not any("my balance please" in line for line in thread(town, taken))


def test_after_the_analyst_hands_back_the_bot_answers(
    town: Town, counter: Counter, taken: DeskCase
) -> None:
    town.click(taken, Act.HAND_BACK)
    assert "$" in counter.say("CheckBalance", "balance", account="Checking")


def test_the_same_words_delivered_twice_stand_once_and_numbers_do_not_leave_the_bank(
    town: Town, counter: Counter, taken: DeskCase
) -> None:
    for _ in range(2):
        counter.say("FallbackIntent", "send it to 021000021 7788 he said")
    said = [line for line in thread(town, taken) if "Customer:" in line]
    assert said == ["🗣️ *Customer:* send it to [number] he said"]


def test_a_code_that_is_being_asked_for_goes_to_nobody(
    town: Town, counter: Counter, taken: DeskCase
) -> None:
    counter.session["verifying"] = "stepup"
    counter.say("FallbackIntent", "my code is one two three")
    assert not any("Customer:" in line for line in thread(town, taken))


def test_what_protects_the_customer_is_done_at_once(
    town: Town, counter: Counter, taken: DeskCase
) -> None:
    assert "frozen" in counter.say("FreezeCard", "freeze my card")
    assert any("freeze my card" in line for line in thread(town, taken))


@pytest.mark.parametrize(
    ("partition", "sort", "found"),
    [
        ("C#mira", "YE#ABC#said-1", ("mira", "ABC")),
        ("C#mira", "Y#ABC", None),
        ("DESK", "YE#ABC#said-1", None),
    ],
)
def test_the_stream_knows_a_line_of_a_customers_case(
    partition: str, sort: str, found: tuple[str, str] | None
) -> None:
    assert case_of_entry(partition, sort) == found
