"""The story of a scam is remembered for half an hour, as its kind and nothing of its words."""

from datetime import UTC, datetime, timedelta

import pytest

from fulfillment.conversations.stories_told import ATTRIBUTE, remember_story, story_told
from fulfillment.fraud.scam_stories import Story

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "told"), [(0, Story.OFFICIALS), (30, Story.OFFICIALS), (31, None), (-1, None)]
)
def test_a_story_is_remembered_for_half_an_hour(minutes: int, told: Story | None) -> None:
    attributes: dict[str, str] = {}
    remember_story(attributes, Story.OFFICIALS, NOW)
    assert attributes == {ATTRIBUTE: "officials 2026-11-23T15:00:00+00:00"}
    assert story_told(attributes, NOW + timedelta(minutes=minutes)) is told


@pytest.mark.parametrize(
    "kept", ["", "officials", "officials soon", "officials 2026-11-23T15:00:00", "x 2026-11-23"]
)
def test_what_a_caller_writes_is_read_as_a_kind_of_story_or_not_at_all(kept: str) -> None:
    assert story_told({ATTRIBUTE: kept}, NOW) is None
