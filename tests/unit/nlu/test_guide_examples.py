"""Examples of the Lex V2 developer guide, "Built-in slot types", that no other table has."""

import pytest

from tests.unit.nlu.bots import replied

_CONFIRMATIONS = {
    "Yes": ["yeah", "yep", "ok", "sure", "I have it", "I can agree"],
    "No": ["nope", "negative", "naw", "forget it", "I'll decline", "no way"],
    "Maybe": ["it's possible", "perhaps", "sometimes", "I might", "that could be right"],
    "Don't know": ["dunno", "unknown", "no idea", "not sure about it", "who knows"],
}


@pytest.mark.parametrize(
    ("said", "value"), [(said, value) for value, all_ in _CONFIRMATIONS.items() for said in all_]
)
def test_a_confirmation_is_one_of_four_values(said: str, value: str) -> None:
    match = replied(said, "AMAZON.Confirmation")
    assert match is not None
    assert (match.interpreted, match.resolved) == (value, (value,))


@pytest.mark.parametrize(
    ("type_name", "said", "value"),
    [
        ("PhoneNumber", "+61 7 4445 1061", "+61744451061"),
        ("PhoneNumber", "+1 (509) 555-1212", "+15095551212"),
        ("PhoneNumber", "1 (509) 555-1212", "15095551212"),
        ("PhoneNumber", "(03) 5115 4444", "0351154444"),
        ("PhoneNumber", "555-1212", "5551212"),
        ("Percentage", "50 percent", "50%"),
        ("Percentage", "0.4 percent", "0.4%"),
        ("Percentage", "23.5%", "23.5%"),
        ("Percentage", "twenty five percent", "25%"),
        ("Percentage", "50", "50"),
        ("Number", "one hundred twenty three point four five", "123.45"),
        ("Number", "one hundred twenty three dot four five", "123.45"),
        ("Number", "point four two", "0.42"),
        ("Number", "point forty two", "0.42"),
        ("Number", "232.998", "232.998"),
        ("Number", "50", "50"),
        ("Number", "-15", "-15"),
        ("Number", "minus 15", "-15"),
        ("FirstName", "Anil Kumar", "Anil Kumar"),
        ("City", "I am flying from Perth", "Perth"),
    ],
)
def test_a_value_is_interpreted_as_the_guide_has_it(type_name: str, said: str, value: str) -> None:
    match = replied(said, f"AMAZON.{type_name}")
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize(
    "code", ["AA9A 9AA", "A9A 9AA", "A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA"]
)
def test_a_british_post_code_of_every_shape_has_one_form(code: str) -> None:
    for written in (code, code.lower(), code.replace(" ", "").lower()):
        match = replied(written, "AMAZON.UKPostalCode", locale_id="en_GB")
        assert match is not None
        assert match.interpreted == code
