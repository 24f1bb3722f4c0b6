"""Which intents of this bot are right for a label of a foreign data set.

A sentence may bear several labels at once (NLU++). In a table `card+pin` stands for sentences with
these two labels and no other, `card+pin+` for those that have both, whatever else they have. The
entry that names most labels decides; of entries that name equally many, any intent is right. The
intent `-` leaves such sentences out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.evaluation.test_set import TestSetError

Labels = Mapping[str, tuple[str, ...]]
"""For each label, or several joined by `+`, the intents that are right for it."""

_AND = "+"
_LEFT_OUT = "-"


def read_labels(path: Path) -> dict[str, tuple[str, ...]]:
    """A CSV of `label,intent`; a label in several rows has several right intents.

    Raises `TestSetError`.
    """
    labels: dict[str, tuple[str, ...]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            for record in reader:
                label, intent = record.get("label"), record.get("intent")
                if not label or not intent:
                    line = reader.line_num
                    raise TestSetError(f"{path}, line {line}: a row needs `label` and `intent`")
                labels[label] = (*labels.get(label, ()), intent)
    except OSError as fault:
        raise TestSetError(f"{path}: {fault.strerror}") from fault
    except (csv.Error, UnicodeDecodeError) as fault:
        raise TestSetError(f"{path}: not a CSV file: {fault}") from fault
    return labels


def right_for(borne: Iterable[str], labels: Labels) -> tuple[str, ...]:
    """The intents that are right for a sentence with the labels `borne`; none when unclaimed."""
    kept = frozenset(borne)
    exact = labels.get(_AND.join(sorted(kept)))
    if exact is not None:
        return () if _LEFT_OUT in exact else exact
    within = {
        label: len(named)
        for label in labels
        if label.endswith(_AND) and (named := frozenset(label.split(_AND)) - {""}) <= kept
    }
    most = max(within.values(), default=0)
    right = [intent for label, size in within.items() if size == most for intent in labels[label]]
    return () if _LEFT_OUT in right else tuple(dict.fromkeys(right))
