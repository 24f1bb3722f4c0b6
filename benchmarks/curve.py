"""The plot of the docs: capacity units of an average turn, by how large the bank is.

SVG by hand: lines on one logarithmic axis need no library, and the same figures give the same
bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

_W, _H, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 300, 60, 20, 56, 44
_COLOURS = ("#0b6e4f", "#b9770e", "#34495e")
_INK, _PALE = "#333", "#ddd"
Points = Sequence[tuple[int, float]]
"""Sizes in rising order, and the units of a turn."""


def curve(series: Mapping[str, Points]) -> str:
    """`series` by what grows; sizes are positive, and there are at least two."""
    sizes = [size for points in series.values() for size, _ in points]
    low, high = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    top = math.ceil(max(units for points in series.values() for _, units in points) * 1.25)
    title = "Capacity units of an average turn, as the bank grows"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_W} {_H}" role="img"'
        ' font-family="sans-serif" font-size="12">',
        f"<title>{title}</title>",
        f'<rect width="{_W}" height="{_H}" fill="#fff"/>',
        _text(_LEFT, 20, title, "start"),
    ]
    for power in range(low, high + 1):
        x = _x(10**power, low, high)
        parts.append(_line((x, _TOP), (x, _H - _BOTTOM)))
        parts.append(_text(x, _H - _BOTTOM + 16, f"{10**power:,}", "middle"))
    for step in range(5):
        units = top * step / 4
        y = _y(units, top)
        parts.append(_line((_LEFT, y), (_W - _RIGHT, y)))
        parts.append(_text(_LEFT - 6, y + 4, f"{units:g}", "end"))
    for number, (name, points) in enumerate(series.items()):
        colour = _COLOURS[number]
        placed = [(_x(size, low, high), _y(units, top)) for size, units in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in placed]
        left = _LEFT + number * 170
        parts.append(f'<rect x="{left}" y="30" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(left + 18, 40, f"by {name}", "start"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(size: int, low: int, high: int) -> float:
    return _LEFT + (_W - _LEFT - _RIGHT) * (math.log10(size) - low) / (high - low)


def _y(units: float, top: float) -> float:
    return _H - _BOTTOM - (_H - _TOP - _BOTTOM) * units / top


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{_PALE}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{words}</text>'
