"""Values of built-in types in Spanish, by the clock of Wednesday 25 November 2020, 10:00."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.nlu.bots import NOW, found_in, replied

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()


def _read(said: str, kind: str, locale_id: str = "es_US") -> str | None:
    match = replied(said, f"AMAZON.{kind}", locale_id=locale_id)
    return match.interpreted if match else None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("hoy", "2020-11-25"),
        ("ahora", "2020-11-25"),
        ("manana", "2020-11-26"),
        ("mañana por la mañana", "2020-11-26"),
        ("pasado mañana", "2020-11-27"),
        ("ayer", "2020-11-24"),
        ("anteayer", "2020-11-23"),
        ("antes de ayer", "2020-11-23"),
        ("dentro de dos semanas", "2020-12-09"),
        ("en 3 días", "2020-11-28"),
        ("hace tres días", "2020-11-22"),
        ("3 días después de navidad", "2020-12-28"),
        ("el lunes", "2020-11-30"),
        ("miércoles", "2020-11-25"),
        ("el próximo lunes", "2020-11-30"),
        ("el viernes que viene", "2020-12-04"),
        ("el viernes pasado", "2020-11-20"),
        ("el martes de la semana que viene", "2020-12-01"),
        # Lex's own odd rule for the next week, in Spanish.
        ("la semana que viene", "2020-11-29"),
        ("esta semana", "2020-11-23"),
        ("la semana pasada", "2020-11-16"),
        ("el próximo mes", "2020-12-31"),
        ("este mes", "2020-11-01"),
        ("el mes pasado", "2020-10-01"),
        ("el año que viene", "2021-12-31"),
        ("a fin de mes", "2020-11-30"),
        ("a principios de mes", "2020-12-01"),
        ("el último día del mes", "2020-11-30"),
        ("el 5 de diciembre", "2020-12-05"),
        ("5 de diciembre de 2021", "2021-12-05"),
        ("diciembre 5 del 2021", "2021-12-05"),
        ("24 de noviembre", "2021-11-24"),
        ("primero de marzo", "2021-03-01"),
        ("el 1er de enero de dos mil treinta", "2030-01-01"),
        ("cobro el día 15", "2020-12-15"),
        ("el 3 del próximo mes", "2020-12-03"),
        ("el primer lunes de diciembre", "2020-12-07"),
        ("el fin de semana", "2020-11-28"),
        ("de hoy en ocho", "2020-12-02"),
        ("el segundo martes de enero", "2021-01-12"),
        ("el 24 de noviembre del año pasado", "2019-11-24"),
        ("diciembre pasado", "2019-12-01"),
        ("a mediados de diciembre", "2020-12-15"),
        ("en 3 días hábiles", "2020-11-30"),
        ("antes del 15", "2020-12-15"),
        ("1° de enero", "2021-01-01"),
        ("el próximo 5", "2020-12-05"),
        ("nochevieja", "2020-12-31"),
        ("semana santa 2018", "2018-04-01"),
        ("desde enero", "2021-01-01"),
        ("12/25", "2020-12-25"),
        ("2021-06-05", "2021-06-05"),
    ],
)
def test_a_day_is_read_by_the_clock(said: str, day: str) -> None:
    assert _read(said, "Date") == day


def test_the_day_comes_first_in_spain_and_the_month_in_the_united_states() -> None:
    assert _read("4/5/2021", "Date", "es_ES") == "2021-05-04"
    assert _read("4/5/2021", "Date", "es_US") == "2021-04-05"


@pytest.mark.parametrize(
    "said", ["30 de febrero", "por la mañana", "la tarde", "marzapán", "13/45"]
)
def test_what_is_no_day_gives_none(said: str) -> None:
    assert _read(said, "Date") is None


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_a_day_with_its_year_is_itself_in_every_writing(day: date) -> None:
    month = _MONTHS[day.month - 1]
    for written in (
        f"{day.day} de {month} de {day.year}",
        f"el {day.day} de {month} del {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day}-{month[:3]}-{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
    ):
        assert _read(written, "Date", "es_ES") == day.isoformat(), written


@given(st.integers(0, 364))
@settings(max_examples=50, deadline=None)
def test_days_without_a_year_are_never_in_the_past(ahead: int) -> None:
    day = NOW.date() + timedelta(days=ahead)
    assert _read(f"el {day.day} de {_MONTHS[day.month - 1]}", "Date") == day.isoformat()


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("10 de la mañana", ["10:00"]),
        ("a las diez", ["10:00", "22:00"]),
        ("a la una y cuarto", ["01:15", "13:15"]),
        ("14:30", ["14:30"]),
        ("a las 5:05 p.m.", ["17:05"]),
        ("las seis y media de la tarde", ["18:30"]),
        ("siete menos cuarto", ["06:45", "18:45"]),
        ("cuarto para las siete", ["06:45", "18:45"]),
        ("a las ocho de la noche", ["20:00"]),
        ("a las tres de la madrugada", ["03:00"]),
        ("por la mañana", ["MO"]),
        ("en la tarde", ["AF"]),
        ("esta noche", ["NI"]),
        ("al mediodía", ["12:00"]),
        ("medianoche", ["00:00"]),
        ("en dos horas", ["12:00"]),
        ("ahora", ["10:00"]),
        ("20h", ["20:00"]),
        ("a las 20.30", ["20:30"]),
    ],
)
def test_a_time_has_one_reading_or_two(said: str, readings: list[str]) -> None:
    match = replied(said, "AMAZON.Time", locale_id="es_US")
    assert match is not None
    assert list(match.resolved) == readings
    assert match.interpreted == (readings[0] if len(readings) == 1 else None)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("diez minutos", "PT10M"),
        ("cinco horas", "PT5H"),
        ("tres días", "P3D"),
        ("cuarenta y cinco segundos", "PT45S"),
        ("ocho semanas", "P8W"),
        ("siete años", "P7Y"),
        ("cinco horas diez minutos", "PT5H10M"),
        ("dos años tres horas y diez minutos", "P2YT3H10M"),
        ("media hora", "PT30M"),
        ("hora y media", "PT1H30M"),
        ("dos horas y media", "PT2H30M"),
        ("tres cuartos de hora", "PT45M"),
        ("una quincena", "P15D"),
        ("un trimestre", "P3M"),
        ("un par de semanas", "P2W"),
    ],
)
def test_a_length_of_time_is_iso_8601(said: str, value: str) -> None:
    assert _read(said, "Duration") == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("ciento veintitrés punto cuatro cinco", "123.45"),
        ("punto cuarenta y dos", "0.42"),
        ("menos quince", "-15"),
        ("dos mil quinientos", "2500"),
        ("un millón doscientos mil", "1200000"),
        ("diez y seis", "16"),
        ("tres quintos", "0.6"),
        ("cinco y medio", "5.5"),
        ("un veintiunavo", "0.047619047619"),
        ("media docena", "6"),
        ("tres millones y medio", "3500000"),
    ],
)
def test_a_number_in_words_is_digits(said: str, value: str) -> None:
    assert _read(said, "Number") == value


@pytest.mark.parametrize(
    ("said", "in_spain", "in_the_united_states"),
    [
        ("1.234,50", "1234.5", "1234.5"),
        ("1,250", "1.25", "1250"),
        ("232.998", "232998", "232.998"),
        ("10,5", "10.5", "10.5"),
        ("1.234.567", "1234567", "1234567"),
    ],
)
def test_the_locale_says_which_mark_parts_the_decimals(
    said: str, in_spain: str, in_the_united_states: str
) -> None:
    assert _read(said, "Number", "es_ES") == in_spain
    assert _read(said, "Number", "es_US") == in_the_united_states


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("cincuenta por ciento", "50%"),
        ("dos y medio por ciento", "2.5%"),
        ("el 23,5 %", "23.5%"),
        ("50", "50"),
    ],
)
def test_a_share_keeps_its_sign(said: str, value: str) -> None:
    assert _read(said, "Percentage") == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("cincuenta dólares", "USD 50.00"),
        ("50", "USD 50.00"),
        ("$1,250.50", "USD 1250.50"),
        ("1.234,50", "USD 1234.50"),
        ("1.500", "USD 1500.00"),
        ("veinte euros con cincuenta", "EUR 20.50"),
        ("cinco dólares y quince centavos", "USD 5.15"),
        ("99 céntimos", "USD 0.99"),
        ("veinte y medio dólares", "USD 20.50"),
        ("medio millón de euros", "EUR 500000.00"),
        ("48,2 millones de dólares canadienses", "CAD 48200000.00"),
        ("mil quinientos pesos", "MXN 1500.00"),
        ("€20", "EUR 20.00"),
        ("10k", "USD 10000.00"),
        ("menos veinte dólares", "USD -20.00"),
    ],
)
def test_an_amount_is_read_as_lex_writes_it(said: str, value: str) -> None:
    match = replied(said, "AMAZON.Currency", locale_id="es_US")
    assert match is not None
    assert (match.interpreted, match.resolved) == (value, (value,))


@pytest.mark.parametrize(
    ("said", "locale_id"),
    [("1,500", "es_ES"), ("cinco quince", "es_US"), ("5-10", "es_US"), ("1 250", "es_US")],
)
def test_a_figure_that_could_mean_two_amounts_keeps_its_words_and_has_no_value(
    said: str, locale_id: str
) -> None:
    match = replied(said, "AMAZON.Currency", locale_id=locale_id)
    assert match is not None
    assert (match.original, match.interpreted, match.resolved) == (said, None, ())


@pytest.mark.parametrize("said", ["el 50 por ciento", "las 10:30", "cancelar", "25/12"])
def test_what_is_no_amount_gives_none(said: str) -> None:
    assert replied(said, "AMAZON.Currency", locale_id="es_US") is None


def test_an_amount_and_a_day_are_found_in_one_sentence() -> None:
    said = "mándale doscientos cincuenta dólares a Ana el 3 de marzo"
    [amount] = found_in(said, "AMAZON.Currency", locale_id="es_US")[:1]
    [day] = found_in(said, "AMAZON.Date", locale_id="es_US")
    assert (amount.original, amount.interpreted) == (
        "doscientos cincuenta dólares",
        "USD 250.00",
    )
    assert day.interpreted == "2021-03-03"


@given(st.integers(0, 10**9), st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_every_amount_is_read_exactly_in_both_writings(dollars: int, cents: int) -> None:
    spain = f"{dollars:,}.{cents:02d}".translate(str.maketrans(",.", ".,"))
    assert _read(f"{spain} euros", "Currency", "es_ES") == f"EUR {dollars}.{cents:02d}"
    america = f"${dollars:,}.{cents:02d}"
    assert _read(america, "Currency") == f"USD {dollars}.{cents:02d}"


@given(st.integers(0, 10**12))
@settings(max_examples=200, deadline=None)
def test_a_number_is_itself_when_it_is_spelt_out(number: int) -> None:
    assert _read(spelt(number), "Number") == str(number)


_ONES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro"
    " veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos"
    " novecientos"
).split()


def spelt(number: int) -> str:
    """The number in Spanish words, up to a billion of the long scale."""
    if number < 30:
        return _ONES[number]
    if number < 100:
        tens = _TENS[number // 10 - 3]
        return f"{tens} y {_ONES[number % 10]}" if number % 10 else tens
    if number == 100:
        return "cien"
    for size, one, many in ((10**12, "un billón", "billones"), (10**6, "un millón", "millones")):
        if number >= size:
            above = one if number // size == 1 else f"{spelt(number // size)} {many}"
            return f"{above} {spelt(number % size)}" if number % size else above
    if number >= 1000:
        above = "mil" if number < 2000 else f"{spelt(number // 1000)} mil"
        return f"{above} {spelt(number % 1000)}" if number % 1000 else above
    above = _HUNDREDS[number // 100 - 1]
    return f"{above} {spelt(number % 100)}" if number % 100 else above
