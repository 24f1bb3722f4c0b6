"""Prices and traffic as data: what changes without a change of code, with its date and source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
PRICES, TRAFFIC = _HERE / "prices.toml", _HERE / "traffic.toml"


@dataclass(frozen=True, slots=True)
class Price:
    """`usd` for one of `per`; `tiers` are (how many, dollars each), the last without an end."""

    usd: float
    per: str
    source: str
    read: bool
    tiers: tuple[tuple[float, float], ...] = ()

    def of(self, quantity: float) -> float:
        """Dollars for `quantity` of them in a month."""
        if not self.tiers:
            return quantity * self.usd
        total, left = 0.0, quantity
        for size, usd in self.tiers[:-1]:
            total += min(left, size) * usd
            left -= min(left, size)
        return total + left * self.tiers[-1][1]


@dataclass(frozen=True, slots=True)
class Prices:
    """All prices of one region on one day."""

    as_of: date
    region: str
    rows: Mapping[str, Price]

    def of(self, name: str, quantity: float = 1.0) -> float:
        """Dollars a month. Raises `KeyError` for a price that is not there."""
        return self.rows[name].of(quantity)


def read_prices(path: Path = PRICES) -> Prices:
    """The prices of a file. Raises `TypeError` for a row that lacks a source or a unit."""
    found = tomllib.loads(path.read_text())
    rows = {
        name: Price(**{**row, "tiers": tuple((t[0], t[1]) for t in row.get("tiers", ()))})
        for name, row in found.items()
        if isinstance(row, dict)
    }
    return Prices(found["as_of"], found["region"], rows)


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is assumed of customers and of what a template does not say."""

    conversation: Mapping[str, float]
    turns: Mapping[str, float]
    time: Mapping[str, float]
    bytes: Mapping[str, float]
    shares: Mapping[str, float]
    training: Mapping[str, float]
    watching: Mapping[str, float]


def read_traffic(path: Path = TRAFFIC) -> Traffic:
    """Raises `ValueError` when the shares of the turns do not add up to one."""
    found: dict[str, Any] = tomllib.loads(path.read_text())
    traffic = Traffic(**found)
    if abs(sum(traffic.turns.values()) - 1) > 1e-9:
        raise ValueError("the shares of the turns do not add up to 1")
    return traffic
