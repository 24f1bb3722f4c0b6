"""Reads labelled utterances: CSV or JSONL of `utterance,intent`, through a table of labels."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.evaluation.test_set import Conversation, Expected, TestSet, TestSetError, UserRow
from bot.evaluation.workbench import is_workbench, read_workbench

Labels = Mapping[str, tuple[str, ...]]
"""For each label of a foreign data set, the intents of this bot that are right for it."""

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
        for line, text, label in rows
        if (intents := (label,) if labels is None else labels.get(label, ()))
    ]
    if not talks:
        raise TestSetError(f"{path}: no row to evaluate")
    return TestSet(tuple(talks))


def read_labels(path: Path) -> dict[str, tuple[str, ...]]:
    """A CSV of `label,intent`; a label in several rows has several right intents."""
    labels: dict[str, tuple[str, ...]] = {}
    for line, record in _records(path):
        label, intent = record.get("label"), record.get("intent")
        if not label or not intent:
            raise TestSetError(f"{path}, line {line}: a row needs `label` and `intent`")
        labels[label] = (*labels.get(label, ()), intent)
    return labels


def _heading(path: Path) -> list[str]:
    with _opened(path) as file:
        return next(csv.reader(file), [])


def _utterances(path: Path) -> Iterator[tuple[int, str, str]]:
    for line, record in _records(path):
        text = next((record[name] for name in _TEXT_COLUMNS if record.get(name)), None)
        intent = record.get("intent")
        if not isinstance(text, str) or not isinstance(intent, str) or not text.strip():
            raise TestSetError(f"{path}, line {line}: a row needs `utterance` and `intent`")
        yield line, text, intent


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
