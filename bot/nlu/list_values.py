"""Several values of one slot in an utterance: "pepperoni, mushrooms and olives".

Source: Lex V2 developer guide, "Using multiple values in a slot": the values are parted by a blank,
a comma or "and", and the slot's own value is the whole of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.recogniser import SlotMatch
from bot.nlu.small_words import SmallWords
from bot.nlu.utterance import Span, Utterance


def with_lists(spans: Sequence[Span], utterance: Utterance, small: SmallWords) -> list[Span]:
    """The spans, and where several follow each other the one over all of them."""
    ordered = sorted(spans, key=lambda s: s.start)
    lists, run = [], ordered[:1]
    for span in ordered[1:]:
        if run and _adjoin(run[-1], span, utterance, small):
            run.append(span)
            continue
        lists += [_joined(run, utterance)] if len(run) > 1 else []
        run = [span]
    lists += [_joined(run, utterance)] if len(run) > 1 else []
    return [*lists, *ordered]


def as_one(match: SlotMatch) -> SlotMatch:
    """For a slot that holds a single value: the first of the list."""
    return match.parts[0] if match.parts else match


def _adjoin(one: Span, other: Span, utterance: Utterance, small: SmallWords) -> bool:
    between = utterance.tokens[one.end : other.start]
    return other.start >= one.end and all(
        word in small.separators or word in small.articles or word == "&" for word in between
    )


def _joined(run: Sequence[Span], utterance: Utterance) -> Span:
    start, end = run[0].start, run[-1].end
    said = utterance.said(start, end)
    match = SlotMatch(said, said, (said,), parts=tuple(span.match for span in run))
    return Span(start, end, match, min(span.weight for span in run))
