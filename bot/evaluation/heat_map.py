"""Draws a confusion matrix as an SVG picture that a screen reader can tell too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_CELL = 26
_LETTER = 6.5
_MARGIN = 8
_MAX_SIDE = 60
"""More intents than this would be a carpet, not a picture: the busiest are drawn."""

Counts = Mapping[tuple[str, str], int]
"""Rows by (wanted intent, given intent)."""


def heat_map(counts: Counts) -> str:
    """The picture as an `<svg>` element: a row for each wanted intent, shaded by its shares."""
    names = _busiest(counts)
    edge = round(max(map(len, names), default=0) * _LETTER) + 2 * _MARGIN
    side = edge + _CELL * len(names) + _MARGIN
    wrong = sum(count for (wanted, given), count in counts.items() if wanted != given)
    title = f"Confusion matrix of {len(names)} intents, {wrong} rows off the diagonal"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {side} {side}"'
            f' width="{side}" height="{side}" font-family="system-ui, sans-serif" font-size="11">',
            f"<title>{escape(title)}</title>",
            *_labels(names, edge),
            *_cells(names, counts, edge),
            "</svg>",
        ]
    )


def _busiest(counts: Counts) -> list[str]:
    rows: dict[str, int] = {}
    for pair, count in counts.items():
        for name in set(pair):
            rows[name] = rows.get(name, 0) + count
    return sorted(sorted(rows, key=lambda name: (-rows[name], name))[:_MAX_SIDE])


def _labels(names: Sequence[str], edge: int) -> list[str]:
    marks = []
    for place, name in enumerate(names):
        middle = edge + _CELL * place + _CELL // 2
        text = escape(name)
        marks.append(
            f'<text x="{edge - 6}" y="{middle + 4}" text-anchor="end"'
            f' fill="currentColor">{text}</text>'
        )
        marks.append(
            f'<text transform="translate({middle + 4} {edge - 6}) rotate(-90)"'
            f' fill="currentColor">{text}</text>'
        )
    return marks


def _cells(names: Sequence[str], counts: Counts, edge: int) -> list[str]:
    marks = []
    for row, wanted in enumerate(names):
        total = sum(counts.get((wanted, given), 0) for given in names) or 1
        for column, given in enumerate(names):
            count = counts.get((wanted, given), 0)
            if count:
                place = edge + _CELL * column, edge + _CELL * row
                marks.append(_cell(place, count, count / total, wanted, given))
    return marks


def _cell(place: tuple[int, int], count: int, share: float, wanted: str, given: str) -> str:
    x, y = place
    colour = "#1f7a4d" if wanted == given else "#b3261e"
    told = f"{wanted}, heard as {given}: {count}"
    ink = "#fff" if share > 0.45 else "currentColor"
    return (
        f"<g><title>{escape(told)}</title>"
        f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_CELL - 1}" rx="3" fill="{colour}"'
        f' fill-opacity="{0.15 + 0.85 * share:.2f}"/>'
        f'<text x="{x + _CELL / 2 - 0.5}" y="{y + _CELL / 2 + 4}" text-anchor="middle"'
        f' fill="{ink}">{count}</text></g>'
    )
