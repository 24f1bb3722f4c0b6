"""Whether a slot's value is the one that was expected, however either is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from bot.engine.recogniser import SlotMatch

_DURATION = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?"
    r"(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?"
)
_UNIT_SECONDS = (365 * 86_400, 30 * 86_400, 7 * 86_400, 86_400, 3600, 60, 1)
_AMOUNTS = ("AMAZON.Number", "AMAZON.Currency", "AMAZON.Percentage")


def agrees(
    type_name: str, match: SlotMatch, accepted: Sequence[str], coin: Decimal = Decimal(1)
) -> bool:
    """Whether a reading of `match` is one of the `accepted` values, which are `coin` each.

    Numbers and amounts are compared as numbers, durations by their length, the rest as text.
    """
    readings = [value for value in (match.interpreted, *match.resolved) if value]
    if type_name == "AMAZON.Duration":
        return any(_as_long(value, wanted) for value in readings for wanted in accepted)
    if type_name not in _AMOUNTS:
        return any(value in accepted for value in readings)
    wanted = {n * coin for value in accepted if (n := _number(value)) is not None}
    numbers = [n for value in readings if (n := _number(value)) is not None]
    return any(_near(number, wanted) for number in numbers)


def _as_long(duration: str, other: str) -> bool:
    """Whether both last as long; months and years do not all, so that a fiftieth is forgiven."""
    one, two = _seconds(duration), _seconds(other)
    return one is not None and two is not None and abs(one - two) <= two / 50


def _seconds(duration: str) -> Decimal | None:
    """The length of an ISO 8601 duration, with months of 30 days and years of 365."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    parts = zip(match.groups(), _UNIT_SECONDS, strict=True)
    return sum((Decimal(part) * unit for part, unit in parts if part), Decimal(0))


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value.removesuffix("%").rpartition(" ")[2])
    except InvalidOperation:
        return None


def _near(number: Decimal, wanted: set[Decimal]) -> bool:
    """Equal, but for digits beyond the ninth that count."""
    return any(abs(number - other) <= abs(other) * Decimal("1e-9") for other in wanted)
