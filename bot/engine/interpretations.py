"""The readings of an utterance as Lex lists them: the intent in play first, five at most."""

from __future__ import annotations

from collections.abc import Sequence

from bot.definition.model import BotLocale
from bot.engine.effects import Interpretation
from bot.engine.filling import empty_intent, filled
from bot.engine.recogniser import IntentScore
from bot.engine.session import IntentState

LIMIT = 5


def interpretations(
    locale: BotLocale, current: IntentState | None, candidates: Sequence[IntentScore]
) -> tuple[Interpretation, ...]:
    """`current` with its real slots, then the other candidates, and an unscored FallbackIntent."""
    scores = {candidate.name: candidate.score for candidate in candidates}
    listed = [Interpretation(current, scores.get(current.name))] if current else []
    name = current.name if current else None
    for candidate in candidates:
        if candidate.name == name or len(listed) >= LIMIT or candidate.name not in locale.intents:
            continue
        intent = empty_intent(locale, candidate.name)
        for slot, state in filled(locale.intents[candidate.name], candidate.slots).items():
            intent = intent.with_slot(slot, state)
        listed.append(Interpretation(intent, candidate.score))
    fallback = locale.fallback
    if fallback is not None and fallback.name != name:
        listed = [*listed[: LIMIT - 1], Interpretation(empty_intent(locale, fallback.name), None)]
    return tuple(listed)
