"""One thread on which many actors take turns: who goes on next is drawn from the seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from greenlet import getcurrent, greenlet

MOST_STEPS = 50_000


class Killed(BaseException):
    """The process that ran this is gone. No code of the bank's may catch it."""


class StuckError(Exception):
    """The actors go round in circles."""


@dataclass(eq=False)
class Actor:
    """Something that runs by itself. `skew` is how far its machine's clock is off."""

    name: str
    play: greenlet
    wakes: datetime
    skew: timedelta = timedelta(0)
    context: list[Any] = field(default_factory=list)
    """What it is in the middle of; the innermost last."""
    doomed: bool = False


@dataclass(eq=False)
class Stage:
    """The actors, the time, and the dice. Nothing here reads a real clock."""

    rng: Random
    now: datetime
    trace: Callable[[str], None] | None = None
    steps: int = 0
    _hub: greenlet = field(default_factory=getcurrent)
    _actors: list[Actor] = field(default_factory=list)
    _by_play: dict[greenlet, Actor] = field(default_factory=dict)

    def start(
        self,
        name: str,
        play: Callable[[], object],
        *,
        after: float = 0.0,
        skew: timedelta = timedelta(0),
    ) -> Actor:
        """Let `play` begin in `after` seconds."""
        actor = Actor(name, greenlet(play, self._hub), self.now + timedelta(seconds=after), skew)
        self._actors.append(actor)
        self._by_play[actor.play] = actor
        return actor

    def run(self) -> None:
        """Until every actor has come to its end. What an actor raises ends it all."""
        while self._actors:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise StuckError(f"{len(self._actors)} actors are not done")
            awake = [actor for actor in self._actors if actor.wakes <= self.now]
            if not awake:
                self.now = min(actor.wakes for actor in self._actors)
                continue
            actor = self.rng.choice(awake) if len(awake) > 1 else awake[0]
            self.now += timedelta(microseconds=self.rng.randrange(200, 4000))
            self._go_on(actor)

    def _go_on(self, actor: Actor) -> None:
        if actor.doomed and actor.play:
            actor.doomed = False
            try:
                actor.play.throw(Killed)
            except Killed:
                self.say("is gone", actor)
        else:
            try:
                actor.play.switch()
            except Killed:
                self.say("is gone", actor)
        if actor.play.dead:
            self._actors.remove(actor)
            del self._by_play[actor.play]

    @property
    def actor(self) -> Actor | None:
        """Who is on, None between two turns."""
        return self._by_play.get(getcurrent())

    def pause(self, seconds: float = 0.0) -> None:
        """Let the others go on; come back after `seconds` at the earliest."""
        actor = self.actor
        if actor is None:
            return
        actor.wakes = self.now + timedelta(seconds=seconds)
        self._hub.switch()

    def clock(self) -> datetime:
        """The time as the machine of whoever asks has it."""
        actor = self.actor
        return self.now + (actor.skew if actor else timedelta(0))

    def say(self, what: str, actor: Actor | None = None) -> None:
        """A line of the trace, where one is wanted."""
        if self.trace is not None:
            actor = actor or self.actor
            name = actor.name if actor else "-"
            self.trace(f"{self.now:%d %H:%M:%S.%f} {name:<18} {what}")
