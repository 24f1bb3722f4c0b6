"""The form that every figure has: itself, what it stands beside, and how many times that it is."""

from __future__ import annotations

from typing import Any

Figures = dict[str, Any]


def beside(unit: str, value: float, baseline: str, base: float, **more: object) -> Figures:
    """`value` beside `base`, the figure of `baseline` that was taken in the same run."""
    return {
        unit: round(value, 3),
        "baseline": baseline,
        f"baseline_{unit}": round(base, 3),
        "ratio": round(value / base, 3) if base else None,
        **more,
    }
