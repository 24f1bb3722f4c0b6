"""Findings by type, whole: threats of GuardDuty, drift of Config, controls of Security Hub."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto.dynamodb.models import dynamodb_backends

from fulfillment.handlers import (
    repair_encryption,
    repair_exposure,
    repair_identity,
    repair_storage,
    repair_tables,
    table_rule,
)
from fulfillment.remediation import serving
from fulfillment.remediation.repair import undone
from tests.integration.functions.answering import answer, answer_unsent
from tests.integration.functions.conftest import ACCOUNT, REGION
from tests.integration.functions.test_repair_functions import (
    EVIDENCE,
    TABLE,
    bank,
    client,
    evidence,
    notes,
    shared,
)
from tests.integration.remediation.test_repairs import AT, KEY, asff, threat

__all__ = ["bank"]
TRUST = {"Version": "2012-10-17", "Statement": []}


@pytest.fixture(autouse=True)
def may_repair(bank: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of these tests has not the prefix that its stack gives it."""
    del bank
    monkeypatch.setenv("MAY_REPAIR", "teller,/aws/lambda/teller-")


def drifted(kind: str, name: str, compliance: str = "NON_COMPLIANT") -> dict[str, Any]:
    """An event of Config, as EventBridge brings it."""
    return {
        "source": "aws.config", "detail-type": "Config Rules Compliance Change", "time": AT,
        "account": ACCOUNT, "region": REGION,
        "detail": {
            "configRuleName": "teller-ledger-is-kept", "awsAccountId": ACCOUNT,
            "awsRegion": REGION, "messageType": "ComplianceChangeNotification",
            "resourceType": kind, "resourceId": name,
            "newEvaluationResult": {"complianceType": compliance},
        },
    }  # fmt: skip


def a_table_takes_keys() -> None:
    """moto drops the key of a table that is changed; here it keeps it."""

    def keep(params: dict[str, Any], **_more: Any) -> None:
        asked = json.loads(params["body"])
        if "SSESpecification" in asked:
            table = dynamodb_backends[ACCOUNT][REGION].tables[asked["TableName"]]
            table.sse_specification = asked["SSESpecification"]

    serving.client_of("dynamodb").meta.events.register("before-call.dynamodb.UpdateTable", keep)


def undo_all() -> None:
    for name in reversed(evidence()):
        if "/done-" in name:
            found = client("s3").get_object(Bucket=EVIDENCE, Key=name)["Body"].read()
            undone(json.loads(found)["undo"], serving.client_of)


def a_function(name: str) -> Any:
    """A function on moto, and the client that a repair has."""
    role = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    lambdas = serving.client_of("lambda")
    lambdas.create_function(
        FunctionName=name, Role=role["Role"]["Arn"], Runtime="python3.13", Handler="x.y",
        Code={"ZipFile": b"PK\x05\x06" + b"\x00" * 18},
    )  # fmt: skip
    return lambdas


def bucket_threat(user: str) -> dict[str, Any]:
    return threat(
        "Exfiltration:S3/AnomalousBehavior",
        {
            "resourceType": "S3Bucket",
            "accessKeyDetails": {"accessKeyId": "AKIAEXAMPLE", "principalId": "AIDA",
                                 "userName": user, "userType": "IAMUser"},
            "s3BucketDetails": [{"arn": "arn:aws:s3:::teller-exports", "name": "teller-exports",
                                 "type": "Destination", "owner": {"id": "x"}}],
        },
    )  # fmt: skip


def test_a_bucket_that_is_emptied_is_closed_and_who_empties_it_is_shut_out() -> None:
    iam, s3 = client("iam"), client("s3")
    s3.create_bucket(Bucket="teller-exports")
    iam.create_user(UserName="mallory")
    iam.create_access_key(UserName="mallory")
    notes()
    event = bucket_threat("mallory")
    assert repair_storage.handler(event, None) == {"done": 2}
    assert repair_identity.handler(event, None)["done"] == 2
    blocks = s3.get_public_access_block(Bucket="teller-exports")["PublicAccessBlockConfiguration"]
    assert all(blocks.values())
    [key] = iam.list_access_keys(UserName="mallory")["AccessKeyMetadata"]
    assert key["Status"] == "Inactive"


def test_who_has_no_name_reached_a_bucket_and_the_bucket_alone_is_closed() -> None:
    client("s3").create_bucket(Bucket="teller-exports")
    notes()
    event = bucket_threat("")
    assert repair_storage.handler(event, None) == {"done": 2}
    assert repair_identity.handler(event, None) == {}


