"""The REST API in front of the chat's edge function, as a template has it."""

from __future__ import annotations

import hashlib
import json

from infra.aws.functions import assumed_by
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources

ROUTES = ("sign-in", "sign-out", "sessions", "messages")
"""Paths under /chat, each with POST alone, as the local channel has them."""
_WITH_BODY = {
    "sign-in": (
        "SignIn",
        {"anonymous": {"type": "boolean"}, "customer": {"type": "string", "maxLength": 64}},
        [],
    ),
    "messages": (
        "Utterance",
        {"text": {"type": "string", "minLength": 1, "maxLength": 1024}},
        ["text"],
    ),
}
_INTEGRATION = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
    "${ChatEdge.Arn}/invocations"
)
_LOG_LINE = {
    "requestId": "$context.requestId",
    "ip": "$context.identity.sourceIp",
    "method": "$context.httpMethod",
    "path": "$context.resourcePath",
    "status": "$context.status",
    "latency": "$context.responseLatency",
    "waf": "$context.wafResponseCode",
    "trace": "$context.xrayTraceId",
}


def rest_api(stage: Stage) -> Resources:
    """The API, its models, one stage, its throttles and the plan of each channel's key."""
    made: Resources = {
        "Chat": {
            "Type": "AWS::ApiGateway::RestApi",
            "Properties": {
                "Name": "teller-chat",
                "Description": "The chat of the bank's customers.",
                "EndpointConfiguration": {"Types": ["REGIONAL"]},
            },
        },
        "ChatPath": _path("chat", {"Fn::GetAtt": ["Chat", "RootResourceId"]}),
        "ChatChecks": {
            "Type": "AWS::ApiGateway::RequestValidator",
            "Properties": {
                "RestApiId": {"Ref": "Chat"},
                "Name": "body-and-parameters",
                "ValidateRequestBody": True,
                "ValidateRequestParameters": True,
            },
        },
        "ChatLogs": {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {"LogGroupName": "/aws/apigateway/teller-chat"},
        },
        "ChatMayBeRun": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": "ChatEdge"},
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": {
                    "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:"
                    "${AWS::AccountId}:${Chat}/live/POST/chat/*"
                },
            },
        },
    }
    for route in ROUTES:
        made |= _route(route)
    methods = sorted(name for name in made if name.endswith("Post"))
    # A deployment is a picture: it has to be taken anew when what it shows changed.
    picture = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:12]
    deployment = f"ChatDeployment{picture}"
    made[deployment] = {
        "Type": "AWS::ApiGateway::Deployment",
        "DependsOn": methods,
        "Properties": {"RestApiId": {"Ref": "Chat"}},
    }
    made |= API_LOGS
    made["ChatStage"] = _stage(deployment, stage)
    made["ChatPlan"] = _plan(stage)
    return made


API_LOGS: Resources = {
    "ApiLogs": {
        "Type": "AWS::ApiGateway::Account",
        "DependsOn": ["ApiLogsRolePolicy"],
        "Properties": {"CloudWatchRoleArn": {"Fn::GetAtt": ["ApiLogsRole", "Arn"]}},
    },
    "ApiLogsRole": {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": assumed_by("apigateway.amazonaws.com"),
            "Policies": [
                {
                    "PolicyName": "teller-api-logs",
                    "PolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Sid": "TheGroupsOfTheApis",
                                "Effect": "Allow",
                                "Action": ["logs:CreateLogGroup", "logs:CreateLogStream",
                                           "logs:DescribeLogGroups", "logs:DescribeLogStreams",
                                           "logs:FilterLogEvents", "logs:GetLogEvents",
                                           "logs:PutLogEvents"],
                                # API Gateway refuses a role that may not do it everywhere.
                                "Resource": "*",
                            }
                        ],
                    },
                }
            ],
        },
    },
}  # fmt: skip
"""By which API Gateway writes logs in this account and region: without it no stage that logs is made."""


def _route(route: str) -> Resources:
    name = "".join(word.title() for word in route.split("-"))
    method: Json = {
        "Type": "AWS::ApiGateway::Method",
        "Properties": {
            "RestApiId": {"Ref": "Chat"},
            "ResourceId": {"Ref": f"Chat{name}"},
            "HttpMethod": "POST",
            "AuthorizationType": "NONE",
            "RequestValidatorId": {"Ref": "ChatChecks"},
            "Integration": {
                "Type": "AWS_PROXY",
                "IntegrationHttpMethod": "POST",
                "TimeoutInMillis": 29_000,
                "Uri": {"Fn::Sub": _INTEGRATION},
            },
        },
    }
    made = {f"Chat{name}": _path(route, {"Ref": "ChatPath"}), f"Chat{name}Post": method}
    if route in _WITH_BODY:
        model, properties, required = _WITH_BODY[route]
        method["Properties"]["RequestModels"] = {"application/json": {"Ref": f"{model}Model"}}
        made[f"{model}Model"] = {
            "Type": "AWS::ApiGateway::Model",
            "Properties": {
                "RestApiId": {"Ref": "Chat"},
                "Name": model,
                "ContentType": "application/json",
                "Schema": {
                    "$schema": "http://json-schema.org/draft-04/schema#",
                    "type": "object",
                    "properties": properties,
                    "required": required,
                },
            },
        }
        if not required:
            del made[f"{model}Model"]["Properties"]["Schema"]["required"]
    return made


def _path(part: str, parent: Json) -> Json:
    return {
        "Type": "AWS::ApiGateway::Resource",
        "Properties": {"RestApiId": {"Ref": "Chat"}, "ParentId": parent, "PathPart": part},
    }


def _stage(deployment: str, stage: Stage) -> Json:
    return {
        "Type": "AWS::ApiGateway::Stage",
        "DependsOn": ["ApiLogs"],
        "Properties": {
            "RestApiId": {"Ref": "Chat"},
            "DeploymentId": {"Ref": deployment},
            "StageName": "live",
            "TracingEnabled": True,
            "AccessLogSetting": {
                "DestinationArn": {"Fn::GetAtt": ["ChatLogs", "Arn"]},
                "Format": json.dumps(_LOG_LINE),
            },
            "MethodSettings": [
                {
                    "HttpMethod": "*",
                    "ResourcePath": "/*",
                    # Errors alone, and never a body: what a customer writes is in no log.
                    "LoggingLevel": "ERROR",
                    "DataTraceEnabled": False,
                    "MetricsEnabled": True,
                    # Every route answers one customer: a kept answer would be shown to another.
                    "CachingEnabled": False,
                    "ThrottlingRateLimit": stage.rate,
                    "ThrottlingBurstLimit": stage.burst,
                }
            ],
        },
    }


def _plan(stage: Stage) -> Json:
    return {
        "Type": "AWS::ApiGateway::UsagePlan",
        "Properties": {
            "UsagePlanName": "teller-channels",
            "Description": "What one channel may ask of the API.",
            "ApiStages": [{"ApiId": {"Ref": "Chat"}, "Stage": {"Ref": "ChatStage"}}],
            "Throttle": {"RateLimit": stage.rate, "BurstLimit": stage.burst},
            "Quota": {"Limit": stage.rate * 86_400, "Period": "DAY"},
        },
    }
