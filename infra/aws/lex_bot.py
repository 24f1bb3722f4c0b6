"""The bot on Lex: made from the import zip of `lex_definitions`, versioned by its content.

A version's logical id has the definition's hash in it. So CloudFormation makes a new version when,
and only when, the definition changed, keeps the old ones, and turns the alias to the new one;
to roll back is to deploy the definition that was.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from bot.definition import BotDefinition, load
from bot.definition.packaging import importable
from bot.definition.reading import read_export
from bot.definition.writing import zip_of
from infra.aws.functions import CODE_BUCKET, assumed_by
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources, imported

DEFINITIONS = Path(__file__).resolve().parents[2] / "lex_definitions"
ALIAS = "live"


@cache
def archive() -> bytes:
    """The zip that Lex imports: the same definition, the same bytes."""
    return zip_of(importable(read_export(DEFINITIONS)).files)


def digest_of(content: bytes) -> str:
    """What a definition is known by: 16 hexadecimal digits of its zip's SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]


def archive_key(content: bytes) -> str:
    """The zip's key in the bucket for code."""
    return f"bots/teller-{digest_of(content)}.zip"


def bot_resources(stage: Stage) -> Resources:
    """The bot, its version, the alias that customers reach, and who may run its code hook."""
    content = archive()
    bot = load(DEFINITIONS)
    version = f"BotVersion{digest_of(content)}"
    return {
        "BotRole": _role(),
        "BotRolePolicy": _role_policy(),
        "BotLogs": {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {"LogGroupName": "/aws/lex/teller"},
        },
        "Bot": _bot(bot, archive_key(content), stage),
        version: _version(bot),
        "BotAlias": _alias(bot, version),
        "LexMayRunFulfillment": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": "FulfillmentLive"},
                "Principal": "lexv2.amazonaws.com",
                "SourceAccount": {"Ref": "AWS::AccountId"},
                "SourceArn": {"Fn::GetAtt": ["BotAlias", "Arn"]},
            },
        },
    }


def _bot(bot: BotDefinition, key: str, stage: Stage) -> Json:
    return {
        "Type": "AWS::Lex::Bot",
        "DependsOn": ["BotRolePolicy"],
        "DeletionPolicy": stage.removal,
        "UpdateReplacePolicy": stage.removal,
        "Properties": {
            "Name": bot.name,
            "Description": str(bot.raw.get("description", "")),
            "RoleArn": {"Fn::GetAtt": ["BotRole", "Arn"]},
            "DataPrivacy": {"ChildDirected": bool(bot.raw["dataPrivacy"]["childDirected"])},
            "IdleSessionTTLInSeconds": bot.raw["idleSessionTTLInSeconds"],
            "AutoBuildBotLocales": True,
            "BotFileS3Location": {"S3Bucket": CODE_BUCKET, "S3ObjectKey": key},
        },
    }


def _version(bot: BotDefinition) -> Json:
    return {
        "Type": "AWS::Lex::BotVersion",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "BotId": {"Ref": "Bot"},
            "BotVersionLocaleSpecification": [
                {"LocaleId": locale, "BotVersionLocaleDetails": {"SourceBotVersion": "DRAFT"}}
                for locale in bot.locales
            ],
        },
    }


def _alias(bot: BotDefinition, version: str) -> Json:
    hook = {
        "CodeHookSpecification": {
            "LambdaCodeHook": {
                "CodeHookInterfaceVersion": "1.0",
                "LambdaArn": {"Ref": "FulfillmentLive"},
            }
        },
        "Enabled": True,
    }
    return {
        "Type": "AWS::Lex::BotAlias",
        "Properties": {
            "BotId": {"Ref": "Bot"},
            "BotAliasName": ALIAS,
            "BotVersion": {"Fn::GetAtt": [version, "BotVersion"]},
            "BotAliasLocaleSettings": [
                {"LocaleId": locale, "BotAliasLocaleSetting": hook} for locale in bot.locales
            ],
            "ConversationLogSettings": {
                "TextLogSettings": [
                    {
                        "Enabled": True,
                        "Destination": {
                            "CloudWatch": {
                                "CloudWatchLogGroupArn": {"Fn::GetAtt": ["BotLogs", "Arn"]},
                                "LogPrefix": "teller/",
                            }
                        },
                    }
                ]
            },
            "SentimentAnalysisSettings": {"DetectSentiment": False},
        },
    }


def _role() -> Json:
    trust = assumed_by("lexv2.amazonaws.com")
    trust["Statement"][0]["Condition"] = {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}}


def _role_policy() -> Json:
    statement: dict[str, Any] = {
        "Sid": "ItsConversationLogs",
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": {"Fn::GetAtt": ["BotLogs", "Arn"]},
    }
    return {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {
            "Description": "All that BotRole may do.",
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]},
            "Roles": [{"Ref": "BotRole"}],
        },
    }


KILL_SWITCHES: Resources = {
    "Switches": {
        "Type": "AWS::AppConfig::Application",
        "Properties": {"Name": "teller", "Description": "Which intents may be used now."},
    },
    "SwitchesLive": {
        "Type": "AWS::AppConfig::Environment",
        "Properties": {"ApplicationId": {"Ref": "Switches"}, "Name": ALIAS},
    },
    "SwitchesProfile": {
        "Type": "AWS::AppConfig::ConfigurationProfile",
        "Properties": {
            "ApplicationId": {"Ref": "Switches"},
            "Name": "intents",
            "LocationUri": "hosted",
            "KmsKeyIdentifier": imported("OperationsKey", "Arn"),
        },
    },
    "SwitchesAllOn": {
        "Type": "AWS::AppConfig::HostedConfigurationVersion",
        "Properties": {
            "ApplicationId": {"Ref": "Switches"},
            "ConfigurationProfileId": {"Ref": "SwitchesProfile"},
            "ContentType": "application/json",
            "Content": "{}",
        },
    },
    "SwitchesAtOnce": {
        "Type": "AWS::AppConfig::DeploymentStrategy",
        "Properties": {
            "Name": "teller-at-once",
            "Description": "A kill switch that takes its time is none.",
            "DeploymentDurationInMinutes": 0,
            "FinalBakeTimeInMinutes": 0,
            "GrowthFactor": 100,
            "ReplicateTo": "NONE",
        },
    },
    "SwitchesDeployed": {
        "Type": "AWS::AppConfig::Deployment",
        "Properties": {
            "ApplicationId": {"Ref": "Switches"},
            "EnvironmentId": {"Ref": "SwitchesLive"},
            "ConfigurationProfileId": {"Ref": "SwitchesProfile"},
            "ConfigurationVersion": {"Ref": "SwitchesAllOn"},
            "DeploymentStrategyId": {"Ref": "SwitchesAtOnce"},
            "KmsKeyIdentifier": imported("OperationsKey", "Arn"),
        },
    },
}
"""The kill switches as Lex's alias finds them: `appconfig:teller/live/intents`."""
SWITCHES_SOURCE = f"appconfig:teller/{ALIAS}/intents"
READS_SWITCHES: Json = {
    "Sid": "TheKillSwitches",
    "Effect": "Allow",
    "Action": ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"],
    "Resource": {
        "Fn::Sub": "arn:${AWS::Partition}:appconfig:${AWS::Region}:${AWS::AccountId}:"
        "application/${Switches}/environment/${SwitchesLive}/configuration/${SwitchesProfile}"
    },
}
