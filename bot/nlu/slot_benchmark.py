"""`teller nlu slots`: how well slot values are read, on any file of phrases and their values."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.definition.model import BotLocale
from bot.engine.recogniser import SlotMatch
from bot.nlu.slot_agreement import agrees
from bot.nlu.slot_reading import SlotReader
from bot.nlu.utterance import Span, Utterance
from bot.nlu.words import clean

_LOCALES = {"en": "en_US", "es": "es_ES"}
_COINS = ("Cent", "Pence", "Penny", "Sen", "Centavo", "Céntimo", "Penique")


class DataError(ValueError):
    """A file is missing, or a row lacks what it is judged by."""


@dataclass(frozen=True, slots=True)
class Row:
    """A phrase `span` inside `text`, said at `now`, and the values that are right for it."""

    type_name: str
    locale_id: str
    text: str
    span: str
    accept: tuple[str, ...]
    now: datetime
    coin: Decimal = Decimal(1)
    """What the values are in: 0.01 where the file counts cents, as Lex never does."""

    def agrees(self, match: SlotMatch | None) -> bool:
        return match is not None and agrees(self.type_name, match, self.accept, self.coin)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read of one row: in its sentence, and of the bare phrase as a reply to a prompt."""

    row: Row
    in_sentence: SlotMatch | None
    in_reply: SlotMatch | None

    @property
    def is_right(self) -> bool:
        return self.row.agrees(self.in_sentence)

    @property
    def is_right_in_reply(self) -> bool:
        return self.row.agrees(self.in_reply)


def main(argv: Sequence[str]) -> int:
    """Measure on one file. Exit status 0; 2 when the file cannot be used."""
    options = _arguments().parse_args(argv)
    try:
        rows = read_rows(options.test, dict(_LOCALES, **_chosen(options.locale)))
    except DataError as fault:
        sys.stderr.write(f"teller nlu slots: {fault}\n")
        return 2
    outcomes = measure(rows)
    report = summary(outcomes)
    sys.stdout.write(json.dumps(report) + "\n" if options.json else _as_text(report))
    if options.misses and not options.json:
        sys.stdout.writelines(_miss(o) for o in outcomes if not o.is_right)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller nlu slots",
        description="Measure the readers of built-in slot types on a JSONL file whose rows have"
        " type, lang, text, span, accept (a list of right values) and ref (the clock).",
    )
    parser.add_argument("--test", metavar="FILE", type=Path, required=True)
    parser.add_argument(
        "--locale",
        metavar="LOCALE",
        action="append",
        default=[],
        help="locale to read a language by, such as es_US (default en_US and es_ES)",
    )
    parser.add_argument("--misses", action="store_true", help="list the rows that were misread")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _chosen(locales: Sequence[str]) -> dict[str, str]:
    return {locale.partition("_")[0]: locale for locale in locales}


def read_rows(path: Path, locales: Mapping[str, str]) -> list[Row]:
    """The rows of a JSONL file; a language without a locale is read by its own name."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as fault:
        raise DataError(f"{path}: {fault.strerror}") from fault
    except ValueError as fault:
        raise DataError(f"{path}: not UTF-8") from fault
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line), locales))
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise DataError(
                f"{path}, line {number}: a row needs type, lang, text, accept and ref"
            ) from fault
    if not rows:
        raise DataError(f"{path}: no rows")
    return rows


def _row(record: Mapping[str, Any], locales: Mapping[str, str]) -> Row:
    kind, language = str(record["type"]), str(record["lang"])
    accept = tuple(str(value) for value in record["accept"])
    return Row(
        kind if kind.startswith("AMAZON.") else f"AMAZON.{kind}",
        locales.get(language, language),
        str(record["text"]),
        str(record.get("span") or record["text"]),
        accept,
        datetime.fromisoformat(str(record["ref"])),
        Decimal("0.01") if record.get("unit") in _COINS else Decimal(1),
    )


def measure(rows: Sequence[Row]) -> list[Outcome]:
    readers: dict[str, SlotReader] = {}
    outcomes = []
    for row in rows:
        if row.locale_id not in readers:
            readers[row.locale_id] = SlotReader(BotLocale(row.locale_id, 0.4, {}, {}))
        reader = readers[row.locale_id]
        reply = reader.reply(row.type_name, row.span, row.now)
        outcomes.append(Outcome(row, _in_sentence(reader, row), reply))
    return outcomes


def _in_sentence(reader: SlotReader, row: Row) -> SlotMatch | None:
    """The reading that shares most characters with the phrase."""
    utterance = Utterance.of(row.text, row.now)
    spans = reader.spans(row.type_name, utterance)
    phrase = re.escape(clean(row.span))
    places = [m.span() for m in re.finditer(phrase, utterance.text, re.IGNORECASE)]
    if not places:
        return spans[0].match if spans else None

    def shared(span: Span) -> int:
        start, stop = utterance.words[span.start].start, utterance.words[span.end - 1].end
        return max(min(stop, end) - max(start, at) for at, end in places)

    best = max(spans, key=shared, default=None)
    return best.match if best is not None and shared(best) > 0 else None


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares of rows that were read right, by language and type and over all."""
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[(outcome.row.locale_id, outcome.row.type_name)].append(outcome)
    by_type: dict[str, dict[str, Any]] = {}
    for (locale, kind), group in sorted(groups.items()):
        by_type.setdefault(locale, {})[kind] = _figures(group)
    return {"rows": len(outcomes), **_figures(outcomes), "by_locale": by_type}


def _figures(group: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "rows": len(group),
        "accuracy": round(sum(o.is_right for o in group) / len(group), 4),
        "reply_accuracy": round(sum(o.is_right_in_reply for o in group) / len(group), 4),
    }


def _as_text(report: Mapping[str, Any]) -> str:
    return "".join(_lines(report))


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'':<28}{'rows':>6}{'in a sentence':>16}{'as a reply':>13}\n"
    for locale, kinds in report["by_locale"].items():
        for kind, figures in kinds.items():
            yield _line(f"{locale} {kind.removeprefix('AMAZON.')}", figures)
    yield _line("all", report)


def _line(name: str, figures: Mapping[str, Any]) -> str:
    return (
        f"{name:<28}{figures['rows']:>6}{figures['accuracy']:>16.3f}"
        f"{figures['reply_accuracy']:>13.3f}\n"
    )


def _miss(outcome: Outcome) -> str:
    row, found = outcome.row, outcome.in_sentence
    read = " | ".join(found.resolved) or "no value" if found else "nothing"
    return (
        f"{row.locale_id} {row.type_name.removeprefix('AMAZON.')}: {row.span!r} in {row.text!r}"
        f" is {' | '.join(row.accept)}, read {read}\n"
    )
