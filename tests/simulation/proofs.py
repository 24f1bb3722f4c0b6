"""One-time codes under watch: which quote a right code has marked, and telephones that ring."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from fulfillment.alerts.phone import PhoneMessage
from fulfillment.conversations.deps import Deps
from fulfillment.store.challenges import Challenge, Challenges
from fulfillment.store.proofs import Proofs
from tests.simulation.watching import Watch, Watcher

_CODE = re.compile(r"\b\d{6}\b")


@dataclass
class Telephones:
    """What every customer was sent, the last at the end. Now and then nothing arrives."""

    rng: Random
    rung: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def send(self, message: PhoneMessage) -> None:
        if self.rng.random() >= 0.05:
            self.rung[message.customer_id] += _CODE.findall(message.text)[:1]

    def new_code(self) -> str:
        return f"{self.rng.randrange(10**6):06d}"


@dataclass(frozen=True, slots=True)
class WatchedChallenges(Challenges):
    """The production codes; what a right one is used for is announced before."""

    watcher: Watcher

    def put(self, challenge: Challenge) -> None:
        watch = Watch("code sent", lambda ledger: ledger.send_code(challenge))
        self.watcher.during(watch, lambda: Challenges.put(self, challenge))

    def step_up_quote(self, challenge: Challenge, now: datetime, entry_id: str) -> bool:
        watch = Watch(
            f"code for {challenge.quote_id}", lambda ledger: ledger.step_up(challenge, now)
        )
        return self.watcher.during(
            watch, lambda: Challenges.step_up_quote(self, challenge, now, entry_id)
        )


@dataclass(frozen=True, slots=True)
class WatchedProofs(Proofs):
    watcher: Watcher = field(default=None)  # type: ignore[assignment]  # a field after defaults

    @property
    def challenges(self) -> Challenges:
        return WatchedChallenges(self.client, self.table, self.patience, self.watcher)


@dataclass(frozen=True, slots=True)
class WatchedDeps(Deps):
    """What the conversations need, with the codes under watch."""

    watcher: Watcher = field(default=None)  # type: ignore[assignment]  # a field after defaults

    @property
    def proofs(self) -> Proofs:
        plain = Deps.proofs.fget(self)  # type: ignore[attr-defined]  # of a property
        return WatchedProofs(
            plain.client, plain.table, plain.idle, plain.absolute, plain.patience, self.watcher
        )
