"""Three hundred stories without a break, and each of them told the same way twice."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from fulfillment.bank.payments import Refusal
from infra.local.stack import ROOT
from tests.simulation.cli import main
from tests.simulation.mutations import listened
from tests.simulation.play import play
from tests.simulation.rules import BrokenError

STORIES = 300
AT_ONCE = 25


@cache
def said_in(seed: int) -> Counter[str]:
    """The answers of a story; it is played once, however many tests ask."""
    return Counter(play(seed).said)


@pytest.mark.parametrize("first", range(0, STORIES, AT_ONCE))
def test_no_story_breaks(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        said_in(seed)


def test_a_seed_tells_the_same_story_to_the_letter() -> None:
    once: list[str] = []
    again: list[str] = []
    play(11, trace=once.append)
    play(11, trace=again.append)
    assert once == again
    assert len(once) > 200


def test_the_stories_reach_every_answer_that_a_payment_can_get() -> None:
    said: Counter[str] = Counter()
    for seed in range(STORIES):
        said.update(said_in(seed))
    told = {word.removeprefix("pay: ") for word in said if word.startswith("pay: ")}
    # What is wrong with an order in itself never reaches the table; the judge's no is a scheduled
    # payment's answer, and in a chat it comes before anything is asked of the books.
    elsewhere = {Refusal.AMOUNT_NOT_POSITIVE, Refusal.SAME_ACCOUNT, Refusal.SUSPECTED_FRAUD}
    assert {str(reason) for reason in Refusal if reason not in elsewhere} <= told
    assert {"paid (posted)", "paid (pending)", "paid before", "unknown"} <= told


def test_each_condition_that_the_code_writes_is_in_the_table_of_those_that_are_missed() -> None:
    page = (ROOT / "docs" / "conditions.md").read_text()
    written = {point for seed in range(4) for point in listened(seed).found}
    without = [one for one in sorted(written) if f"| {one.write} | `{one.term}` |" not in page]
    assert without == []
    assert "| never |" not in page


def test_a_break_names_its_seed_and_how_to_see_it_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(seed: int) -> None:
        raise BrokenError("mira/checking is overdrawn")

    monkeypatch.setattr("tests.simulation.cli.play", broken)
    assert main(["--seeds", "3", "--start", "7"]) == 1
    assert capsys.readouterr().err == (
        "seed 7: mira/checking is overdrawn\nreplay: --seed 7 --trace\n"
    )
