"""The API that customers reach: WAF in front, throttled, checked, and logged without bodies."""

from __future__ import annotations

from typing import Any

from infra.aws.app import include
from infra.aws.functions import Function
from infra.aws.hardening import hardened
from infra.aws.rest_api import rest_api
from infra.aws.spending import STOPPED
from infra.aws.stages import Stage
from infra.aws.template import Json
from infra.aws.websocket_api import (
    MAY_SPEAK,
    SPEAKS,
    chat_table,
    may_use_chat_table,
    websocket_api,
)

NAME = "channels"
_MANAGED = (
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesAmazonIpReputationList",
)
PER_ADDRESS = 600
"""Requests of one address in five minutes; a chat at full speed makes 60."""
LARGEST_BODY = 8_192
"""Bytes; a turn has 1,024 characters at most."""


def add_to(stack: Any, stage: Stage) -> None:
    """The channels stack."""
    from aws_cdk import Aws, aws_wafv2

    from infra.aws.stacks.keys import exported

    api = include(stack, "Api", channels_template(stage), {})
    for name in STOPPED:
        exported(stack, name, None, api.get_resource(name).ref)
    firewall = aws_wafv2.CfnWebACL(
        stack,
        "Firewall",
        name="teller",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config=_seen("teller"),
        rules=[*_managed_rules(), _rate_rule(len(_MANAGED)), _size_rule(len(_MANAGED) + 1)],
    )
    association = aws_wafv2.CfnWebACLAssociation(
        stack,
        "FirewallInFront",
        web_acl_arn=firewall.attr_arn,
        resource_arn=f"arn:{Aws.PARTITION}:apigateway:{Aws.REGION}::/restapis/"
        f"{stack.node.find_child('Api').get_resource('Chat').ref}/stages/live",
    )
    association.node.add_dependency(stack.node.find_child("Api").get_resource("ChatStage"))
    aws_wafv2.CfnLoggingConfiguration(
        stack,
        "FirewallLogs",
        resource_arn=firewall.attr_arn,
        log_destination_configs=[
            stack.node.find_child("Api").get_resource("FirewallLogGroup").attr_arn
        ],
        # Who is signed in is nobody's business that reads a firewall's log.
        redacted_fields=[{"singleHeader": {"Name": "authorization"}}],
    )


def channels_template(stage: Stage) -> Json:
    """The functions at the edge and the APIs in front of them."""
    edge = Function(
        "ChatEdge",
        "bot.channels.on_lambda.handler",
        "Speaks with Lex for a customer, over HTTP.",
        [*MAY_SPEAK, may_use_chat_table("GetItem", "PutItem", "UpdateItem")],
        {**SPEAKS, "CHAT_TABLE": {"Ref": "ChatTable"}},
        memory=1024,
        timeout=29,
    )
    resources = {**edge.resources(), **rest_api(stage), **websocket_api(stage)}
    resources["FirewallLogGroup"] = {
        "Type": "AWS::Logs::LogGroup",
        # WAF writes to groups of this prefix alone.
        "Properties": {"LogGroupName": "aws-waf-logs-teller"},
    }
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Resources": hardened(resources, stage) | chat_table(),
        "Outputs": {
            "ChatUrl": {
                "Value": {
                    "Fn::Sub": "https://${Chat}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live"
                }
            },
            "StreamUrl": {
                "Value": {
                    "Fn::Sub": "wss://${Stream}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live"
                }
            },
        },
    }


def _managed_rules() -> list[Any]:
    return [
        {
            "name": name,
            "priority": number,
            "overrideAction": {"none": {}},
            "statement": {"managedRuleGroupStatement": {"vendorName": "AWS", "name": name}},
            "visibilityConfig": _seen(name),
        }
        for number, name in enumerate(_MANAGED)
    ]


def _rate_rule(priority: int) -> Any:
    return {
        "name": "one-address",
        "priority": priority,
        "action": {"block": {"customResponse": {"responseCode": 429}}},
        "statement": {"rateBasedStatement": {"limit": PER_ADDRESS, "aggregateKeyType": "IP"}},
        "visibilityConfig": _seen("one-address"),
    }


def _size_rule(priority: int) -> Any:
    return {
        "name": "body-size",
        "priority": priority,
        "action": {"block": {}},
        "statement": {
            "sizeConstraintStatement": {
                "fieldToMatch": {"body": {"oversizeHandling": "MATCH"}},
                "comparisonOperator": "GT",
                "size": LARGEST_BODY,
                "textTransformations": [{"priority": 0, "type": "NONE"}],
            }
        },
        "visibilityConfig": _seen("body-size"),
    }


def _seen(name: str) -> Any:
    return {
        "cloudWatchMetricsEnabled": True,
        "metricName": name,
        "sampledRequestsEnabled": False,
    }
