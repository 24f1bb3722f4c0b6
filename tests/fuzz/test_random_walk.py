"""A short walk; `python -m tests.fuzz --turns 10000` is the long one."""

from tests.fuzz.walks import walk
from tests.running_bank import RunningBank


def test_whatever_is_said_the_bank_answers_and_leaves_a_way_out(bank: RunningBank) -> None:
    assert walk(bank, turns=100, seed=8).faults == []
