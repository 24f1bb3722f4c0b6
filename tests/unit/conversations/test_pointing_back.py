"""Words that take a choice back, or want to pay what was shown: heard whole, or not at all."""

from __future__ import annotations

import pytest

from fulfillment.bank.mentions import asks_for_another
from fulfillment.conversations.pointing_out import pays_it, takes_back
from fulfillment.conversations.progress import CONFIRMATION, Progress, Task


@pytest.mark.parametrize(
    "said",
    ["not that one", "No, not that one.", "that's the wrong account", "wrong card!", "esa no",
     "esa no era", "no es esa", "perdón, esa cuenta no", "not this payee"],
)  # fmt: skip
def test_a_choice_is_taken_back(said: str) -> None:
    assert takes_back(said)


@pytest.mark.parametrize("said", ["not that one but the other", "no", "that one", "esa", "wrong"])
def test_what_names_something_else_takes_nothing_back(said: str) -> None:
    assert not takes_back(said)


@pytest.mark.parametrize(
    "said", ["pay it", "Pay it now please", "ok pay that", "pay the bill", "páguela", "pagarlo ya"]
)
def test_what_was_shown_is_to_be_paid(said: str) -> None:
    assert pays_it(said)


@pytest.mark.parametrize("said", ["pay it to Anna", "pay", "pay 50", "pay the rent", "pague 50"])
def test_what_says_more_is_no_word_for_what_was_shown(said: str) -> None:
    assert not pays_it(said)


@pytest.mark.parametrize("said", ["move another 10", "10 more", "mueva otros 10", "the same again"])
def test_another_is_asked_for(said: str) -> None:
    assert asks_for_another(said)


@pytest.mark.parametrize("said", ["move 10", "mueva 10", "anotherwise"])
def test_nothing_of_last_time_is_asked_for(said: str) -> None:
    assert not asks_for_another(said)


def test_what_was_chosen_last_is_known_while_its_task_goes_on() -> None:
    asked = Progress().question("SendMoney", "sourceAccount")
    shown = Task("SendMoney", {"amount": "20", "sourceAccount": "savings"}, CONFIRMATION)
    chosen = asked.pick(shown)
    assert chosen.choice == Task("SendMoney", {"amount": "20"}, "sourceAccount")
    # The yes to the figures ends it: what is paid is not chosen anew.
    ended = Task("SendMoney", shown.slots, "")
    assert chosen.question("SendMoney", CONFIRMATION).pick(ended).choice is None


def test_a_choice_that_was_acted_on_at_once_is_known_after_it() -> None:
    done = Task("FreezeCard", {"card": "debit"}, "")
    chosen = Progress().question("FreezeCard", "card").pick(done).answered()
    assert chosen.choice == Task("FreezeCard", {}, "card")


def test_an_answer_about_one_of_several_can_be_asked_for_another() -> None:
    told = Progress(last=Task("CheckBalance", {"account": "savings"}, ""))
    assert told.choice == Task("CheckBalance", {}, "")
    assert Progress(last=Task("ListTransactions", {}, "")).choice is None