@pytest.mark.parametrize(
    "what",
    ["CredentialAccess:IAMUser/AnomalousBehavior", "Discovery:IAMUser/AnomalousBehavior",
     "Persistence:IAMUser/AnomalousBehavior", "PrivilegeEscalation:IAMUser/AnomalousBehavior",
     "Stealth:IAMUser/CloudTrailLoggingDisabled", "UnauthorizedAccess:IAMUser/TorIPCaller"],
)  # fmt: skip
def test_a_user_who_behaves_as_nobody_did_is_shut_out_by_whatever_it_was_seen(what: str) -> None:
    client("iam").create_user(UserName="mallory")
    notes()
    resource = {"resourceType": "AccessKey", "accessKeyDetails": {
        "accessKeyId": "AKIAEXAMPLE", "userName": "mallory", "userType": "IAMUser"}}  # fmt: skip
    assert repair_identity.handler(threat(what, resource), None)["done"] == 1
    assert client("iam").list_user_policies(UserName="mallory")["PolicyNames"]


def lambda_threat(name: str) -> dict[str, Any]:
    return threat(
        "Backdoor:Lambda/C&CActivity.B",
        {
            "resourceType": "Lambda",
            "lambdaDetails": {
                "functionArn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}",
                "functionName": name, "functionVersion": "$LATEST", "role": "r", "tags": [],
            },
        },
    )  # fmt: skip


def test_a_function_that_talks_to_a_stranger_stops_until_it_is_let_go_on() -> None:
    lambdas = a_function("teller-desk")
    lambdas.put_function_concurrency(FunctionName="teller-desk", ReservedConcurrentExecutions=10)
    notes()
    assert repair_exposure.handler(lambda_threat("teller-desk"), None) == {"done": 1}
    assert repair_exposure.handler(lambda_threat("teller-desk"), None) == {"well": 1}
    asked = lambdas.get_function_concurrency
    assert asked(FunctionName="teller-desk")["ReservedConcurrentExecutions"] == 0
    undo_all()
    assert asked(FunctionName="teller-desk")["ReservedConcurrentExecutions"] == 10


@pytest.mark.parametrize("name", ["teller-fulfillment", "teller-chat-edge", "teller-repair-audit"])
def test_what_customers_wait_for_is_stopped_by_a_person_alone(name: str) -> None:
    lambdas = a_function(name)
    notes()
    assert repair_exposure.handler(lambda_threat(name), None) == {"refused": 1}
    assert "ReservedConcurrentExecutions" not in lambdas.get_function_concurrency(FunctionName=name)


def permissions(lambdas: Any, name: str) -> list[str]:
    policy = json.loads(lambdas.get_policy(FunctionName=name)["Policy"])
    return [one["Sid"] for one in policy["Statement"]]


def test_a_function_that_anybody_may_run_is_run_by_nobody_who_was_not_named() -> None:
    lambdas = a_function("teller-desk")
    for who, name in (("*", "anybody"), ("events.amazonaws.com", "the-bus")):
        lambdas.add_permission(FunctionName="teller-desk", StatementId=name, Principal=who,
                               Action="lambda:InvokeFunction")  # fmt: skip
    told = notes()
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:teller-desk"
    assert repair_exposure.handler(asff("AwsLambdaFunction", arn, "Lambda.1"), None)["done"] == 1
    assert permissions(lambdas, "teller-desk") == ["the-bus"]
    assert told[0]["Workflow"] == {"Status": "RESOLVED"}
    undo_all()
    assert (
        len(json.loads(lambdas.get_policy(FunctionName="teller-desk")["Policy"])["Statement"]) == 2
    )


def test_a_table_that_lost_its_recovery_its_protection_and_its_key_gets_them_back() -> None:
    told = notes()
    a_table_takes_keys()
    event = drifted("AWS::DynamoDB::Table", TABLE)
    assert repair_tables.handler(event, None) == {"done": 3}
    assert repair_tables.handler(event, None) == {"well": 3}
    arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"
    assert repair_tables.handler(asff("AwsDynamoDbTable", arn, "DynamoDB.2"), None) == {"well": 3}
    assert told[0]["Workflow"] == {"Status": "RESOLVED"}
    found = client("dynamodb").describe_table(TableName=TABLE)["Table"]
    assert found["DeletionProtectionEnabled"] is True
    assert found["SSEDescription"]["KMSMasterKeyArn"] == KEY


@pytest.mark.parametrize("name", ["teller-chat", "somebody-elses"])
def test_a_table_that_is_not_the_ledgers_is_let_be(name: str) -> None:
    notes()
    assert "done" not in repair_tables.handler(drifted("AWS::DynamoDB::Table", name), None)


def asked_of_config(kind: str, **item: Any) -> dict[str, Any]:
    """What Config sends to a rule's function."""
    invoking: dict[str, Any] = {"messageType": kind, "notificationCreationTime": AT}
    if item:
        invoking["configurationItem"] = {
            "resourceType": "AWS::DynamoDB::Table", "configurationItemCaptureTime": AT,
            "configurationItemStatus": "OK", **item,
        }  # fmt: skip
    return {
        "invokingEvent": json.dumps(invoking), "ruleParameters": json.dumps({"protected": "true"}),
        "resultToken": "TESTMODE", "configRuleName": "teller-ledger-is-kept", "accountId": ACCOUNT,
    }  # fmt: skip


