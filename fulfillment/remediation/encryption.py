"""Topics, queues and logs: under the bank's key; one that has another customer key keeps it.

AWS's own keys, and none, are weaker than a customer key: nobody can take them away from who reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.repair import Call, Clients, Repair, State

_OF_AWS = "alias/aws/"


def is_customers(key: str | None) -> bool:
    """Whether a key, by its id, alias or ARN, is one that a customer of AWS holds."""
    return bool(key) and _OF_AWS not in str(key)


@dataclass(frozen=True, slots=True)
class EncryptTopic:
    """What waits for a subscriber to come back."""

    client: Any
    topic_arn: str
    key_arn: str
    action: str = "encrypt the topic under the bank's key"

    def look(self) -> State:
        found = self.client.get_topic_attributes(TopicArn=self.topic_arn)["Attributes"]
        return {"key": found.get("KmsMasterKeyId") or None}

    def is_well(self, state: State) -> bool:
        return is_customers(state["key"])

    def act(self, state: State) -> None:  # noqa: ARG002 - whatever it was, it gets the bank's key
        self.client.set_topic_attributes(**self._wanted(self.key_arn))

    def undo(self, state: State) -> list[Call]:
        wanted = self._wanted(state["key"] or "")
        return [Call("sns", "set_topic_attributes", wanted)]

    def _wanted(self, key: str) -> dict[str, str]:
        return {
            "TopicArn": self.topic_arn,
            "AttributeName": "KmsMasterKeyId",
            "AttributeValue": key,
        }


@dataclass(frozen=True, slots=True)
class EncryptQueue:
    """Messages that come from now on; those that wait stay as they were written."""

    client: Any
    queue: str
    account: str
    key_arn: str
    action: str = "encrypt the queue under the bank's key"

    def look(self) -> State:
        url = self.client.get_queue_url(QueueName=self.queue, QueueOwnerAWSAccountId=self.account)
        asked = ["KmsMasterKeyId", "SqsManagedSseEnabled"]
        found = self.client.get_queue_attributes(QueueUrl=url["QueueUrl"], AttributeNames=asked)
        kept = found.get("Attributes", {})
        return {
            "url": url["QueueUrl"],
            "key": kept.get("KmsMasterKeyId") or None,
            "by_sqs": kept.get("SqsManagedSseEnabled") == "true",
        }

    def is_well(self, state: State) -> bool:
        return is_customers(state["key"])

    def act(self, state: State) -> None:
        wanted = {"KmsMasterKeyId": self.key_arn}
        self.client.set_queue_attributes(QueueUrl=state["url"], Attributes=wanted)

    def undo(self, state: State) -> list[Call]:
        before = {"KmsMasterKeyId": state["key"] or ""}
        if state["by_sqs"]:
            before["SqsManagedSseEnabled"] = "true"
        parameters = {"QueueUrl": state["url"], "Attributes": before}
        return [Call("sqs", "set_queue_attributes", parameters)]


@dataclass(frozen=True, slots=True)
class EncryptLogs:
    """Lines that come from now on."""

    client: Any
    group: str
    key_arn: str
    action: str = "encrypt the log group under the bank's key"

    def look(self) -> State:
        pages = self.client.get_paginator("describe_log_groups").paginate(
            logGroupNamePrefix=self.group
        )
        groups = [one for page in pages for one in page["logGroups"]]
        # Another's name may begin with this one's.
        mine = [one for one in groups if one["logGroupName"] == self.group]
        return {"is_there": bool(mine), "key": mine[0].get("kmsKeyId") if mine else None}

    def is_well(self, state: State) -> bool:
        return not state["is_there"] or is_customers(state["key"])

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.associate_kms_key(logGroupName=self.group, kmsKeyId=self.key_arn)

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002 - a group has a customer key or none
        return [Call("logs", "disassociate_kms_key", {"logGroupName": self.group})]


def repairs_of(
    finding: Finding, clients: Clients, account: str, region: str, key_arn: str
) -> list[Repair]:
    """The repair of what is kept without a key of the bank's."""
    if finding.thing is Thing.TOPIC:
        arn = f"arn:aws:sns:{region}:{account}:{finding.name}"
        return [EncryptTopic(clients("sns"), arn, key_arn)]
    if finding.thing is Thing.QUEUE:
        return [EncryptQueue(clients("sqs"), finding.name, account, key_arn)]
    if finding.thing is Thing.LOG_GROUP:
        return [EncryptLogs(clients("logs"), finding.name, key_arn)]
    return []
