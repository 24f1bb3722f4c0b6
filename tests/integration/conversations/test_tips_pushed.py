"""Tips after a booking: left for the open chat, one in a while, never amid a payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.plans import SavingsGoal
from fulfillment.conversations.inbox import InboxRequest, read_inbox
from fulfillment.conversations.onlooker import Onlooker
from fulfillment.conversations.tip_finding import Tip, find_tips
from fulfillment.conversations.tip_telling import TipTeller
from fulfillment.conversations.tip_words import tip_words
from fulfillment.handlers import stream
from fulfillment.personalization.offers.rules import standard_rules
from fulfillment.replies import Speech
from fulfillment.store.bank_messages import MessageBoard, tell
from fulfillment.store.books import Books
from fulfillment.store.feed_receipts import FeedReceipt, receipt_item
from fulfillment.store.plans import PlansDesk
from fulfillment.store.sending import Patience
from tests.integration.conversations.conftest import Bank, _OneKey
from tests.integration.conversations.plain_life import NOW, Life, Talk, Town
from tests.integration.conversations.test_tips import Doubled
from tests.integration.store.calls import request_lost

HOUR = timedelta(hours=1)
TWICE = "By the way: Corner Bakery charged $42.00 twice"


@dataclass
class Street:
    """Mira's chat, her lines, and a feed whose bookings are looked at."""

    bank: Bank
    talk: Talk

    @property
    def books(self) -> Books:
        return Books(self.bank.calls.as_client(), self.bank.table, patience=_QUICK)

    def booked(self, number: int = 1) -> Tip | None:
        teller = TipTeller(self.books, standard_rules())
        return teller.for_a_booking("mira", self.bank.now, f"booked-{number}")

    def inbox(self, after: int = 0, *, asking: bool = False) -> tuple[list[str], int, bool]:
        """What an open chat is told, the last number, and whether more waits."""
        counter = self.talk.counter
        counter.now = self.bank.now
        asked = InboxRequest(
            bot_id="B", bot_alias_id="A", session_id="s-1", identity=counter._token(),
            of="mira", after=after, asking=asking,
        )  # fmt: skip
        found = read_inbox(asked, self.books, _OneKey(), lambda: self.bank.now)
        words = [one["messages"][0]["content"] for one in found["messages"]]
        return words, found["number"], found["waits"]

    def begin_a_transfer(self) -> str:
        counter = self.talk.counter
        event = counter._event("TransferMoney", "move some money", {})
        event["invocationSource"] = "DialogCodeHook"
        answer = counter.app.resolve(event)
        counter.session = answer["sessionState"]["sessionAttributes"]
        assert answer["sessionState"]["dialogAction"]["type"] == "ElicitSlot"
        return str(answer["messages"])

    def later(self, span: timedelta) -> None:
        self.bank.now += span
        self.talk.counter.now = self.bank.now


_QUICK = Patience(sleep=lambda _: None, jitter=lambda ceiling: ceiling)


@pytest.fixture
def street(bank: Bank) -> Street:
    town = Street(bank, Town(bank).open(Doubled()))
    town.talk.agree()
    return town


def test_what_a_booking_shows_is_pushed_once_and_no_turn_repeats_it(street: Street) -> None:
    tip = street.booked()
    assert tip is not None
    [said], number, waits = street.inbox()
    assert said.startswith(TWICE)
    assert (number, waits) == (1, False)
    assert street.booked(2) is None
    assert street.inbox(1) == ([], 1, False)
    MessageBoard(street.bank.client, street.bank.table).heard("mira", 1)
    assert "By the way" not in street.talk.say("CheckBalance", "balance", account="Checking")
    # Neither that day, nor when another tip may be told: the same pair of charges is not news.
    street.later(30 * HOUR)
    assert street.booked(3) is None
    assert "By the way" not in street.talk.say("CheckBalance", "balance", account="Checking")


def test_what_a_turn_told_is_not_pushed_after_it(street: Street) -> None:
    assert TWICE in street.talk.say("CheckBalance", "balance", account="Checking")
    assert street.booked() is None
    street.later(30 * HOUR)
    assert street.booked(2) is None
    assert street.inbox() == ([], 0, False)


def test_with_no_chat_open_the_next_answer_tells_it_at_its_end(street: Street) -> None:
    street.booked()
    said = street.talk.say("CheckBalance", "balance", account="Checking").splitlines()
    assert TWICE not in said[0]
    assert TWICE in said[-1]
    assert street.inbox() == ([], 1, False)


def test_in_the_middle_of_a_payment_it_waits_and_is_told_afterwards(street: Street) -> None:
    street.booked()
    assert street.inbox(asking=True) == ([], 0, True)
    assert "By the way" not in street.begin_a_transfer()
    assert "By the way" not in street.talk.say("CheckBalance", "balance", account="Checking")
    [said], number, waits = street.inbox()
    assert said.startswith(TWICE)
    assert (number, waits) == (1, False)


def test_other_news_do_not_wait_for_a_tip_and_take_its_place(street: Street) -> None:
    street.booked()
    urgent = BankMessage("mira", 2, street.bank.now, BankMessageKind.CARDS_FROZEN)
    street.bank.client.transact_write_items(TransactItems=tell(street.bank.table, urgent))
    said, number, waits = street.inbox(asking=True)
    assert (len(said), number, waits) == (1, 2, False)
    assert TWICE not in said[0]


def test_without_consent_nothing_is_looked_at(bank: Bank) -> None:
    street = Street(bank, Town(bank).open(Doubled()))
    bank.calls.reset()
    assert street.booked() is None
    assert dict(bank.calls.made) == {"get_item": 1}


