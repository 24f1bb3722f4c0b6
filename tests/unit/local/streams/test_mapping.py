"""The template's own mapping, read as the poller reads it, and its filter."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.local.stack import TEMPLATE
from infra.local.streams.filters import UnknownPatternError, read_patterns, wanted
from infra.local.streams.mapping import read_mapping


def template_mapping() -> dict[str, Any]:
    """As Lambda describes it once the template's references are resolved."""
    made: dict[str, Any] = json.loads(TEMPLATE.read_text())["Resources"]["StreamMapping"]
    return {
        **made["Properties"],
        "EventSourceArn": "arn:aws:dynamodb:us-east-1:1:table/t/stream/l",
        "FunctionArn": "arn:aws:lambda:us-east-1:1:function:teller-stream",
        "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:1:q"}},
    }


def change(
    pk: str, sk: str, *, name: str = "INSERT", event: bool = False, booked: bool | None = None
) -> dict[str, Any]:
    image: dict[str, Any] = {"PK": {"S": pk}, "SK": {"S": sk}}
    image |= {"event": {"S": "{}"}} if event else {}
    image |= {} if booked is None else {"booked": {"BOOL": booked}}
    keys = {"PK": {"S": pk}, "SK": {"S": sk}}
    return {"eventName": name, "dynamodb": {"Keys": keys, "NewImage": image}}


def test_the_template_asks_for_bisecting_partial_answers_bounded_retries_and_a_queue() -> None:
    found = read_mapping(template_mapping())
    assert found is not None
    assert (found.bisect, found.partial, found.from_the_start) == (True, True, True)
    assert 0 < found.retries <= 10
    assert 0 < found.max_age_s <= 86_400
    assert found.on_failure == "arn:aws:sqs:us-east-1:1:q"


def test_a_queue_as_source_is_not_polled_here() -> None:
    assert read_mapping({"EventSourceArn": "arn:aws:sqs:us-east-1:1:q"}) is None


@pytest.mark.parametrize(
    ("record", "is_wanted"),
    [
        (change("SECURITY#2026-11-23", "a", event=True), True),
        (change("SECURITY#2026-11-23", "a"), False),
        (change("FS#payment", "L#2026-11-23T15:00:00.000000Z#analyst"), True),
        (change("FS#payment", "S"), False),
        (change("C#amelia", "A#chk"), False),
        (change("SECURITY#2026-11-23", "a", name="REMOVE", event=True), False),
        (change("FS#payment", "L#x", name="MODIFY"), False),
        (change("TX#auth-1", "T", booked=True), True),
        (change("TX#auth-1", "T", booked=False), False),
    ],
)
def test_the_template_wants_new_events_and_verdicts_alone(
    record: dict[str, Any], is_wanted: bool
) -> None:
    found = read_mapping(template_mapping())
    assert found is not None
    assert wanted(record, found.patterns) is is_wanted


@pytest.mark.parametrize(
    ("rule", "value", "meets"),
    [
        ('["a"]', "a", True),
        ('["a"]', "b", False),
        ('[{"prefix": "ab"}]', "abc", True),
        ('[{"suffix": "bc"}]', "abc", True),
        ('[{"exists": false}]', "a", False),
        ('[{"anything-but": ["a"]}]', "a", False),
        ('[{"anything-but": "a"}]', "b", True),
        ('["x", {"prefix": "a"}]', "abc", True),
    ],
)
def test_operators_mean_what_lambda_means_by_them(rule: str, value: str, meets: bool) -> None:
    patterns = read_patterns([f'{{"key": {rule}}}'])
    assert wanted({"key": value}, patterns) is meets


def test_an_operator_that_is_not_known_is_refused_before_anything_is_lost() -> None:
    with pytest.raises(UnknownPatternError):
        read_patterns(['{"amount": [{"numeric": [">", 5]}]}'])
    with pytest.raises(UnknownPatternError):
        read_patterns(['{"amount": "5"}'])
