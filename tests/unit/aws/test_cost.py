"""The bill: right sums from counts and prices, every figure with its source, nothing remembered."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from infra.aws.cost import qnabot
from infra.aws.cost.bill import Month, Turn, by_service, mean_turn
from infra.aws.cost.chart import chart
from infra.aws.cost.command import VOLUMES, costed, tables
from infra.aws.cost.data import Price, read_prices, read_traffic
from infra.aws.cost.standing import MINUTES_A_MONTH, Standing, standing_of
from infra.aws.hardening import hardened
from infra.aws.stages import STAGES
from infra.aws.template import read_template
from infra.capacity.turns import KINDS, Cost

ROOT = Path(__file__).resolve().parents[3]
TURN = Turn(calls=4, read_units=3, write_units=2)
STANDING = Standing(
    keys=4, secrets=2, buckets=9, functions=15, alarm_metrics=60, dashboards=4, firewall_rules=5,
    polled_queues=2, insight_rules=4, config_rules=13, warm_gb=10,
    endpoints={"teller-fraud": 2, "teller-personalization": 1}, trained_anew=1,
    scheduled=((0.5, MINUTES_A_MONTH),), sockets=False,
    memory={"teller-fulfillment": 1.0, "teller-chat-edge": 1.0, "teller-stream": 0.5},
)  # fmt: skip


def month(turns: int, standing: Standing = STANDING) -> Month:
    return Month(turns, TURN, standing, read_traffic(), read_prices())


def test_every_price_has_a_unit_a_source_at_aws_and_the_file_a_date() -> None:
    prices = read_prices()
    assert prices.as_of.year >= 2026
    for name, price in prices.rows.items():
        assert price.usd > 0, name
        assert price.per, name
        assert price.source.startswith("https://aws.amazon.com/"), name


def test_no_price_stands_in_the_file_that_no_bill_asks_for() -> None:
    with_sockets = month(10**6, replace(STANDING, sockets=True))
    asked = {one.price for one in [*with_sockets.lines(), *qnabot.lines_of(with_sockets)]}
    assert asked == set(read_prices().rows)


def test_the_shares_of_turns_are_of_kinds_that_are_measured() -> None:
    assert set(read_traffic().turns) == {kind.name for kind in KINDS}


def test_a_tiered_price_asks_the_lower_one_beyond_its_tier_alone() -> None:
    price = Price(2, "thing", "", True, tiers=((100, 2.0), (0, 1.0)))
    assert price.of(100) == 200
    assert price.of(150) == 250


def test_the_mean_turn_is_weighed_by_what_customers_say() -> None:
    costs = [Cost("a", 2, 4, 0, 9, ""), Cost("b", 4, 0, 8, 9, "")]
    assert mean_turn(costs, {"a": 0.75, "b": 0.25}) == Turn(2.5, 3.0, 2.0)


def test_lex_asks_for_each_turn_and_a_thousand_conversations_have_five_thousand() -> None:
    lines = month(10**6).lines()
    (lex,) = [one for one in lines if one.service == "Lex"]
    assert lex.usd == pytest.approx(750.0)
    assert month(5_000).conversations == 1_000


def test_the_table_asks_for_the_units_that_the_turns_were_counted_to_use() -> None:
    found = {one.price: one.usd for one in month(10**6).lines()}
    assert found["dynamodb_write_unit"] == pytest.approx(2 * 0.625)
    assert found["dynamodb_read_unit"] == pytest.approx(3 * 0.125)


def test_a_conversation_gets_cheaper_with_traffic_since_what_stands_is_shared() -> None:
    each = [sum(by_service(month(n).lines()).values()) / month(n).conversations for n in VOLUMES]
    assert all(more > less for more, less in pairwise(each))


def test_endpoints_grow_when_payments_are_more_than_the_least_of_them_can_judge() -> None:
    few, many = month(10**6), month(10**10)
    hours = [
        next(one.quantity for one in each.lines() if one.service == "SageMaker")
        for each in (few, many)
    ]
    assert hours[0] == 3 * 730
    assert hours[1] > hours[0]


def test_a_training_costs_the_hours_of_its_job_and_what_no_stack_trains_costs_nothing() -> None:
    found = {one.price: one for one in month(10**6).lines()}
    job = found["sagemaker_training_hour_ml_m5_xlarge"]
    assert (job.service, job.quantity) == ("SageMaker", 0.5)
    assert 0 < job.usd < 1
    idle = month(10**6, replace(STANDING, trained_anew=0)).lines()
    assert sum(one.usd for one in idle if "training" in one.price or "transition" in one.price) == 0


def test_what_stands_is_counted_in_the_template() -> None:
    resources = hardened(read_template()["Resources"], STAGES["prod"])
    found = standing_of([{"Resources": resources}])
    assert found.secrets >= 2
    assert found.memory["teller-fulfillment"] == 1.0
    assert found.polled_queues == 2
    assert found.insight_rules == 4
    assert (0.5, MINUTES_A_MONTH) in found.scheduled


def test_an_alarm_on_a_band_counts_as_three_metrics_and_a_burn_rate_as_its_six() -> None:
    from infra.aws.bank_alarms import bank_alarms

    made = bank_alarms()
    band = standing_of([{"Resources": {"A": made["TurnsAreUnusual"]}}])
    burn = standing_of([{"Resources": {"A": made["TurnsBurnFast"]}}])
    assert (band.alarm_metrics, burn.alarm_metrics) == (3, 6)


def test_the_report_has_the_contracts_key_and_every_service_of_each_volume() -> None:
    report = costed("prod", STANDING, TURN)
    assert report["usd_per_1000_conversations"] > 0
    assert set(report["volumes"]) == {str(n) for n in VOLUMES}
    for one in report["volumes"].values():
        assert sum(one["by_service"].values()) == pytest.approx(one["usd_a_month"], abs=0.1)
        assert one["qnabot"]["usd_a_month"] > 0
    assert json.loads(json.dumps(report)) == report


def test_the_tables_have_a_row_for_each_service() -> None:
    report = costed("prod", STANDING, TURN)
    said = tables(report)
    assert all(f"| {name} |" in said for name in report["volumes"]["10000"]["by_service"])


def test_the_chart_is_a_picture_with_both_figures_of_each_volume() -> None:
    drawn = chart([("few", 200.0, 250.0), ("many", 9.5, 8.0)])
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    words = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"200", "250", "9.50", "8.00", "few", "many"} <= words
    bars = [
        one for one in root.iter("{http://www.w3.org/2000/svg}rect") if one.get("width") == "56"
    ]
    heights = [float(bar.attrib["height"]) for bar in bars]
    assert heights[1] > heights[0] > heights[2] > heights[3]
