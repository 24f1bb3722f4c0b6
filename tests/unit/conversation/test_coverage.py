"""Every pattern is played with whatever moves money, and every outcome of what the bank can do."""

from __future__ import annotations

from bot.conversation.parser import parse
from bot.conversation.script import Subject
from bot.definition import load as load_bot
from fulfillment.personalization.offers.rules import Product
from tests.conversation_coverage.document import PAGE, outcome_cells, page, pattern_cells
from tests.conversation_coverage.money_told import PRODUCTS, UNASKED, insight_turns, product_turns
from tests.conversation_coverage.outcomes import CHANGES, OUTCOMES, READS
from tests.conversation_coverage.patterns import MONEY, PATTERNS
from tests.conversation_coverage.reasons import (
    NOT_IN_CONVERSATIONS,
    OUTCOME_REASONS,
    PATTERN_REASONS,
    PRODUCT_REASONS,
)
from tests.conversation_coverage.steps import all_steps, steps_of
from tests.unit.docs.pages import ROOT


def test_whatever_moves_money_is_played_through_every_pattern() -> None:
    empty = {cell for cell, turns in pattern_cells().items() if not turns}
    assert empty == set(PATTERN_REASONS)


def test_every_outcome_is_played_with_whatever_the_bank_can_do() -> None:
    """Or there is a reason, which nobody keeps once it is played."""
    empty = {cell for cell, turns in outcome_cells().items() if not turns}
    assert empty - set(OUTCOME_REASONS) == set()
    assert {cell for cell in OUTCOME_REASONS if cell[0] in CHANGES} - empty == set()


def test_every_insight_is_told_by_some_conversation() -> None:
    assert {name for name, turns in insight_turns().items() if not turns} == set()


def test_every_product_is_offered_explained_refused_and_silenced_by_some_conversation() -> None:
    """Or there is a reason, which nobody keeps once it is played."""
    empty = {cell for cell, turns in product_turns().items() if not turns}
    assert empty == set(PRODUCT_REASONS)


def test_every_product_and_every_tip_has_a_row() -> None:
    assert len(PRODUCTS) == len(set(Product))
    assert len(UNASKED) >= 4


def test_the_tables_speak_of_intents_that_there_are() -> None:
    intents = set(load_bot(ROOT / "lex_definitions").locales["en_US"].intents)
    named = {one for table in (READS, CHANGES) for those in table.values() for one in those}
    assert (named | set(MONEY) | set(NOT_IN_CONVERSATIONS)) - intents == set()


def test_every_intent_is_reached_by_some_conversation() -> None:
    intents = set(load_bot(ROOT / "lex_definitions").locales["en_US"].intents)
    reached = {step.intent for step in all_steps()}
    assert intents - reached == set(NOT_IN_CONVERSATIONS)


def test_the_page_shows_the_tables_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_a_file_shows_only_what_it_expects() -> None:
    """A turn without an intent fills no pattern's cell, whatever its words are."""
    said = parse("customer: move 50 to savings\nteller: ...\n\ncustomer: cancel\nteller: ...\n")
    steps = list(steps_of(said, "cancellation"))
    assert [shows(step) for _, shows in PATTERNS.values() for step in steps] == [None] * (
        2 * len(PATTERNS)
    )
    assert [came(step) for _, came in OUTCOMES.values() for step in steps] == [None] * (
        2 * len(OUTCOMES)
    )


def test_what_is_left_and_in_which_language_it_was_begun_are_known() -> None:
    said = parse(
        "customer: move 50 to savings\n  intent: TransferMoney\n\n"
        "locale: es_US\ncustomer: no, 60\n  intent: TransferMoney\n\n"
        "customer: cancelar\n  intent: Cancel\n\nretry\n"
    )
    steps = list(steps_of(said, "languages"))
    assert [step.before for step in steps] == [None, "TransferMoney", "TransferMoney", "Cancel"]
    assert [step.begun_in for step in steps] == ["en_US", "en_US", "es_US", "es_US"]
    assert PATTERNS["change of language"][1](steps[1]) == "TransferMoney"
    assert PATTERNS["cancellation"][1](steps[2]) == "TransferMoney"
    assert steps[3].is_again
    assert steps[0].expected(Subject.STATE) is None
