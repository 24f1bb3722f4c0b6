"""The log of offers as answers to be judged: who might have come first, who did, and whether it was
taken.

A line of the log is an offer (`eligible`, `told`) or an outcome that names the offer's line (`of`).
Lines without anything to choose, and those of before outcomes were kept (no `id`), tell nothing
here and are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TAKEN = frozenset({"wanted", "acted"})
_WHOLE = 1e-6


class LogError(ValueError):
    """A line is no line of the log of offers; the message says which."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An offer that might have come first: `chance` of being taken as it was thought to be, `worth`
    to the customer in minor units a year, `first` how likely it was to come first. `scored`:
    whether a model said the chance."""

    product: str
    chance: float
    worth: int
    first: float
    scored: bool


@dataclass(frozen=True, slots=True)
class Impression:
    """One answer to one customer. `shown` is the place among `choices` of what came first, `taken`
    whether that very offer was wanted or acted on."""

    customer: str
    choices: tuple[Choice, ...]
    shown: int
    taken: bool

    @property
    def propensity(self) -> float:
        return self.choices[self.shown].first


@dataclass(frozen=True, slots=True)
class Log:
    """What can be judged, and how many lines of offers cannot."""

    impressions: tuple[Impression, ...]
    left_out: int


def read_log(lines: Iterable[tuple[str, Mapping[str, Any]]]) -> Log:
    """Of pairs of a customer and a line, in any order. Raises `LogError`."""
    offers: list[tuple[str, Mapping[str, Any]]] = []
    taken: set[tuple[str, str]] = set()
    for number, (customer, line) in enumerate(lines, start=1):
        if "outcome" in line:
            if line["outcome"] in TAKEN:
                taken.add((str(line["of"]), str(line["product"])))
        elif "told" in line:
            offers.append((customer, line))
        else:
            raise LogError(f"line {number} is neither an offer nor an outcome")
    found = [_impression(customer, line, taken) for customer, line in offers]
    usable = tuple(one for one in found if one is not None)
    return Log(usable, len(found) - len(usable))


def _impression(
    customer: str, line: Mapping[str, Any], taken: set[tuple[str, str]]
) -> Impression | None:
    choices = tuple(
        Choice(
            str(one["product"]),
            float(one["chance"]),
            int(one["worth"]),
            float(one["first"]),
            bool(one.get("model")),
        )
        for one in line.get("eligible", ())
    )
    if not choices or not line["told"] or "id" not in line:
        return None
    if abs(sum(one.first for one in choices) - 1) > _WHOLE:
        raise LogError(f"line {line['id']}: the chances of coming first do not add up to one")
    names = [one.product for one in choices]
    first = str(line["told"][0]["product"])
    if first not in names or choices[names.index(first)].first <= 0:
        raise LogError(f"line {line['id']}: {first} came first and could not have")
    return Impression(
        customer, choices, names.index(first), (str(line["id"]), first) in taken
    )  # fmt: skip