def test_config_hears_in_words_what_the_ledgers_table_lacks_and_when_nothing_does() -> None:
    table_rule.client_of.cache_clear()
    told = answer_unsent(table_rule.client_of("config"), "PutEvaluations", FailedEvaluations=[])
    changed = asked_of_config("ConfigurationItemChangeNotification", resourceId=TABLE)
    assert table_rule.handler(changed, None) == {"evaluations": 1}
    [one] = told[0]["Evaluations"]
    assert one["ComplianceType"] == "NON_COMPLIANT"
    assert "back in time" in one["Annotation"]
    notes()
    a_table_takes_keys()
    repair_tables.handler(drifted("AWS::DynamoDB::Table", TABLE), None)
    table_rule.handler(asked_of_config("ScheduledNotification"), None)
    assert told[1]["Evaluations"][0]["ComplianceType"] == "COMPLIANT"
    other = asked_of_config("ConfigurationItemChangeNotification", resourceId="teller-chat")
    assert table_rule.handler(other, None) == {"evaluations": 0}


def test_a_topic_and_a_queue_get_the_banks_key_and_never_lose_a_key_of_a_customer() -> None:
    sns, sqs = client("sns"), client("sqs")
    topic = sns.create_topic(Name="teller-plain")["TopicArn"]
    queue = sqs.create_queue(QueueName="teller-plain")["QueueUrl"]
    queue_arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:teller-plain"
    own = sqs.create_queue(QueueName="teller-own", Attributes={"KmsMasterKeyId": "another-key"})
    told = notes()
    for kind, arn, control in (
        ("AwsSnsTopic", topic, "SNS.1"),
        ("AwsSqsQueue", queue_arn, "SQS.1"),
    ):
        assert repair_encryption.handler(asff(kind, arn, control), None) == {"done": 1}
        assert repair_encryption.handler(asff(kind, arn, control), None) == {"well": 1}
    assert {one["Workflow"]["Status"] for one in told} == {"RESOLVED"}
    assert key_of(sqs, queue) == KEY
    assert sns.get_topic_attributes(TopicArn=topic)["Attributes"]["KmsMasterKeyId"] == KEY
    event = asff("AwsSqsQueue", queue_arn.replace("plain", "own"), "SQS.1")
    assert repair_encryption.handler(event, None) == {"well": 1}
    assert key_of(sqs, own["QueueUrl"]) == "another-key"
    undo_all()
    assert not key_of(sqs, queue)


def key_of(sqs: Any, url: str) -> str | None:
    found: dict[str, str] = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])[
        "Attributes"
    ]
    return found.get("KmsMasterKeyId")


def test_a_key_of_awss_own_is_weaker_than_the_banks() -> None:
    sns = client("sns")
    topic = sns.create_topic(Name="teller-x", Attributes={"KmsMasterKeyId": "alias/aws/sns"})
    notes()
    event = asff("AwsSnsTopic", topic["TopicArn"], "SNS.1")
    assert repair_encryption.handler(event, None) == {"done": 1}


def test_logs_that_config_found_plain_get_the_banks_key() -> None:
    logs = serving.client_of("logs")
    name = "/aws/lambda/teller-desk"
    longer = {"logGroupName": f"{name}-2", "kmsKeyId": "k"}
    answer(logs, "DescribeLogGroups", {"logGroups": [longer, {"logGroupName": name}]},
           {"logGroups": [longer, {"logGroupName": name, "kmsKeyId": KEY}]})  # fmt: skip
    asked = answer_unsent(logs, "AssociateKmsKey")
    notes()
    assert repair_encryption.handler(drifted("AWS::Logs::LogGroup", name), None) == {"done": 1}
    assert asked == [{"logGroupName": name, "kmsKeyId": KEY}]


def test_a_control_that_no_repair_answers_is_not_called_resolved() -> None:
    client("s3").create_bucket(Bucket="teller-exports")
    told = notes()
    event = asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.9")
    assert repair_storage.handler(event, None) == {}
    assert told == []


def test_a_stranger_who_is_not_the_world_is_left_to_a_person() -> None:
    told = notes()
    dynamodb = serving.client_of("dynamodb")
    partner = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "210987654321"},
                              "Action": "dynamodb:GetItem", "Resource": "*"}]}  # fmt: skip
    answer(dynamodb, "GetResourcePolicy", {"Policy": json.dumps(partner)})
    arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"
    assert repair_exposure.handler(shared("AwsDynamoDbTable", arn), None) == {"well": 1}
    assert told[0]["Workflow"] == {"Status": "NOTIFIED"}
