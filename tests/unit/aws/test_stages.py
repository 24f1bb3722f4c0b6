"""What a stage reserves for each function bears what its API lets in, within an account's limit."""

from __future__ import annotations

import pytest

from infra.aws.bare import bare_resources
from infra.aws.stages import STAGES, Stage
from infra.aws.template import of_type

_EDGE_S, _HOOK_S = 0.4, 0.1
"""Twice and three times what a turn was measured to keep them busy."""
_OF_AN_ACCOUNT, _LEFT_FREE = 1_000, 100
"""Lambda's default quota, and what it wants to stay unreserved."""


@pytest.mark.parametrize("stage", STAGES.values(), ids=lambda stage: stage.name)
def test_there_are_instances_for_as_many_turns_as_the_api_lets_in(stage: Stage) -> None:
    assert stage.reserved.of("ChatEdge") >= stage.rate * _EDGE_S
    assert stage.reserved.of("Fulfillment") >= stage.rate * _HOOK_S
    assert stage.reserved.of("Fulfillment") >= stage.salary_warm


@pytest.mark.parametrize("stage", STAGES.values(), ids=lambda stage: stage.name)
def test_what_all_functions_reserve_is_within_a_new_accounts_quota(stage: Stage) -> None:
    reserved = {
        name: one["Properties"]["ReservedConcurrentExecutions"]
        for name, one in of_type(bare_resources(stage), "AWS::Lambda::Function")
    }
    assert sum(reserved.values()) <= _OF_AN_ACCOUNT - _LEFT_FREE
    assert reserved["ChatEdge"] == stage.reserved.edges
    assert reserved["Transactions"] == stage.reserved.feed
    assert reserved["Messenger"] == stage.reserved.others
