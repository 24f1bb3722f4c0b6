"""The WebSocket API of the stream, its function, and the table that both edges share."""

from __future__ import annotations

import hashlib
import json

from infra.aws.functions import Function
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources, imported

ROUTES = ("$connect", "$disconnect", "$default")
SPEAKS: Json = {
    "BOT_ID": imported("Bot"),
    "BOT_ALIAS_ID": imported("BotAlias"),
    "SESSION_TOKEN_SECRET": imported("SessionTokenKey"),
    "USER_POOL_ID": imported("Customers"),
    "USER_POOL_CLIENT_ID": imported("ChannelClient"),
    "STATEMENT_BUCKET": imported("Statements"),
}
"""What a function has to know that speaks with Lex for a customer."""
MAY_SPEAK: tuple[Json, ...] = (
    {
        "Sid": "ItsBot",
        "Effect": "Allow",
        "Action": ["lex:DeleteSession", "lex:GetSession", "lex:RecognizeText"],
        "Resource": imported("BotAlias", "Arn"),
    },
    {
        "Sid": "TheSessionTokenKey",
        "Effect": "Allow",
        "Action": "secretsmanager:GetSecretValue",
        "Resource": imported("SessionTokenKey"),
    },
)
_API = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Stream}/live"
_INTEGRATION = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
    "${ChatStream.Arn}/invocations"
)
_LOG_LINE = {
    "requestId": "$context.requestId",
    "ip": "$context.identity.sourceIp",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency": "$context.integrationLatency",
    "connectedAt": "$context.connectedAt",
}


def may_use_chat_table(*actions: str) -> Json:
    """The statement that lets a function do so much with the table."""
    return {
        "Sid": "OpenChats",
        "Effect": "Allow",
        "Action": [f"dynamodb:{action}" for action in actions],
        "Resource": {"Fn::GetAtt": ["ChatTable", "Arn"]},
    }


def chat_table() -> Resources:
    """Connections, lines and counts: nothing in it outlives its session by more than minutes."""
    return {
        "ChatTable": {
            "Type": "AWS::DynamoDB::Table",
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
            "Properties": {
                "TableName": "teller-chat",
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [
                    {"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK")
                ],
                "KeySchema": [
                    {"AttributeName": "PK", "KeyType": "HASH"},
                    {"AttributeName": "SK", "KeyType": "RANGE"},
                ],
                "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True},
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
                "SSESpecification": {
                    "SSEEnabled": True,
                    "SSEType": "KMS",
                    "KMSMasterKeyId": imported("LedgerKey", "Arn"),
                },
            },
        }
    }


def websocket_api(stage: Stage) -> Resources:
    """The API, its routes to one function, one stage, and the doorbell's queue behind it."""
    routes: Resources = {f"Stream{_word(key)}Route": _route(key) for key in ROUTES}
    fixed: Resources = {
        "Stream": {
            "Type": "AWS::ApiGatewayV2::Api",
            "Properties": {
                "Name": "teller-stream",
                "Description": "The chat of the bank's customers, as a stream.",
                "ProtocolType": "WEBSOCKET",
                "RouteSelectionExpression": "$request.body.type",
            },
        },
        "StreamIntegration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": "Stream"},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": {"Fn::Sub": _INTEGRATION},
                "TimeoutInMillis": 29_000,
            },
        },
        **routes,
    }
    # A deployment is a picture: it has to be taken anew when what it shows changed.
    picture = hashlib.sha256(json.dumps(fixed, sort_keys=True).encode()).hexdigest()[:12]
    deployment = f"StreamDeployment{picture}"
    return {
        **_function().resources(),
        **fixed,
        deployment: {
            "Type": "AWS::ApiGatewayV2::Deployment",
            "DependsOn": sorted(routes),
            "Properties": {"ApiId": {"Ref": "Stream"}},
        },
        "StreamLogs": {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {"LogGroupName": "/aws/apigateway/teller-stream"},
        },
        "StreamStage": _stage(deployment, stage),
        "StreamMayBeRun": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": "ChatStream"},
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": {"Fn::Sub": f"{_API}/*"},
            },
        },
        "StreamHearsTheBell": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "DependsOn": ["ChatStreamRole"],
            "Properties": {
                "EventSourceArn": imported("ChatDoorbell", "Arn"),
                "FunctionName": {"Ref": "ChatStream"},
                "BatchSize": 10,
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
                "ScalingConfig": {"MaximumConcurrency": 5},
            },
        },
    }


def _function() -> Function:
    return Function(
        "ChatStream",
        "bot.channels.stream.on_lambda.handler",
        "Speaks with Lex for a customer on an open chat, and pushes what the bank says.",
        [
            *MAY_SPEAK,
            may_use_chat_table("DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
            {
                "Sid": "WhatTheBankSays",
                "Effect": "Allow",
                "Action": "lambda:InvokeFunction",
                "Resource": imported("ChatInbox", "Arn"),
            },
            {
                "Sid": "OpenConnections",
                "Effect": "Allow",
                "Action": "execute-api:ManageConnections",
                "Resource": [
                    {"Fn::Sub": f"{_API}/{method}/@connections/*"} for method in ("POST", "DELETE")
                ],
            },
            {
                "Sid": "TheDoorbell",
                "Effect": "Allow",
                "Action": [
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ],
                "Resource": imported("ChatDoorbell", "Arn"),
            },
        ],
        {
            **SPEAKS,
            "CHAT_TABLE": {"Ref": "ChatTable"},
            "CHAT_INBOX": imported("ChatInbox", "Arn"),
            "CALLBACK_URL": {
                "Fn::Sub": "https://${Stream}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live"
            },
        },
        memory=1024,
        timeout=29,
    )


def _word(route: str) -> str:
    return route.removeprefix("$").title()


def _route(key: str) -> Json:
    return {
        "Type": "AWS::ApiGatewayV2::Route",
        "Properties": {
            "ApiId": {"Ref": "Stream"},
            "RouteKey": key,
            "AuthorizationType": "NONE",
            "Target": {"Fn::Sub": "integrations/${StreamIntegration}"},
        },
    }


def _stage(deployment: str, stage: Stage) -> Json:
    return {
        "Type": "AWS::ApiGatewayV2::Stage",
        "DependsOn": ["ApiLogs"],
        "Properties": {
            "ApiId": {"Ref": "Stream"},
            "DeploymentId": {"Ref": deployment},
            "StageName": "live",
            "AccessLogSettings": {
                "DestinationArn": {"Fn::GetAtt": ["StreamLogs", "Arn"]},
                "Format": json.dumps(_LOG_LINE),
            },
            "DefaultRouteSettings": {
                # Errors alone, and never a frame: what a customer writes is in no log.
                "LoggingLevel": "ERROR",
                "DataTraceEnabled": False,
                "DetailedMetricsEnabled": True,
                "ThrottlingRateLimit": stage.rate,
                "ThrottlingBurstLimit": stage.burst,
            },
        },
    }
