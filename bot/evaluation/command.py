"""`teller lex evaluate`: how well a bot understands a test set."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.definition import BotDefinition, BotLocale, DefinitionError, load
from bot.evaluation.baseline import baseline_of, read_baseline, regressions, write_baseline
from bot.evaluation.figures import judged_rows, summary
from bot.evaluation.growth import worth_adding
from bot.evaluation.labelled import read_test_set
from bot.evaluation.labels import read_labels
from bot.evaluation.offline import OfflineBot
from bot.evaluation.report import as_html, as_text, proposals_as_text
from bot.evaluation.running import run
from bot.evaluation.test_set import TestSetError
from bot.nlu import UnsupportedSlotTypeError
from bot.runtime.hook_targets import hook_for

_FAMILIAR = "en_US"
"""What is measured when nobody says a locale, if the bot speaks it."""

_BARELY = 0.55
"""A right answer below this score would be worth a sample of its own."""


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller lex evaluate",
        description="Measure how well a Lex V2 export understands a test set, on the offline Lex.",
        epilog="Exit status: 0 measured; 1 worse than the baseline; 2 something cannot be read.",
    )
    add = parser.add_argument
    add("path", metavar="PATH", type=Path, help="the export: a folder or a zip")
    add(
        "--test-set",
        metavar="FILE",
        type=Path,
        required=True,
        help="a Lex Test Workbench CSV, or CSV or JSONL of utterance,intent",
    )
    add("--locale", metavar="ID", help="default: en_US, else the export's first")
    add("--labels", metavar="FILE", type=Path, help="CSV of label,intent for a foreign data set")
    add(
        "--code-hook",
        metavar="TARGET",
        help="module:function, a URL or an ARN; without it dialogs are left to Lex"
        " and every fulfilment succeeds",
    )
    add("--now", metavar="TIME", type=_time, help="the session's clock, ISO 8601 (default: now)")
    add("--html", metavar="FILE", type=Path, help="write a report with tables and a picture")
    add("--grow", action="store_true", help="list utterances worth adding")
    add("--baseline", metavar="FILE", type=Path, help="fail when a figure or a row got worse")
    add("--update-baseline", action="store_true", help="write this run to --baseline")
    add("--learned", metavar="DIR", type=Path, help="keep what was learned, for the next run")
    add("--json", action="store_true", help="print one JSON object")
    return parser


def main(argv: Sequence[str]) -> int:
    """Evaluate, print, and compare with the baseline when there is one."""
    parser = _arguments()
    options = parser.parse_args(argv)
    if options.update_baseline and options.baseline is None:
        parser.error("--update-baseline needs --baseline FILE")
    try:
        return _evaluate(options)
    except (DefinitionError, TestSetError, UnsupportedSlotTypeError, ValueError) as fault:
        sys.stderr.write(f"teller lex evaluate: {fault}\n")
        return 2
    except OSError as fault:
        sys.stderr.write(f"teller lex evaluate: {fault.filename}: {fault.strerror}\n")
        return 2


def _evaluate(options: argparse.Namespace) -> int:
    definition = load(options.path)
    locale = _locale(definition, options.locale)
    labels = read_labels(options.labels) if options.labels else None
    test_set = read_test_set(options.test_set, labels)
    to_beat = options.baseline is not None and not options.update_baseline
    before = read_baseline(options.baseline) if to_beat else None
    hook = hook_for(options.code_hook) if options.code_hook else None
    with OfflineBot(
        definition, locale.locale_id, hook, now=options.now, cache_dir=options.learned
    ) as bot:
        results = run(test_set, bot)
    found = summary(results, locale.threshold)
    samples = {name: intent.utterances for name, intent in locale.intents.items()}
    proposals = worth_adding(judged_rows(results), samples, _BARELY)
    if options.html:
        title = f"{definition.name}, {locale.locale_id}"
        options.html.write_text(as_html(title, found, results, proposals), encoding="utf-8")
    if options.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_text(found, results))
        sys.stdout.write("\n" + proposals_as_text(proposals) if options.grow else "")
    if options.update_baseline:
        write_baseline(options.baseline, baseline_of(found, results))
    worse = regressions(before, found, results) if before is not None else []
    for sentence in worse:
        sys.stderr.write(f"teller lex evaluate: {sentence}\n")
    return 1 if worse else 0


def _locale(definition: BotDefinition, wanted: str | None) -> BotLocale:
    name = wanted or (
        _FAMILIAR if _FAMILIAR in definition.locales else next(iter(definition.locales))
    )
    if name not in definition.locales:
        spoken = ", ".join(definition.locales)
        raise TestSetError(f"{definition.name} has no locale {name}; it has {spoken}")
    return definition.locales[name]


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"{text!r} is not an ISO 8601 time") from fault
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
