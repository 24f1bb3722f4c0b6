"""Reads labelled utterances: CSV or JSONL of `utterance,intent`, through a table of labels.

A JSONL record may have a list of `intents` in place of the one, or be a whole dialogue.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeGuard

from bot.evaluation.labels import Labels, right_for
from bot.evaluation.openings import is_dialogue, opening
from bot.evaluation.test_set import Conversation, Expected, TestSet, TestSetError, UserRow
from bot.evaluation.workbench import is_workbench, read_workbench

_TEXT_COLUMNS = ("utterance", "text", "input")


def read_test_set(path: Path, labels: Labels | None = None) -> TestSet:
    """A Test Workbench CSV, or a CSV or JSONL file of utterances and intents.

    With `labels`, rows whose label the table does not have are left out: the table says what is
    claimed. Raises `TestSetError`.
    """
    if path.suffix.lower() == ".csv" and labels is None and is_workbench(_heading(path)):
        return read_workbench(path)
    rows = list(_utterances(path))
    talks = [
        Conversation((UserRow(line, text, Expected(intents)),))
        for line, text, borne in rows
        if (intents := borne if labels is None else right_for(borne, labels))
    ]
    if not talks:
        raise TestSetError(f"{path}: no row to evaluate")
    return TestSet(tuple(talks))


def _heading(path: Path) -> list[str]:
    with _opened(path) as file:
        return next(csv.reader(file), [])


def _utterances(path: Path) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The line, the text and the labels of every row; dialogues give their opening, if any."""
    for line, record in _records(path):
        if is_dialogue(record):
            if (opened := opening(record)) is not None:
                yield line, opened[0], (opened[1],)
            continue
        text = next((record[name] for name in _TEXT_COLUMNS if record.get(name)), None)
        borne = record["intents"] if "intents" in record else [record.get("intent")]
        if not isinstance(text, str) or not text.strip() or not _are_labels(borne):
            raise TestSetError(f"{path}, line {line}: a row needs `utterance` and `intent`")
        yield line, text, tuple(borne)


def _are_labels(borne: Any) -> TypeGuard[list[str]]:
    return isinstance(borne, list) and all(isinstance(label, str) for label in borne)


def _records(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with _opened(path) as file:
        try:
            if path.suffix.lower() == ".csv":
                reader = csv.DictReader(file)
                yield from ((reader.line_num, record) for record in reader)
            else:
                yield from _json_lines(file)
        except (csv.Error, ValueError) as fault:
            if isinstance(fault, TestSetError):
                raise
            raise TestSetError(f"{path}: neither CSV nor JSONL: {fault}") from fault


def _json_lines(lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError(f"line {number} is not a JSON object")
        yield number, record


def _opened(path: Path) -> Any:
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as fault:
        raise TestSetError(f"{path}: {fault.strerror}") from fault
