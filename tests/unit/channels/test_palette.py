"""The palette's colours can be read by everybody, in light and in dark (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re

import pytest

from bot.web.pages import STATIC

_PAIR = re.compile(
    r"--([\w-]+):\s*light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)", re.IGNORECASE
)
PALETTE = {
    name: (light, dark)
    for name, light, dark in _PAIR.findall((STATIC / "shared/palette.css").read_text("utf-8"))
}
_WORDS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "danger-soft"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("brand", "surface"),
    ("brand", "brand-soft"),
    ("brand-strong", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-said", "said"),
    ("danger", "paper"),
    ("danger", "danger-soft"),
]
_EDGES = [("line-strong", "paper"), ("line-strong", "surface"), ("brand", "paper")]


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), _WORDS)
def test_words_stand_out_from_their_ground(words: str, ground: str, theme: int) -> None:
    assert contrast(PALETTE[words][theme], PALETTE[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), _EDGES)
def test_edges_of_controls_can_be_seen(edge: str, ground: str, theme: int) -> None:
    assert contrast(PALETTE[edge][theme], PALETTE[ground][theme]) >= 3.0


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_initials_stand_out_from_every_face(theme: int) -> None:
    css = (STATIC / "chat/welcome.css").read_text("utf-8")
    face = re.compile(
        r"background: light-dark\((#\w{6}), (#\w{6})\);\s*color: light-dark\((#\w{6}), (#\w{6})\)"
    )
    faces = face.findall(css)
    assert len(faces) == 6
    for light, dark, ink_light, ink_dark in faces:
        ground, ink = ((light, ink_light), (dark, ink_dark))[theme]
        assert contrast(ground, ink) >= 4.5
