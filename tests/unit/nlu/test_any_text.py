"""No text, however strange or long, makes a reader of values fail."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.words import clean
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
        " to past am y medio media con de el la mil millones proximo que viene semana hace dentro"
        " por ciento menos cuarto para las fin fifths ^ G halves coma"
    ).split(" ")
)


_ISO_DATE = r"\d{4}-\d\d-\d\d"
FORMS = {
    "AMAZON.Currency": r"[A-Z]{3} -?\d+\.\d\d",
    "AMAZON.Date": _ISO_DATE,
    "AMAZON.Time": r"[0-2]\d:[0-5]\d|MO|AF|EV|NI|AM|PM",
    "AMAZON.Duration": r"P(?!$)(\d+(\.\d+)?[YMWD])*(T(\d+(\.\d+)?[HMS])+)?",
    "AMAZON.Number": r"-?\d+(\.\d+)?",
    "AMAZON.Percentage": r"-?\d+(\.\d+)?%?",
    "AMAZON.PhoneNumber": r"\+?\d{7,15}",
    "AMAZON.UKPostalCode": r"[A-Z\d]{2,4} \d[A-Z]{2}",
    "AMAZON.EmailAddress": r"\S+@\S+",
    "AMAZON.Confirmation": r"Yes|No|Maybe|Don't know",
}
"""What the interpreted values of a type look like."""
LOCALES = ("en_US", "es_US", "es_ES")


@pytest.mark.parametrize("locale_id", LOCALES)
@pytest.mark.parametrize("type_name", TYPES)
@given(said=st.one_of(st.text(max_size=60), st.lists(_FRAGMENTS, max_size=12).map(" ".join)))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_an_error(type_name: str, locale_id: str, said: str) -> None:
    reply = replied(said, type_name, locale_id=locale_id)
    for match in (*found_in(said, type_name, locale_id=locale_id), *([reply] if reply else [])):
        assert match.original.strip()
        assert match.original in clean(said) or match.original == said.strip()
        for value in (match.interpreted, *match.resolved):
            assert value is None or re.fullmatch(FORMS.get(type_name, r"(?s).+"), value), value


@pytest.mark.parametrize("locale_id", LOCALES)
@pytest.mark.parametrize("type_name", sorted(FORMS))
@given(said=st.lists(_FRAGMENTS, min_size=1, max_size=6).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_an_interpreted_value_read_back_gives_itself(
    type_name: str, locale_id: str, said: str
) -> None:
    match = replied(said, type_name, locale_id=locale_id)
    if match is None or match.interpreted is None:
        return
    again = replied(match.interpreted, type_name, locale_id=locale_id)
    assert again is not None
    assert match.interpreted in (again.interpreted, *again.resolved)


@pytest.mark.parametrize("locale_id", LOCALES)
@pytest.mark.parametrize("type_name", TYPES)
@pytest.mark.parametrize(
    "said",
    [
        "1 " * 500,
        "a" * 1000,
        "one hundred and " * 60,
        "3 days and " * 90,
        "the 3rd of " * 90,
        "cien mil y " * 90,
        "el 3 de la " * 90,
        "3 horas y " * 90,
    ],
)
def test_a_very_long_text_is_read_to_its_end(type_name: str, locale_id: str, said: str) -> None:
    assert isinstance(found_in(said, type_name, locale_id=locale_id), list)
