"""The whole story of a suspicious payment in two windows: the customer's chat and the analyst's.

One bank, one test: the scenes of a play follow each other. What an analyst decides teaches the
bank, so that each scene begins with the books as they were, and in a new chat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from selenium.webdriver import Chrome

from tests.browser.analyst_page import AnalystPage
from tests.browser.chat_page import ChatPage
from tests.running_bank import RunningBank
from tests.stack.ledger_view import LedgerView, books_of
from tests.stack.opening_books import OpeningBooks

pytestmark = pytest.mark.browser
Item = dict[str, Any]
_CASE = re.compile(r"case ([0-9A-F]{16})")


class Story:
    """Amelia in one window, Sam of the desk in the other, and the bank's table behind both."""

    def __init__(self, bank: RunningBank, driver: Chrome) -> None:
        self.bank = bank
        self.driver = driver
        self.customer_window = driver.current_window_handle
        self.chat = ChatPage(driver, bank.endpoint).open()
        self.chat.sign_in("amelia")
        self.books = OpeningBooks(bank)
        self.ledger = LedgerView(bank, "amelia")
        self._table = books_of(bank)
        driver.switch_to.new_window("window")
        self.analyst_window = driver.current_window_handle
        self.analyst = AnalystPage(driver, bank.endpoint).open()

    def verdicts(self, case: str) -> list[str]:
        """What the case's payment was found to be, as it is stored for training."""
        return [one["verdict"]["S"] for one in self._labels(self._event(case))]

    def _event(self, case: str) -> Item:
        """The security event that opened the case."""
        events = self._of("SECURITY#2026-11-23")
        [event] = [one for one in events if case.lower() in json.dumps(one)]
        return event

    def _labels(self, event: Item) -> list[Item]:
        payment_id = json.loads(event["event"]["S"])["data"]["payment_id"]
        return [one for one in self._of(f"FS#{payment_id}") if one["SK"]["S"].startswith("L#")]

    def _of(self, partition: str) -> list[Item]:
        found = self._table.client.query(
            TableName=self._table.table,
            KeyConditionExpression="PK = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
        )
        return [dict(item) for item in found["Items"]]

    @contextmanager
    def at_the_chat(self) -> Iterator[ChatPage]:
        self.driver.switch_to.window(self.customer_window)
        yield self.chat
        self.driver.switch_to.window(self.analyst_window)

    def begin_again(self) -> None:
        """The books as they were opened, and a new chat."""
        self.books.restore()
        with self.at_the_chat() as chat:
            chat.new_chat()
        self.ledger = LedgerView(self.bank, "amelia")

    def hold(self, dollars: int) -> str:
        """The customer sends a suspicious payment, which is held; returns the case's number."""
        with self.at_the_chat() as chat:
            chat.say(f"send {dollars} dollars to Marcus from everyday checking")
            said = " ".join(chat.say("yes"))
        assert "put this payment on hold" in said
        assert "A person on our fraud team is looking at it" in said
        found = _CASE.search(said)
        assert found is not None
        return found[1]

    def hears(self, words: str, act: Callable[[], None]) -> None:
        """`act` at the desk makes the customer's open chat say `words`, once, unasked."""
        with self.at_the_chat() as chat:
            before = len(chat.bubbles())
        act()
        with self.at_the_chat() as chat:
            chat.wait_until(lambda: len(chat.bubbles()) > before)
            pushed = chat.bubbles()[before:]
        assert [(who, words in said) for who, said in pushed] == [("teller", True)]

    def says_no_more_of_it(self) -> None:
        """The next turn does not repeat what was pushed."""
        with self.at_the_chat() as chat:
            said = " ".join(chat.say("hi"))
        assert "payment of" not in said

    def deliver_again(self, case: str) -> None:
        """Everything that this scene put on the table's stream comes a second time."""
        event = self._event(case)
        messages = [one for one in self._of("C#amelia") if one["SK"]["S"].startswith("M#")]
        assert messages
        records = [
            {
                "eventName": "INSERT",
                "dynamodb": {
                    "Keys": {"PK": item["PK"], "SK": item["SK"]},
                    "NewImage": item,
                    "SequenceNumber": str(number),
                },
            }
            for number, item in enumerate([event, *messages, *self._labels(event)])
        ]
        answer = self.bank.aws("lambda").invoke(
            FunctionName="teller-stream", Payload=json.dumps({"Records": records})
        )
        assert json.load(answer["Payload"]) == {"batchItemFailures": []}


