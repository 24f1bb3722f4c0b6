"""The parts of a composite slot in one reply: "Seattle, Washington 98101".

Every part takes the surest value of its type that no surer part has taken; words that are left and
belong to nothing else go to the one open part that has none, on trust (inferred: Lex does not
publish how it parts them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.definition.model import Composition, SubSlot
from bot.engine.recogniser import SlotMatch
from bot.nlu.slot_reading import SlotReader
from bot.nlu.utterance import Span, Utterance

_LIKELY = 0.7
_UNSURE_TYPES = ("AMAZON.AlphaNumeric",)


def parts_found(
    composition: Composition, utterance: Utterance, reader: SlotReader
) -> dict[str, SlotMatch]:
    """The parts by name that surely stand in the utterance."""
    return {name: span.match for name, span in _assigned(composition, utterance, reader).items()}


def parts_of_reply(
    composition: Composition, utterance: Utterance, reader: SlotReader
) -> dict[str, SlotMatch]:
    """The parts of a reply to the slot's prompt, open ones on trust included."""
    taken = _assigned(composition, utterance, reader)
    found = {name: span.match for name, span in taken.items()}
    open_parts = [
        part
        for part in composition.parts
        if part.name not in found and reader.is_open(part.type_name)
    ]
    rest = _left_over(utterance, taken, reader) if found else None
    if rest is not None and open_parts:
        said = utterance.said(*rest)
        found[open_parts[0].name] = SlotMatch(said, said, (said,))
    return found


def _assigned(
    composition: Composition, utterance: Utterance, reader: SlotReader
) -> dict[str, Span]:
    offers = [
        (_rank(part, span), order, part.name, span)
        for order, part in enumerate(composition.parts)
        for span in reader.spans(part.type_name, utterance)
        if span.weight >= _LIKELY
    ]
    taken: dict[str, Span] = {}
    for _, _, name, span in sorted(offers, key=lambda o: (o[0], o[1], o[3].start)):
        overlaps = any(span.start < t.end and t.start < span.end for t in taken.values())
        if name not in taken and not overlaps:
            taken[name] = span
    return taken


def _rank(part: SubSlot, span: Span) -> tuple[float, int]:
    """Surer and longer values first; a code that could be anything comes last."""
    unsure = part.type_name in _UNSURE_TYPES
    return (-span.weight + unsure, -span.length)


def _left_over(
    utterance: Utterance, taken: Mapping[str, Span], reader: SlotReader
) -> tuple[int, int] | None:
    """The first words that are part of no value and are not small words."""
    used = {index for span in taken.values() for index in range(span.start, span.end)}
    small = reader.small_words
    idle = small.leading | small.trailing | small.separators | small.articles
    free = [
        index
        for index, token in enumerate(utterance.tokens)
        if index not in used and token not in idle and any(map(str.isalnum, token))
    ]
    runs = [[i for _, i in run] for _, run in groupby(enumerate(free), lambda p: p[1] - p[0])]
    best: Sequence[int] = max(runs, key=len, default=[])
    return (best[0], best[-1] + 1) if best and len(best) <= 4 else None
