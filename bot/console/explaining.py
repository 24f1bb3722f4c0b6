"""Why each candidate of a turn scored as it did, where the bot's recogniser can say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from bot.nlu.evidence import Evidence
from bot.runtime.hosted_bot import HostedBot
from bot.runtime.turn_log import TurnRecord

Json = dict[str, Any]


@runtime_checkable
class Explaining(Protocol):
    """A recogniser that can say why."""

    def explained(self, text: str, now: datetime) -> Sequence[Evidence]:
        """The evidence for every intent."""
        ...


def explained(record: TurnRecord, bots: Mapping[str, HostedBot]) -> Json:
    """The evidence by intent; none for a turn without text or a recogniser that cannot tell."""
    bot = bots.get(record.session.bot_id)
    recogniser = bot.recognisers.get(record.session.locale_id) if bot else None
    if not record.text or not isinstance(recogniser, Explaining):
        return {"evidence": []}
    return {"evidence": [_view(each) for each in recogniser.explained(record.text, record.at)]}


def _view(evidence: Evidence) -> Json:
    return {
        "intent": evidence.intent,
        "score": round(evidence.score, 4),
        "basis": evidence.basis,
        "sample": evidence.sample,
        "likeness": round(evidence.likeness, 2),
        "words": [{"word": each.word, "weight": round(each.weight, 3)} for each in evidence.words],
    }
