"""Counts results into figures: accuracy by intent, slot and conversation, and the confusions.

A rate is matched / (all - execution errors), to four places; None where nothing could be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.evaluation.judging import ConversationResult, RowResult, Status

TOP = 3
"""How many candidates `top3_accuracy` looks at."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Results of one kind, by status."""

    matched: int
    mismatched: int
    errors: int

    @property
    def rate(self) -> float | None:
        """The share that matched among those that could be judged."""
        judged = self.matched + self.mismatched
        return round(self.matched / judged, 4) if judged else None


@dataclass(frozen=True, slots=True)
class IntentFigures:
    """One intent as a class: of the rows that want it, and of the rows that were given it."""

    intent: str
    wanted: int
    given: int
    right: int

    @property
    def precision(self) -> float | None:
        """Of the rows that were given this intent, the share that wanted it."""
        return round(self.right / self.given, 4) if self.given else None

    @property
    def recall(self) -> float | None:
        """Of the rows that wanted this intent, the share that was given it."""
        return round(self.right / self.wanted, 4) if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        both = self.wanted + self.given
        return round(2 * self.right / both, 4) if both else None


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often rows that want one intent were given another."""

    expected: str
    actual: str
    count: int
    examples: tuple[str, ...]


def tally(statuses: Iterable[Status]) -> Tally:
    """The statuses, counted."""
    counts = Counter(statuses)
    return Tally(counts["Matched"], counts["Mismatched"], counts["ExecutionError"])


def judged_rows(results: Iterable[ConversationResult]) -> list[RowResult]:
    """Every row that names an intent."""
    return [r for talk in results for r in talk.rows if r.row.expected.intents]


def intent_figures(rows: Iterable[RowResult]) -> list[IntentFigures]:
    """Precision and recall of every intent that was wanted or given, by name."""
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        if row.intent == "ExecutionError":
            continue
        actual = row.heard.intent or "(none)"
        target = actual if row.intent == "Matched" else row.row.expected.intents[0]
        wanted[target] += 1
        given[actual] += 1
        right[actual] += row.intent == "Matched"
    names = sorted(set(wanted) | set(given))
    return [IntentFigures(name, wanted[name], given[name], right[name]) for name in names]


def confusions(rows: Iterable[RowResult]) -> list[Confusion]:
    """Pairs of wanted and given intents that differ, the most frequent first."""
    texts: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row.intent == "Mismatched":
            pair = (row.row.expected.intents[0], row.heard.intent or "(none)")
            texts.setdefault(pair, []).append(row.row.text)
    found = [Confusion(*pair, len(said), tuple(said[:5])) for pair, said in texts.items()]
    return sorted(found, key=lambda c: (-c.count, c.expected, c.actual))


def summary(results: Sequence[ConversationResult], threshold: float) -> dict[str, Any]:
    """The figures of a run as one JSON object."""
    rows = judged_rows(results)
    everything = [row for talk in results for row in talk.rows]
    slots = tally(status for row in everything for status in row.slots.values())
    dialogs = [talk for talk in results if not talk.conversation.is_single]
    errors = Counter(row.heard.error for row in everything if row.heard.error)
    return {
        "intent_accuracy": tally(row.intent for row in rows).rate,
        "top3_accuracy": _top(rows),
        "slot_accuracy": slots.rate,
        "conversation_success": tally(talk.end_to_end for talk in dialogs).rate,
        "end_to_end": asdict(tally(row.end_to_end for row in everything)),
        "conversations": asdict(tally(talk.end_to_end for talk in dialogs)),
        "below_threshold": _below(rows, threshold),
        "rows": len(everything),
        "confusions": [asdict(confusion) for confusion in confusions(rows)],
        "intents": [_as_json(figures) for figures in intent_figures(rows)],
        "slots": {name: asdict(counts) for name, counts in _slot_tallies(everything)},
        "errors": dict(errors.most_common()),
    }


def _as_json(figures: IntentFigures) -> dict[str, Any]:
    rates = {"precision": figures.precision, "recall": figures.recall, "f1": figures.f1}
    return {**asdict(figures), **rates}


def _top(rows: Sequence[RowResult]) -> float | None:
    judged = [row for row in rows if row.intent != "ExecutionError"]
    if not judged:
        return None
    good = sum(row.intent == "Matched" or _is_among_first(row) for row in judged)
    return round(good / len(judged), 4)


def _is_among_first(row: RowResult) -> bool:
    scored = [c.intent for c in row.heard.candidates if c.score is not None]
    return any(intent in row.row.expected.intents for intent in scored[:TOP])


def _below(rows: Sequence[RowResult], threshold: float) -> float | None:
    """The share of rows whose best candidate did not reach the locale's threshold."""
    best = [max((c.score or 0.0 for c in row.heard.candidates), default=0.0) for row in rows]
    return round(sum(score < threshold for score in best) / len(best), 4) if best else None


def _slot_tallies(rows: Iterable[RowResult]) -> Iterator[tuple[str, Tally]]:
    statuses: dict[str, list[Status]] = {}
    for row in rows:
        owner = row.row.expected.intents[0] if row.row.expected.intents else "(any)"
        for name, status in row.slots.items():
            statuses.setdefault(f"{owner}.{name}", []).append(status)
    for name in sorted(statuses):
        yield name, tally(statuses[name])
