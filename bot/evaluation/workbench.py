"""Reads and writes the Lex Test Workbench's CSV files.

Source: developer guide, "Preparing a test set with the Test Workbench". Headings are compared
without regard to case; a column that may stand several times takes a number behind its name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from bot.evaluation.test_set import (
    AgentRow,
    Conversation,
    Expected,
    Row,
    TestSet,
    TestSetError,
    UserRow,
)

_ALIASES = {
    "line number": "line #",
    "conversation number": "conversation #",
    "conversation participant": "source",
}
_SPEECH = {"expected transcription", "s3 audio location", "barge in"}
_NUMBERED = re.compile(r"\s+\d+$")
_SINGLE = {"", "-", "n/a"}
_MAX_TEXT = 1024

Cells = Mapping[str, tuple[str, ...]]
"""The cells of a row that are not empty, by the plain name of their column."""


def is_workbench(heading: Iterable[str]) -> bool:
    """Whether a CSV file with this heading is a Test Workbench's."""
    return "input" in {_column(name) for name in heading}


def read_workbench(path: Path) -> TestSet:
    """The test set in a Workbench file of text rows. Raises `TestSetError`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return TestSet(tuple(_conversations(_rows(path, file))))
    except OSError as fault:
        raise TestSetError(f"{path}: {fault.strerror}") from fault
    except (csv.Error, UnicodeDecodeError) as fault:
        raise TestSetError(f"{path}: not a CSV file in UTF-8: {fault}") from fault


def write_workbench(test_set: TestSet, file: TextIO) -> None:
    """Writes `test_set` as the Workbench imports it; each repeated column is numbered."""
    rows = [(talk.name, row) for talk in test_set.conversations for row in talk.rows]
    written = [_written(name, row) for name, row in rows]
    columns: dict[str, None] = dict.fromkeys(
        ["Line #", "Conversation #", "Source", "Input", "Expected Output Intent"]
    )
    columns.update(dict.fromkeys(sorted({c for cells in written for c in cells} - set(columns))))
    out = csv.DictWriter(file, list(columns), lineterminator="\n")
    out.writeheader()
    out.writerows({"Line #": str(number), **cells} for number, cells in enumerate(written, start=1))


def _column(heading: str) -> str:
    plain = _NUMBERED.sub("", " ".join(heading.split()).casefold())
    return _ALIASES.get(plain, plain)


def _rows(path: Path, file: TextIO) -> Iterator[tuple[str | None, Row]]:
    reader = csv.reader(file)
    heading = [_column(name) for name in next(reader, [])]
    if "input" not in heading:
        raise TestSetError(f"{path}: no column `Input`; it is not a Test Workbench file")
    if _SPEECH & set(heading) and "s3 audio location" in heading:
        raise TestSetError(f"{path}: an audio test set; only text can be evaluated here")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            yield _row(reader.line_num, _cells(heading, cells))
        except ValueError as fault:
            raise TestSetError(f"{path}, line {reader.line_num}: {fault}") from fault


def _cells(heading: Sequence[str], values: Sequence[str]) -> Cells:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in zip(heading, values, strict=False):
        if value.strip():
            found[name] = (*found.get(name, ()), value.strip())
    return found


def _first(cells: Cells, column: str) -> str:
    return cells.get(column, ("",))[0]


def _row(line: int, cells: Cells) -> tuple[str | None, Row]:
    text, source = _first(cells, "input"), _first(cells, "source").casefold()
    number = _first(cells, "conversation #")
    name = None if number.casefold() in _SINGLE else number
    if source not in ("", "user", "agent"):
        raise ValueError(f"the source is {source!r}; it must be User or Agent")
    if source == "agent":
        return name, AgentRow(line, text)
    if not 1 <= len(text) <= _MAX_TEXT:
        raise ValueError(f"the input must have 1 to {_MAX_TEXT} characters, it has {len(text)}")
    intent = _first(cells, "expected output intent")
    expected = Expected(
        (intent,) if intent else (),
        _expected_slots(cells.get("expected output slot", ())),
        cells.get("expected output context tag", ()),
    )
    return name, UserRow(
        line,
        text,
        expected,
        cells.get("input context tag", ()),
        dict(_pair(cell) for cell in cells.get("session attribute", ())),
        dict(_pair(cell) for cell in cells.get("request attribute", ())),
        _hints(cells.get("runtime hint", ())),
    )


def _pair(cell: str) -> tuple[str, str]:
    name, sign, value = cell.partition("=")
    if not sign or not name.strip():
        raise ValueError(f"{cell!r} is not of the form name = value")
    return name.strip(), value.strip()


def _expected_slots(cells: Iterable[str]) -> dict[str, tuple[str, ...]]:
    slots: dict[str, tuple[str, ...]] = {}
    for cell in cells:
        name, value = _pair(cell)
        slots[name] = (value,)
    return slots


def _hints(cells: Iterable[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    hints: dict[str, dict[str, tuple[str, ...]]] = {}
    for cell in cells:
        place, phrase = _pair(cell)
        intent, dot, slot = place.partition(".")
        if not dot:
            raise ValueError(f"the hint {cell!r} is not of the form Intent.Slot = phrase")
        phrases = hints.setdefault(intent, {})
        phrases[slot] = (*phrases.get(slot, ()), phrase)
    return hints


def _conversations(rows: Iterable[tuple[str | None, Row]]) -> Iterator[Conversation]:
    """Rows of one number belong together, wherever they stand; a single input stands alone."""
    order: list[str | Row] = []
    named: dict[str, list[Row]] = {}
    for name, row in rows:
        if name is None:
            order.append(row)
        elif name in named:
            named[name].append(row)
        else:
            named[name] = [row]
            order.append(name)
    for entry in order:
        if isinstance(entry, str):
            yield Conversation(tuple(named[entry]), entry)
        elif isinstance(entry, UserRow):
            yield Conversation((entry,))


def _written(name: str | None, row: Row) -> dict[str, str]:
    cells = {"Conversation #": name or "N/A", "Input": row.text}
    if isinstance(row, AgentRow):
        return {**cells, "Source": "Agent"}
    repeated = {
        "Input Context Tag": row.contexts,
        "Session Attribute": [f"{k} = {v}" for k, v in row.session_attributes.items()],
        "Request Attribute": [f"{k} = {v}" for k, v in row.request_attributes.items()],
        "RunTime Hint": [
            f"{intent}.{slot} = {phrase}"
            for intent, slots in row.hints.items()
            for slot, phrases in slots.items()
            for phrase in phrases
        ],
        "Expected Output Slot": [f"{k} = {', '.join(v)}" for k, v in row.expected.slots.items()],
        "Expected Output Context Tag": row.expected.contexts,
    }
    numbered = {
        f"{column} {number}": value
        for column, values in repeated.items()
        for number, value in enumerate(values, start=1)
    }
    intent = row.expected.intents[0] if row.expected.intents else ""
    return {**cells, "Source": "User", "Expected Output Intent": intent, **numbered}
