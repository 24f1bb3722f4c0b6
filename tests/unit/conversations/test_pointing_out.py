"""What an answer points out is understood, whatever Lex took it for."""

from __future__ import annotations

import pytest

from fulfillment.conversations.pointing_out import pointed_out
from fulfillment.conversations.progress import CONFIRMATION, Task

SOURCE = Task("SendMoney", {"amount": "20"}, "sourceAccount")
CALLED_BACK = Task("CancelPayment", {"payee": "Noah", "amount": "260"}, CONFIRMATION)
CANCELLED = Task("CancelScheduledPayment", {"which": "SP-1"}, CONFIRMATION)


def test_the_end_of_its_number_names_an_account_that_was_asked_for() -> None:
    slots = pointed_out(SOURCE, "account ending 3358", "CloseAccount")
    assert slots == {"amount": "20", "sourceAccount": "account ending 3358"}


def test_what_lex_understood_itself_is_left_to_it() -> None:
    assert pointed_out(SOURCE, "3358", "SendMoney") is None


@pytest.mark.parametrize(
    "said", ["no, the one to Sofia Reyes", "the payment to Sofia Reyes", "no, el de Sofia Reyes"]
)
def test_another_payment_is_named_by_its_receiver(said: str) -> None:
    assert pointed_out(CALLED_BACK, said, "CancelPayment") == {"payee": "Sofia Reyes"}
    assert pointed_out(CANCELLED, said, "FallbackIntent") == {"payee": "Sofia Reyes"}


@pytest.mark.parametrize("said", ["no", "yes", "send 20 to Sofia", "close the account ending 3358"])
def test_a_sentence_of_its_own_points_nothing_out(said: str) -> None:
    for task in (SOURCE, CALLED_BACK, CANCELLED):
        assert pointed_out(task, said, "CloseAccount") is None


@pytest.mark.parametrize("said", ["mi tarjeta", "la tarjeta", "My card", "the card, please"])
def test_my_card_is_no_other_task_while_it_is_asked_which(said: str) -> None:
    stolen = Task("ReportLostCard", {}, "card")
    assert pointed_out(stolen, said.replace(",", ""), "FreezeCard") == {}
    assert pointed_out(stolen, said.replace(",", ""), "ReportLostCard") is None


def test_a_payment_that_is_being_made_has_no_other_one_beside_it() -> None:
    confirmed = Task("SendMoney", {"amount": "20"}, CONFIRMATION)
    assert pointed_out(confirmed, "the one to Sofia", "SendMoney") is None


BILL = Task("PayCreditCard", {"card": "Visa"}, "portion")
LOST = Task("ReportLostCard", {"card": "Visa debit ending 7019"}, CONFIRMATION)
RENAMED = Task("RenamePayee", {"payee": "Noah", "newName": "Noah at work"}, CONFIRMATION)


@pytest.mark.parametrize("said", ["25", "$25.00", "just 25 dollars", "no, 25 please", "solo 25"])
def test_a_bare_sum_is_how_much_of_the_bill_is_paid(said: str) -> None:
    slots = pointed_out(BILL, said, "SendMoney")
    assert slots is not None
    assert "25" in slots["amount"]
    assert slots["card"] == "Visa"


@pytest.mark.parametrize("said", ["the full one", "full", "No, the whole thing", "la completa"])
def test_the_full_one_is_all_of_the_bill(said: str) -> None:
    assert pointed_out(BILL, said, "FallbackIntent") == {"card": "Visa", "portion": "full balance"}


@pytest.mark.parametrize(
    "said", ["send 25 to Sofia", "the minimum", "what's my balance", "the one"]
)
def test_what_is_no_part_of_a_bill_is_left_to_lex(said: str) -> None:
    assert pointed_out(BILL, said, "SendMoney") is None


@pytest.mark.parametrize(
    "said", ["no, the one ending 7001", "the card ending in 7001", "no, la que termina en 7001"]
)
def test_another_card_is_named_by_its_number_before_the_yes(said: str) -> None:
    assert pointed_out(LOST, said, "ListScheduledPayments") == {"card": "7001"}
    assert pointed_out(SOURCE, "no, the card I lost", "ReportLostCard") is None


@pytest.mark.parametrize(
    "said", ["no, call her Anna B", "Call them Anna B.", "mejor llámela Anna B"]
)
def test_another_name_is_given_before_the_yes(said: str) -> None:
    assert pointed_out(RENAMED, said, "RenamePayee") == {"payee": "Noah", "newName": "Anna B"}


@pytest.mark.parametrize(
    "said", ["from my euro account", "ok, from the euro account instead", "de mi cuenta en euros"]
)
def test_the_account_that_was_offered_instead_is_taken(said: str) -> None:
    asked = Task("SendMoney", {"payee": "Sofia", "sourceAccount": "checking"}, "amount")
    slots = pointed_out(asked, said, "TalkToHuman")
    assert slots is not None
    assert "euro" in slots["sourceAccount"]
    assert pointed_out(asked, said, "SendMoney") is None


@pytest.mark.parametrize(
    "said",
    [
        "no, until december 14",
        "till the 14th",
        "better until friday",
        "no, hasta el 14 de diciembre",
    ],
)
def test_another_end_of_a_trip_is_no_payment_that_ends_then(said: str) -> None:
    trip = Task("SetTravelNotice", {"destination": "Spain"}, CONFIRMATION)
    other = {"destination": "Spain", "lastDay": said}
    assert pointed_out(trip, said, "SchedulePayment") == other
    assert pointed_out(trip, "pay rent until december 14", "SchedulePayment") is None
