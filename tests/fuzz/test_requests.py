"""Some hundred mutated requests to the Runtime API; the long run is by hand."""

from tests.fuzz.requests import fuzz


def test_whatever_request_comes_the_runtime_api_answers_by_its_model_or_says_what_is_wrong() -> (
    None
):
    found = fuzz(count=250, seed=30)
    assert sorted(found.faults) == []
    # It is no proof of anything if nearly every request is turned away at the door.
    assert found.statuses[200] > found.requests / 4
