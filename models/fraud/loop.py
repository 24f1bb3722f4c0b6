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
    """After how many days complaints come, and analysts' verdicts on alerts, if there are any.

    `chosen_d`: the cards to look at are chosen by another model, to which every fraud is known
    after so many days; None: by the way's own model, which begins with complaints alone.
    """

    name: str
    delay_d: int
    verdicts_d: int | None = None
    chosen_d: int | None = None


WAYS = (
    Way("chargebacks after 21 days", 21),
    Way("and verdicts on 100 cards a day after 7 days", 21, 7),
    Way("and verdicts on 100 cards a day after 1 day", 21, 1),
    Way("the same, the cards chosen by a model that knows all after 7 days", 21, 1, 7),
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
    way = bank.way
    lived = history.of(Window(0, max(week.end for week in weeks)).rows(history))
    first = int(np.searchsorted(lived.at, bank.first_scored))
    own = _Life(lived, first, bank)
    chooses = own
    if way.chosen_d is not None:
        chooses = _Life(lived, first, replace(bank, way=Way(way.name, way.chosen_d)))
    for day, payments in _by_day(lived):
        today = own.score(day, payments)
        if chooses is not own:
            chooses.score(day, payments)
            _expect(chooses, payments, set())
        checked = set[str]()
        if chooses.forest is not None and way.verdicts_d is not None:
            checked = _checked(payments, chooses.scores[today])
        _expect(own, payments, checked)
    met = fraud_days(lived)
    folds = []
    for week in weeks:
        kept = without_known_cards(lived, week, met)
        told = measure(lived.of(kept), own.scores[kept - first])
        folds.append(told)
        sys.stderr.write(f"{way.name}: {told['average_precision']:.4f}\n")
    return {
        "weeks": folds,
        "average_precision": float(np.mean([fold["average_precision"] for fold in folds])),
        "card_precision_at_100": float(np.mean([fold["card_precision_at_100"] for fold in folds])),
    }


class _Life:
    """One model's life: what it remembers, how it scored, and what it was last trained to."""

    def __init__(self, lived: History, first: int, bank: Bank) -> None:
        self.way, self.world = bank.way, World(maturity=bank.way.delay_d)
        self.forest: Forest | None = None
        self.scores = np.zeros(len(lived) - first)
        self._rows = np.zeros((len(self.scores), len(FEATURES)))
        self._lived, self._first, self._bank = lived, first, bank
        self._trained_day = -_TRAINED_EVERY_D

    def score(self, day: int, payments: Sequence[tuple[PaymentFacts, bool]]) -> slice:
        """Scores a day's payments as they come; returns where their scores are."""
        place = int(np.searchsorted(self._lived.at, day * DAY_S)) - self._first
        if place >= 0 and day - self._trained_day >= _TRAINED_EVERY_D:
            grown = self._train(day * DAY_S)
            self.forest = grown or self.forest
            self._trained_day = day if grown else self._trained_day
        for number, (facts, _) in enumerate(payments):
            if place >= 0:
                row = self.world.features(facts)
                self._rows[place + number] = row
                if self.forest:
                    self.scores[place + number] = logistic(self.forest.margin(row))
            self.world.note(facts)
        return slice(max(0, place), max(0, place + len(payments)))

    def _train(self, now: int) -> Forest | None:
        """A model of the days whose complaints have all come; None while there are too few."""
        end = days_later(now, -self.way.delay_d)
        begin = days_later(end, -self._bank.days)
        labels = self._lived.fraud[self._first :]
        chosen = slice(*np.searchsorted(self._lived.at[self._first :], [begin, end]).tolist())
        if labels[chosen].sum() < 100:
            return None
        trees = fit(self._rows[chosen], labels[chosen], self._bank.how).trees
        return Forest(trees, len(FEATURES))


def _by_day(lived: History) -> Iterator[tuple[int, list[tuple[PaymentFacts, bool]]]]:
    today: list[tuple[PaymentFacts, bool]] = []
    for pair in lived.payments():
        if today and pair[0].day != today[0][0].day:
            yield today[0][0].day, today
            today = []
        today.append(pair)
    if today:
        yield today[0][0].day, today


def _checked(payments: Sequence[tuple[PaymentFacts, bool]], scores: Floats) -> set[str]:
    """The day's cards with the highest scores: as many as analysts can look at."""
    highest: dict[str, float] = {}
    for (facts, _), score in zip(payments, scores.tolist(), strict=True):
        highest[facts.customer] = max(highest.get(facts.customer, -1.0), score)
    return set(sorted(highest, key=lambda card: (-highest[card], card))[:ALERTS_A_DAY])


def _expect(life: _Life, payments: Sequence[tuple[PaymentFacts, bool]], checked: set[str]) -> None:
    """When each of a day's payments will be known for what it is, if ever: a card that was looked
    at is judged payment by payment, and about what was found nobody complains again."""
    way, world = life.way, life.world
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
