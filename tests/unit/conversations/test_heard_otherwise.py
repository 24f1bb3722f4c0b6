"""A few words mean something in their place alone, and nothing anywhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fulfillment.conversations.heard_otherwise import meant_otherwise
from fulfillment.conversations.last_paid import last_paid_asked
from fulfillment.conversations.progress import Progress, Task
from fulfillment.conversations.totals_asked import Question, remember
from fulfillment.lex import Turn
from fulfillment.lex.event import LexEvent
from fulfillment.lex.testing import lex_event

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
ASKING = Progress().begin(Task("EstimateLoan", {}, "term")).question("EstimateLoan", "term")


def turn(said: str) -> Turn:
    return Turn.of(LexEvent.model_validate(lex_event("FallbackIntent", transcript=said)))


@pytest.mark.parametrize(
    "said", ["how long for?", "For how long", "Who?", "which account?", "what do you mean?",
             "¿por cuánto tiempo?", "¿quién?", "¿cuál cuenta?"],
)  # fmt: skip
def test_what_asks_back_is_told_why_it_is_asked(said: str) -> None:
    assert meant_otherwise(turn(said), ASKING, NOW) == Task("WhyAsked", {}, "")


@pytest.mark.parametrize("said", ["how long have I had netflix?", "24 months", "who are my payees"])
def test_an_answer_or_another_question_is_left_to_lex(said: str) -> None:
    assert meant_otherwise(turn(said), ASKING, NOW) is None


def test_without_an_open_question_nothing_is_asked_back() -> None:
    assert meant_otherwise(turn("how long for?"), Progress(), NOW) is None


@pytest.mark.parametrize("intent", ["SendMoney", "TransferMoney", "FallbackIntent"])
def test_six_digits_to_no_question_are_a_code_that_came_late_whatever_lex_hears(
    intent: str,
) -> None:
    heard = Turn.of(LexEvent.model_validate(lex_event(intent, transcript="123 456")))
    late = Task("VerifyIdentity", {"code": "123 456"}, "")
    assert meant_otherwise(heard, Progress(), NOW) == late


@pytest.mark.parametrize("said", ["send 123456 to Anna", "$123456", "1500"])
def test_a_sum_is_left_to_lex(said: str) -> None:
    assert meant_otherwise(turn(said), Progress(), NOW) is None


LOST = Task("ReportLostCard", {"card": "visa debit"}, "")
ASKING_TO_BLOCK = Progress().begin(LOST).question("ReportLostCard", "confirmation")


@pytest.mark.parametrize(
    "said", ["my card", "Mi tarjeta.", "the card", "es mi tarjeta", "la tarjeta"]
)
def test_my_card_amid_a_stolen_card_is_that_card_and_nothing_to_freeze(said: str) -> None:
    heard = Turn.of(LexEvent.model_validate(lex_event("FreezeCard", transcript=said)))
    assert meant_otherwise(heard, ASKING_TO_BLOCK, NOW) == ASKING_TO_BLOCK.task


@pytest.mark.parametrize("said", ["freeze my card", "congele mi tarjeta", "my savings", "no"])
def test_a_wish_of_its_own_amid_a_stolen_card_is_left_to_lex(said: str) -> None:
    heard = Turn.of(LexEvent.model_validate(lex_event("FreezeCard", transcript=said)))
    assert meant_otherwise(heard, ASKING_TO_BLOCK, NOW) is None


def test_six_digits_to_an_open_question_are_its_answer() -> None:
    assert meant_otherwise(turn("123456"), ASKING, NOW) is None


@pytest.mark.parametrize(
    ("said", "category"),
    [("on food", "groceries"), ("and on kids?", "kids"), ("just for groceries", "groceries"),
     ("y en comida", "groceries"), ("en restaurantes", "dining")],
)  # fmt: skip
def test_after_a_sum_a_category_narrows_it(said: str, category: str) -> None:
    after = turn(said)
    remember(after, Question(start=date(2026, 10, 1), end=date(2026, 11, 1)), NOW)
    meant = meant_otherwise(after, Progress(), NOW)
    assert meant == Task("TotalsFollowUp", {"category": category}, "")
    assert meant_otherwise(turn(said), Progress(), NOW) is None


@pytest.mark.parametrize(
    ("said", "name"),
    [("who did I pay last?", ""), ("Who was my last payment to", ""),
     ("when did I last pay Anna B?", "Anna B"), ("¿a quién pagué la última vez?", ""),
     ("¿cuándo le pagué por última vez a Anna?", "Anna"), ("who do I pay", None),
     ("when did I last pay", None)],
)  # fmt: skip
def test_whom_one_paid_last_is_asked_in_so_many_words(said: str, name: str | None) -> None:
    assert last_paid_asked(said) == name


@pytest.mark.parametrize(
    "said", ["less about savings", "no more investing offers", "Stop suggesting investing",
             "stop showing me offers about certificates", "i don't want investing offers",
             "fewer certificate offers please", "menos ofertas de inversiones",
             "no me ofrezca inversiones", "deje de ofrecerme certificados"],
)  # fmt: skip
def test_wanting_fewer_offers_of_a_product_is_not_asking_for_it(said: str) -> None:
    assert meant_otherwise(turn(said), Progress(), NOW) == Task("ShowLess", {}, "")


@pytest.mark.parametrize(
    "said", ["i want to invest", "what would a loan cost", "show me my cards", "no more cards",
             "less spending on food", "i don't want to lose my savings", "quiero invertir"],
)  # fmt: skip
def test_wanting_the_product_or_something_else_is_left_to_lex(said: str) -> None:
    assert meant_otherwise(turn(said), Progress(), NOW) is None
