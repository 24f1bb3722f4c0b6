"""Utterances that a bot missed or barely heard: kept as they happen, and read from Lex's own logs.

Source of the log's form: developer guide, "Viewing text logs in Amazon CloudWatch Logs".
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.learning.redacting import redacted
from bot.runtime.turn_log import TurnRecord

BARELY = 0.6
"""Below this score a bot of dozens of intents is right too seldom to be left alone."""
_FREE = frozenset({"ElicitIntent", "Close", "None", ""})


@dataclass(frozen=True, slots=True)
class Missed:
    """What was said, redacted, and the intent that was heard; no score for the fallback."""

    text: str
    locale: str
    heard: str
    score: float | None
    at: str = ""


class MissedUtterances:
    """An observer of turns that writes a line for each utterance that was missed.

    Replies to a question are left out: they say more about the customer than about the bot.
    """

    def __init__(self, write: Callable[[str], object], barely: float = BARELY) -> None:
        self._write = write
        self._barely = barely
        self._lock = threading.Lock()

    def __call__(self, record: TurnRecord) -> None:
        """Writes the line of `record`, if there is one to write."""
        if record.text is None or record.response is None or record.asked is not None:
            return
        found = _weak(
            record.text,
            record.session.locale_id,
            record.response.get("interpretations") or (),
            self._barely,
        )
        if found is None:
            return
        line = json.dumps({**asdict(found), "at": record.at.date().isoformat()})
        with self._lock:
            self._write(line + "\n")


def read_missed(lines: Iterable[str], barely: float = BARELY) -> Iterator[Missed]:
    """The missed utterances in lines of ours or of Lex's conversation logs.

    Raises ValueError, with the line's number, for a line that is neither.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line[line.index("{") :])
            found = _from_log(entry, barely) if "message-version" in entry else _own(entry)
        except (ValueError, KeyError, TypeError) as fault:
            raise ValueError(f"line {number} is no entry of a conversation log") from fault
        if found is not None:
            yield found


def _own(entry: Mapping[str, Any]) -> Missed:
    score = entry["score"]
    return Missed(
        str(entry["text"]),
        str(entry["locale"]),
        str(entry["heard"]),
        None if score is None else float(score),
        str(entry.get("at", "")),
    )


def _from_log(entry: Mapping[str, Any], barely: float) -> Missed | None:
    text = entry.get("inputTranscript")
    if not text or not isinstance(text, str):
        return None
    found = _weak(text, entry["bot"]["localeId"], entry.get("interpretations") or (), barely)
    missed = bool(entry.get("missedUtterance"))
    action = (entry.get("sessionState") or {}).get("dialogAction") or {}
    if found is None or (not missed and action.get("type", "") not in _FREE):
        return None
    at = str(entry.get("timestamp", ""))[:10]
    return Missed(found.text, found.locale, found.heard, found.score, at)


def _weak(
    text: str, locale: str, interpretations: Iterable[Mapping[str, Any]], barely: float
) -> Missed | None:
    first = next(iter(interpretations), None)
    if first is None:
        return Missed(redacted(text), locale, "(none)", None)
    score = _score(first.get("nluConfidence"))
    if score is not None and score >= barely:
        return None
    return Missed(redacted(text), locale, str(first["intent"]["name"]), score)


def _score(confidence: Any) -> float | None:
    """The score in any of Lex's three forms: an object, a number, a number as text."""
    if isinstance(confidence, Mapping):
        confidence = confidence.get("score")
    return None if confidence is None else float(confidence)
