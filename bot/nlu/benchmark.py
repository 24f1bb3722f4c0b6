"""`teller nlu benchmark`: how well and how fast the recogniser learns any labelled file."""

from __future__ import annotations

import argparse
import csv
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.definition.model import BotLocale, Intent
from bot.nlu.engines import ENGINES, LIGHT, EngineError
from bot.nlu.training import train

OUT_OF_SCOPE = "oos"
_BYTES_PER_MB = 1024 * 1024
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024

Row = tuple[str, str]
"""(text, intent)"""


class DataError(ValueError):
    """A file is missing or has no column `text` or `intent`."""


def main(argv: Sequence[str]) -> int:
    """Train on one file, measure on another.

    Exit status 0; 2 when a file or the engine cannot be used.
    """
    options = _arguments().parse_args(argv)
    try:
        report = measure(read_rows(options.train), read_rows(options.test), options.engine)
    except (DataError, EngineError) as fault:
        sys.stderr.write(f"teller nlu benchmark: {fault}\n")
        return 2
    sys.stdout.write(json.dumps(report) + "\n" if options.json else _as_text(report))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller nlu benchmark",
        description="Measure the intent recogniser on labelled files (CSV or JSONL of text,intent)."
        f" Test rows labelled {OUT_OF_SCOPE!r} are out of scope.",
    )
    for name in ("train", "test"):
        parser.add_argument(f"--{name}", metavar="FILE", type=Path, required=True)
    parser.add_argument(
        "--engine", choices=ENGINES, default=LIGHT, help="default: %(default)s; see docs/nlu.md"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def read_rows(path: Path) -> list[Row]:
    """The (text, intent) rows of a CSV file with a heading, or of a JSONL file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records: Iterable[Mapping[str, str]] = (
                csv.DictReader(file)
                if path.suffix.lower() == ".csv"
                else (json.loads(line) for line in file if line.strip())
            )
            rows = [(str(record["text"]), str(record["intent"])) for record in records]
    except OSError as fault:
        raise DataError(f"{path}: {fault.strerror}") from fault
    except (KeyError, TypeError) as fault:
        raise DataError(f"{path}: every row needs `text` and `intent`") from fault
    except ValueError as fault:
        raise DataError(f"{path}: neither CSV nor JSONL: {fault}") from fault
    if not rows:
        raise DataError(f"{path}: no rows")
    return rows


def measure(
    training: Sequence[Row], testing: Sequence[Row], engine: str = LIGHT
) -> dict[str, object]:
    """The figures of the contract, and how far scores can be trusted.

    `below_threshold_*` are the shares of rows that fall back at Lex's default threshold of 0.40,
    `ece` is the expected calibration error of rows in scope. Raises `EngineError`.
    """
    locale = _locale(training)
    started = time.perf_counter()
    ears = train(locale, engine=engine)
    train_s = time.perf_counter() - started
    now = datetime.now(UTC)
    right: list[bool] = []
    kept: list[float] = []
    strange: list[float] = []
    times: list[float] = []
    for text, intent in testing:
        began = time.perf_counter()
        candidates = ears.intents(text, now)
        times.append((time.perf_counter() - began) * 1000)
        best = candidates[0] if candidates else None
        score = best.score if best else 0.0
        (strange if intent == OUT_OF_SCOPE else kept).append(score)
        if intent != OUT_OF_SCOPE:
            right.append(best is not None and best.name == intent)
    return {
        "accuracy": round(sum(right) / len(kept), 4) if kept else None,
        "oos_auroc": round(auroc(kept, strange), 4) if kept and strange else None,
        "below_threshold_in_scope": _below(kept, locale.threshold),
        "below_threshold_oos": _below(strange, locale.threshold),
        "ece": round(calibration_error(kept, right), 4) if kept else None,
        "latency_ms": {"p50": _quantile(times, 0.5), "p99": _quantile(times, 0.99)},
        "train_s": round(train_s, 2),
        "peak_rss_mb": round(peak_rss_mb(), 1),
        "engine": engine,
        "intents": len(locale.intents),
        "train_rows": sum(len(intent.utterances) for intent in locale.intents.values()),
        "test_rows": len(testing),
    }


def _locale(rows: Sequence[Row]) -> BotLocale:
    """A bot without slots whose intents have these utterances; out-of-scope rows teach nothing."""
    utterances: dict[str, list[str]] = {}
    for text, intent in rows:
        if intent != OUT_OF_SCOPE:
            plain = text.replace("{", "(").replace("}", ")")
            utterances.setdefault(intent, []).append(plain)
    intents = {name: Intent(name, None, tuple(texts), ()) for name, texts in utterances.items()}
    return BotLocale("en_US", 0.4, intents, {})


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """How often a score from `inside` is above one from `outside`; a tie counts half."""
    ranked = sorted([(score, True) for score in inside] + [(score, False) for score in outside])
    below, wins = 0, 0.0
    for tied in _ties(ranked):
        out = sum(not is_inside for _, is_inside in tied)
        wins += (len(tied) - out) * (below + out / 2)
        below += out
    return wins / (len(inside) * len(outside))


def _ties(ranked: Sequence[tuple[float, bool]]) -> Iterator[Sequence[tuple[float, bool]]]:
    start = 0
    for end in range(1, len(ranked) + 1):
        if end == len(ranked) or ranked[end][0] != ranked[start][0]:
            yield ranked[start:end]
            start = end


def calibration_error(scores: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """How far scores are from the share of rows that were right, over equal bins of scores."""
    error = 0.0
    for number in range(bins):
        inside = [
            (score, was_right)
            for score, was_right in zip(scores, right, strict=True)
            if min(int(score * bins), bins - 1) == number
        ]
        error += abs(sum(score for score, _ in inside) - sum(good for _, good in inside))
    return error / len(scores)


def _below(scores: Sequence[float], threshold: float) -> float | None:
    return round(sum(s < threshold for s in scores) / len(scores), 4) if scores else None


def _quantile(values: Sequence[float], share: float) -> float:
    ranked = sorted(values)
    return round(ranked[min(len(ranked) - 1, int(len(ranked) * share))], 3)


def peak_rss_mb() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / _BYTES_PER_MB


def _as_text(report: Mapping[str, object]) -> str:
    return "".join(f"{name:<26} {value}\n" for name, value in report.items())
