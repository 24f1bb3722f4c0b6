from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, local
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu import train
from bot.nlu.cache import recalled
from bot.nlu.intent_model import learn
from tests.unit.nlu.bots import NOW, bank, intent, locale

SAID = ["move 100 from checking to savings", "pay Zbigniew 20", "lost my card", "blah", "what now"]


def test_learning_twice_gives_the_same_answers() -> None:
    one, other = train(bank()), train(bank())
    assert [one.intents(s, NOW) for s in SAID] == [other.intents(s, NOW) for s in SAID]


def test_what_was_learned_is_kept_and_answers_the_same(tmp_path: Path) -> None:
    fresh = train(bank(), tmp_path)
    [kept] = tmp_path.glob("*.npz")
    written = kept.read_bytes()
    again = train(bank(), tmp_path)
    assert kept.read_bytes() == written
    assert [again.intents(s, NOW) for s in SAID] == [fresh.intents(s, NOW) for s in SAID]


def test_a_damaged_file_is_learned_anew(tmp_path: Path) -> None:
    fresh = train(bank(), tmp_path)
    [kept] = tmp_path.glob("*.npz")
    for damage in ("", "{}", "[]", '{"labels": 3}', "null"):
        kept.write_text(damage)
        assert train(bank(), tmp_path).intents(SAID[0], NOW) == fresh.intents(SAID[0], NOW)


def test_other_utterances_are_kept_in_another_file(tmp_path: Path) -> None:
    train(locale([intent("Hi", ["hello"])]), tmp_path)
    train(locale([intent("Hi", ["hello", "hi"])]), tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert train(bank(), blocked).intents(SAID[0], NOW)[0].name == "Move"


def test_two_that_would_learn_the_same_at_once_learn_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_found_nothing, seen, lessons = Barrier(2, timeout=60), local(), []

    def look(*asked: Any) -> Any:
        found = recalled(*asked)
        if not hasattr(seen, "once"):
            seen.once = True
            both_found_nothing.wait()
        return found

    def take(*lesson: Any) -> Any:
        lessons.append(1)
        return learn(*lesson)

    monkeypatch.setattr("bot.nlu.training.recalled", look)
    monkeypatch.setattr("bot.nlu.cache.learn", take)
    with ThreadPoolExecutor(2) as two:
        one, other = two.map(lambda _: train(bank(), tmp_path), range(2))
    assert lessons == [1]
    assert [one.intents(s, NOW) for s in SAID] == [other.intents(s, NOW) for s in SAID]


_EARS = train(bank())


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_heard_without_an_error_and_with_scores_in_order(said: str) -> None:
    scores = [candidate.score for candidate in _EARS.intents(said, NOW)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    for intent_name, slot in (("Pay", "payee"), ("Pay", "amount"), ("Move", "target")):
        match = _EARS.slot(said, intent_name, slot, NOW)
        assert match is None or match.original
