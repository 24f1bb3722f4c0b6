import pytest

from bot.definition.model import SlotType
from tests.unit.nlu.bots import found_in, replied


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("+61 7 4445 1061", "+61744451061"),
        ("+1 (509) 555-1212", "+15095551212"),
        ("1 (509) 555-1212", "15095551212"),
        ("(03) 5115 4444", "0351154444"),
        ("555-1212", "5551212"),
        ("five five five one two one two", "5551212"),
        ("my number is double five five one two oh two", "5551202"),
    ],
)
def test_a_telephone_number_is_its_digits(said: str, value: str) -> None:
    match = replied(said, "AMAZON.PhoneNumber")
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("it's Jo.Doe+bank@Example.COM", "Jo.Doe+bank@example.com"),
        ("jo at example dot com", "jo@example.com"),
    ],
)
def test_an_email_address_keeps_its_name_and_lowers_its_domain(said: str, value: str) -> None:
    match = replied(said, "AMAZON.EmailAddress")
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize("said", ["sw1a1aa", "SW1A 1AA", "my postcode is sw1a 1aa thanks"])
def test_a_postcode_is_upper_case_with_its_blank(said: str) -> None:
    match = replied(said, "AMAZON.UKPostalCode")
    assert match is not None
    assert match.interpreted == "SW1A 1AA"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("APQ123", "APQ123"),
        ("my id is APQ123", "APQ123"),
        ("a b c 1 2 3", "abc123"),
        ("four two one seven", "4217"),
        ("it is December", "December"),
    ],
)
def test_an_alphanumeric_is_given_as_typed_or_put_together(said: str, value: str) -> None:
    match = replied(said, "AMAZON.AlphaNumeric")
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize(
    ("said", "value"),
    [("yeah", "Yes"), ("nope", "No"), ("perhaps", "Maybe"), ("dunno", "Don't know"), ("👍", "Yes")],
)
def test_a_confirmation_slot_has_four_values(said: str, value: str) -> None:
    match = replied(said, "AMAZON.Confirmation")
    assert match is not None
    assert match.interpreted == value


def test_free_form_input_takes_everything_unchanged() -> None:
    match = replied("  What's my balance?  Really  ", "AMAZON.FreeFormInput")
    assert match is not None
    assert match.interpreted == "What's my balance?  Really"


@pytest.mark.parametrize(
    ("type_name", "said", "value"),
    [
        ("AMAZON.City", "I am flying from Perth", "Perth"),
        ("AMAZON.City", "Little Whinging", "Little Whinging"),
        ("AMAZON.Country", "it's the Netherlands", "Netherlands"),
        ("AMAZON.State", "New Mexico please", "New Mexico"),
        ("AMAZON.FirstName", "my name is Anil Kumar", "Anil Kumar"),
        ("AMAZON.FirstName", "Zbigniew", "Zbigniew"),
        ("AMAZON.LastName", "O'Brien-Smith", "O'Brien-Smith"),
        ("AMAZON.StreetName", "12 Main Street", "Main Street"),
    ],
)
def test_a_name_is_taken_as_it_is_said(type_name: str, said: str, value: str) -> None:
    match = replied(said, type_name)
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize("type_name", ["AMAZON.FirstName", "AMAZON.City", "AMAZON.LastName"])
@pytest.mark.parametrize(
    "said", ["what's my balance", "cancel", "I don't know", "yes", "no", "help me please", "🦄"]
)
def test_what_is_clearly_no_name_gives_none(type_name: str, said: str) -> None:
    assert replied(said, type_name) is None


def test_a_city_is_found_in_a_sentence_but_a_common_word_is_no_country() -> None:
    assert [m.interpreted for m in found_in("from Boston to us", "AMAZON.City")] == ["Boston"]
    assert found_in("send it to us", "AMAZON.Country") == []


