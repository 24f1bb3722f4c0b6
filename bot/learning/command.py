"""`teller lex missed`: what a bot did not understand, gathered by what it asks, with proposals."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bot.definition import BotDefinition, BotLocale, DefinitionError, load
from bot.learning.clusters import Cluster, Hear, gather
from bot.learning.missed import BARELY, Missed, read_missed
from bot.nlu import UnsupportedSlotTypeError, train
from bot.nlu.engines import LIGHT, meaning_of
from bot.nlu.words import normal

_SHOWN = 4


def main(argv: Sequence[str]) -> int:
    """Reads logs, prints clusters."""
    parser = _arguments()
    options = parser.parse_args(argv)
    try:
        definition = load(options.path)
        wanted = options.locale or next(iter(definition.locales))
        locale = _locale(definition, wanted)
        lines = _lines(options.logs)
        missed = [m for m in read_missed(lines, options.below) if m.locale == wanted]
    except (DefinitionError, UnsupportedSlotTypeError, ValueError) as fault:
        sys.stderr.write(f"teller lex missed: {fault}\n")
        return 2
    except OSError as fault:
        sys.stderr.write(f"teller lex missed: {fault.filename}: {fault.strerror}\n")
        return 2
    clusters = [
        cluster
        for cluster in gather(missed, meaning_of(LIGHT), _ears(locale))
        if cluster.count >= options.at_least
    ]
    if options.json:
        found = {"utterances": len(missed), "clusters": [asdict(one) for one in clusters]}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_as_text(missed, clusters, locale))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller lex missed",
        description="List what a bot missed or barely heard, gathered by what it asks, and propose "
        "utterances to add. Figures, addresses and names are taken out.",
    )
    add = parser.add_argument
    add("path", metavar="PATH", type=Path, help="the bot's export: a folder or a zip")
    add(
        "--logs",
        metavar="FILE",
        type=Path,
        nargs="+",
        required=True,
        help="Lex conversation logs, one JSON entry a line, or .teller/missed.jsonl",
    )
    add("--locale", metavar="ID", help="default: the export's first")
    add("--below", metavar="SCORE", type=float, default=BARELY, help=f"barely heard ({BARELY})")
    add("--at-least", metavar="N", type=int, default=1, help="leave out smaller clusters (1)")
    add("--json", action="store_true", help="print one JSON object")
    return parser


def _locale(definition: BotDefinition, wanted: str) -> BotLocale:
    if wanted not in definition.locales:
        spoken = ", ".join(definition.locales)
        raise ValueError(f"{definition.name} has no locale {wanted}; it has {spoken}")
    return definition.locales[wanted]


def _lines(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with path.open(encoding="utf-8") as file:
            yield from file


def _ears(locale: BotLocale) -> Hear:
    """The bot as it is now: what was missed may long have been added."""
    recogniser = train(locale)
    now = datetime.now(UTC)

    def hear(text: str) -> tuple[str, float] | None:
        best = next(iter(recogniser.intents(text, now)), None)
        return (best.name, best.score) if best else None

    return hear


def _as_text(missed: Sequence[Missed], clusters: Sequence[Cluster], locale: BotLocale) -> str:
    if not clusters:
        return "Nothing was missed.\n"
    samples = {normal(u) for intent in locale.intents.values() for u in intent.utterances}
    rows = [f"{len(missed)} utterances in {len(clusters)} clusters, the largest first.\n"]
    for cluster in clusters:
        others = [text for text in cluster.texts if text != cluster.voice][:_SHOWN]
        rows.append(f"\n{cluster.count:>4}  {cluster.voice}\n")
        rows.extend(f"      {text}\n" for text in others)
        rows.append(f"      -> {_advice(cluster, samples)}\n")
    return "".join(rows)


def _advice(cluster: Cluster, samples: set[str]) -> str:
    if normal(cluster.voice) in samples:
        return f"added to {cluster.intent} since"
    if cluster.intent is None:
        return "nothing the bot knows is near: leave it to the fallback, or begin an intent"
    near = f"{cluster.intent} ({cluster.score:.2f})"
    return f'if it is {near}, add "{cluster.voice}" there; else where it belongs'
