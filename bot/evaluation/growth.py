"""Utterances worth adding: what the bot missed or barely heard, one voice for each way of asking.

Every missed row would do as a sample, but ten rows of one wording teach no more than one. The
most telling row of each wording is proposed, and rows that another intent owns word for word
are named as conflicts instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.judging import RowResult

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ALIKE = 0.6
"""Two wordings are one from this share of common words on (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An utterance that would teach the bot something."""

    intent: str
    utterance: str
    heard_as: str
    score: float | None
    """The score of the intent that was heard, None for the fallback."""
    speaks_for: int
    """How many missed rows are worded alike, this one included."""
    conflict: str | None = None
    """The other intent that has this very sample."""


def worth_adding(
    rows: Iterable[RowResult], samples: Mapping[str, Sequence[str]], barely: float
) -> list[Proposal]:
    """Proposals by intent, those that speak for most rows first.

    `samples` are the utterances that each intent has; `barely` is the score below which a right
    answer was luck rather than knowledge.
    """
    owners = {_key(text): intent for intent, texts in samples.items() for text in texts}
    missed: dict[str, list[RowResult]] = {}
    for row in rows:
        if row.row.expected.intents and _is_weak(row, barely):
            missed.setdefault(row.row.expected.intents[0], []).append(row)
    proposals = [
        proposal
        for intent in sorted(missed)
        for proposal in _of_intent(intent, missed[intent], owners)
    ]
    return sorted(proposals, key=lambda p: (p.intent, -p.speaks_for, p.utterance))


def _is_weak(row: RowResult, barely: float) -> bool:
    if row.intent == "Mismatched":
        return True
    score = row.heard.score
    return row.intent == "Matched" and score is not None and score < barely


def _of_intent(intent: str, rows: Sequence[RowResult], owners: Mapping[str, str]) -> list[Proposal]:
    groups: list[list[RowResult]] = []
    for row in rows:
        words = _words(row.row.text)
        home = next((g for g in groups if _share(words, _words(g[0].row.text)) >= _ALIKE), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return [p for group in groups if (p := _proposal(intent, group, owners)) is not None]


def _proposal(
    intent: str, group: Sequence[RowResult], owners: Mapping[str, str]
) -> Proposal | None:
    voice = min(group, key=lambda row: (len(row.row.text), row.row.text))
    owner = owners.get(_key(voice.row.text))
    if owner == intent:
        return None
    return Proposal(
        intent,
        voice.row.text,
        voice.heard.intent or "(none)",
        voice.heard.score,
        len(group),
        owner,
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
