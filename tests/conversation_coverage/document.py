"""Writes the tables of docs/conversation-coverage.md: `python -m tests.conversation_coverage`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from infra.pages import put_between
from tests.conversation_coverage.money_told import (
    ASPECTS,
    INSIGHTS,
    PRODUCTS,
    insight_turns,
    product_turns,
)
from tests.conversation_coverage.outcomes import CHANGES, OUTCOMES, READS, came_of
from tests.conversation_coverage.patterns import MONEY, PATTERNS, shown
from tests.conversation_coverage.reasons import OUTCOME_REASONS, PATTERN_REASONS, PRODUCT_REASONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conversation-coverage.md"
BEGIN, END = "<!-- coverage: begin -->\n", "<!-- coverage: end -->\n"

Cells = Mapping[tuple[str, str], int]
"""How many turns show it, by row and column."""


def pattern_cells() -> Cells:
    """Each intent that moves money through each pattern."""
    by_pattern = {pattern: shown(pattern) for pattern in PATTERNS}
    return {(i, p): by_pattern[p].get(i, 0) for i in MONEY for p in PATTERNS}


def outcome_cells() -> Cells:
    """Each thing that the bank can do, with each outcome."""
    by_outcome = {outcome: came_of(outcome) for outcome in OUTCOMES}
    can = {**CHANGES, **READS}
    return {
        (name, outcome): sum(by_outcome[outcome].get(one, 0) for one in intents)
        for name, intents in can.items()
        for outcome in OUTCOMES
    }


def page() -> str:
    """The whole page with its tables as they should be."""
    return put_between(PAGE.read_text(encoding="utf-8"), BEGIN, END, "\n".join(_tables()) + "\n")


def _tables() -> Iterator[str]:
    yield "\n### Patterns, with whatever moves money\n"
    yield from _meanings({pattern: says for pattern, (says, _) in PATTERNS.items()})
    yield from _table("pattern", list(PATTERNS), MONEY, _turned(pattern_cells()), PATTERN_REASONS)
    yield "\n### Outcomes, of whatever changes something or is told\n"
    yield from _meanings({outcome: says for outcome, (says, _) in OUTCOMES.items()})
    rows = [*CHANGES, *READS]
    yield from _table("task", rows, list(OUTCOMES), outcome_cells(), OUTCOME_REASONS)
    yield "\n### Insights into a customer's money\n"
    told = {(name, "turns"): turns for name, turns in insight_turns().items()}
    yield from _table("insight", list(INSIGHTS), ["turns"], told, {}, counts=True)
    yield "\n### Products\n"
    yield from _meanings(ASPECTS)
    yield from _table("product", PRODUCTS, list(ASPECTS), product_turns(), PRODUCT_REASONS)


def _turned(cells: Cells) -> Cells:
    return {(column, row): count for (row, column), count in cells.items()}


def _meanings(says: Mapping[str, str]) -> Iterator[str]:
    for name, meaning in says.items():
        yield f"- **{name}**: {meaning}"
    yield ""


def _table(
    corner: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Cells,
    reasons: Mapping[tuple[str, str], str],
    *,
    counts: bool = False,
) -> Iterator[str]:
    notes: list[str] = []
    yield f"| {corner} | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for row in rows:
        shows = []
        for column in columns:
            why = reasons.get((row, column), "")
            if not cells[row, column] and why and why not in notes:
                notes.append(why)
            empty = f"({notes.index(why) + 1})" if why in notes else "**none**"
            mark = str(cells[row, column]) if counts else "✓"
            shows.append(mark if cells[row, column] else empty)
        yield f"| {row} | {' | '.join(shows)} |"
    yield ""
    yield from (f"{number}. {why}" for number, why in enumerate(notes, start=1))
