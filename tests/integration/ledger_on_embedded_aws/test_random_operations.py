"""Whatever is done in whatever order, the ledger answers as a plain one does, and its books agree.

Quotes, confirmations right and forged, holds placed, posted, released and swept, movements
reversed, lost requests and answers, conflicts, time passing, accounts frozen, payees moved and
cards changed are drawn at random. The seed in a failing test's name replays its story.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.holds import HoldRefusal
from fulfillment.bank.payments import Refusal, TransferState
from fulfillment.bank.reversals import ReversalRefusal
from fulfillment.store.auditing import audit
from tests.integration.ledger_on_embedded_aws.story import Story

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

EVENTS = 150
SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_is_told_as_a_plain_ledger_tells_it(
    client: DynamoDBClient, table: str, seed: int
) -> None:
    story = Story(client, table, Random(seed))
    story.go_on(EVENTS)
    story.compare_lines()
    assert audit(client, table).violations == []


def test_the_stories_meet_every_answer_that_the_bank_can_give(
    client: DynamoDBClient, table: str
) -> None:
    story = Story(client, table, Random("a long life"))
    story.go_on(3 * EVENTS)
    story.compare_lines()
    met: Counter[str] = story.answers
    unreachable = {
        Refusal.AMOUNT_NOT_POSITIVE, Refusal.SAME_ACCOUNT, Refusal.SUSPECTED_FRAUD,
        # This payee is an old one, and no level of identity is drawn: tests/simulation does both.
        Refusal.NEW_PAYEE_LIMIT, Refusal.STEP_UP_REQUIRED,
    }  # fmt: skip
    assert set(met) == {*Refusal, "Told", "Unknown"} - unreachable
    asked_wrongly = {
        HoldRefusal.NOT_POSITIVE, HoldRefusal.ALREADY_EXPIRED, HoldRefusal.UNKNOWN_ACCOUNT,
        HoldRefusal.CURRENCY_MISMATCH, HoldRefusal.CARD_NOT_ACTIVE, HoldRefusal.CHANGED,
        HoldRefusal.NOT_CONFIRMED,
    }  # fmt: skip
    # Few stories freeze a destination between a hold and its posting.
    rarely = {HoldRefusal.DESTINATION_NOT_ACTIVE}
    assert {*story.hold_answers, *rarely} == {*HoldRefusal, *TransferState} - asked_wrongly
    assert {"done", "again", ReversalRefusal.NOT_POSTED} <= set(story.corrections)
