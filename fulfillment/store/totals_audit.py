"""Every stored tally beside the one its lines make."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fulfillment.bank.money import exponent
from fulfillment.store.evidence import Evidence
from fulfillment.store.totals_items import Place

_PIECES = ("n", "k")
_WHAT = {"TM": "month", "TD": "day", "TP": "party"}


def wrong_totals(evidence: Evidence) -> Iterator[str]:
    """Each figure that differs, and each name that was paid and is not known."""
    for place in sorted(evidence.counted.keys() | evidence.to_count.keys()):
        stored = evidence.counted.get(place, {})
        rebuilt = dict(evidence.to_count.get(place, {}))
        for name in sorted(stored.keys() | rebuilt.keys()):
            if stored.get(name, 0) != rebuilt.get(name, 0):
                yield (
                    f"{_place_in_words(place)}: {name} is {_figure(stored, name, place)}, "
                    f"its lines make {_figure(rebuilt, name, place)}"
                )
    for place, names in sorted(evidence.names.items()):
        for name in sorted(names - evidence.known_names[place]):
            yield f"names of {place[0]}: {name!r} is counted but not known"


def _place_in_words(place: Place) -> str:
    letter, *rest = place[1].split("#")
    return f"totals of {place[0].removeprefix('C#')}, {_WHAT[letter]} {' '.join(rest)}"


def _figure(tally: dict[str, int], name: str, place: Place) -> str:
    figure = tally.get(name, 0)
    if name.rstrip("0123456789").partition("_")[0] in _PIECES:
        return str(figure)
    return str(Decimal(figure).scaleb(-exponent(place[1].rpartition("#")[2])))
