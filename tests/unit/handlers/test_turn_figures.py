"""What a turn tells CloudWatch: an apology is a failed turn, and a payment is one at its end."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fulfillment.handlers import lex


class Answers:
    """An application that answers so, or fails."""

    def __init__(self, intent: str, state: str | None) -> None:
        self._answer = {
            "dialogAction": {"type": "Close"},
            "intent": {"name": intent, "state": state},
        }
        self._fails = state is None

    def resolve(self, _event: Any) -> dict[str, Any]:
        if self._fails:
            raise RuntimeError("no table")
        return {"sessionState": self._answer}


@pytest.mark.parametrize(
    ("intent", "state", "faults", "payments"),
    [
        ("CheckBalance", "Fulfilled", 0, 0),
        ("SendMoney", "Fulfilled", 0, 1),
        ("SendMoney", "InProgress", 0, 0),
        ("SendMoney", None, 1, 0),
    ],
)
def test_an_apology_is_a_failed_turn_and_a_payment_counts_when_it_has_come_to_its_end(
    intent: str, state: str | None, faults: int, payments: int,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(lex, "application", lambda: Answers(intent, state))
    event = {
        "sessionId": "s", "invocationSource": "DialogCodeHook", "bot": {"localeId": "en_US"},
        "sessionState": {"intent": {"name": intent, "state": "InProgress"}},
    }  # fmt: skip
    lex.handler(event, None)
    lines = capsys.readouterr().out.splitlines()
    [said] = [json.loads(line) for line in lines if "CloudWatchMetrics" in line]
    assert (said["Turns"], said["TurnFaults"], said["Payments"]) == ([1], [faults], [payments])
    # One dimension alone, or no alarm could add them up.
    assert said["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service"]]
    assert said["intent"] == intent
