"""A few hundred mutated events and what earlier runs failed on; the long run is by hand."""

from tests.fuzz.events import fuzz


def test_whatever_event_comes_the_function_answers_as_lex_takes_it_or_refuses_it() -> None:
    found = fuzz(count=600, seed=20)
    assert sorted(found.faults) == []
    # It is no proof of anything if nearly every event is turned away at the door.
    assert found.refused < found.events / 2