@pytest.mark.parametrize(
    ("pattern", "said", "value"),
    [
        ("[A-Z]{3}[0-9]{1,3}", "jfk12", "JFK12"),
        ("[A-Z]{3}[0-9]{1,3}", "it's J F K 1 2", "JFK12"),
        ("CP[0-9]{9}US", "cp 123 456 789 us", "CP123456789US"),
        ("[0-9]{9}", "one two three four five six seven double eight please", "123456788"),
        ("[0-9]{9}", "123-45-6789", "123456789"),
        ("[0-9]{9}", "12345", None),
        ("[a-z]{2}", "AB", None),
    ],
)
def test_a_code_must_match_the_whole_pattern(pattern: str, said: str, value: str | None) -> None:
    code = SlotType("Code", "AMAZON.AlphaNumeric", (), "ORIGINAL_VALUE", pattern)
    match = replied(said, "Code", code)
    assert (match.interpreted if match else None) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("gir 0aa", "GIR 0AA"),
        ("fiqq1zz", "FIQQ 1ZZ"),
        ("s w 1 a 1 a a", "SW1A 1AA"),
        ("dn55 1pt", "DN55 1PT"),
        ("12345", None),
    ],
)
def test_a_post_code_may_be_of_overseas_or_spelt(said: str, value: str | None) -> None:
    match = replied(said, "AMAZON.UKPostalCode", locale_id="en_GB")
    assert (match.interpreted if match else None) == value


@pytest.mark.parametrize(
    ("type_name", "said", "value"),
    [
        ("AMAZON.EmailAddress", "ana punto ruiz arroba ejemplo punto com", "ana.ruiz@ejemplo.com"),
        ("AMAZON.PhoneNumber", "seis uno dos tres cuatro cinco seis siete ocho", "612345678"),
        ("AMAZON.AlphaNumeric", "doble siete cuatro", "774"),
    ],
)
def test_what_is_spelt_in_spanish_is_read(type_name: str, said: str, value: str) -> None:
    match = replied(said, type_name, locale_id="es_US")
    assert match is not None
    assert match.interpreted == value


def test_half_a_percent_is_a_share() -> None:
    match = replied("half a percent", "AMAZON.Percentage")
    assert match is not None
    assert match.interpreted == "0.5%"


@pytest.mark.parametrize(
    ("type_name", "said", "value"),
    [
        ("AMAZON.City", "vivo en Bogotá", "Bogotá"),
        ("AMAZON.City", "soy de nueva york", "nueva york"),
        ("AMAZON.City", "Alcalá de Henares", "Alcalá de Henares"),
        ("AMAZON.Country", "los Estados Unidos", "Estados Unidos"),
        ("AMAZON.State", "Nuevo León", "Nuevo León"),
        ("AMAZON.FirstName", "me llamo José Luis", "José Luis"),
        ("AMAZON.FirstName", "mi nombre es Zoraida", "Zoraida"),
        ("AMAZON.LastName", "mi apellido es García Márquez", "García Márquez"),
        ("AMAZON.LastName", "de la Cruz", "de la Cruz"),
        ("AMAZON.StreetName", "vivo en la calle Mayor 12", "calle Mayor"),
        ("AMAZON.StreetName", "Avenida de América", "Avenida de América"),
    ],
)
def test_names_and_places_are_read_in_spanish(type_name: str, said: str, value: str) -> None:
    match = replied(said, type_name, locale_id="es_US")
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize(
    ("type_name", "said", "value"),
    [
        ("AMAZON.City", "I am flying from Perth", "Perth"),
        ("AMAZON.City", "I live in Walla Walla", "Walla Walla"),
        ("AMAZON.FirstName", "Anil Kumar", "Anil Kumar"),
        ("AMAZON.FirstName", "call me Bob", "Bob"),
        ("AMAZON.LastName", "my last name is O'Brien", "O'Brien"),
        ("AMAZON.StreetName", "123 Main Street", "Main Street"),
    ],
)
def test_names_and_places_are_taken_out_of_the_words_around_them(
    type_name: str, said: str, value: str
) -> None:
    match = replied(said, type_name)
    assert match is not None
    assert match.interpreted == value
