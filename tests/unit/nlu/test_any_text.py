"""No text, however strange or long, makes a reader of values fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.nlu.bots import found_in, replied

TYPES = [
    f"AMAZON.{name}"
    for name in (
        "AlphaNumeric City Confirmation Country Currency Date Duration EmailAddress FirstName"
        " FreeFormInput LastName Number Percentage PhoneNumber State StreetName Time UKPostalCode"
    ).split()
]
_FRAGMENTS = st.sampled_from(
    (
        "50 1,5 . - -- $ € % / : ' and a half point minus one hundred million th 31st 2/30 99:99 at"
        " in ago next last of the day month march 0 00 1e9 ½ ² ٣ Ⅷ İ ﬁ 👍 @ x@y.z dot double three"
        " to past am"
    ).split(" ")
)


@pytest.mark.parametrize("type_name", TYPES)
@given(said=st.one_of(st.text(max_size=60), st.lists(_FRAGMENTS, max_size=12).map(" ".join)))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_an_error(type_name: str, said: str) -> None:
    match = replied(said, type_name)
    assert match is None or match.original.strip()
    for found in found_in(said, type_name):
        assert found.original.strip()


@pytest.mark.parametrize("type_name", TYPES)
@pytest.mark.parametrize(
    "said",
    ["1 " * 500, "a" * 1000, "one hundred and " * 60, "3 days and " * 90, "the 3rd of " * 90],
)
def test_a_very_long_text_is_read_to_its_end(type_name: str, said: str) -> None:
    assert isinstance(found_in(said, type_name), list)
