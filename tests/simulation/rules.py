"""Rules of single items that no write may break, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulation.dynamo.model import Change

if TYPE_CHECKING:
    from tests.simulation.dynamo.evaluation import Item

_FINAL = frozenset({"posted", "released", "expired"})
_CLOSED = frozenset({"released", "declined", "closed"})
_ONCE = ("E#", "Z#", "YE#", "M#", "R#")
"""The sort keys of what is written once and stays so."""
_OF_A_TRANSFER = ("kind", "cid", "src", "amt", "fee", "ccy", "dg", "at", "attempt")
_OF_A_SCORE = ("cid", "cp", "day", "at", "minor", "dec", "sc", "by")


class BrokenError(AssertionError):
    """The bank did what it must never do."""


def keep_the_rules(name: str, change: Change) -> None:
    """Raises `BrokenError` where `change`, made by `name`, breaks one."""
    partition, sort = change.key
    was, now = change.before, change.after
    if was is not None and sort.startswith(_ONCE) and was != now:
        raise BrokenError(f"{name}: {change.key} was written before, once and for all")
    if partition.startswith("SECURITY#") and was is not None:
        raise BrokenError(f"{name}: {change.key} was told before")
    if partition.startswith("T#") and was is not None:
        if now is None or was["st"]["S"] in _FINAL:
            raise BrokenError(f"{name}: {change.key} had come to its end")
        _stay(name, change.key, was, now, _OF_A_TRANSFER)
    if partition.startswith("FS#") and was is not None:
        _stay(name, change.key, was, now or {}, _OF_A_SCORE)
    if now is None:
        return
    if sort.startswith("A#"):
        _keep_account(name, change.key, was, now)
    if sort.startswith("Y#") and was is not None:
        _keep_case(name, change.key, was, now)
    if sort == "F" and was is not None and _number(now, "lt") < _number(was, "lt"):
        raise BrokenError(f"{name}: {change.key} goes back in time")


def _stay(name: str, key: tuple[str, str], was: Item, now: Item, kept: tuple[str, ...]) -> None:
    if any(was.get(one) != now.get(one) for one in kept):
        raise BrokenError(f"{name}: {key} is not what it was")


def _keep_account(name: str, key: tuple[str, str], was: Item | None, now: Item) -> None:
    posted, held, available, limit = (
        _number(now, figure) for figure in ("posted", "held", "avail", "lim")
    )
    if available != posted - held + limit:
        raise BrokenError(f"{name}: {key} has {available} available, not what is left")
    if held < 0:
        raise BrokenError(f"{name}: {key} holds {held}")
    if available < 0 and now["kind"]["S"] in ("checking", "savings"):
        raise BrokenError(f"{name}: {key} is overdrawn")
    if was is not None and _number(now, "ver") <= _number(was, "ver"):
        raise BrokenError(f"{name}: {key} has a version that does not rise")


def _keep_case(name: str, key: tuple[str, str], was: Item, now: Item) -> None:
    if _number(now, "ver") != _number(was, "ver") + 1:
        raise BrokenError(f"{name}: {key} was changed by somebody who had not seen the last change")
    if was["st"]["S"] in _CLOSED and now["st"] != was["st"]:
        raise BrokenError(f"{name}: {key} had come to its end")


def _number(item: Item, name: str) -> int:
    return int(item[name]["N"]) if name in item else 0
