"""Charts as SVG that a screen reader can read: a title, a description, and every figure as text.

Standard library alone: a chart is a few rectangles and lines, and a plotting library would weigh
more than the whole function (docs/dependencies.md). Nothing in a file is a script or a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_WIDTH, _ROW, _LEFT, _TOP = 640, 34, 190, 64
_INK, _QUIET, _BAR, _BAND, _LINE = "#1b1f24", "#57606a", "#0b5cad", "#b6d4f2", "#0b5cad"
_FONT = "system-ui, sans-serif"
_HEIGHT = 320
_ROOM = 110
"""Beside a bar, for its figure."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, its size in any unit, and the figure as it is written."""

    name: str
    size: int
    figure: str


@dataclass(frozen=True, slots=True)
class Point:
    """A day of a band: its name, and the lowest, middle and highest that is expected."""

    name: str
    low: int
    middle: int
    high: int


def bars(title: str, about: str, rows: Sequence[Bar]) -> bytes:
    """Horizontal bars from one zero line, the longest as wide as there is room."""
    height = _TOP + _ROW * len(rows) + 16
    picture = _picture(title, about, height)
    largest = max((row.size for row in rows), default=0) or 1
    room = _WIDTH - _LEFT - _ROOM
    for place, row in enumerate(rows):
        top = _TOP + _ROW * place
        _text(picture, _LEFT - 10, top + 17, row.name, anchor="end")
        wide = max(1, row.size * room // largest)
        ET.SubElement(
            picture, "rect", x=str(_LEFT), y=str(top + 3), width=str(wide), height="20", fill=_BAR
        )
        _text(picture, _LEFT + wide + 8, top + 17, row.figure, fill=_QUIET)
    return _written(picture)


def band(
    title: str, about: str, points: Sequence[Point], figures: tuple[str, str], zero: str
) -> bytes:
    """A line of middles within its band; `figures` are the lowest and highest of the scale, `zero`
    names the line of nothing where it is in sight. At least two points."""
    picture = _picture(title, about, _HEIGHT)
    low, high = min(one.low for one in points), max(one.high for one in points)
    span, deep = max(1, high - low), _HEIGHT - _TOP - 48

    def across(place: int) -> int:
        return 80 + place * (_WIDTH - 110) // (len(points) - 1)

    def down(value: int) -> int:
        return _TOP + (high - value) * deep // span

    upper = [f"{across(n)},{down(one.high)}" for n, one in enumerate(points)]
    lower = [f"{across(n)},{down(one.low)}" for n, one in enumerate(points)]
    ET.SubElement(picture, "polygon", points=" ".join(upper + lower[::-1]), fill=_BAND)
    middle = " ".join(f"{across(n)},{down(one.middle)}" for n, one in enumerate(points))
    drawn = {"fill": "none", "stroke": _LINE, "stroke-width": "2.5"}
    ET.SubElement(picture, "polyline", points=middle, attrib=drawn)
    if low < 0 < high:
        at = str(down(0))
        ends = {"x1": "80", "x2": str(_WIDTH - 30), "y1": at, "y2": at, "stroke": _INK}
        ET.SubElement(picture, "line", attrib=ends)
        _text(picture, _WIDTH - 30, down(0) - 5, zero, anchor="end", fill=_QUIET)
    _text(picture, 74, down(low), figures[0], anchor="end", fill=_QUIET)
    _text(picture, 74, down(high) + 10, figures[1], anchor="end", fill=_QUIET)
    _text(picture, 80, _HEIGHT - 16, points[0].name, fill=_QUIET)
    _text(picture, _WIDTH - 30, _HEIGHT - 16, points[-1].name, anchor="end", fill=_QUIET)
    return _written(picture)


def _picture(title: str, about: str, height: int) -> ET.Element:
    picture = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_WIDTH} {height}",
            "width": str(_WIDTH),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "title about",
            "font-family": _FONT,
            "font-size": "14",
        },
    )
    ET.SubElement(picture, "title", id="title").text = title
    ET.SubElement(picture, "desc", id="about").text = about
    ET.SubElement(picture, "rect", width="100%", height="100%", fill="#ffffff")
    _text(picture, 20, 32, title, size="18")
    return picture


def _text(
    picture: ET.Element,
    x: int,
    y: int,
    words: str,
    *,
    anchor: str = "start",
    fill: str = _INK,
    size: str = "14",
) -> None:
    drawn = {"x": str(x), "y": str(y), "text-anchor": anchor, "fill": fill, "font-size": size}
    ET.SubElement(picture, "text", attrib=drawn).text = words


def _written(picture: ET.Element) -> bytes:
    written: bytes = ET.tostring(picture, encoding="utf-8", xml_declaration=True)
    return written
