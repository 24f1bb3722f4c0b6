"""A short walk; `python -m tests.fuzz --turns 10000` is the long one."""

from functools import partial
from pathlib import Path

from tests.fuzz.walks import walk
from tests.running_bank import start_bank
from tests.stack.signing import identity_of


def test_whatever_is_said_the_bank_answers_and_leaves_a_way_out(tmp_path: Path) -> None:
    """On a bank of its own: other tests must not find the cards that a walk has frozen."""
    bank = start_bank(tmp_path)
    try:
        assert walk(bank, partial(identity_of, bank), turns=50, seed=9).faults == []
    finally:
        bank.stop()
