"""What talks and works: the bot, its functions, their topics and schedules, made anew at will."""

from __future__ import annotations

from typing import Any

from infra.aws.app import include
from infra.aws.event_bus import event_bus_resources
from infra.aws.fulfillment_alias import alias_of_fulfillment
from infra.aws.functions import with_own_bundles
from infra.aws.hardening import hardened
from infra.aws.lex_bot import (
    KILL_SWITCHES,
    READS_SWITCHES,
    SWITCHES_SOURCE,
    bot_resources,
)
from infra.aws.lifetimes import cut
from infra.aws.stages import Stage
from infra.aws.template import Json, of_type, read_template

NAME = "assistant"


def add_to(stack: Any, stage: Stage) -> None:
    """The assistant stack."""
    from infra.aws.stacks.keys import exported

    template = assistant_template(stage)
    core = include(stack, "Core", template, {
        "FeatureFlags": SWITCHES_SOURCE, "LogLevel": "INFO",
    })  # fmt: skip
    exported(stack, "Bot", None, core.get_resource("Bot").attr_id)
    exported(stack, "BotAlias", None, core.get_resource("BotAlias").attr_bot_alias_id)
    exported(stack, "BotAlias", "Arn", core.get_resource("BotAlias").attr_arn)
    exported(stack, "ChannelClient", None, core.get_resource("ChannelClient").ref)
    for name in ("Switches", "SwitchesLive", "SwitchesProfile", "SwitchesAtOnce"):
        exported(stack, name, None, core.get_resource(name).ref)
    for name in ("ChatDoorbell", "ChatInbox"):
        exported(stack, name, "Arn", core.get_resource(name).attr_arn)
    for name, one in of_type(template["Resources"], "AWS::SNS::Topic"):
        exported(stack, name, None, core.get_resource(name).ref)
        del one


def assistant_template(stage: Stage) -> Json:
    """All of the stack as a template, before CDK takes it in."""
    _, template = cut(read_template())
    resources = with_own_bundles(template["Resources"])
    role = resources["FulfillmentRole"]["Properties"]
    role["Policies"][0]["PolicyDocument"]["Statement"].append(READS_SWITCHES)
    resources |= event_bus_resources(stage) | bot_resources(stage) | KILL_SWITCHES
    made = hardened(resources, stage)
    alias = alias_of_fulfillment(stage, made["Fulfillment"]["Properties"])
    return {**template, "Resources": made | hardened(alias, stage)}
