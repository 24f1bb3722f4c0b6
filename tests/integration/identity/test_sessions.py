"""A session ends by itself, by a word, and for good; Lex may remember what it likes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fulfillment.identity.session_policy import session_key
from tests.integration.identity.conftest import Bank, Caller, minutes

Way = Callable[[Bank], Caller]


def by_code(bank: Bank) -> Caller:
    caller = bank.caller("by-code")
    caller.verify()
    return caller


def by_token(bank: Bank) -> Caller:
    return bank.caller("by-token", "mira")


each_way = pytest.mark.parametrize("known", [by_code, by_token])


@each_way
def test_ten_quiet_minutes_end_a_session_and_the_customer_is_told_once(
    bank: Bank, known: Way
) -> None:
    caller = known(bank)
    assert caller.is_known
    bank.now += minutes(10)
    said = caller.say("CheckBalance", "my balance")
    assert said.startswith("For your safety I logged you out, since nothing was said")
    assert "customer number" in said
    assert "logged you out" not in caller.say("CheckBalance", "my balance")
    assert not caller.is_known


@each_way
def test_who_keeps_talking_is_known_for_an_hour_and_no_longer(bank: Bank, known: Way) -> None:
    caller = known(bank)
    for _ in range(6):
        assert caller.is_known
        bank.now += minutes(9)
    assert caller.is_known
    bank.now += minutes(6)
    assert "an hour has passed" in caller.say("CheckBalance", "my balance")
    assert not caller.is_known


@each_way
def test_logging_out_ends_the_session_and_leaves_nothing_of_it(bank: Bank, known: Way) -> None:
    caller = known(bank)
    caller.say("SendMoney", "send 5 dollars", amount="5 dollars")
    assert "logged out" in caller.say("LogOut", "log out")
    assert caller.attributes == {}
    assert not caller.is_known


@each_way
def test_what_a_session_remembered_goes_with_it_when_it_lapses(bank: Bank, known: Way) -> None:
    caller = known(bank)
    caller.say("SendMoney", "send 5 dollars", amount="5 dollars")
    caller.attributes["lastPayeeId"] = "anna"
    bank.now += minutes(11)
    caller.say("Help", "help")
    assert "lastPayeeId" not in caller.attributes
    assert "SendMoney" not in caller.attributes.get("progress", "")


def test_a_fresh_token_of_the_same_sign_in_does_not_bring_a_session_back(bank: Bank) -> None:
    caller = by_token(bank)
    assert caller.is_known
    bank.now += minutes(11)
    caller.say("Help", "help")
    assert not caller.is_known


def test_a_new_sign_in_does(bank: Bank) -> None:
    caller = by_token(bank)
    assert caller.is_known
    bank.now += minutes(11)
    caller.say("Help", "help")
    caller.signed_in_at = bank.now
    assert caller.is_known


def test_a_lapsed_sign_in_can_be_proved_again_by_a_code(bank: Bank) -> None:
    caller = by_token(bank)
    assert caller.is_known
    bank.now += minutes(11)
    caller.say("CheckBalance", "my balance")
    caller.verify()
    assert caller.is_known


def test_an_old_sign_in_opens_no_session_however_fresh_its_token(bank: Bank) -> None:
    caller = by_token(bank)
    bank.now += minutes(60)
    assert not caller.is_known


def test_a_turn_of_a_running_session_costs_one_write_more(bank: Bank) -> None:
    caller = by_token(bank)
    caller.say("Help", "help")
    bank.calls.reset()
    caller.say("Help", "help")
    # And one read: the customer's time zone, as without a session.
    assert dict(bank.calls.made) == {"update_item": 1, "get_item": 1}


def test_sessions_of_two_aliases_or_bots_are_two_sessions() -> None:
    keys = {
        session_key(*parts)
        for parts in (("B", "A", "s"), ("B", "As", ""), ("BA", "", "s"), ("B", "A", "t"))
    }
    assert len(keys) == 4


def test_a_session_that_a_token_opened_is_nobodys_without_the_token(bank: Bank) -> None:
    assert by_token(bank).is_known
    stranger = bank.caller("by-token")
    assert not stranger.is_known
    stranger.say("LogOut", "log out")
    assert by_token(bank).is_known


def test_another_customers_token_in_a_session_sees_that_customer_alone(bank: Bank) -> None:
    assert by_token(bank).is_known
    assert not bank.caller("by-token", "noah").is_known
