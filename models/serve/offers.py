"""Rows of named inputs in, propensities out, in the content types that SageMaker's clients use.

A row is of the product that it names (`"product"`), or of that which reads most of its inputs. CSV
begins with a header line, since products have different inputs.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from fulfillment.personalization.model.artefact import Propensities
from fulfillment.personalization.model.inputs import SCHEMA_VERSION, InputError
from models.serve.payloads import CSV, JSON, JSON_LINES, PayloadError

Rows = list[dict[str, Any]]


def invite(model: Propensities, body: bytes, content_type: str, accept: str) -> tuple[bytes, str]:
    """The body and content type that answer a request. Raises `PayloadError`."""
    predictions = [
        _predict(model, row, number)
        for number, row in enumerate(_rows(body, content_type), start=1)
    ]
    return _written(predictions, described(model), accept)


def described(model: Propensities) -> dict[str, Any]:
    """What the server says of its model."""
    return {"name": model.name, "version": model.version, "hash": model.content_hash}


def products(model: Propensities) -> dict[str, list[str]]:
    """The inputs of each product that is served."""
    return {
        name: [needed.name for needed in one.head.inputs]
        for name, one in model.of.items()
        if one.head.served
    }


def _predict(model: Propensities, row: Mapping[str, Any], number: int) -> dict[str, Any]:
    inputs = row.get("features", row)
    if not isinstance(inputs, dict):
        raise PayloadError(400, f"row {number} is no object of named inputs")
    try:
        product = str(row.get("product") or model.product_of(inputs))
        one = model.of.get(product)
        if one is None or not one.head.served:
            raise InputError(f"there is no product {product!r:.40}")
        return {"product": product, "score": one.probability(inputs)}
    except InputError as fault:
        raise PayloadError(400, f"row {number}: {fault}") from fault


def _rows(body: bytes, content_type: str) -> Rows:
    kind = content_type.partition(";")[0].strip().lower() or JSON
    if kind not in (CSV, JSON, JSON_LINES):
        raise PayloadError(415, f"{kind} is not read here; send {CSV}, {JSON}, {JSON_LINES}")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise PayloadError(400, "the body is not UTF-8") from fault
    rows = _csv(text) if kind == CSV else _json(text, lines=kind == JSON_LINES)
    if not rows:
        raise PayloadError(400, "the body has no rows")
    if not all(isinstance(row, dict) for row in rows):
        raise PayloadError(400, "a row is an object of named inputs")
    return rows


def _csv(text: str) -> list[Any]:
    try:
        return list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as fault:
        raise PayloadError(400, f"the body is not CSV: {fault}") from fault


def _json(text: str, *, lines: bool) -> list[Any]:
    try:
        if lines:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        body = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise PayloadError(400, "the body is not JSON") from fault
    if isinstance(body, dict):
        version = body.get("schema_version", SCHEMA_VERSION)
        if version != SCHEMA_VERSION:
            raise PayloadError(
                400, f"the inputs are version {version}, this model's are {SCHEMA_VERSION}"
            )
        body = body.get("instances", [body])
    if not isinstance(body, list):
        raise PayloadError(400, "instances must be a list of rows")
    return body


def _written(
    predictions: list[dict[str, Any]], model: dict[str, Any], accept: str
) -> tuple[bytes, str]:
    for part in accept.split(","):
        kind = part.partition(";")[0].strip().lower()
        if kind in ("", "*/*", "application/*", JSON):
            return json.dumps({"predictions": predictions, "model": model}).encode(), JSON
        if kind in (CSV, "text/*"):
            lines = "".join(f"{one['product']},{one['score']!r}\n" for one in predictions)
            return lines.encode(), f"{CSV}; charset=utf-8"
        if kind == JSON_LINES:
            return "".join(json.dumps(one) + "\n" for one in predictions).encode(), JSON_LINES
    raise PayloadError(406, f"{accept} is not written here; ask for {JSON}, {JSON_LINES} or {CSV}")
