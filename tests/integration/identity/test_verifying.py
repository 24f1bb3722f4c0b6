"""A customer number and a code from the telephone, and nothing else, make somebody known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fulfillment.alerts.events import Lockout, SecurityEvent
from fulfillment.conversations.codes import CODES_LOCKED_OUT
from fulfillment.store.security_events import EVENT
from tests.integration.identity.conftest import (
    MIRAS_NUMBER,
    NOBODYS_NUMBER,
    Bank,
    Caller,
    minutes,
)


def ask_for_code(caller: Caller, number: str = MIRAS_NUMBER) -> str:
    caller.say("VerifyIdentity", "verify me")
    return caller.say("VerifyIdentity", number, customerNumber=number)


def guess(caller: Caller, code: str) -> str:
    return caller.say("VerifyIdentity", code, code=code)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_right_code_makes_the_customer_known_and_goes_on_with_the_question(bank: Bank) -> None:
    caller = bank.caller()
    assert "customer number" in caller.say(
        "CheckBalance", "my checking balance", account="checking"
    )
    caller.say("VerifyIdentity", MIRAS_NUMBER, customerNumber=MIRAS_NUMBER)
    said = guess(caller, bank.phones.code)
    assert said.startswith("Thank you, Mira.")
    assert "$" in said
    assert caller.answer["sessionState"]["intent"]["name"] == "CheckBalance"
    assert caller.is_known


def test_who_was_verified_in_one_session_is_nobody_in_another(bank: Bank) -> None:
    caller = bank.caller()
    caller.verify()
    assert caller.is_known
    assert not bank.caller("s-2").is_known


def test_neither_number_nor_code_is_kept_where_a_client_or_a_log_could_find_it(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    answers = [json.dumps(caller.answer)]
    code = bank.phones.code
    guess(caller, wrong(code))
    answers.append(json.dumps(caller.answer))
    guess(caller, code)
    answers.append(json.dumps(caller.answer))
    for answer in answers:
        assert code not in answer
        assert MIRAS_NUMBER not in answer
    stored = json.dumps(bank.items())
    assert code not in stored


def test_a_code_is_good_once(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    code = bank.phones.code
    guess(caller, code)
    caller.say("LogOut", "log out")
    caller.attributes["verifying"] = "code"
    assert "doesn't work any more" in guess(caller, code)
    assert not caller.is_known


def test_a_code_is_good_for_five_minutes(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    bank.now += minutes(5)
    assert "doesn't work any more" in guess(caller, bank.phones.code)
    assert not caller.is_known


def test_a_spent_code_that_is_sent_again_is_told_so_and_is_kept_nowhere(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    code = bank.phones.code
    guess(caller, code)
    for intent, slots in (
        ("VerifyIdentity", {"unaskedCode": code}),
        ("SendMoney", {"amount": code}),
        ("TransferMoney", {"amount": code}),
    ):
        assert caller.say(intent, code, **slots).startswith("I'm not waiting for a code now")
        assert caller.answer["sessionState"]["intent"]["name"] == "VerifyIdentity"
        assert code not in json.dumps(caller.answer)
    caller.say("LogOut", "log out")
    assert caller.say("VerifyIdentity", code, unaskedCode=code).startswith(
        "That code doesn't work any more"
    )
    assert code not in json.dumps(caller.answer)
    assert not caller.is_known


def test_a_spent_code_amid_a_task_leaves_its_question_open(bank: Bank) -> None:
    caller = bank.caller("s-1", "mira")
    caller.say("SendMoney", "send money to anna", payee="Anna")
    asked = caller.answer["sessionState"]["dialogAction"]
    said = caller.say("VerifyIdentity", "my code is 123456", unaskedCode="123456")
    assert said.startswith("I'm not waiting for a code now")
    assert caller.answer["sessionState"]["intent"]["name"] == "SendMoney"
    assert caller.answer["sessionState"]["dialogAction"] == asked
    assert "123456" not in json.dumps(caller.answer)


def test_a_new_code_voids_the_one_before(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    first = bank.phones.code
    caller.say("ResendCode", "send a new code")
    if first != bank.phones.code:
        assert "didn't work" in guess(caller, first)
    guess(caller, bank.phones.code)
    assert caller.is_known


def test_a_code_sent_to_one_session_opens_no_other(bank: Bank) -> None:
    victim, thief = bank.caller("s-1"), bank.caller("s-2")
    ask_for_code(victim)
    code = bank.phones.code
    thief.attributes["verifying"] = "code"
    guess(thief, code)
    assert not thief.is_known


def test_after_five_wrong_codes_the_right_one_opens_nothing_for_a_while(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    code = bank.phones.code
    said = [guess(caller, wrong(code)) for _ in range(5)]
    assert "too many tries" in said[-1]
    caller.attributes["verifying"] = "code"
    guess(caller, code)
    assert not caller.is_known
    ask_for_code(caller)
    assert "too many tries" in guess(caller, bank.phones.code)
    bank.now += minutes(15)
    ask_for_code(caller)
    guess(caller, bank.phones.code)
    assert caller.is_known


def test_many_sessions_against_one_customer_get_no_more_guesses_than_one(bank: Bank) -> None:
    tried = []
    for index in range(7):
        caller = bank.caller(f"s-{index}")
        if "6-digit code is on its way" not in ask_for_code(caller):
            break  # codes are limited too
        tried += [guess(caller, wrong(bank.phones.code)) for _ in range(4)]
    assert sum("didn't work" in said for said in tried) <= 4
    caller.attributes["verifying"] = "code"
    guess(caller, bank.phones.code)
    assert not caller.is_known


def test_one_session_against_many_numbers_gets_no_more_guesses_than_one(bank: Bank) -> None:
    caller = bank.caller()
    tried = []
    for index in range(4):
        caller.attributes.clear()
        ask_for_code(caller, f"{10_000_000 + index}")
        tried += [guess(caller, "000000") for _ in range(2)]
    assert sum("didn't work" in said for said in tried) == 4
    assert "too many tries" in tried[4]


def test_a_lockout_leaves_one_security_event_that_names_no_number_and_no_code(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    for _ in range(8):
        guess(caller, wrong(bank.phones.code))
    events = [item for item in bank.items() if item["PK"]["S"].startswith("SECURITY#")]
    [told] = [SecurityEvent.model_validate_json(event[EVENT]["S"]) for event in events]
    assert isinstance(told.data, Lockout)
    assert told.data.what == CODES_LOCKED_OUT
    assert told.customer_id == events[0]["cid"]["S"] == "mira"
    assert "s-1" not in json.dumps(events)
    assert MIRAS_NUMBER not in json.dumps(events)


def test_codes_are_sent_three_times_in_a_quarter_of_an_hour(bank: Bank) -> None:
    caller = bank.caller()
    ask_for_code(caller)
    for _ in range(2):
        caller.say("ResendCode", "send a new code")
    sent = len(bank.phones.messages)
    assert "as many codes as I may" in caller.say("ResendCode", "send a new code")
    assert "as many codes as I may" in ask_for_code(bank.caller("s-2"))
    assert len(bank.phones.messages) == sent == 3
    bank.now += minutes(15)
    assert "on its way" in ask_for_code(caller)


@pytest.mark.parametrize("steps", [1, 5, 9])
def test_an_unknown_number_gets_the_same_words_and_the_same_work(bank: Bank, steps: int) -> None:
    def lived(session: str, number: str) -> tuple[list[str], list[Any]]:
        bank.calls.reset()
        caller, said = bank.caller(session), []
        said.append(ask_for_code(caller, number))
        said += [guess(caller, wrong(bank.phones.code)) for _ in range(steps)]
        said.append(caller.say("ResendCode", "send a new code"))
        return said, [operation for operation, _ in bank.calls.requests]

    known, unknown = lived("s-1", MIRAS_NUMBER), lived("s-2", NOBODYS_NUMBER)
    assert known == unknown
    to = [message.customer_id for message in bank.phones.messages]
    assert to.count("mira") == len(to) / 2


def test_without_the_signing_key_nobody_gets_a_code_or_gets_in(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = bank.caller()
    monkeypatch.setattr("tests.integration.identity.conftest.OneKey.keys", lambda _: ())
    assert "on its way" not in ask_for_code(caller)
    assert bank.phones.messages == []
    assert not caller.is_known


def test_a_password_in_place_of_a_number_is_taken_out_and_the_customer_is_told(bank: Bank) -> None:
    caller = bank.caller()
    caller.say("VerifyIdentity", "verify me")
    said = caller.say("VerifyIdentity", "my password is hunter2!", customerNumber="hunter2!")
    assert "I never ask for them" in said
    assert not caller.is_known
