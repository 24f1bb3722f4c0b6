"""Walks of many sessions against a running bank."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

from botocore.config import Config
from botocore.session import get_session

from bot.conversation.lex_channel import IdentityProvider, LexChannel
from bot.definition import load
from infra.local.settings import BOT_ID, REGION, TEST_ALIAS_ID
from infra.local.stack import ROOT
from tests.fuzz.judge import Judge
from tests.fuzz.walker import Walker
from tests.fuzz.words import WORDS

CUSTOMERS = ("amelia", "ben", "carla", "doris", "elias")
TURNS_A_SESSION = 25
_TOLD_EVERY = 40
"""Sessions."""


@dataclass
class Walks:
    """What the walks met. `faults` holds the seed of the session, the turn, what was said."""

    turns: int = 0
    sessions: int = 0
    seconds: float = 0.0
    by_intent: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class Walkable(Protocol):
    """Any bank with a Lex Runtime."""

    @property
    def endpoint(self) -> str: ...


def walk(
    bank: Walkable,
    identity_of: Callable[[str], IdentityProvider],
    turns: int,
    seed: int,
    locale_id: str = "en_US",
    tell: Callable[[str], object] = lambda _: None,
) -> Walks:
    """At least `turns` turns; the sessions of a seed say the same again. `tell` hears each fault at
    once, and how far the walk is.
    """
    found = Walks()
    locale = load(ROOT / "lex_definitions").locales[locale_id]
    # An empty text is for the API to refuse, not for the client.
    client: Any = get_session().create_client(
        "lexv2-runtime",
        endpoint_url=bank.endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(parameter_validation=False, read_timeout=300, retries={"max_attempts": 0}),
    )
    started = time.monotonic()
    for number in _sessions(seed):
        rng = Random(number)
        customer = CUSTOMERS[rng.randrange(len(CUSTOMERS))]
        channel = LexChannel(
            client,
            bot_id=BOT_ID,
            alias_id=TEST_ALIAS_ID,
            locale_id=locale_id,
            session_id=f"walk-{number}-{turns}",
            identity=identity_of(customer),
        )
        known = len(found.faults)
        words = WORDS[locale_id]
        walker, judge = Walker(locale, words, rng), Judge(words)
        _session(channel, walker, judge, f"session {number} ({customer})", found)
        found.sessions += 1
        for fault in found.faults[known:]:
            tell(fault)
        if found.sessions % _TOLD_EVERY == 0:
            tell(f"{found.turns} turns, {len(found.faults)} faults")
        if found.turns >= turns:
            break
    found.seconds = time.monotonic() - started
    client.close()
    return found


def _sessions(seed: int) -> Iterator[int]:
    number = seed * 1_000_000
    while True:
        yield number
        number += 1


def _session(channel: LexChannel, walker: Walker, judge: Judge, name: str, found: Walks) -> None:
    last = None
    for turn in range(TURNS_A_SESSION):
        said = walker.next(last)
        reply = channel.say(said.text)
        found.turns += 1
        intent = (reply.dialog.intent if reply.dialog else None) or "(none)"
        found.by_intent[intent] = found.by_intent.get(intent, 0) + 1
        found.faults += [
            f"{name}, turn {turn}, {said.why} {said.text[:60]!r}: {fault}"
            for fault in judge.faults(said, reply)
        ]
        last = reply if reply.error is None else last
