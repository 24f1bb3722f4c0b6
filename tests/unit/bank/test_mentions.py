import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.mentions import plain_name, points_back, same_amount


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("anna", "anna"),
        ("anna the same again", "anna"),
        ("Anna again please", "Anna"),
        ("her another", "her"),
        ("marcus once more", "marcus"),
        ("the same again", ""),
        ("Moore", "Moore"),
        ("Too Good Bakery", "Good Bakery"),
    ],
)
def test_a_name_is_what_is_left_without_the_words_for_again(said: str, name: str) -> None:
    assert plain_name(said) == name


@pytest.mark.parametrize("said", ["her", "Her another", "him again", "them", "the same", "another"])
def test_words_that_name_nobody_point_back(said: str) -> None:
    assert points_back(said)


@pytest.mark.parametrize("said", ["anna", "anna again", "herbert", "mother"])
def test_a_name_does_not_point_back(said: str) -> None:
    assert not points_back(said)


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("pay anna the same again", True),
        ("send her the same amount", True),
        ("same amount as last time", True),
        ("send the same thing to marcus", True),
        ("send her another 20", False),
        ("send samey 5", False),
    ],
)
def test_the_same_amount_is_asked_for_in_words(said: str, same: bool) -> None:
    assert same_amount(said) == same


@given(st.text(max_size=60))
def test_no_words_make_reading_fail(said: str) -> None:
    plain_name(said)
    points_back(said)
    same_amount(said)
