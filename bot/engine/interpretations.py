"""The readings of an utterance as Lex lists them: the intent in play first, five at most."""

from __future__ import annotations

from collections.abc import Sequence

from bot.definition.model import BotLocale
from bot.engine.effects import Interpretation
from bot.engine.hook_reply import empty_intent
from bot.engine.recogniser import IntentScore
from bot.engine.session import IntentState, SlotState

LIMIT = 5


def interpretations(
    locale: BotLocale, current: IntentState, candidates: Sequence[IntentScore]
) -> tuple[Interpretation, ...]:
    """`current` with its real slots, then the other candidates, and an unscored FallbackIntent."""
    scores = {candidate.name: candidate.score for candidate in candidates}
    listed = [Interpretation(current, scores.get(current.name))]
    fallback = locale.fallback
    for candidate in candidates:
        if candidate.name == current.name or len(listed) >= LIMIT:
            continue
        intent = empty_intent(locale, candidate.name)
        for name, match in candidate.slots.items():
            intent = intent.with_slot(name, SlotState(match))
        listed.append(Interpretation(intent, candidate.score))
    if fallback is not None and fallback.name != current.name:
        listed = [*listed[: LIMIT - 1], Interpretation(empty_intent(locale, fallback.name), None)]
    return tuple(listed)
