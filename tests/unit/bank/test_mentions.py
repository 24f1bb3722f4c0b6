import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.mentions import (
    is_bare_no,
    last_four,
    plain_name,
    points_back,
    repeats_last,
    same_amount,
    stops_and_leaves,
    without_purpose,
)


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


@pytest.mark.parametrize("said", ["No", "no!", "Nah, thanks.", "none of them", "no, gracias"])
def test_a_no_that_says_nothing_else_is_bare(said: str) -> None:
    assert is_bare_no(said)


@pytest.mark.parametrize("said", ["", "no, 60", "nothing else than 60", "no, to savings", "noah"])
def test_a_no_that_says_more_is_not_bare(said: str) -> None:
    assert not is_bare_no(said)


@pytest.mark.parametrize(
    "said", ["can you send it again", "repeat my last payment", "do that payment once more"]
)
def test_the_last_payment_is_asked_for_once_more(said: str) -> None:
    assert repeats_last(said)


@pytest.mark.parametrize(
    "said", ["say it again", "send 20 again", "send it to anna", "repeat that"]
)
def test_other_repetitions_ask_for_no_payment(said: str) -> None:
    assert not repeats_last(said)


@pytest.mark.parametrize(
    "said",
    [
        "3358", "account ending 3358", "the one ending in 3358", "my card 3358.", "#3358",
        "the account that ends in 3358", "la que termina en 3358", "mi cuenta terminada en 3358",
    ],
)  # fmt: skip
def test_four_digits_name_an_account_or_a_card(said: str) -> None:
    assert last_four(said) == "3358"


@pytest.mark.parametrize(
    "said", ["", "335", "33581", "close the account ending 3358", "send 3358 to anna", "$3358.50"]
)
def test_four_digits_among_other_words_name_nothing(said: str) -> None:
    assert last_four(said) is None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Anna for her birthday", "Anna"),
        ("Anna para su cumpleaños", "Anna"),
        ("Bob because he paid the taxi", "Bob"),
        ("Anna Lindqvist", "Anna Lindqvist"),
        ("Forbes", "Forbes"),
    ],
)
def test_a_name_ends_where_it_is_said_what_for(said: str, name: str) -> None:
    assert without_purpose(said) == name


@pytest.mark.parametrize(
    "said",
    ["nvm. bye", "never mind, goodbye", "forget it, thanks, bye", "cancel that. see you later",
     "no thanks, bye", "olvídalo, adiós", "cancela, chao", "no gracias, hasta luego"],
)  # fmt: skip
def test_who_stops_and_says_goodbye_does_both(said: str) -> None:
    assert stops_and_leaves(said)


@pytest.mark.parametrize(
    "said", ["nvm", "bye", "cancel my card, bye", "no", "adiós", "thanks, bye"]
)
def test_who_says_one_of_them_does_that(said: str) -> None:
    assert not stops_and_leaves(said)
