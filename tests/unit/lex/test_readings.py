"""Two readings of one sentence are told apart by their scores, as an event brings them."""

from __future__ import annotations

from typing import Any

import pytest

from fulfillment.lex import LexEvent
from fulfillment.lex.readings import CLEAR, CLOSE, close_readings


def event(*scores: tuple[str, Any]) -> LexEvent:
    readings = [
        {"intent": {"name": name}} | ({} if score is None else {"nluConfidence": score})
        for name, score in scores
    ]
    return LexEvent.model_validate(
        {
            "sessionId": "s",
            "invocationSource": "DialogCodeHook",
            "interpretations": readings,
            "sessionState": {"intent": {"name": scores[0][0] if scores else "A"}},
        }
    )


def names(found: LexEvent) -> list[str]:
    return [one.intent.name for one in close_readings(found)]


def test_readings_as_good_as_the_best_are_close_to_it() -> None:
    assert names(event(("A", 0.8), ("B", 0.76), ("C", 0.6), ("FallbackIntent", None))) == ["A", "B"]


@pytest.mark.parametrize(
    "scores",
    [
        (),
        (("A", 0.8),),
        (("A", CLEAR), ("B", CLEAR)),
        (("A", 0.8), ("B", 0.8 - CLOSE - 0.01)),
        (("FallbackIntent", None), ("A", 0.3), ("B", 0.3)),
        (("A", "0.8"), ("B", "0.8")),
    ],
    ids=["nothing", "one", "clear", "far apart", "a fallback", "no numbers"],
)
def test_one_reading_alone_is_close_to_nothing(scores: tuple[tuple[str, Any], ...]) -> None:
    assert names(event(*scores)) == []
