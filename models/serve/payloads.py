"""Rows of features in, scores out, in the content types that SageMaker's clients use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from fulfillment.fraud.features.vector import FEATURES, SCHEMA_VERSION

JSON = "application/json"
JSON_LINES = "application/jsonlines"
CSV = "text/csv"

Rows = list[list[float]]


class PayloadError(ValueError):
    """The request cannot be read; `status` is its HTTP status, the message says what to change."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Prediction:
    """One row's answer."""

    score: float


def read_rows(body: bytes, content_type: str) -> Rows:
    """The rows of a request, each with one finite number a feature.

    CSV has a row a line, without a header. JSON is `{"instances": [...]}`, a list of rows or one
    row; a row is a list in the order of `FEATURES` or an object by name (also as
    `{"features": row}`). JSON Lines has a row a line. Raises `PayloadError`.
    """
    kind = content_type.partition(";")[0].strip().lower() or JSON
    readers = {CSV: _csv_rows, JSON: _json_rows, JSON_LINES: _json_lines}
    if kind not in readers:
        raise PayloadError(415, f"{kind} is not read here; send {', '.join(readers)}")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise PayloadError(400, "the body is not UTF-8") from fault
    rows = readers[kind](text)
    if not rows:
        raise PayloadError(400, "the body has no rows")
    return [_checked(row, number) for number, row in enumerate(rows, start=1)]


def write_predictions(
    predictions: Sequence[Prediction], model: dict[str, str], accept: str
) -> tuple[bytes, str]:
    """The body and content type of an answer. Raises `PayloadError` for types not written here."""
    wanted = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    for kind in wanted:
        if kind in ("", "*/*", "application/*", JSON):
            said = {"predictions": [{"score": one.score} for one in predictions], "model": model}
            return json.dumps(said).encode(), JSON
        if kind in (CSV, "text/*"):
            return "".join(
                f"{one.score!r}\n" for one in predictions
            ).encode(), f"{CSV}; charset=utf-8"
        if kind == JSON_LINES:
            lines = (json.dumps({"score": one.score}) + "\n" for one in predictions)
            return "".join(lines).encode(), JSON_LINES
    raise PayloadError(406, f"{accept} is not written here; ask for {JSON}, {JSON_LINES} or {CSV}")


def _csv_rows(text: str) -> list[Any]:
    try:
        return [row for row in csv.reader(io.StringIO(text), strict=True) if row]
    except csv.Error as fault:
        raise PayloadError(400, f"the body is not CSV: {fault}") from fault


def _json_rows(text: str) -> list[Any]:
    body = _json(text)
    if isinstance(body, dict):
        version = body.get("schema_version", SCHEMA_VERSION)
        if version != SCHEMA_VERSION:
            raise PayloadError(
                400, f"the features are version {version}, this model's are {SCHEMA_VERSION}"
            )
        if "instances" not in body:
            return [body]
        body = body["instances"]
    if not isinstance(body, list):
        raise PayloadError(400, "instances must be a list of rows")
    flat = bool(body) and not isinstance(body[0], list | dict)
    return [body] if flat else body


def _json_lines(text: str) -> list[Any]:
    return [_json(line) for line in text.splitlines() if line.strip()]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise PayloadError(400, "the body is not JSON") from fault


def _checked(row: Any, number: int) -> list[float]:
    if isinstance(row, dict):
        row = _by_name(row.get("features", row), number)
    if not isinstance(row, list) or len(row) != len(FEATURES):
        size = len(row) if isinstance(row, list) else "no list"
        raise PayloadError(400, f"row {number} has {size} values; {len(FEATURES)} are needed")
    values = [_number(value, number) for value in row]
    if not all(map(isfinite, values)):
        raise PayloadError(400, f"row {number} has a value that is not a finite number")
    return values


def _by_name(row: Any, number: int) -> Any:
    if not isinstance(row, dict):
        return row
    missing = [name for name in FEATURES if name not in row]
    if missing:
        raise PayloadError(400, f"row {number} lacks {', '.join(missing[:5])}")
    unknown = sorted(set(row) - set(FEATURES))
    if unknown:
        raise PayloadError(400, f"row {number} has {unknown[0]!r}, which is no feature")
    return [row[name] for name in FEATURES]


def _number(value: Any, number: int) -> float:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float | str):
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    raise PayloadError(400, f"row {number} has {value!r:.40}, which is not a number")
