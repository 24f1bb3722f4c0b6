"""Runtime hints: phrases that a session expects as the value of a slot.

Source: Lex V2 developer guide, "Improving recognition of slot values with runtime hints". In speech
they change what is heard; in text a hinted phrase is a sure value of a slot that takes words which
no list has, and settles which of two listed values is meant (inferred).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.engine.recogniser import SlotMatch
from bot.nlu.utterance import Span, Utterance
from bot.nlu.words import normal


def normal_phrases(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(normal(phrase) for phrase in phrases) - {""}


def hint_spans(utterance: Utterance, phrases: Sequence[str]) -> list[Span]:
    """Where a hinted phrase stands in the utterance; of two that overlap the longer."""
    wanted = normal_phrases(phrases)
    longest = max((len(phrase.split()) for phrase in wanted), default=0)
    found: list[Span] = []
    start = 0
    while start < len(utterance.tokens):
        ends = range(min(len(utterance.tokens), start + longest), start, -1)
        end = next((e for e in ends if " ".join(utterance.tokens[start:e]) in wanted), None)
        if end is None:
            start += 1
            continue
        said = utterance.said(start, end)
        found.append(Span(start, end, SlotMatch(said, said, (said,))))
        start = end
    return found
