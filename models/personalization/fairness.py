"""Who is chosen for an offer, group by group, on columns that no model reads.

Leaving a column out does not make a model fair: what stands for it may still be in. So the gap is
measured and told: the share of each group among the best-scored fifth, the share of its takers
found there, and whether its scores mean what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from models.personalization.data import Table

Floats = npt.NDArray[np.float64]
CHOSEN = 0.2
_FEWEST = 30


def _age_group(text: str) -> str:
    age = float(text)
    bounds = ((25, "under 25"), (41, "25 to 40"), (61, "41 to 60"))
    return next((name for bound, name in bounds if age < bound), "over 60")


SLICES: Mapping[str, Callable[[str], str]] = {
    "age": _age_group,
    "Age": _age_group,
    "marital": str,
    "Family": lambda text: f"family of {text}",
}
"""The protected columns that data may carry, and the group of a value."""


def fairness(table: Table, scores: Floats) -> list[dict[str, Any]]:
    """For each protected column that the rows have: its groups and the gaps between them."""
    cut = np.sort(scores)[-max(1, int(CHOSEN * len(scores)))]
    chosen = scores >= cut
    told = []
    for column, group_of in SLICES.items():
        if not len(table) or column not in table.rows[0]:
            continue
        groups = np.array([group_of(row[column]) for row in table.rows])
        slices = [
            _slice(name, groups == name, table, scores, chosen) for name in sorted(set(groups))
        ]
        told.append({"column": column, **_gaps(slices), "groups": slices})
    return told


def _slice(
    name: str, rows: npt.NDArray[np.bool_], table: Table, scores: Floats, chosen: npt.NDArray[Any]
) -> dict[str, Any]:
    labels = table.labels[rows]
    takers = rows & (table.labels == 1)
    return {
        "group": name,
        "customers": int(rows.sum()),
        "takers": int(takers.sum()),
        "base_rate": round(float(labels.mean()), 4),
        "mean_score": round(float(scores[rows].mean()), 4),
        "selection_rate": round(float(chosen[rows].mean()), 4),
        "takers_found": round(float(chosen[takers].mean()), 4) if takers.any() else None,
    }


def _gaps(slices: list[dict[str, Any]]) -> dict[str, float | None]:
    """Lowest over highest selection rate (0.8 is the usual bar) and the gap in takers found."""
    large = [one for one in slices if one["customers"] >= _FEWEST]
    rates = [one["selection_rate"] for one in large]
    found = [one["takers_found"] for one in large if one["takers"] >= _FEWEST]
    return {
        "selection_rate_ratio": round(min(rates) / max(rates), 3) if rates and max(rates) else None,
        "takers_found_gap": round(max(found) - min(found), 3) if len(found) > 1 else None,
    }
