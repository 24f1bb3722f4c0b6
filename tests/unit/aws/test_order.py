"""What CloudFormation must not make before something else is there: no reference says so by itself.

AWS tries a role when what uses it is made, and makes what nothing orders at the same time. On an
emulator, which tries nothing, each of these passes.
"""

from __future__ import annotations

import copy

import pytest

from infra.aws.bare import watched
from infra.aws.stages import STAGES
from infra.aws.template import Json, Resources, of_type, references

POLICIES = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy")
LOGGING_STAGES = ("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage")


def comes_after(resources: Resources, name: str) -> set[str]:
    """All that is made before `name`, by reference or by word."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = resources[waiting.pop()]
        told = one.get("DependsOn", [])
        asked = {told} if isinstance(told, str) else set(told)
        asked |= {used for used, _ in references(one.get("Properties", {}))}
        fresh = {used for used in asked if used in resources} - found
        found |= fresh
        waiting += fresh
    return found


def made_before_it_may(resources: Resources) -> list[str]:
    """What uses a role, itself or by something that it waits for, and not the role's rights."""
    rights: dict[str, set[str]] = {}
    for name, policy in of_type(resources, *POLICIES):
        for role in policy["Properties"].get("Roles", ()):
            rights.setdefault(role.get("Ref", ""), set()).add(name)
    early = []
    for name, one in resources.items():
        before = comes_after(resources, name)
        wanted = {policy for role in before for policy in rights.get(role, ())}
        early += [
            f"{name} before {policy}"
            for policy in sorted(wanted - before - {name})
            if one["Type"] not in POLICIES
        ]
    return early


def logs_before_it_may(resources: Resources) -> list[str]:
    """Stages that write an error log, which AWS refuses until the account has a role for it."""
    return [
        name
        for name, one in of_type(resources, *LOGGING_STAGES)
        if '"LoggingLevel"' in str(one).replace("'", '"')
        and not any(
            resources[before]["Type"] == "AWS::ApiGateway::Account"
            for before in comes_after(resources, name)
        )
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_of_ours_is_made_before_its_role_may_do_what_is_tried(stage: str) -> None:
    for template in watched(STAGES[stage]):
        assert made_before_it_may(template["Resources"]) == []


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_of_an_api_comes_before_its_account_may_write_logs(stage: str) -> None:
    stages = [
        name for one in watched(STAGES[stage]) for name in logs_before_it_may(one["Resources"])
    ]
    assert stages == []


def test_what_comes_too_early_is_found() -> None:
    [template] = [one for one in watched(STAGES["dev"]) if "ChatStage" in one["Resources"]]
    resources: Resources = copy.deepcopy(template["Resources"])
    assert not made_before_it_may(resources)
    del resources["ChatEdge"]["DependsOn"]
    assert "ChatEdge before ChatEdgeRolePolicy" in made_before_it_may(resources)
    del resources["ChatStage"]["DependsOn"]
    assert logs_before_it_may(resources) == ["ChatStage"]


def test_in_the_stacks_too_rights_come_first(templates: dict[str, Json]) -> None:
    for template in templates.values():
        assert made_before_it_may(template["Resources"]) == []


def test_trail_and_recorder_find_the_bucket_open_to_them(templates: dict[str, Json]) -> None:
    resources: Resources = templates["security"]["Resources"]
    for kind in ("AWS::CloudTrail::Trail", "AWS::Config::DeliveryChannel"):
        [(name, _)] = of_type(resources, kind)
        before = comes_after(resources, name)
        assert any(resources[one]["Type"] == "AWS::S3::BucketPolicy" for one in before)
