"""Other rankings judged from the log: near the truth where it is known, honest where it is not."""

from __future__ import annotations

import json
import statistics
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fulfillment.personalization.offers.rules import standard_rules
from models.personalization.policy.command import main
from models.personalization.policy.estimating import Judged, judge
from models.personalization.policy.log import Choice, Impression, LogError, read_log
from models.personalization.policy.rankings import RANKINGS, Ranking, best_by, by_rules
from tests.unit.personalization.offers_world import World, truth_of

BY_CARD: Ranking = best_by(lambda one: float(one.product == "cashback_card"))
"""Puts first what the ranking that ran thought least of."""
_WORLDS, _ANSWERS = 30, 1200


@pytest.fixture(scope="module")
def judged() -> list[tuple[Judged, float]]:
    """The same ranking judged by the logs of many worlds, with the truth."""
    found = []
    for seed in range(_WORLDS):
        world = World(seed)
        cases = world.cases(_ANSWERS)
        found.append((judge(world.log(cases), BY_CARD), truth_of(cases, BY_CARD)))
    return found


@pytest.mark.parametrize("kind", ["ips", "snips", "dr"])
def test_estimates_lie_about_the_truth_and_their_intervals_hold_it(
    judged: list[tuple[Judged, float]], kind: str
) -> None:
    errors = [getattr(one, kind).value - truth for one, truth in judged]
    scatter = statistics.stdev(errors) / len(errors) ** 0.5
    assert abs(statistics.mean(errors)) < 3 * scatter
    held = [getattr(one, kind).low <= truth <= getattr(one, kind).high for one, truth in judged]
    assert sum(held) >= 0.85 * len(held)


def test_the_robust_estimate_scatters_least_where_little_was_explored(
    judged: list[tuple[Judged, float]],
) -> None:
    errors = {
        kind: statistics.stdev(getattr(one, kind).value - truth for one, truth in judged)
        for kind in ("ips", "snips", "dr")
    }
    assert errors["dr"] < errors["ips"]
    assert all(one.effective < _ANSWERS / 5 for one, _ in judged)


def test_what_was_shown_and_taken_alone_would_mislead() -> None:
    """The same logs without weights are far from the truth: the weights do the work."""
    errors = []
    for seed in range(_WORLDS):
        world = World(seed)
        cases = world.cases(_ANSWERS)
        taken = statistics.mean(one.taken for one in world.log(cases))
        errors.append(taken - truth_of(cases, BY_CARD))
    assert abs(statistics.mean(errors)) > 10 * statistics.stdev(errors) / _WORLDS**0.5


def test_the_ranking_that_ran_is_worth_what_was_taken_and_its_worth_in_money() -> None:
    world = World(3)
    log = world.log(world.cases(800))
    told = judge(log, RANKINGS["as logged"])
    assert told.ips.value == pytest.approx(statistics.mean(one.taken for one in log))
    assert told.effective == pytest.approx(len(log))
    money = judge(log, RANKINGS["as logged"], worth=True)
    assert money.ips.value == pytest.approx(
        statistics.mean(one.taken * one.choices[one.shown].worth for one in log)
    )


def test_what_could_never_come_first_is_not_known_whatever_the_numbers() -> None:
    world = World(4, explore=0.0)
    told = judge(world.log(world.cases(3000)), BY_CARD)
    assert told.support < 0.9
    assert not told.is_known


def test_a_customer_with_many_answers_counts_as_one_draw() -> None:
    world = World(5)
    log = world.log(world.cases(600))
    others = [replace(one, customer=f"{one.customer}'") for one in log]
    independent, dependent = judge(log + others, BY_CARD), judge(log + log, BY_CARD)
    assert dependent.ips.value == pytest.approx(independent.ips.value)
    assert dependent.ips.error > 1.3 * independent.ips.error


def test_other_rules_change_priors_and_leave_what_a_model_said() -> None:
    rules = standard_rules()
    choices = (
        Choice("savings", 0.9, 1_000, 0.5, scored=False),
        Choice("refinancing_loan", 0.5, 1_000, 0.5, scored=True),
    )
    share = by_rules(rules)(Impression("c", choices, 0, taken=False))
    # By the file's prior of 0.20 savings come second; the model's 0.5 stands.
    assert share == pytest.approx([0.025, 0.975])


def offer(entry: str, first: str = "savings", **more: Any) -> dict[str, Any]:
    eligible = [
        {"product": "savings", "chance": "0.2", "worth": 4_000, "first": "0.975", "model": ""},
        {"product": "certificate", "chance": "0.1", "worth": 100, "first": "0.025", "model": "7"},
    ]
    return {"id": entry, "told": [{"product": first}], "eligible": eligible, **more}


def test_an_outcome_counts_for_the_answer_and_the_offer_that_came_first() -> None:
    lines: list[tuple[str, dict[str, Any]]] = [
        ("a", offer("1")),
        ("a", {"outcome": "wanted", "product": "savings", "of": "1"}),
        ("b", offer("2")),
        ("b", {"outcome": "less", "product": "savings", "of": "2"}),
        ("c", offer("3", "certificate")),
        ("c", {"outcome": "acted", "product": "savings", "of": "3"}),
        ("d", offer("4", told=[])),
    ]
    log = read_log(lines)
    assert [one.taken for one in log.impressions] == [True, False, False]
    assert [one.propensity for one in log.impressions] == [0.975, 0.975, 0.025]
    assert log.left_out == 1


@pytest.mark.parametrize(
    "line",
    [
        {"neither": 1},
        offer("1", "investing"),
        offer("1", eligible=[{"product": "savings", "chance": "1", "worth": 1, "first": "0.5"}]),
    ],
)
def test_a_line_that_contradicts_itself_is_refused(line: dict[str, Any]) -> None:
    with pytest.raises(LogError):
        read_log([("a", line)])


def test_the_command_reads_lines_and_says_when_they_are_too_few(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.jsonl"
    lines = [{"customer": f"c{n}", "log": offer(str(n))} for n in range(8)]
    lines.append({"customer": "c0", "log": {"outcome": "wanted", "product": "savings", "of": "0"}})
    file.write_text("".join(json.dumps(one) + "\n" for one in lines))
    assert main(["--log", str(file), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["answers"], report["taken"]) == (8, 1)
    assert report["rankings"]["as logged"]["taken"]["ips"]["value"] == 0.125
    assert not report["rankings"]["as logged"]["taken"]["known"]
    assert main(["--log", str(file)]) == 0
    assert "too little to tell" in capsys.readouterr().out
    file.write_text("no line\n")
    assert main(["--log", str(file)]) == 2
