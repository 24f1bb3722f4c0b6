"""A table that writes down what it is asked and what it answers, to be asked of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.bank import TABLE, build
from tests.simulation.dynamo import Table
from tests.simulation.faults import Weather
from tests.simulation.play import live

Told = tuple[str, Any]
"""How it went: `ok` and what came back, or an error's code and its reasons."""


@dataclass(frozen=True)
class Call:
    operation: str
    request: Mapping[str, Any]
    told: Told


@dataclass
class RecordingTable(Table):
    """Leaves out what repeats a client request token, which moto does not know."""

    calls: list[Call] = field(default_factory=list)

    def call(self, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        repeated = self.was_sent(request.get("ClientRequestToken"))
        try:
            answer = super().call(operation, request)
        except ClientError as error:
            self.calls.append(Call(operation, request, _refused(error)))
            raise
        if not repeated:
            self.calls.append(Call(operation, request, _answered(answer)))
        return answer


def outcome(ask: Callable[[], Mapping[str, Any]]) -> Told:
    """What came of a call, without what differs from one service to the next."""
    try:
        return _answered(ask())
    except ClientError as error:
        return _refused(error)


def story(seed: int) -> list[Call]:
    """Every call of a calm story, from the loading of the books on."""
    table = RecordingTable(TABLE)
    live(build(seed, table=table, weather=Weather()))
    return table.calls


def _answered(answer: Mapping[str, Any]) -> Told:
    told = {
        name: answer[name] for name in ("Item", "Items", "Attributes", "Count") if name in answer
    }
    return "ok", _in_order(told)


def _in_order(value: Any) -> Any:
    """Sets have no order."""
    if isinstance(value, Mapping):
        return {
            name: sorted(one) if name == "SS" else _in_order(one) for name, one in value.items()
        }
    return [_in_order(one) for one in value] if isinstance(value, list) else value


def _refused(error: ClientError) -> Told:
    response: Mapping[str, Any] = error.response
    reasons = [
        (reason.get("Code", "None"), reason.get("Item") or None)
        for reason in response.get("CancellationReasons", ())
    ]
    return response["Error"]["Code"], (reasons, response.get("Item"))
