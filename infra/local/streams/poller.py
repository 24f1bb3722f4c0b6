"""Polls every DynamoDB stream that the stack maps to a function, as the Lambda service would."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.settings import LocalSettings
from infra.local.stack import aws_client
from infra.local.streams.as_sent import streams_client
from infra.local.streams.delivery import Delivery, GivenUp, Record
from infra.local.streams.filters import wanted
from infra.local.streams.lanes import lanes
from infra.local.streams.mapping import StreamMapping, read_mapping

_POLL_S = 0.25
_PAGE = 1_000
_WORKERS = 10
"""The most that Lambda allows as `ParallelizationFactor`."""
_ONE_TRY = Config(retries={"total_max_attempts": 1}, read_timeout=90, max_pool_connections=_WORKERS)


class _StoppedError(Exception):
    """The bank is stopping: what is not settled is delivered when it is back."""


@dataclass
class StreamPoller:
    """One thread for all mappings, and more for batches that go at once; it ends by `stop`, and
    begins anew after `begin`.
    """

    settings: LocalSettings
    tell: Callable[[str], None]
    _stopping: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def begin(self) -> None:
        """Start polling, from what the streams still hold; once more after the AWS was restarted,
        whose positions in a stream are new ones then.
        """
        self.stop()
        self._stopping = Event()
        self._thread = Thread(target=self._run, args=(self._stopping,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(10)
            self._thread = None

    def _run(self, stopping: Event) -> None:
        services = Services.of(self.settings)
        shards: list[Shard] | None = None
        complained = ""
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="stream") as workers:
            while not stopping.wait(_POLL_S):
                try:
                    if shards is None:
                        shards = services.shards(stopping)
                    for shard in shards:
                        shard.poll(workers)
                    complained = ""
                except _StoppedError:
                    return
                except (BotoCoreError, ClientError) as fault:
                    # The embedded AWS is away or coming back: every shard goes on where it stands.
                    word = type(fault).__name__
                    if not complained and not stopping.is_set():
                        self.tell(f"The stream poller waits for the embedded AWS ({word}).")
                    complained = word


@dataclass
class Shard:
    """One shard of one mapping: an iterator that moves on when its page is settled."""

    mapping: StreamMapping
    streams: Any
    shard_id: str
    delivery: Delivery
    iterator: str | None = None

    def poll(self, workers: Executor) -> None:
        """Deliver the next page, if there is one; `workers` take the batches that go at once."""
        if self.iterator is None:
            self.iterator = self._first()
        try:
            page = self.streams.get_records(ShardIterator=self.iterator, Limit=_PAGE)
        except ClientError as fault:
            code = fault.response["Error"]["Code"]
            if code in ("ExpiredIteratorException", "TrimmedDataAccessException"):
                self.iterator = None
            raise
        found = [as_event(record, self.mapping.stream_arn) for record in page["Records"]]
        chosen = [record for record in found if wanted(record, self.mapping.patterns)]
        list(workers.map(self._deliver, lanes(chosen, self.mapping.at_once)))
        self.iterator = page.get("NextShardIterator")

    def _deliver(self, lane: Sequence[Record]) -> None:
        for start in range(0, len(lane), self.mapping.batch_size):
            self.delivery.deliver(lane[start : start + self.mapping.batch_size])

    def _first(self) -> str:
        kind = "TRIM_HORIZON" if self.mapping.from_the_start else "LATEST"
        answer = self.streams.get_shard_iterator(
            StreamArn=self.mapping.stream_arn, ShardId=self.shard_id, ShardIteratorType=kind
        )
        return str(answer["ShardIterator"])


@dataclass(frozen=True)
class Services:
    """The clients that polling takes."""

    functions: Any
    streams: Any
    queues: Any

    @classmethod
    def of(cls, settings: LocalSettings) -> Services:
        return cls(
            aws_client("lambda", settings, _ONE_TRY),
            streams_client(settings),
            aws_client("sqs", settings),
        )

    def shards(self, stopping: Event) -> list[Shard]:
        """Every shard of every mapping of the stack."""
        listed = self.functions.list_event_source_mappings()["EventSourceMappings"]
        mappings = [found for raw in listed if (found := read_mapping(raw)) is not None]
        return [
            Shard(mapping, self.streams, shard["ShardId"], self._delivery(mapping, shard, stopping))
            for mapping in mappings
            for shard in self._described(mapping)
        ]

    def _described(self, mapping: StreamMapping) -> Sequence[Mapping[str, Any]]:
        answer = self.streams.describe_stream(StreamArn=mapping.stream_arn)
        shards: Sequence[Mapping[str, Any]] = answer["StreamDescription"]["Shards"]
        return shards

    def _delivery(
        self, mapping: StreamMapping, shard: Mapping[str, Any], stopping: Event
    ) -> Delivery:
        def call(batch: Sequence[Record]) -> Mapping[str, Any] | None:
            if stopping.is_set():
                raise _StoppedError
            answer = self.functions.invoke(
                FunctionName=mapping.function_arn,
                Payload=json.dumps({"Records": batch}).encode(),
            )
            told = answer["Payload"].read()
            if answer.get("FunctionError"):
                return None
            said = json.loads(told or b"null")
            return said if isinstance(said, dict) else {}

        def give_up(gone: GivenUp) -> None:
            if mapping.on_failure is None:
                return
            queue = mapping.on_failure.rpartition(":")[2]
            self.queues.send_message(
                QueueUrl=self.queues.get_queue_url(QueueName=queue)["QueueUrl"],
                MessageBody=json.dumps(_failure(mapping, str(shard["ShardId"]), gone)),
            )

        return Delivery(mapping, call, give_up, stopping.wait, time.time)


def as_event(record: Mapping[str, Any], stream_arn: str) -> dict[str, Any]:
    """A record as it was sent by the streams API, as Lambda hands it to a function."""
    return {**record, "eventSourceARN": stream_arn}


def _failure(mapping: StreamMapping, shard_id: str, gone: GivenUp) -> dict[str, Any]:
    """What Lambda sends to a failure destination: where the records lie, not the records."""
    first, last = gone.records[0]["dynamodb"], gone.records[-1]["dynamodb"]
    return {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(),
        "requestContext": {
            "functionArn": mapping.function_arn,
            "condition": gone.condition,
            "approximateInvokeCount": gone.invocations,
        },
        "DDBStreamBatchInfo": {
            "shardId": shard_id,
            "startSequenceNumber": first["SequenceNumber"],
            "endSequenceNumber": last["SequenceNumber"],
            "approximateArrivalOfFirstRecord": _instant(first),
            "approximateArrivalOfLastRecord": _instant(last),
            "batchSize": len(gone.records),
            "streamArn": mapping.stream_arn,
        },
    }


def _instant(image: Mapping[str, Any]) -> str:
    return datetime.fromtimestamp(image["ApproximateCreationDateTime"], UTC).isoformat()