def test_consent_that_ends_silences_what_was_left(street: Street) -> None:
    street.booked()
    street.talk.say("StopOffers", "turn off offers and tips")
    assert street.inbox() == ([], 1, False)
    assert "By the way" not in street.talk.say("CheckBalance", "balance", account="Checking")
    assert street.booked(2) is None


def test_less_of_this_is_about_what_was_pushed_and_is_kept(street: Street) -> None:
    street.booked()
    assert "until" in street.talk.say("ShowLess", "less of this")
    wishes = street.talk.desk.of("mira")
    assert wishes.is_unwanted("tip_twice", NOW.date() + timedelta(days=89))
    assert "your own transactions" not in street.talk.say("ExplainOffer", "why do i see this")


def test_a_tip_that_nobody_saw_for_days_is_no_news_any_more(street: Street) -> None:
    street.booked()
    street.later(standard_rules().tips.fresh + HOUR)
    assert street.inbox() == ([], 1, False)
    assert "By the way" not in street.talk.say("CheckBalance", "balance", account="Checking")


def test_the_lines_are_looked_into_so_often_a_day_and_no_more(bank: Bank) -> None:
    street = Street(bank, Town(bank).open(Life()))
    street.talk.agree()
    most = standard_rules().tips.looks_a_day
    for number in range(most):
        assert street.booked(number) is None
    bank.calls.reset()
    assert street.booked(most) is None
    assert bank.calls.made["query"] == 0


def test_the_stream_looks_after_a_booking_and_trouble_holds_nobody_up(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    teller = TipTeller(street.books, standard_rules())
    monkeypatch.setattr(stream, "tips_and_clock", lambda: (teller, lambda: NOW))
    image = receipt_item(FeedReceipt("t-1", "d", "tx-1", "mira", "allow", NOW, booked=True))
    street.bank.calls.plan("get_item", *[request_lost] * 9)
    stream.process(image)
    street.bank.calls.plan("get_item")
    assert street.inbox() == ([], 0, False)
    for _ in range(2):
        stream.process(image)
    assert [words[: len(TWICE)] for words in street.inbox()[0]] == [TWICE]
    held = receipt_item(FeedReceipt("t-2", "d", "tx-2", "mira", "hold", NOW))
    with pytest.raises(stream.UnknownRecordError):
        stream.process(held)


class Eventful(Life):
    """A life with everything that is worth a word: see the test."""

    def books(self) -> OpeningBooks:
        opened = super().books()
        streamed = [_at(2025, month, 20) for month in (10, 11, 12)]
        lines = [
            *((at, -1_500, "card", "Streamo", "subscriptions") for at in streamed),
            (_at(2026, 1, 20), -1_500, "card", "Streamo", "subscriptions"),
            (_at(2026, 2, 20), -1_900, "card", "Streamo", "subscriptions"),
            (_at(2026, 3, 1), -9_000, "card", "Green Grocer", "groceries"),
            (_at(2026, 2, 4), -100, "card", "Newsly", "subscriptions"),
            (_at(2026, 2, 10), -8_000, "card", "Shoe Shop", "shopping"),
            (_at(2026, 3, 1), 8_000, "refund", "Shoe Shop", "shopping"),
        ]
        shape = opened.postings[-1]
        for number, (at, minor, kind, party, category) in enumerate(lines):
            line = replace(
                shape, posting_id=f"e-{number}", transfer_id=f"te-{number}", booked_at=at,
                amount=Money(minor, "USD"), kind=kind, merchant=party, description=party,
                category=category, account_id="checking",
            )  # fmt: skip
            opened.postings.append(line)
            place = next(n for n, one in enumerate(opened.accounts) if one.account_id == "checking")
            own = opened.accounts[place]
            opened.accounts[place] = replace(
                own, posted=own.posted + line.amount, available=own.available + line.amount
            )
        return opened


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 15, tzinfo=UTC)


def _found(bank: Bank, talk: Talk) -> dict[BankMessageKind, Tip]:
    whose = Onlooker(talk.books, talk.books.customer("mira"), bank.now)
    return {tip.kind: tip for tip in find_tips(whose)}


def test_each_kind_is_found_in_the_lines_and_the_plans(bank: Bank) -> None:
    talk = Town(bank).open(Eventful())
    plans = PlansDesk(bank.client, bank.table, Patience())
    budgets = plans.of("mira").with_budget("groceries", Money(10_000, "USD"))
    made = plans.keep("mira", budgets, "budget_set", NOW, "b-1")
    goal = SavingsGoal(Money(3_000_000, "USD"))
    plans.keep("mira", replace(made, goal=goal), "goal_set", NOW, "g-1")
    found = _found(bank, talk)
    said = {
        locale: {
            kind: tip_words(
                Speech(locale, "America/New_York", NOW), tip.as_message("mira", 1, NOW)
            ).content
            for kind, tip in found.items()
        }
        for locale in ("en_US", "en_GB", "es_US")
    }
    assert {kind: words.removeprefix("By the way: ") for kind, words in said["en_US"].items()} == {
        BankMessageKind.TIP_BUDGET: "this month's groceries budget is nearly spent, "
        "$90.00 of $100.00.",
        BankMessageKind.TIP_TRIAL: "what looks like your trial of Newsly may turn into a paid "
        "subscription around Mar 4.",
        BankMessageKind.TIP_DEARER: "Streamo went up from $15.00 to $19.00.",
        BankMessageKind.TIP_REFUND: "Shoe Shop has given you back $80.00.",
        BankMessageKind.TIP_GOAL: "your savings accounts have reached your goal of $30,000.00. "
        "Well done!",
    }
    assert all(words.startswith("Por cierto") for words in said["es_US"].values())
    assert "US$90.00" in said["en_GB"][BankMessageKind.TIP_BUDGET]
