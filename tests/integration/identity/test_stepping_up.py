"""A code for one action opens that action, once, and no other."""

from __future__ import annotations

from fulfillment.conversations.stepping_up import Action
from tests.integration.identity.conftest import Bank, Caller, minutes

LARGE = {"amount": "600 dollars", "payee": "Anna", "sourceAccount": "savings"}


def posted(bank: Bank) -> int:
    key = {"PK": {"S": "C#mira"}, "SK": {"S": "A#savings"}}
    item = bank.client.get_item(TableName=bank.table, Key=key, ConsistentRead=True)["Item"]
    return int(item["posted"]["N"])


def confirmed(caller: Caller, **slots: str) -> str:
    event = caller.event("SendMoney", "yes", slots, "FulfillmentCodeHook")
    event["sessionState"]["intent"]["confirmationState"] = "Confirmed"
    return caller.send(event)


def shown(bank: Bank, session: str = "s-1") -> Caller:
    """Mira has seen the figures of a large payment."""
    caller = bank.caller(session, "mira", channel="sms")
    said = caller.say("SendMoney", "send 600 dollars to Anna from savings", **LARGE)
    assert "after your yes I'll send one to your phone" in said
    return caller


def give(caller: Caller, code: str) -> str:
    return caller.say("VerifyIdentity", code, code=code)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_large_payment_moves_after_a_yes_and_the_code_and_not_before(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    assert bank.phones.messages == []
    assert "sent a 6-digit code" in confirmed(caller, **LARGE)
    assert posted(bank) == before
    assert "$600.00 to Anna Kovacs (account ending 7788)" in bank.phones.messages[-1].text
    assert "isn't the code" in give(caller, wrong(bank.phones.code))
    assert posted(bank) == before
    assert "$600.00" in give(caller, bank.phones.code)
    assert caller.answer["sessionState"]["intent"]["state"] == "Fulfilled"
    assert posted(bank) == before - 60_000


def test_the_code_is_used_up_with_its_payment(bank: Bank) -> None:
    caller = shown(bank)
    confirmed(caller, **LARGE)
    give(caller, bank.phones.code)
    after = posted(bank)
    caller.attributes["verifying"] = "stepup"
    assert "doesn't work any more" in give(caller, bank.phones.code)
    assert posted(bank) == after


def test_changed_figures_void_the_code(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    confirmed(caller, **LARGE)
    # Between the code's sending and its giving, somebody rewrites what is remembered of the task.
    caller.attributes["progress"] = caller.attributes["progress"].replace("600", "700")
    said = give(caller, bank.phones.code)
    assert "$700.00" in said
    assert posted(bank) == before
    assert "sent a 6-digit code" in confirmed(caller, **LARGE | {"amount": "700 dollars"})
    assert posted(bank) == before


def test_the_code_of_one_quote_opens_no_other(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    confirmed(caller, **LARGE)
    first = bank.phones.code
    other = LARGE | {"amount": "700 dollars"}
    caller.say("SendMoney", "send 700 dollars to Anna", **other)
    confirmed(caller, **other)
    if first != bank.phones.code:
        give(caller, first)
    assert posted(bank) == before


def test_five_wrong_codes_end_it(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    confirmed(caller, **LARGE)
    code = bank.phones.code
    said = [give(caller, wrong(code)) for _ in range(5)]
    assert "too many tries" in said[-1]
    caller.attributes["verifying"] = "stepup"
    give(caller, code)
    assert posted(bank) == before


def test_a_quote_that_expired_is_not_saved_by_a_code(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    bank.now += minutes(4)
    confirmed(caller, **LARGE)
    bank.now += minutes(2)
    assert "doesn't work any more" in give(caller, bank.phones.code)
    assert posted(bank) == before


def test_another_code_can_be_sent_for_the_same_payment(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    confirmed(caller, **LARGE)
    caller.say("ResendCode", "send a new code")
    give(caller, bank.phones.code)
    assert posted(bank) == before - 60_000


def test_a_code_to_prove_who_one_is_steps_nothing_up(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    confirmed(caller, **LARGE)
    thief = bank.caller("s-2")
    thief.verify()
    thief.attributes |= {"verifying": "stepup", "quoteId": caller.attributes["quoteId"]}
    give(thief, bank.phones.code)
    confirmed(thief, **LARGE)
    assert posted(bank) == before


def test_an_action_that_was_granted_can_be_taken_once_by_the_same_session() -> None:
    one = Action("account_number", ("mira", "checking"))
    assert one.digest == Action("account_number", ("mira", "checking")).digest
    others = [
        Action("account_number", ("mira", "savings")),
        Action("account_number", ("mira", "check", "ing")),
        Action("new_payee", ("mira", "checking")),
    ]
    assert one.digest not in {other.digest for other in others}


def test_a_payment_below_the_threshold_needs_no_code(bank: Bank) -> None:
    caller = bank.caller("s-1", "mira")
    small = LARGE | {"amount": "20 dollars"}
    caller.say("SendMoney", "send 20 dollars to Anna from savings", **small)
    assert "$20.00" in confirmed(caller, **small)
    assert bank.phones.messages == []


NEW = {"name": "Bob Miller", "accountNumber": "021000021 4455667788"}


def asked_to_add(bank: Bank) -> Caller:
    """Mira has said yes to adding Bob."""
    caller = bank.caller("s-1", "mira")
    assert "add Bob Miller" in caller.say("AddPayee", "add Bob Miller", **NEW)
    event = caller.event("AddPayee", "yes", NEW, "FulfillmentCodeHook")
    event["sessionState"]["intent"]["confirmationState"] = "Confirmed"
    assert "sent a 6-digit code" in caller.send(event)
    return caller


def payees_of(bank: Bank) -> set[str]:
    """The names of the payees that are in force."""
    return {
        item["name"]["S"]
        for item in bank.items()
        if item["SK"]["S"].startswith("B#") and item["active"]["BOOL"]
    }


def test_nobody_is_added_without_the_code(bank: Bank) -> None:
    caller = asked_to_add(bank)
    assert "Bob Miller (account ending 7788)" in bank.phones.messages[-1].text
    assert "Bob Miller" not in payees_of(bank)
    assert "isn't the code" in give(caller, wrong(bank.phones.code))
    assert "Bob Miller" not in payees_of(bank)
    assert "Done. Bob Miller" in give(caller, bank.phones.code)
    assert "Bob Miller" in payees_of(bank)


def test_the_hook_that_added_somebody_says_the_same_when_it_is_run_again(bank: Bank) -> None:
    caller = asked_to_add(bank)
    event = caller.event("VerifyIdentity", bank.phones.code, {"code": bank.phones.code})
    first = caller.send(event)
    sent = len(bank.phones.messages)
    assert caller.send(event) == first
    assert len(bank.phones.messages) == sent


def test_a_payment_whose_code_comes_twice_is_made_once_and_told_as_made(bank: Bank) -> None:
    before = posted(bank)
    caller = shown(bank)
    confirmed(caller, **LARGE)
    event = caller.event("VerifyIdentity", bank.phones.code, {"code": bank.phones.code})
    caller.send(event)
    assert "went through, once" in caller.send(event)
    assert posted(bank) == before - 60_000
