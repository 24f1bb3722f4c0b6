"""`teller models loop fraud`: what it is worth that analysts' verdicts come back the next day.

The same weeks are lived through several ways, day by day, as a bank would: each payment is scored
as it comes, the day's hundred cards with the highest scores may be looked at, what is found there
is known a day later, everything else only when the cardholder complains. Every week the model is
trained again on what is known by then. No way knows anything earlier than it would.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.facts import DAY_S, PaymentFacts, Verdict
from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.artefact import logistic
from fulfillment.fraud.model.forest import Forest
from models.fraud.fitting import Hyperparameters, fit
from models.fraud.history import DataError, History, read_history
from models.fraud.layouts import HANDBOOK
from models.fraud.measuring import measure
from models.fraud.protocol import (
    TEST_WEEKS,
    Window,
    days_later,
    fraud_days,
    seconds,
    week_of,
    without_known_cards,
)
from models.fraud.replay import World

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

ALERTS_A_DAY = 100
_TRAINED_EVERY_D = 7


@dataclass(frozen=True, slots=True)
class Way:
    """After how many days complaints come, and analysts' verdicts on alerts, if there are any."""

    name: str
    delay_d: int
    verdicts_d: int | None = None


WAYS = (
    Way("chargebacks after 21 days", 21),
    Way("and verdicts on 100 cards a day after 7 days", 21, 7),
    Way("and verdicts on 100 cards a day after 1 day", 21, 1),
)


@dataclass(frozen=True, slots=True)
class Bank:
    """How a bank lives one way: when it begins to score, and how it trains."""

    way: Way
    first_scored: int
    days: int
    how: Hyperparameters


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 2 for data of no use."""
    given = _arguments().parse_args(argv)
    try:
        history = read_history(given.data, HANDBOOK.name)
    except DataError as fault:
        sys.stderr.write(f"teller models loop fraud: {fault}\n")
        return 2
    weeks = [week_of(first) for first in given.weeks]
    how = replace(Hyperparameters(), rounds=given.rounds)
    chosen = [WAYS[number] for number in given.ways]
    report = {
        way.name: live(history, weeks, Bank(way, given.begin, given.days, how)) for way in chosen
    }
    if given.plot is not None:
        plot(report, given.plot)
    sys.stdout.write(json.dumps(report, indent=None if given.json else 2) + "\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller models loop fraud", description=(__doc__ or "").partition("\n\n")[2]
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--begin", type=seconds, default=seconds("2018-06-01"), metavar="DAY")
    parser.add_argument("--days", type=int, default=28, help="days to train on (%(default)s)")
    parser.add_argument("--rounds", type=int, default=200, help="trees (%(default)s)")
    parser.add_argument("--weeks", nargs="+", default=TEST_WEEKS, metavar="DAY")
    parser.add_argument(
        "--ways", nargs="+", type=int, default=range(len(WAYS)), choices=range(len(WAYS)),
        help="; ".join(f"{number}: {way.name}" for number, way in enumerate(WAYS)),
    )  # fmt: skip
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw the weeks there (SVG or PNG)"
    )
    parser.add_argument("--json", action="store_true", help="print it on one line")
    return parser


def live(history: History, weeks: Sequence[Window], bank: Bank) -> dict[str, Any]:
    """Live through the history one way, and measure each of the test weeks."""
    way, world = bank.way, World(maturity=bank.way.delay_d)
    lived = history.of(Window(0, max(week.end for week in weeks)).rows(history))
    first = int(np.searchsorted(lived.at, bank.first_scored))
    rows = np.zeros((len(lived) - first, len(FEATURES)))
    scores = np.zeros(len(rows))
    labels = lived.fraud[first:]
    at = lived.at[first:]
    forest: Forest | None = None
    trained_day = -_TRAINED_EVERY_D
    for day, payments in _by_day(lived):
        place = int(np.searchsorted(lived.at, day * DAY_S)) - first
        today = slice(max(0, place), max(0, place + len(payments)))
        if place >= 0 and day - trained_day >= _TRAINED_EVERY_D:
            grown = _train(rows, labels, at, day * DAY_S, bank)
            forest, trained_day = (grown or forest), (day if grown else trained_day)
        for number, (facts, _) in enumerate(payments):
            if place >= 0:
                row = world.features(facts)
                rows[place + number] = row
                scores[place + number] = logistic(forest.margin(row)) if forest else 0.0
            world.note(facts)
        checked = set[str]()
        if forest is not None and way.verdicts_d is not None:
            checked = _checked(payments, scores[today])
        _expect(world, payments, way, checked)
    met = fraud_days(lived)
    folds = []
    for week in weeks:
        kept = without_known_cards(lived, week, met)
        told = measure(lived.of(kept), scores[kept - first])
        folds.append(told)
        sys.stderr.write(f"{way.name}: {told['average_precision']:.4f}\n")
    return {
        "weeks": folds,
        "average_precision": float(np.mean([fold["average_precision"] for fold in folds])),
        "card_precision_at_100": float(np.mean([fold["card_precision_at_100"] for fold in folds])),
    }


def _by_day(lived: History) -> Iterator[tuple[int, list[tuple[PaymentFacts, bool]]]]:
    today: list[tuple[PaymentFacts, bool]] = []
    for pair in lived.payments():
        if today and pair[0].day != today[0][0].day:
            yield today[0][0].day, today
            today = []
        today.append(pair)
    if today:
        yield today[0][0].day, today


def _train(rows: Floats, labels: Integers, at: Integers, now: int, bank: Bank) -> Forest | None:
    """A model of the days whose complaints have all come, or None while there are too few."""
    end = days_later(now, -bank.way.delay_d)
    chosen = slice(*np.searchsorted(at, [days_later(end, -bank.days), end]).tolist())
    if labels[chosen].sum() < 100:
        return None
    return Forest(fit(rows[chosen], labels[chosen], bank.how).trees, len(FEATURES))


def _checked(payments: Sequence[tuple[PaymentFacts, bool]], scores: Floats) -> set[str]:
    """The day's cards with the highest scores: as many as analysts can look at."""
    highest: dict[str, float] = {}
    for (facts, _), score in zip(payments, scores.tolist(), strict=True):
        highest[facts.customer] = max(highest.get(facts.customer, -1.0), score)
    return set(sorted(highest, key=lambda card: (-highest[card], card))[:ALERTS_A_DAY])


