"""What a customer wants of personal offers and tips: consent, less of some, and what was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

_REMEMBERED = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Told:
    """How often something was told, counted from the day `since`."""

    times: int
    since: date


@dataclass(frozen=True, slots=True)
class OfferWishes:
    """Off until the customer agrees. `less` says until when not to tell of a kind of offer or tip,
    `told` how often each was told. `last` is what was told last, as JSON; empty when nothing was.
    `version` counts the changes."""

    on: bool = False
    less: Mapping[str, date] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    last: str = ""
    version: int = 0

    def agreed(self) -> OfferWishes:
        return replace(self, on=True)

    def refused(self) -> OfferWishes:
        """Nothing more is told, and what was told last is forgotten; what was unwanted stays so."""
        return replace(self, on=False, last="")

    def without(self, kind: str, until: date) -> OfferWishes:
        """Nothing of `kind` before `until`."""
        return replace(self, less={**self.less, kind: until}, last="")

    def remembering(self, last: str) -> OfferWishes:
        """With more known of what was told last."""
        return replace(self, last=last)

    def is_unwanted(self, kind: str, today: date) -> bool:
        until = self.less.get(kind)
        return until is not None and today < until

    def is_told_enough(self, kind: str, most: int, within: timedelta, today: date) -> bool:
        """Whether `kind` was told `most` times in the running span."""
        told = self.told.get(kind)
        return told is not None and told.times >= most and today - told.since < within

    def telling(
        self, kinds: tuple[str, ...], last: str, within: timedelta, today: date
    ) -> OfferWishes:
        """After telling of `kinds`: counted, and kept as the last. What a year has passed over is
        forgotten."""
        told = {kind: one for kind, one in self.told.items() if today - one.since < _REMEMBERED}
        for kind in kinds:
            before = told.get(kind)
            runs = before is not None and today - before.since < within
            told[kind] = Told(before.times + 1, before.since) if before and runs else Told(1, today)
        return replace(self, told=told, last=last)
