"""A double charge that is asked about by the shop's name is answered for that shop first."""

from __future__ import annotations

from tests.integration.conversations.conftest import Bank
from tests.integration.conversations.plain_life import Town
from tests.integration.conversations.test_tips import Doubled


def test_a_shop_that_is_named_is_answered_for_before_others(bank: Bank) -> None:
    talk = Town(bank).open(Doubled())
    of_another = talk.say("FindUnusualActivity", "did big market charge me twice").splitlines()
    assert of_another[0].startswith("No. I see no charge by Big Market that came twice since")
    assert of_another[1].startswith("Corner Bakery charged $42.00 twice")
    of_it = talk.say("FindUnusualActivity", "did corner bakery charge me twice")
    assert of_it.startswith("Corner Bakery charged $42.00 twice")


def test_where_is_my_refund_without_a_case_is_answered_from_the_lines(bank: Bank) -> None:
    talk = Town(bank).open(Doubled())
    said = talk.say("CheckCases", "where is my refund")
    assert "Corner Bakery: $42.00, charged twice" in said
    assert talk.say("CheckCases", "my cases") == "You have no cases with us."
