"""From a finding to people, as one chain on one bus: that of the embedded AWS, with our own rules.

A finding goes onto the bus; the rules of the stacks bring it to a function's queue; the function
repairs, tells Security Hub and writes an event; the stream's function puts that on the topic, which
the desk hears, and on the bank's own bus, by whose rule who is on call hears of it.

Nobody but AWS may put an event of `aws.*` onto a bus, here as there. So patterns and events have
`rehearsal.*` on the way, and the functions get them as AWS sends them. Security Hub, which no
emulator has, is the one double.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import botocore.session
import pytest

from fulfillment.alerts import publishing
from fulfillment.alerts.events import SecurityEvent
from fulfillment.handlers import stream
from fulfillment.remediation import serving
from infra.aws.event_bus import OF_OPERATIONS
from infra.aws.repair_rules import PATTERNS
from infra.capacity.command import create_table
from tests.embedded_aws import embedded_aws
from tests.integration.functions.answering import answer_unsent
from tests.integration.functions.test_kill_switch import alarm
from tests.integration.functions.test_repairs_by_type import drifted, lambda_threat
from tests.integration.remediation.test_repairs import ACCOUNT, AT, asff, guardduty, macie

LOCAL_ACCOUNT, REGION, TABLE = "000000000000", "eu-west-1", "teller"
EVIDENCE = "teller-evidence"
AWS, REHEARSAL = '"aws.', '"rehearsal.'
ARN = f"arn:aws:%s:{REGION}:{ACCOUNT}:%s"


def shared(kind: str, arn: str) -> dict[str, Any]:
    event = asff(kind, arn, "x")
    event["detail"]["findings"][0] |= {"Compliance": {}, "ProductName": "IAM Access Analyzer"}
    return event


def call(name: str, source: str, parameter: str) -> dict[str, Any]:
    return {
        "source": source, "detail-type": "AWS API Call via CloudTrail", "time": AT,
        "detail": {"eventID": "e", "eventName": name, "recipientAccountId": ACCOUNT,
                   "requestParameters": {parameter: "teller-trail"}},
    }  # fmt: skip


WHERE_TO = [
    (macie("teller-exports", "x"), {"RepairStorage"}),
    (asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.8"), {"RepairStorage"}),
    (shared("AwsS3Bucket", "arn:aws:s3:::teller-exports"), {"RepairStorage"}),
    (drifted("AWS::S3::Bucket", "teller-exports"), {"RepairStorage"}),
    (guardduty("IAMUser", "mallory"), {"RepairIdentity"}),
    (asff("AwsEc2SecurityGroup", ARN % ("ec2", "security-group/sg-1"), "EC2.19"),
     {"RepairExposure"}),
    (shared("AwsDynamoDbTable", ARN % ("dynamodb", "table/teller")), {"RepairExposure"}),
    (lambda_threat("teller-desk"), {"RepairExposure"}),
    (call("StopLogging", "aws.cloudtrail", "name"), {"RepairAudit"}),
    (asff("AwsSecretsManagerSecret", ARN % ("secretsmanager", "secret:teller/k-AbCdEf"),
          "SecretsManager.4"), {"RepairAudit"}),
    (asff("AwsDynamoDbTable", ARN % ("dynamodb", "table/teller"), "DynamoDB.6"), {"RepairTables"}),
    (drifted("AWS::DynamoDB::Table", "teller"), {"RepairTables"}),
    (asff("AwsSqsQueue", ARN % ("sqs", "teller-x"), "SQS.1"), {"RepairEncryption"}),
    (drifted("AWS::Logs::LogGroup", "/aws/lambda/teller-desk"), {"RepairEncryption"}),
    (alarm("teller-turns-burn-fast"), {"RepairSwitches"}),
    # And nowhere: what no repair answers, what is over, and what has passed.
    (asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.9"), set()),
    (alarm("teller-turns-burn-fast", "OK"), set()),
    (alarm("teller-something-else"), set()),
    (drifted("AWS::S3::Bucket", "teller-exports", "COMPLIANT"), set()),
    (call("StartLogging", "aws.cloudtrail", "name"), set()),
]  # fmt: skip
"""Events as AWS sends them, and the functions that the rules bring each to."""


@dataclass
class Chain:
    """The account, its two buses, and a queue for whoever hears something."""

    endpoint: str
    queues: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        if service not in self.clients:
            made = botocore.session.get_session().create_client(service)
            self.clients[service] = made
        return self.clients[service]

    def queue(self, name: str) -> str:
        """The ARN of a queue of that name, made when it is first asked for."""
        sqs = self.client("sqs")
        if name not in self.queues:
            self.queues[name] = sqs.create_queue(QueueName=name)["QueueUrl"]
        asked = sqs.get_queue_attributes(QueueUrl=self.queues[name], AttributeNames=["QueueArn"])
        return str(asked["Attributes"]["QueueArn"])

    def rule(self, name: str, bus: str, pattern: dict[str, Any], to: str) -> None:
        events = self.client("events")
        text = json.dumps(pattern).replace(AWS, REHEARSAL)
        events.put_rule(Name=name, EventBusName=bus, EventPattern=text)
        events.put_targets(
            Rule=name, EventBusName=bus, Targets=[{"Id": "1", "Arn": self.queue(to)}]
        )

    def happens(self, event: dict[str, Any]) -> None:
        taken = self.client("events").put_events(Entries=[{
            "Source": event["source"].replace("aws.", "rehearsal.", 1),
            "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"]),
        }])  # fmt: skip
        assert taken["FailedEntryCount"] == 0

    def heard(self, name: str) -> list[dict[str, Any]]:
        """What has come to a queue, taken out of it."""
        sqs, found = self.client("sqs"), []
        while told := sqs.receive_message(QueueUrl=self.queues[name], MaxNumberOfMessages=10).get(
            "Messages"
        ):
            for one in told:
                found.append(json.loads(one["Body"].replace(REHEARSAL, AWS)))
                sqs.delete_message(QueueUrl=self.queues[name], ReceiptHandle=one["ReceiptHandle"])
        return found

    def runs(self, function: str) -> list[dict[str, int]]:
        """A function gets what has come to it, as Lambda would hand it over."""
        module = "".join(f"_{c.lower()}" if c.isupper() else c for c in function).lstrip("_")
        handler = import_module(f"fulfillment.handlers.{module}").handler
        ends = []
        for event in self.heard(function):
            # The finding's account is the one of this rehearsal.
            local = json.loads(json.dumps(event).replace(ACCOUNT, LOCAL_ACCOUNT))
            ends.append(handler(local, None))
        return ends

    def follows(self) -> int:
        """The stream's function gets every item that is a security event."""
        items = self.client("dynamodb").scan(TableName=TABLE)["Items"]
        written = [item for item in items if "event" in item]
        for item in written:
            stream.process(item)
        return len(written)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded_aws(tmp_path_factory.mktemp("chain")) as address:
        yield address


