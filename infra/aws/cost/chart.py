"""The chart of the docs: dollars for 1,000 conversations, by how many turns a month has.

SVG by hand: two bars a group on a logarithmic scale need no library, and the same figures give the
same bytes, so that a test can compare the committed file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

_W, _H, _LEFT, _TOP, _BOTTOM = 640, 300, 60, 46, 44
_OURS, _THEIRS, _INK, _PALE = "#0b6e4f", "#b9770e", "#333", "#ddd"


def chart(groups: Sequence[tuple[str, float, float]]) -> str:
    """`groups` are a label and two positive figures each: ours, and QnABot's."""
    figures = [figure for _, *pair in groups for figure in pair]
    low = 10.0 ** math.floor(math.log10(min(figures)))
    high = 10.0 ** math.ceil(math.log10(max(figures)))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_W} {_H}" role="img"'
        ' font-family="sans-serif" font-size="12">',
        "<title>Dollars for 1,000 conversations, by turns a month</title>",
        f'<rect width="{_W}" height="{_H}" fill="#fff"/>',
        _text(_LEFT, 20, "Dollars for 1,000 conversations (logarithmic)", "start"),
        *_legend(),
        *_scale(low, high),
    ]
    width = (_W - _LEFT - 20) / len(groups)
    for number, (label, ours, theirs) in enumerate(groups):
        middle = _LEFT + width * (number + 0.5)
        parts += _bar(middle - 58, ours, low, high, _OURS)
        parts += _bar(middle + 2, theirs, low, high, _THEIRS)
        parts.append(_text(middle, _H - 18, label, "middle"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _height(figure: float, low: float, high: float) -> float:
    room = _H - _TOP - _BOTTOM
    return room * math.log10(figure / low) / math.log10(high / low)


def _bar(x: float, figure: float, low: float, high: float, colour: str) -> list[str]:
    height = max(_height(figure, low, high), 1.0)
    y = _H - _BOTTOM - height
    said = f"{figure:,.2f}" if figure < 100 else f"{figure:,.0f}"
    return [
        f'<rect x="{x:.1f}" y="{y:.1f}" width="56" height="{height:.1f}" fill="{colour}"/>',
        _text(x + 28, y - 4, said, "middle"),
    ]


def _scale(low: float, high: float) -> list[str]:
    made = []
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        y = _H - _BOTTOM - _height(10.0**power, low, high)
        made.append(
            f'<line x1="{_LEFT}" x2="{_W - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_PALE}"/>'
        )
        made.append(_text(_LEFT - 6, y + 4, f"{10.0**power:,g}", "end"))
    return made


def _legend() -> list[str]:
    return [
        f'<rect x="430" y="11" width="10" height="10" fill="{_OURS}"/>',
        _text(445, 20, "Teller", "start"),
        f'<rect x="500" y="11" width="10" height="10" fill="{_THEIRS}"/>',
        _text(515, 20, "QnABot, as published", "start"),
    ]


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{words}</text>'
