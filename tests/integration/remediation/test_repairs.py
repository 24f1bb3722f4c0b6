"""Repairs on moto, from the findings that AWS's services send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from fulfillment.alerts.events import SecurityEvent
from fulfillment.remediation import audit, exposure, identity, storage
from fulfillment.remediation.findings import Finding, MalformedFindingError, Thing, findings_of
from fulfillment.remediation.guard import Guard
from fulfillment.remediation.hourly import Hourly
from fulfillment.remediation.repair import Repair, undone
from fulfillment.remediation.running import DONE, REFUSED, WELL, WOULD, Remediator
from infra.capacity.command import create_table

ACCOUNT, REGION = "123456789012", "us-east-1"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"
AT = "2026-11-23T15:00:00.000Z"


@dataclass
class Kept:
    """Evidence, events and notes, as they came."""

    evidence: list[dict[str, Any]] = field(default_factory=list)
    events: dict[str, SecurityEvent] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, name: str, content: str) -> None:
        assert name.startswith("remediation/")
        self.evidence.append(json.loads(content))

    def record(self, event: SecurityEvent) -> bool:
        return self.events.setdefault(event.id, event) is event

    def batch_update_findings(self, **request: Any) -> None:
        self.notes.append(request)


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        yield


def client(service: str) -> Any:
    return botocore.session.get_session().create_client(service, region_name=REGION)


def remediator(kept: Kept, *, dry_run: bool = False) -> Remediator:
    guard = Guard(ACCOUNT, ("teller-", "teller/"), ("break-glass",))
    return Remediator(guard, kept, kept, kept, dry_run)


def run(finding: Finding, repairs: list[Repair], kept: Kept, *, dry_run: bool = False) -> list[str]:
    outcomes = remediator(kept, dry_run=dry_run).remediate(finding, repairs)
    return [outcome.result for outcome in outcomes]


def macie(bucket: str, key: str) -> dict[str, Any]:
    return {
        "source": "aws.macie",
        "detail-type": "Macie Finding",
        "account": ACCOUNT,
        "region": REGION,
        "time": AT,
        "detail": {
            "id": "64b917aa-3843-014c-91d8-937ffe37f96a",
            "accountId": ACCOUNT,
            "region": REGION,
            "type": "SensitiveData:S3Object/Financial",
            "severity": {"score": 3, "description": "High"},
            "archived": False,
            "updatedAt": AT,
            "resourcesAffected": {
                "s3Bucket": {"arn": f"arn:aws:s3:::{bucket}", "name": bucket},
                "s3Object": {"bucketArn": f"arn:aws:s3:::{bucket}", "key": key, "versionId": ""},
            },
        },
    }


def asff(kind: str, arn: str, control: str) -> dict[str, Any]:
    return {
        "source": "aws.securityhub",
        "detail-type": "Security Hub Findings - Imported",
        "detail": {
            "findings": [
                {
                    "Id": f"arn:aws:securityhub:{REGION}:{ACCOUNT}:security-control/{control}/f/1",
                    "ProductArn": f"arn:aws:securityhub:{REGION}::product/aws/securityhub",
                    "AwsAccountId": ACCOUNT,
                    "GeneratorId": f"security-control/{control}",
                    "Compliance": {"Status": "FAILED", "SecurityControlId": control},
                    "RecordState": "ACTIVE",
                    "Workflow": {"Status": "NEW"},
                    "UpdatedAt": AT,
                    "Resources": [{"Type": kind, "Id": arn}],
                }
            ]
        },
    }


def threat(what: str, resource: dict[str, Any]) -> dict[str, Any]:
    """A finding of GuardDuty about another thing than a key."""
    event = guardduty("IAMUser", "")
    event["detail"] |= {"type": what, "resource": resource}
    return event


def guardduty(kind: str, user: str) -> dict[str, Any]:
    return {
        "source": "aws.guardduty",
        "detail-type": "GuardDuty Finding",
        "detail": {
            "id": "16afba5c5c43e07c9e3e5e2e544e95df",
            "accountId": ACCOUNT,
            "type": "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
            "severity": 8,
            "updatedAt": AT,
            "service": {"archived": False},
            "resource": {
                "resourceType": "AccessKey",
                "accessKeyDetails": {
                    "accessKeyId": "AKIAEXAMPLE", "userName": user, "userType": kind,
                },
            },
        },
    }  # fmt: skip


def test_what_macie_found_is_closed_and_encrypted_once_and_never_made_weaker() -> None:
    s3, kept = client("s3"), Kept()
    s3.create_bucket(Bucket="teller-exports")
    s3.put_object(Bucket="teller-exports", Key="a b.csv", Body=b"GB33BUKB", Metadata={"of": "us"})
    found = findings_of(macie("teller-exports", "a b.csv"))
    assert [one.thing for one in found] == [Thing.BUCKET, Thing.OBJECT]
    for finding in found:
        repairs = storage.repairs_of(finding, client, ACCOUNT, KEY)
        assert set(run(finding, repairs, kept)) == {DONE}
        assert set(run(finding, repairs, kept)) == {WELL}
    held = s3.head_object(Bucket="teller-exports", Key="a b.csv")
    assert (held["ServerSideEncryption"], held["SSEKMSKeyId"]) == ("aws:kms", KEY)
    assert held["Metadata"] == {"of": "us"}
    blocks = s3.get_public_access_block(Bucket="teller-exports")["PublicAccessBlockConfiguration"]
    assert all(blocks.values())
    assert len(kept.events) == 3
    assert {one["result"] for one in kept.evidence} == {"begun", "done"}


def test_a_bucket_under_another_customer_key_keeps_that_key() -> None:
    s3, kept = client("s3"), Kept()
    s3.create_bucket(Bucket="teller-exports")
    own = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "another-key"}
    s3.put_bucket_encryption(
        Bucket="teller-exports",
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": own}]},
    )
    finding = findings_of(asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.17"))[0]
    assert run(finding, storage.repairs_of(finding, client, ACCOUNT, KEY), kept) == [DONE, WELL]
    assert kept.notes[0]["Workflow"] == {"Status": "RESOLVED"}


def test_a_dry_run_changes_nothing_and_says_what_it_would_do() -> None:
    s3, kept = client("s3"), Kept()
    s3.create_bucket(Bucket="teller-exports")
    finding = findings_of(macie("teller-exports", "x"))[0]
    repairs = storage.repairs_of(finding, client, ACCOUNT, KEY)
    assert run(finding, repairs, kept, dry_run=True) == [WOULD, WOULD]
    with pytest.raises(s3.exceptions.ClientError):
        s3.get_public_access_block(Bucket="teller-exports")


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (macie("somebody-elses", "x"), "not on the list"),
        (guardduty("IAMUser", "break-glass-1"), "way in"),
        (guardduty("Root", "Root"), "person"),
        (guardduty("AssumedRole", "teller-fulfillment"), "person"),
    ],
)
def test_what_must_be_let_be_is_refused_and_told(event: dict[str, Any], why: str) -> None:
    kept = Kept()
    finding = findings_of(event)[0]
    outcome = remediator(kept).remediate(finding, [])[0]
    assert outcome.result == REFUSED
    assert why in str(outcome.why)
    assert len(kept.events) == 1


def test_a_compromised_user_is_denied_all_and_both_keys_are_disabled_until_undone() -> None:
    iam, kept = client("iam"), Kept()
    iam.create_user(UserName="mallory")
    iam.create_login_profile(UserName="mallory", Password="pw-Long-Enough-1")
    keys = [iam.create_access_key(UserName="mallory")["AccessKey"]["AccessKeyId"] for _ in "ab"]
    finding = findings_of(guardduty("IAMUser", "mallory"))[0]
    create_table(client("dynamodb"), "teller")
    hourly = Hourly(client("dynamodb"), "teller", lambda: datetime(2026, 11, 23, 15, tzinfo=UTC))
    repairs = identity.repairs_of(finding, client, hourly)
    assert run(finding, repairs, kept) == [DONE, DONE, DONE]
    listed = iam.list_access_keys(UserName="mallory")["AccessKeyMetadata"]
    assert {key["Status"] for key in listed} == {"Inactive"}
    assert run(finding, repairs, kept) == [WELL, WELL, WELL]
    for one in kept.evidence:
        if one["result"] == "done":
            undone(one["undo"], client)
    listed = iam.list_access_keys(UserName="mallory")["AccessKeyMetadata"]
    assert {key["AccessKeyId"]: key["Status"] for key in listed} == dict.fromkeys(keys, "Active")
    assert iam.list_user_policies(UserName="mallory")["PolicyNames"] == []


def test_a_group_is_closed_to_the_world_but_for_https_and_can_be_opened_again() -> None:
    ec2, kept = client("ec2"), Kept()
    group = ec2.create_security_group(GroupName="g", Description="g")["GroupId"]
    for port in (22, 443):
        ec2.authorize_security_group_ingress(
            GroupId=group,
            IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port,
                            "IpRanges": [{"CidrIp": "0.0.0.0/0"}, {"CidrIp": "10.0.0.0/8"}]}],
        )  # fmt: skip
    arn = f"arn:aws:ec2:{REGION}:{ACCOUNT}:security-group/{group}"
    finding = findings_of(asff("AwsEc2SecurityGroup", arn, "EC2.19"))[0]
    repairs = exposure.repairs_of(finding, client, ACCOUNT, REGION)
    assert run(finding, repairs, kept) == [DONE]
    left = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    opened = {p["FromPort"]: [r["CidrIp"] for r in p["IpRanges"]] for p in left}
    assert opened[22] == ["10.0.0.0/8"]
    assert "0.0.0.0/0" in opened[443]
    undone(kept.evidence[-1]["undo"], client)
    assert not repairs[0].is_well(repairs[0].look())


def test_a_trail_that_was_stopped_logs_again() -> None:
    trails, kept = client("cloudtrail"), Kept()
    client("s3").create_bucket(Bucket="teller-trail")
    trails.create_trail(Name="teller-trail", S3BucketName="teller-trail")
    event = {
        "source": "aws.cloudtrail",
        "detail-type": "AWS API Call via CloudTrail",
        "time": AT,
        "detail": {
            "eventID": "c3b5b2a6", "eventName": "StopLogging", "recipientAccountId": ACCOUNT,
            "requestParameters": {"name": "teller-trail"},
        },
    }  # fmt: skip
    finding = findings_of(event)[0]
    assert run(finding, audit.repairs_of(finding, client), kept) == [DONE]
    assert trails.get_trail_status(Name="teller-trail")["IsLogging"] is True


def test_a_secret_that_nothing_turns_is_left_to_its_issuer() -> None:
    client("secretsmanager").create_secret(Name="teller/slack", SecretString="{}")
    kept = Kept()
    finding = Finding("f1", "securityhub", ACCOUNT, "SecretsManager.1", Thing.SECRET,
                      "teller/slack", datetime(2026, 11, 23, tzinfo=UTC))  # fmt: skip
    assert run(finding, audit.repairs_of(finding, client), kept) == [REFUSED]


def test_an_archived_or_suppressed_finding_is_none_and_a_stranger_is_malformed() -> None:
    archived = macie("teller-exports", "x")
    archived["detail"]["archived"] = True
    assert findings_of(archived) == []
    suppressed = asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.8")
    suppressed["detail"]["findings"][0]["Workflow"]["Status"] = "SUPPRESSED"
    assert findings_of(suppressed) == []
    with pytest.raises(MalformedFindingError):
        findings_of({"source": "aws.ec2", "detail-type": "x", "detail": {}})