@pytest.fixture
def chain(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    made = Chain(endpoint)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "TABLE_NAME": TABLE,
        "EVIDENCE_BUCKET": EVIDENCE, "ACCOUNT_ID": LOCAL_ACCOUNT, "DRY_RUN": "false",
        "LEDGER_KEY_ARN": ARN % ("kms", "key/11111111-2222-3333-4444-555555555555"),
        "MAY_REPAIR": "teller-,teller/", "BREAK_GLASS": "break-glass", "EVENT_BUS": "teller",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    topic = made.client("sns").create_topic(Name="teller-security-events")["TopicArn"]
    monkeypatch.setenv("SECURITY_TOPIC_ARN", topic)
    caches = (serving.client_of, publishing._topic, publishing._bus)
    for one in caches:
        one.cache_clear()
    yield made
    for one in caches:
        one.cache_clear()


def test_a_finding_becomes_a_repair_a_note_an_event_and_a_word_to_people(chain: Chain) -> None:
    s3, sns, events = chain.client("s3"), chain.client("sns"), chain.client("events")
    for bucket in (EVIDENCE, "teller-exports"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    create_table(chain.client("dynamodb"), TABLE)
    events.create_event_bus(Name="teller")
    for name, (function, pattern) in PATTERNS.items():
        chain.rule(name, "default", pattern, function)
    chain.rule("OperationsHear", "teller", OF_OPERATIONS, "on-call")
    [topic] = [one["TopicArn"] for one in sns.list_topics()["Topics"]]
    sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=chain.queue("desk"),
        Attributes={"RawMessageDelivery": "true"},
    )  # fmt: skip
    told = answer_unsent(serving.client_of("securityhub"), "BatchUpdateFindings")

    # Where each goes.
    functions = {function for function, _ in PATTERNS.values()}
    for event, expected in WHERE_TO:
        chain.happens(event)
        got = {name for name in functions if chain.heard(name)}
        assert got == expected, event["detail-type"]
    assert set().union(*(to for _, to in WHERE_TO)) == functions

    # And one of them to its end.
    chain.happens(asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.8"))
    assert chain.runs("RepairStorage") == [{"done": 2}]
    blocks = s3.get_public_access_block(Bucket="teller-exports")["PublicAccessBlockConfiguration"]
    assert all(blocks.values())
    kept = s3.list_objects_v2(Bucket=EVIDENCE, Prefix="remediation/")["KeyCount"]
    assert kept == 4  # what was there, and what was done, of each repair
    assert [one["Workflow"]["Status"] for one in told] == ["RESOLVED"]
    assert chain.follows() == 2
    at_the_desk = [SecurityEvent.model_validate(one) for one in chain.heard("desk")]
    assert {one.data.kind for one in at_the_desk} == {"remediation"}
    on_call = chain.heard("on-call")
    assert {one["detail-type"] for one in on_call} == {"teller.security.remediation.v1"}
    assert {one["detail"]["id"] for one in on_call} == {one.id for one in at_the_desk}

    # It comes again: nothing is done, nobody is told.
    chain.happens(asff("AwsS3Bucket", "arn:aws:s3:::teller-exports", "S3.8"))
    assert chain.runs("RepairStorage") == [{"well": 2}]
    events_now = chain.client("dynamodb").scan(TableName=TABLE)["Count"]
    assert events_now == 2
