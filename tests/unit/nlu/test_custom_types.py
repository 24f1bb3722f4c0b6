import pytest

from bot.definition.model import SlotType
from tests.unit.nlu.bots import ACCOUNTS, GENRES, PEOPLE, found_in, replied


def test_a_synonym_gives_its_value_where_only_listed_values_count() -> None:
    match = replied("something funny", "Genre", GENRES)
    assert match is not None
    assert (match.original, match.interpreted, match.resolved) == ("funny", "comedy", ("comedy",))


@pytest.mark.parametrize("said", ["science fiction", "dra", "", "what's my balance"])
def test_a_word_that_is_not_listed_is_refused_where_only_listed_values_count(said: str) -> None:
    assert replied(said, "Genre", GENRES) is None


def test_a_synonym_keeps_the_customers_words_where_values_are_expanded() -> None:
    match = replied("from my current account please", "Account", ACCOUNTS)
    assert match is not None
    assert match.interpreted == "current account"
    assert match.resolved == ("checking",)


def test_a_value_in_another_case_is_the_value() -> None:
    match = replied("CHECKING", "Account", ACCOUNTS)
    assert match is not None
    assert (match.original, match.interpreted) == ("CHECKING", "checking")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("savigns", "savings"),
        ("checkng", "checking"),
        ("the saving", "savings"),
        ("dvd", "D.V.D."),
        ("d v d", "D.V.D."),
        ("comedies", "comedy"),
        ("cmedoy", "comedy"),
        ("komedi", "comedy"),
        ("tragedy", None),
        ("dramas", "drama"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(said: str, value: str | None) -> None:
    match = replied(said, "Genre", GENRES) or replied(said, "Account", ACCOUNTS)
    resolved = match.resolved if match and match.known else ()
    assert resolved == ((value,) if value else ())


def test_a_longer_value_hides_the_one_inside_it() -> None:
    [match] = found_in("how much is in tax savings", "Account", ACCOUNTS)
    assert match.resolved == ("tax savings",)


def test_an_exact_value_is_not_hidden_by_a_likely_slip() -> None:
    values = [m.resolved for m in found_in("from checking to savings", "Account", ACCOUNTS)]
    assert values == [("checking",), ("savings",)]


@pytest.mark.parametrize(
    ("said", "value", "known"),
    [
        ("it's Anna", "Anna", True),
        ("Anna Kowalska", "Anna Kowalska", False),
        ("to Zbigniew please", "Zbigniew", False),
        ("my mother", "my mother", True),
    ],
)
def test_an_unlisted_value_is_taken_on_trust(said: str, value: str, known: bool) -> None:
    match = replied(said, "Person", PEOPLE)
    assert match is not None
    assert (match.interpreted, match.known) == (value, known)


@pytest.mark.parametrize(
    "said", ["cancel", "what's my balance", "yes", "no thanks", "I don't know", "help", "👍", "?!"]
)
def test_what_is_clearly_no_value_is_not_taken_on_trust(said: str) -> None:
    assert replied(said, "Person", PEOPLE) is None


def test_a_value_inside_another_question_is_not_sure() -> None:
    match = replied("what's my savings balance", "Account", ACCOUNTS)
    assert match is None or not match.known


@pytest.mark.parametrize(("said", "value"), [("my code is jfk", "JFK"), ("JFK", "JFK")])
def test_a_pattern_is_tried_as_typed_and_in_capitals(said: str, value: str) -> None:
    airport = SlotType("Airport", "AMAZON.AlphaNumeric", (), "ORIGINAL_VALUE", "[A-Z]{3}")
    match = replied(said, "Airport", airport)
    assert match is not None
    assert match.interpreted == value


def test_what_does_not_match_the_pattern_is_refused() -> None:
    code = SlotType("Code", "AMAZON.AlphaNumeric", (), "ORIGINAL_VALUE", "CP[0-9]{4}US")
    assert replied("CP12US", "Code", code) is None
    match = replied("it is CP1234US", "Code", code)
    assert match is not None
    assert match.interpreted == "CP1234US"
