"""What a Slack workspace holds: people, one channel's messages and threads, and notes for one."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MOST_MESSAGES = 400
BOT = "B0TELLER"


@dataclass(slots=True)
class Message:
    """`only_for` is the one user who sees it. `deleted` ones keep their place and nothing else."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    only_for: str | None = None
    metadata: dict[str, Any] | None = None
    edited: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    title: str


class Workspace:
    """Lives on one event loop. `changed` tells those who wait; `file` keeps it over a restart."""

    def __init__(
        self, people: list[Person], file: Path | None = None, now: Callable[[], float] = time.time
    ) -> None:
        self.people = people
        self.messages: list[Message] = []
        self.version = 0
        self._file = file
        self._now = now
        self._last = 0
        self._changed = asyncio.Condition()
        self._load()

    async def add(self, message: Message) -> Message:
        """Put a message, whose `ts` is given here."""
        message.ts = self._next_ts()
        self.messages.append(message)
        del self.messages[:-MOST_MESSAGES]
        await self.touch()
        return message

    def find(self, channel: str, ts: str) -> Message | None:
        """A message that is still there."""
        for message in self.messages:
            if message.channel == channel and message.ts == ts and not message.deleted:
                return message
        return None

    async def touch(self) -> None:
        """Something changed: keep it, and wake who waits."""
        self.version += 1
        self._save()
        async with self._changed:
            self._changed.notify_all()

    async def after(self, version: int, patience_s: float) -> None:
        """Return as soon as the workspace is newer than `version`, or patience is over."""
        async with self._changed:
            try:
                await asyncio.wait_for(
                    self._changed.wait_for(lambda: self.version > version), patience_s
                )
            except TimeoutError:
                return

    def _next_ts(self) -> str:
        self._last = max(self._last + 1, int(self._now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def _save(self) -> None:
        if self._file is None:
            return
        body = {"version": self.version, "messages": [asdict(one) for one in self.messages]}
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps(body), encoding="utf-8")
        beside.replace(self._file)

    def _load(self) -> None:
        if self._file is None or not self._file.exists():
            return
        kept = json.loads(self._file.read_text(encoding="utf-8"))
        self.version = kept["version"]
        self.messages = [Message(**one) for one in kept["messages"]]
