"""What changed in the templates is told by resource and property, from git alone."""

from __future__ import annotations

from typing import Any

import pytest

from infra.aws.changes import changed, counted, main

TABLE: dict[str, Any] = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {"BillingMode": "PAY_PER_REQUEST", "Keys": [1], "Deep": {"a": 1, "b": 2}},
}


def with_(**properties: Any) -> dict[str, Any]:
    return {**TABLE, "Properties": {**TABLE["Properties"], **properties}}


def test_what_is_the_same_is_not_told() -> None:
    assert list(changed({"T": TABLE}, {"T": with_()})) == []


def test_resources_that_came_and_went_are_named_with_their_type() -> None:
    assert list(changed({"Old": TABLE}, {"New": TABLE})) == [
        "core: new AWS::DynamoDB::Table New",
        "core: no more AWS::DynamoDB::Table Old",
    ]


def test_a_property_is_named_by_the_deepest_place_that_differs() -> None:
    assert list(changed({"T": TABLE}, {"T": with_(Keys=[2], Deep={"a": 1, "b": 3, "c": 4})})) == [
        "core: T: Deep.b, Deep.c, Keys"
    ]
    assert list(changed({"T": TABLE}, {"T": {**TABLE, "Type": "X"}})) == ["core: T: Type"]


def test_stacks_are_compared_by_how_many_of_a_type_they_hold() -> None:
    assert list(counted({"data": {"A": 1, "B": 2}}, {"data": {"B": 3}, "more": {"C": 1}})) == [
        "data: A 1 -> 0",
        "data: B 2 -> 3",
        "more: C 0 -> 1",
    ]


def test_a_commit_that_is_not_there_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--since", "no-such-commit"]) == 2
    assert "git has no infra/templates/core.json at 'no-such-commit'" in capsys.readouterr().err
