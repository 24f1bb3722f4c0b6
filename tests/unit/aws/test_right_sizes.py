"""Every function has the memory that its measured work asks for, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.function_sizes import PAGE, functions, needs, read_figures, with_table
from benchmarks.function_traffic import Span, work_of
from fulfillment.handlers.ledger_audit import LARGEST_BYTES
from infra.aws.bare import bare_resources
from infra.aws.cost.data import read_prices
from infra.aws.right_sizes import (
    SIZES_MB,
    Measured,
    Need,
    NoSizeFitsError,
    read_needs,
    right_size,
    share,
    usd_a_million,
)
from infra.aws.stages import STAGES
from infra.aws.template import of_type

FIGURES = read_figures()
SMALL = Measured(init_ms=300, init_mb=40, start_ms=600, run_ms=20, peak_mb=60, runs=100)
NOBODY = Need(None, 10, 60)
PERSON = Need("person", 10, 20)
_AGAIN = "python -m benchmarks.function_sizes measures them anew"


def test_every_function_was_measured_and_none_that_is_gone() -> None:
    assert set(FIGURES) == set(functions()), _AGAIN


@pytest.mark.parametrize("stage", STAGES)
def test_every_function_has_the_memory_that_the_rule_says_of_its_figures(stage: str) -> None:
    found = of_type(bare_resources(STAGES[stage]), "AWS::Lambda::Function")
    has = {one["Properties"]["FunctionName"]: one["Properties"]["MemorySize"] for _, one in found}
    wanted = needs()
    assert has == {name: right_size(seen, wanted[name]) for name, seen in FIGURES.items()}


def test_the_table_in_the_docs_is_made_of_the_figures() -> None:
    page = PAGE.read_text()
    assert with_table(page) == page, "python -m benchmarks.function_sizes --table writes it"


def test_what_nobody_waits_for_gets_the_least_that_holds_it_twice() -> None:
    assert right_size(SMALL, NOBODY) == 256
    assert right_size(replace(SMALL, peak_mb=129), NOBODY) == 512
    assert right_size(replace(SMALL, data_mb=700), NOBODY) == 1769


def test_who_waits_gets_more_processor_than_memory_alone_would_ask_for() -> None:
    assert right_size(SMALL, PERSON) == 512
    assert right_size(replace(SMALL, start_ms=1_000), PERSON) == 1024
    assert right_size(replace(SMALL, run_ms=80), PERSON) == 1024


def test_an_event_that_comes_near_the_timeout_gets_more_and_so_does_a_start_near_its_limit() -> (
    None
):
    assert right_size(replace(SMALL, run_ms=7_000), NOBODY) == 512
    assert right_size(replace(SMALL, init_ms=2_000), NOBODY) == 512


def test_a_function_that_nothing_is_enough_for_is_told_of() -> None:
    with pytest.raises(NoSizeFitsError):
        right_size(replace(SMALL, peak_mb=2_000), NOBODY)
    with pytest.raises(NoSizeFitsError):
        right_size(replace(SMALL, start_ms=3_000), PERSON)


def test_the_processor_grows_with_memory_up_to_one_whole() -> None:
    assert [share(one) for one in SIZES_MB] == sorted(share(one) for one in SIZES_MB)
    assert share(1769) == share(3008) == 1.0


def test_work_costs_the_same_at_any_memory_and_waiting_costs_by_it() -> None:
    prices = read_prices()
    busy, idle = replace(NOBODY, answers_ms=0), replace(NOBODY, answers_ms=100)
    assert usd_a_million(256, SMALL, busy, prices) == usd_a_million(1024, SMALL, busy, prices)
    least, most = (usd_a_million(size, SMALL, idle, prices) for size in (256, 1024))
    assert least is not None
    assert most is not None
    assert most > least
    assert usd_a_million(256, replace(SMALL, run_ms=None), idle, prices) is None


def test_a_need_of_a_function_that_is_gone_is_no_need() -> None:
    with pytest.raises(KeyError):
        read_needs({"teller-desk": 55})


def test_the_audit_holds_the_largest_table_that_it_takes_on() -> None:
    """The figure was measured for this very bound: another one is another measurement."""
    assert LARGEST_BYTES == 150_000_000, _AGAIN
    assert FIGURES["teller-ledger-audit"].data_mb > 0


def test_a_start_is_told_from_the_runs_after_it() -> None:
    # Three processes began: each start took 500, each later run 10.
    starts = [Span(runs=3, started=1, spent_ms=520, peak_mb=50),
              Span(runs=1, started=1, spent_ms=610, peak_mb=70)]  # fmt: skip
    seen = work_of(starts, Span(runs=101, started=0, spent_ms=1_010, peak_mb=60))
    assert (seen.start_ms, seen.run_ms, seen.peak_mb, seen.runs) == (500, 10, 70, 101)


def test_a_process_that_begins_in_the_middle_does_not_make_the_others_dear() -> None:
    starts = [Span(runs=1, started=1, spent_ms=500, peak_mb=50)]
    seen = work_of(starts, Span(runs=101, started=1, spent_ms=1_500, peak_mb=60))
    assert seen.run_ms == 10
