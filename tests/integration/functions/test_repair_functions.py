"""The functions that repair, whole: an event of EventBridge in, the repair and its traces out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest

from fulfillment.handlers import repair_audit, repair_exposure, repair_identity, repair_storage
from fulfillment.remediation import serving
from infra.capacity.command import create_table
from tests.integration.functions.answering import answer
from tests.integration.functions.conftest import ACCOUNT, REGION
from tests.integration.remediation.test_repairs import AT, KEY, asff, guardduty, macie

EVIDENCE, TABLE = "teller-evidence", "teller"


@pytest.fixture(autouse=True)
def bank(account: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {
        "TABLE_NAME": TABLE, "EVIDENCE_BUCKET": EVIDENCE, "ACCOUNT_ID": ACCOUNT, "DRY_RUN": "false",
        "LEDGER_KEY_ARN": KEY, "MAY_REPAIR": "teller-,teller/", "BREAK_GLASS": "break-glass",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    serving.client_of.cache_clear()
    client("s3").create_bucket(Bucket=EVIDENCE)
    create_table(client("dynamodb"), TABLE)
    yield
    serving.client_of.cache_clear()


def client(service: str) -> Any:
    return botocore.session.get_session().create_client(service, region_name=REGION)


def notes() -> list[dict[str, Any]]:
    """What Security Hub is told: no emulator takes it."""
    empty: dict[str, Any] = {"ProcessedFindings": [], "UnprocessedFindings": []}
    return answer(serving.client_of("securityhub"), "BatchUpdateFindings", empty)


def shared(kind: str, arn: str) -> dict[str, Any]:
    """A finding of the access analyser, as Security Hub has it: of no control."""
    event = asff(kind, arn, "x")
    event["detail"]["findings"][0] |= {
        "Compliance": {}, "ProductName": "IAM Access Analyzer", "Workflow": {"Status": "NEW"},
    }  # fmt: skip
    return event


def evidence() -> list[str]:
    listed = client("s3").list_objects_v2(Bucket=EVIDENCE).get("Contents", [])
    return [one["Key"] for one in listed]


def events() -> int:
    return int(client("dynamodb").scan(TableName=TABLE)["Count"])


def test_a_bucket_with_personal_data_is_closed_and_encrypted_with_evidence_and_an_event() -> None:
    s3 = client("s3")
    s3.create_bucket(Bucket="teller-exports")
    s3.put_object(Bucket="teller-exports", Key="x.csv", Body=b"GB33BUKB")
    notes()
    ends = repair_storage.handler(macie("teller-exports", "x.csv"), None)
    assert ends["done"] == 3
    assert s3.head_object(Bucket="teller-exports", Key="x.csv")["SSEKMSKeyId"] == KEY
    assert evidence()
    assert events() > 0
    assert repair_storage.handler(macie("teller-exports", "x.csv"), None) == {"well": 3}


def test_a_finding_of_the_hub_gets_a_note_when_it_is_repaired() -> None:
    client("s3").create_bucket(Bucket="teller-exports")
    told = notes()
    event = asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.8")
    repair_storage.handler(event, None)
    assert told[0]["Workflow"] == {"Status": "RESOLVED"}


def test_a_compromised_user_is_shut_out_by_the_function_that_may() -> None:
    iam = client("iam")
    iam.create_user(UserName="mallory")
    iam.create_login_profile(UserName="mallory", Password="pw-Long-Enough-1")
    iam.create_access_key(UserName="mallory")
    notes()
    assert repair_identity.handler(guardduty("IAMUser", "mallory"), None) == {"done": 3}
    assert evidence()
    assert events() > 0


def test_a_break_glass_user_is_let_be_whatever_is_found() -> None:
    client("iam").create_user(UserName="break-glass-1")
    notes()
    ends = repair_identity.handler(guardduty("IAMUser", "break-glass-1"), None)
    assert set(ends) == {"refused"}
    assert client("iam").list_user_policies(UserName="break-glass-1")["PolicyNames"] == []


def test_a_made_up_finding_of_a_game_day_is_looked_at_let_be_and_told() -> None:
    notes()
    ends = repair_identity.handler(guardduty("IAMUser", "GeneratedFindingUserName"), None)
    assert "done" not in ends
    assert sum(ends.values()) > 0
    assert events() > 0


def test_a_table_that_the_world_may_read_is_closed() -> None:
    told = notes()
    dynamodb = serving.client_of("dynamodb")
    public = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "dynamodb:*",
                             "Resource": "*"}]}  # fmt: skip
    closed: dict[str, Any] = {"Policy": json.dumps({"Statement": []})}
    answer(dynamodb, "GetResourcePolicy", {"Policy": json.dumps(public)}, closed)
    asked = answer(dynamodb, "DeleteResourcePolicy", {})
    arn = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/teller-other"
    repair_exposure.handler(shared("AwsDynamoDbTable", arn), None)
    assert asked == [{"ResourceArn": arn}]
    assert told[0]["Workflow"] == {"Status": "RESOLVED"}


def test_an_address_of_a_function_asks_for_a_signature_again() -> None:
    notes()
    lambdas = serving.client_of("lambda")
    facts = {"FunctionUrl": "https://x", "FunctionArn": "arn", "CreationTime": AT}
    answer(lambdas, "GetFunctionUrlConfig", {**facts, "AuthType": "NONE"},
           {**facts, "AuthType": "AWS_IAM"})  # fmt: skip
    asked = answer(lambdas, "UpdateFunctionUrlConfig", {**facts, "AuthType": "AWS_IAM"})
    answer(lambdas, "GetPolicy", {"Policy": json.dumps({"Statement": []})})
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:teller-desk"
    repair_exposure.handler(asff("AwsLambdaFunction", arn, "Lambda.1"), None)
    assert asked == [{"AuthType": "AWS_IAM"}]


def test_a_recorder_that_was_stopped_records_again() -> None:
    notes()
    config = serving.client_of("config")
    stopped, going = ({"ConfigurationRecordersStatus": [{"name": "teller", "recording": on}]}
                      for on in (False, True))  # fmt: skip
    answer(config, "DescribeConfigurationRecorderStatus", stopped, going)
    asked = answer(config, "StartConfigurationRecorder", {})
    event = {
        "source": "aws.config", "detail-type": "AWS API Call via CloudTrail", "time": AT,
        "detail": {
            "eventID": "c3b5b2a7", "eventName": "StopConfigurationRecorder",
            "recipientAccountId": ACCOUNT,
            "requestParameters": {"configurationRecorderName": "teller-recorder"},
        },
    }  # fmt: skip
    assert repair_audit.handler(event, None)["done"] == 1
    assert asked == [{"ConfigurationRecorderName": "teller-recorder"}]


def test_a_secret_that_was_seen_is_turned() -> None:
    notes()
    secrets = serving.client_of("secretsmanager")
    before = {"Name": "teller/key", "RotationLambdaARN": "arn:of-a-function", "LastRotatedDate": 0}
    answer(secrets, "DescribeSecret", before, {**before, "LastRotatedDate": 4_000_000_000})
    asked = answer(secrets, "RotateSecret", {})
    arn = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:teller/key-AbCdEf"
    repair_audit.handler(asff("AwsSecretsManagerSecret", arn, "SecretsManager.4"), None)
    assert asked
    assert asked[0]["RotateImmediately"] is True