@pytest.mark.timeout(480)
def test_a_suspicious_payment_is_held_decided_on_and_told_in_the_open_chat(
    bank: RunningBank, fresh: Chrome
) -> None:
    story = Story(bank, fresh)
    try:
        _the_desk_releases_and_the_stream_comes_twice(story)
        story.begin_again()
        _slack_is_down_and_the_desk_declines_later(story)
        story.begin_again()
        _the_customer_is_asked_and_says_it_was_not_them(story)
    finally:
        fresh.switch_to.window(story.analyst_window)
        fresh.close()
        fresh.switch_to.window(story.customer_window)
        fresh.get("about:blank")
        story.books.restore()


def _the_desk_releases_and_the_stream_comes_twice(story: Story) -> None:
    case = story.hold(1500)
    shown = story.analyst.case_saying("Payment held: $1,500.00 to Marcus B.", case)
    assert "never paid before" in shown
    assert story.ledger.changes() == []
    _the_analyst_takes_the_chat_over_for_a_word(story, case)
    story.hears(
        "we have checked your payment of $1,500.00 to Marcus Bell, and it is on its way now",
        lambda: story.analyst.press("Release", case),
    )
    story.analyst.case_saying(case, "Released")
    assert [str(change) for change in story.ledger.changes()] == ["chk -$1,500.00"]
    assert story.verdicts(case) == ["genuine"]
    with story.at_the_chat() as chat:
        heard = chat.bubbles()
    story.deliver_again(case)
    # A turn comes behind what was delivered again, and its answer tells nothing of it.
    story.says_no_more_of_it()
    with story.at_the_chat() as chat:
        assert chat.bubbles()[: len(heard)] == heard
        assert sum("on its way now" in words for _, words in chat.bubbles()) == 1
    assert story.ledger.changes() == []
    assert sum(case in one for one in story.analyst.cases()) == 1


def _the_analyst_takes_the_chat_over_for_a_word(story: Story, case: str) -> None:
    story.hears("has joined this chat", lambda: story.analyst.press("Take over chat", case))
    story.hears(
        "Did Marcus ask you for it?",
        lambda: story.analyst.reply("Did Marcus ask you for it?", case),
    )
    with story.at_the_chat() as chat:
        assert "has your message" in " ".join(chat.say("Yes, for the piano he sold me"))
    story.analyst.case_saying(case, "Yes, for the piano he sold me")
    story.hears(
        "You are talking with Teller again", lambda: story.analyst.press("Hand back chat", case)
    )
    with story.at_the_chat() as chat:
        assert "$" in " ".join(chat.say("what's my balance in everyday checking"))


def _slack_is_down_and_the_desk_declines_later(story: Story) -> None:
    earlier = story.analyst.faults_hit()
    story.analyst.switch_fault("error")
    case = story.hold(1500)
    story.analyst.wait_until(lambda: story.analyst.faults_hit() > earlier)
    assert not any(case in one for one in story.analyst.cases())
    story.analyst.switch_fault("none")
    story.analyst.case_saying(case, "Open")
    story.hears(
        "We have stopped your payment of $1,500.00 to Marcus Bell",
        lambda: story.analyst.press("Decline", case),
    )
    story.analyst.case_saying(case, "Declined")
    story.says_no_more_of_it()
    assert story.ledger.changes() == []
    assert story.verdicts(case) == ["fraud"]
    assert sum(case in one for one in story.analyst.cases()) == 1


def _the_customer_is_asked_and_says_it_was_not_them(story: Story) -> None:
    case = story.hold(1500)
    story.analyst.case_saying(case, "Open")
    story.hears(
        "did you ask for the payment of $1,500.00 to Marcus Bell",
        lambda: story.analyst.press("Ask the customer", case),
    )
    with story.at_the_chat() as chat:
        answered = " ".join(chat.press("No, that payment wasn't me"))
    assert "is stopped, and the money is back" in answered
    assert "I've taken Marcus Bell off your payees" in answered
    story.analyst.case_saying(case, "the customer says it was not them")
    assert story.ledger.changes() == []
    assert story.verdicts(case) == ["fraud"]