def _expect(
    world: World, payments: Sequence[tuple[PaymentFacts, bool]], way: Way, checked: set[str]
) -> None:
    """When each of a day's payments will be known for what it is, if ever: a card that was looked
    at is judged payment by payment, and about what was found nobody complains again."""
    for facts, fraud in payments:
        if facts.customer in checked and way.verdicts_d is not None:
            verdict = Verdict.FRAUD if fraud else Verdict.GENUINE
            world.expect(facts, verdict, facts.at + way.verdicts_d * DAY_S)
        elif fraud:
            world.expect(facts, Verdict.FRAUD, facts.at + way.delay_d * DAY_S)


def plot(report: dict[str, Any], path: Path) -> None:
    """Average precision by test week, a line for each way, as the file's name ends (SVG, PNG)."""
    import matplotlib as mpl

    mpl.use("Agg")
    # The same figures give the same file.
    mpl.rcParams.update({"svg.hashsalt": "teller", "svg.fonttype": "none"})
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    for name, told in report.items():
        values = [week["average_precision"] for week in told["weeks"]]
        label = f"{name}: {told['average_precision']:.2f}"
        axes.plot(range(1, len(values) + 1), values, marker="o", label=label)
    most = max(len(told["weeks"]) for told in report.values())
    axes.set(xlabel="test week", ylabel="average precision", ylim=(0, 1), xticks=range(1, most + 1))
    axes.legend(fontsize="small")
    path.parent.mkdir(parents=True, exist_ok=True)
    undated = {"Date": None} if path.suffix == ".svg" else {"Software": None}
    figure.savefig(path, dpi=80, metadata=undated)
    plt.close(figure)
