"""Rules of cdk-nag that we break on purpose, each with the reason that we would give an auditor."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """`rules` and `paths` are regular expressions of all that one reason answers."""

    name: str
    rules: str
    paths: str
    why: str

    def answers(self, rule: str, path: str) -> bool:
        """Whether this is the reason why `path` breaks `rule`."""
        return bool(re.fullmatch(self.rules, rule) and re.fullmatch(self.paths, path))


_PACKS = r"(NIST\.800\.53\.R5|PCI\.DSS\.321)"
REASONS: tuple[Reason, ...] = (
    Reason(
        "no-resource-to-name",
        r"AwsSolutions-IAM5\[Resource::\*\]",
        r".*RolePolicy",
        "X-Ray's calls, EC2's DescribeSecurityGroups, Config's recorder calls, ECR's token, the delivery"
        " of a state machine's log and CloudWatch's figures take no resource in IAM, and API Gateway"
        " takes no role for its logs that is bound to some; each such statement names its few actions.",
    ),
    Reason(
        "own-names-alone",
        r"AwsSolutions-IAM5\[Resource::.*(teller-\*|teller/\*|security-group/\*|user/\*|"
        r"deployment/\*|hostedconfigurationversion/\*|remediation/\*|ledger/\*|"
        r"(models|data-sets|model-package)/teller-[a-z]+/(captured/)?\*|(training-job|Endpoints)/teller-[a-z]+-?\*|"
        r"BankTable.*|/index/.*|@connections/\*|StatementsArn\}/\*).*\]",
        r".*RolePolicy",
        "What a repair has to reach is not known before something is found, nor a connection's id"
        " before a customer connects, nor a statement's key, a deployment's number or a training job's name, which nobody"
        " can foresee: the wildcard ends"
        " at the bank's own prefix, API or bucket, and a repair's guard refuses what is not on its list.",
    ),
    Reason(
        "open-chats-are-not-kept",
        _PACKS + r"-DynamoDBInBackupPlan",
        r"channels/Api/ChatTable",
        "Connections and frames of open chats end with their session, within the hour; what they"
        " tell of is in the ledger's table, which is backed up.",
    ),
    Reason(
        "the-channel-checks-its-own-token",
        r"AwsSolutions-(APIG4|COG4)",
        r"channels/Api/(Chat.*Post|Stream.*Route)",
        "An anonymous chat is open by design; every other call, and the stream's first frame, carries"
        " the channel's signed token, which the function verifies with the session it names. No"
        " account is in reach without it.",
    ),
    Reason(
        "backup-asks-for-aws-policy",
        r"AwsSolutions-IAM4\[.*AWSBackupServiceRolePolicyForBackup\]",
        r"data/BackupRole",
        "AWS Backup's own policy changes with what it can back up; a copy of ours would fail a"
        " restore that nobody had rehearsed.",
    ),
    Reason(
        "a-python-that-is-tested",
        r"(AwsSolutions-L1|Serverless-LambdaLatestVersion)",
        r".*",
        "Functions run on Python 3.13, the newest on which the whole suite runs; 3.14 comes when"
        " the suite runs on it.",
    ),
    Reason(
        "the-last-queue",
        r"(AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)",
        r".*(Dead|Failed|Failures|Poison).*",
        "These are dead-letter queues: nothing comes after them but a person, called by an alarm.",
    ),
    Reason(
        "balances-are-not-kept",
        _PACKS + r"-APIGWCacheEnabledAndEncrypted",
        r"channels/Api/ChatStage",
        "Every route answers one customer; a cached answer could be shown to another.",
    ),
    Reason(
        "no-http-behind-it",
        _PACKS + r"-APIGWSSLEnabled",
        r"channels/Api/ChatStage",
        "The API calls a function by IAM and no HTTP server: there is nothing to show a client"
        " certificate to.",
    ),
    Reason(
        "no-network-to-be-in",
        _PACKS + r"-LambdaInsideVPC",
        r".*",
        "No function reaches anything in a VPC. Inside one they would need NAT or nine endpoints,"
        " more to open and not less; IAM per function and TLS bound them.",
    ),
    Reason(
        "backed-up-not-replicated",
        _PACKS + r"-S3BucketReplicationEnabled",
        r".*",
        "Exports are themselves copies of a table with point-in-time recovery and nightly backups;"
        " trails and evidence are locked and versioned. A second region is in docs/scale.md.",
    ),
    Reason(
        "others-hold-the-same-secret",
        r"(AwsSolutions-SMG4|NIST\.800\.53\.R5-SecretsManagerRotationEnabled)",
        r"data/Core/(SlackSecret|FeedSecret)",
        "Slack, and the card processor, hold the same secret and have no API to turn it: a person"
        " does, there and here; the feed's two keys are good side by side meanwhile.",
    ),
    Reason(
        "machines-prove-themselves-in-the-request",
        r"AwsSolutions-APIG4",
        r"assistant/Core/(Slack|Feed).*Route",
        "Slack and the card feed cannot sign in to an authoriser. Slack signs every request, the"
        " feed carries its own credential; each function checks that before it reads anything.",
    ),
    Reason(
        "a-queue-redrives-itself",
        r"Serverless-LambdaEventSourceMappingDestination",
        r"(assistant/Core/DeskTakes.*|channels/Api/StreamHearsTheBell)",
        "Lambda takes no failure destination for a queue: what fails goes by the queue's own"
        " redrive policy to its dead-letter queue.",
    ),
)
