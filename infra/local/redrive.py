"""`teller desk redrive`: gives what ended in a dead-letter queue of the desk another chance.

Works on the bank of this machine, or on AWS with `--aws` and credentials of whoever may.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import boto3

from infra.local.children import answers
from infra.local.settings import read_settings
from infra.local.stack import aws_client

QUEUES = {
    "events": ("teller-desk-events-dead", "teller-desk-events"),
    "jobs": ("teller-desk-jobs-dead", "teller-desk-jobs"),
}
"""By name: the dead-letter queue, and the queue that its messages came from."""
_A_BATCH = 10


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 1 when the bank is not running."""
    parser = argparse.ArgumentParser(
        prog="teller desk redrive",
        description="Move what ended in the desk's dead-letter queues back to where it came from."
        " Everything there may be done twice without harm.",
    )
    parser.add_argument("--queue", choices=sorted(QUEUES), help="one of them; both without it")
    parser.add_argument("--dry-run", action="store_true", help="only say how many there are")
    parser.add_argument("--aws", action="store_true", help="on AWS, by your own credentials")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    given = parser.parse_args(argv)
    if given.aws:
        sqs: Any = boto3.client("sqs")
    else:
        settings = read_settings(os.environ)
        if not answers(f"{settings.endpoint}/health"):
            sys.stderr.write("teller desk redrive: the bank is not running; start it: make run\n")
            return 1
        sqs = aws_client("sqs", settings)
    chosen = [given.queue] if given.queue else sorted(QUEUES)
    work = waiting if given.dry_run else redrive
    moved = {name: work(sqs, *QUEUES[name]) for name in chosen}
    verb = "wait" if given.dry_run else "moved"
    told = json.dumps({verb: moved}) if given.json else _in_words(moved, verb)
    sys.stdout.write(told + "\n")
    return 0


def waiting(sqs: Any, dead: str, _: str) -> int:
    """How many messages are in `dead`, about."""
    url = sqs.get_queue_url(QueueName=dead)["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(found["Attributes"]["ApproximateNumberOfMessages"])


def redrive(sqs: Any, dead: str, alive: str) -> int:
    """Move all messages of `dead` to `alive`; a message is taken away once it has been sent."""
    source, target = (sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in (dead, alive))
    moved = 0
    while True:
        got = sqs.receive_message(
            QueueUrl=source, MaxNumberOfMessages=_A_BATCH, WaitTimeSeconds=1, VisibilityTimeout=30
        ).get("Messages", [])
        if not got:
            return moved
        for message in got:
            sqs.send_message(QueueUrl=target, MessageBody=message["Body"])
            sqs.delete_message(QueueUrl=source, ReceiptHandle=message["ReceiptHandle"])
            moved += 1


def _in_words(moved: dict[str, int], verb: str) -> str:
    return ", ".join(f"{name}: {count} {verb}" for name, count in moved.items())
