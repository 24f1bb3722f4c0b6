import asyncio
import os
import signal
import time
from types import SimpleNamespace
from typing import Any

import pytest

from infra.local.embedded_aws import changes_state, emulator_environment, watched
from infra.local.snapshots import Snapshotter


async def _nothing(*_: Any) -> None:
    return None


def _request(target: str = "", method: str = "POST") -> dict[str, Any]:
    headers = [(b"x-amz-target", target.encode())] if target else []
    return {"type": "http", "method": method, "headers": headers}


@pytest.mark.parametrize(
    "target",
    ["PutItem", "TransactWriteItems", "BatchWriteItem", ""],
)
def test_a_write_counts_as_a_change(target: str) -> None:
    assert changes_state(_request(f"DynamoDB_20120810.{target}"))


@pytest.mark.parametrize(
    "target",
    ["GetItem", "Query", "TransactGetItems", "DescribeTable"],
)
def test_a_read_does_not(target: str) -> None:
    assert not changes_state(_request(f"DynamoDB_20120810.{target}"))


def test_a_get_request_does_not_count_as_a_change() -> None:
    assert not changes_state(_request(method="GET"))


def test_the_emulator_listens_on_loopback_only_and_enforces_iam(tmp_path: Any) -> None:
    environment = emulator_environment(8701, tmp_path)
    assert environment["BIND_HOST"] == "127.0.0.1"
    assert environment["AUTH"] == "true"
    assert environment["PERSIST_STATE"] == "1"


def test_a_change_is_written_once_and_a_quiet_second_writes_nothing(tmp_path: Any) -> None:
    written = tmp_path / "snapshots"
    snapshots = Snapshotter(lambda: written.open("a").write("x") and None)

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:
        return None

    asyncio.run(watched(app, snapshots)(_request("DynamoDB_20120810.PutItem"), _nothing, _nothing))
    snapshots.tick()
    while snapshots._child is not None:
        snapshots.tick()
    assert written.read_text() == "x"


def test_a_snapshot_that_failed_is_taken_again(tmp_path: Any) -> None:
    attempts = tmp_path / "attempts"

    def save() -> None:
        with attempts.open("a") as file:
            file.write("x")
        if len(attempts.read_text()) == 1:
            raise OSError("disk full")

    snapshots = Snapshotter(save)
    snapshots.touch()
    snapshots.tick()
    while snapshots._child is not None or snapshots._dirty:
        snapshots.tick()
    assert attempts.read_text() == "xx"


def test_a_writer_that_a_busy_machine_holds_up_gets_twice_as_long_the_next_time(
    tmp_path: Any,
) -> None:
    held_up, done = tmp_path / "held-up", tmp_path / "done"

    def save() -> None:
        if not held_up.exists():
            held_up.touch()
            signal.pause()
        done.touch()

    snapshots = Snapshotter(save)
    snapshots.touch()
    snapshots.tick()
    while not held_up.exists():
        os.sched_yield()
    snapshots._child_started -= snapshots._limit_s
    limits = set()
    while not done.exists():
        snapshots.tick()
        limits.add(snapshots._limit_s)
    assert max(limits) == 40.0
    asyncio.run(snapshots.finish())
    assert snapshots._limit_s == 20.0


def test_changes_without_end_are_written_a_tenth_of_the_time(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, now = tmp_path / "snapshots", [100.0]
    monkeypatch.setattr("infra.local.snapshots.time", SimpleNamespace(monotonic=lambda: now[0]))

    def save() -> None:
        while time.process_time() < 0.05:
            pass
        written.open("a").write("x")

    def written_down() -> bool:
        snapshots.touch()
        snapshots.tick()
        started = snapshots._child is not None
        while snapshots._child is not None:
            snapshots.tick()
        return started

    snapshots = Snapshotter(save)
    assert written_down()
    now[0] += 0.4
    assert not written_down()
    now[0] += 60
    assert written_down()
    assert written.read_text() == "xx"
