"""Changes one thing or several in an event of Lex: what a broken or a hostile caller might send.

Seeded `Random` and not atheris: what goes wrong in an event is its shape (a key away, another type,
a text nobody thought of), which mutations of JSON reach at once and mutations of bytes hardly ever,
and a seed repeats a run on every Python and machine that the project runs on.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

Json = dict[str, Any]
_Place = tuple[Any, Any]
"""A container and the key or index in it."""

TEXTS = (
    "", " ", "\x00", "\n\n", "null", "None", "{{7*7}}", "{% raw %}", "<script>", "%s%n",
    "'; DROP TABLE x;--", "../../etc/passwd", "🦄" * 40, "\u202egnp", "ＦＵＬＬ",
    "ß" * 5, "e\u0301",
    "\ud800", "a" * 1024, "9" * 300, "-1", "0", "1e400", "NaN", "Infinity", "$" + "9" * 40,
    "1,2,3.4.5", "٣٤", "½", "yes", "no", "the first one", "USD 50", "2026-02-30", "9999-12-31",
    "0001-01-01", "P1Y", "T25:00", "[]", "{}", "#",
)  # fmt: skip
_WHAT: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 10**40, 1.5, float("nan"), float("inf"), [], {}, [None], [[]],
    {"": ""}, [{}], {"value": None}, {"value": {"originalValue": None}},
    {"shape": "List", "values": [None]},
)  # fmt: skip


def mutated(event: Json, others: Sequence[Json], rng: Random) -> Json:
    """A copy of `event` with one to four changes; values of `others` may be put into it."""
    changed = copy.deepcopy(event)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        places = list(_places(changed))
        if not places:
            break
        _CHANGES[rng.randrange(len(_CHANGES))](rng.choice(places), others, rng)
    return changed


def _places(node: Any) -> list[_Place]:
    found: list[_Place] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        for key in keys:
            found.append((one, key))
            if isinstance(one[key], (dict, list)):
                waiting.append(one[key])
    return found


def _gone(place: _Place, _: Sequence[Json], rng: Random) -> None:
    del place[0][place[1]]


def _other_text(place: _Place, _: Sequence[Json], rng: Random) -> None:
    place[0][place[1]] = rng.choice(TEXTS)


def _other_kind(place: _Place, _: Sequence[Json], rng: Random) -> None:
    place[0][place[1]] = copy.deepcopy(rng.choice(_WHAT))


def _twice(place: _Place, _: Sequence[Json], rng: Random) -> None:
    container, key = place
    if isinstance(container, list):
        container.append(copy.deepcopy(container[key]))
    else:
        container[rng.choice(TEXTS)] = copy.deepcopy(container[key])


def _cut(place: _Place, _: Sequence[Json], rng: Random) -> None:
    """A text is cut, doubled or joined with another: what we remembered is no longer whole."""
    container, key = place
    value = container[key]
    if not isinstance(value, str) or not value:
        return
    at = rng.randrange(len(value))
    container[key] = rng.choice(
        (value[:at], value[at:], value + value, value[:at] + rng.choice(TEXTS))
    )


def _from_another(place: _Place, others: Sequence[Json], rng: Random) -> None:
    """What another event has in some place: another intent's slot, another turn's attributes."""
    if others:
        container, key = rng.choice(_places(rng.choice(others)))
        place[0][place[1]] = copy.deepcopy(container[key])


_CHANGES: tuple[Callable[[_Place, Sequence[Json], Random], None], ...] = (
    _gone, _other_text, _other_text, _other_kind, _twice, _cut, _cut, _from_another,
)  # fmt: skip
