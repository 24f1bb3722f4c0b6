"""A Spanish sentence says when to pay: the day, how often, and until when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.payment_timing import Timing, bare_amount, read_day, read_timing
from fulfillment.bank.recurrence import Frequency

THURSDAY = date(2026, 11, 26)


def heard(words: str, rhythm: Frequency | None = None) -> Timing:
    return read_timing(words, THURSDAY, rhythm, "es_US")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("envíe 50 a Anna el viernes", "2026-11-27"),
        ("mándale 50 a Anna este viernes", "2026-11-27"),
        ("págale a tomás el próximo viernes", "2026-11-27"),
        ("50 a mi mamá el viernes que viene", "2026-11-27"),
        ("el viernes de la semana que viene", "2026-12-04"),
        ("el jueves", "2026-12-03"),
        ("envíe 20 a mi mamá mañana", "2026-11-27"),
        ("envie 20 a mi mama manana", "2026-11-27"),
        ("pasado mañana, 20 a mi mamá", "2026-11-28"),
        ("páguele 25 hoy mismo", "2026-11-26"),
        ("pague 100 el 15/12", "2026-12-15"),
        ("pague 100 el 4/12", "2026-12-04"),
        ("pague 100 el 2026-12-04", "2026-12-04"),
        ("pague 40 el 3 de diciembre", "2026-12-03"),
        ("pague 40 el tres", "None"),
        ("pague 40 el 31 de enero de 2027", "2027-01-31"),
        ("pague 40 el primero de marzo", "2027-03-01"),
        ("pague mi tarjeta el día 20", "2026-12-20"),
        ("pague mi tarjeta el 28", "2026-11-28"),
        ("el primero del mes", "2026-12-01"),
        ("el 5 del próximo mes", "2026-12-05"),
        ("el 5 del mes que viene", "2026-12-05"),
        ("a fin de mes", "2026-11-30"),
        ("el último día del mes", "2026-11-30"),
        ("páguele 40 en 3 días", "2026-11-29"),
        ("dentro de dos semanas", "2026-12-10"),
        ("en un mes", "2026-12-26"),
        ("la próxima semana", "2026-11-30"),
        ("a partir de enero", "2027-01-01"),
        ("páguele 40 el 3 de noviembre", "2026-11-03"),
        ("el viernes pasado", "2026-11-20"),
        ("ayer", "2026-11-25"),
        ("hace 3 días", "2026-11-23"),
    ],
)
def test_a_day_is_heard(words: str, day: str) -> None:
    timing = heard(words)
    assert str(timing.start) == day
    assert timing.frequency is None


@pytest.mark.parametrize(
    ("words", "frequency", "start", "day"),
    [
        ("pague la renta, 1200, el primero de cada mes", "monthly", "2026-12-01", 1),
        ("pague 300 el 29 de cada mes", "monthly", "2026-11-29", 29),
        ("1,200 el día 31 de cada mes", "monthly", "2026-11-30", 31),
        ("900 el último día de cada mes", "monthly", "2026-11-30", 31),
        ("a fin de cada mes", "monthly", "2026-11-30", 31),
        ("cada 15", "monthly", "2026-12-15", 15),
        ("100 al mes para Anna", "monthly", "None", None),
        ("que sea mensual", "monthly", "None", None),
        ("páguele 30 a Anna cada viernes", "weekly", "2026-11-27", 27),
        ("mande 20 a mi mamá los lunes", "weekly", "2026-11-30", 30),
        ("todos los domingos 20 a mi mamá", "weekly", "2026-11-29", 29),
        ("pase 50 por semana a ahorros", "weekly", "None", None),
        ("cada dos viernes", "every_two_weeks", "None", None),
        ("un viernes sí y otro no", "every_two_weeks", "2026-11-27", 27),
        ("cada quince días desde el 4 de diciembre", "every_two_weeks", "2026-12-04", 4),
        ("pago quincenal", "every_two_weeks", "None", None),
        ("20 cada año el 5 de marzo", "yearly", "2027-03-05", 5),
        ("una sola vez, el viernes", "once", "2026-11-27", 27),
        ("solo una vez el 4 de diciembre", "once", "2026-12-04", 4),
    ],
)
def test_a_rhythm_is_heard(words: str, frequency: str, start: str, day: int | None) -> None:
    timing = heard(words)
    assert (timing.frequency, str(timing.start), timing.day) == (Frequency(frequency), start, day)


@pytest.mark.parametrize(
    ("words", "until", "times", "start"),
    [
        ("cada viernes hasta junio", "2027-06-30", None, "2026-11-27"),
        ("cada mes desde enero hasta diciembre de 2027", "2027-12-31", None, "2027-01-01"),
        ("cada martes hasta el 31 de marzo", "2027-03-31", None, "2026-12-01"),
        ("el primero de cada mes durante 6 meses", "None", 6, "2026-12-01"),
        ("10 por semana durante tres meses desde el lunes", "2027-02-27", None, "2026-11-30"),
        ("cada semana desde mañana, 20 veces", "None", 20, "2026-11-27"),
        ("cada viernes hasta el 18/12", "2026-12-18", None, "2026-11-27"),
    ],
)
def test_an_end_is_heard_and_no_beginning_taken_for_it(
    words: str, until: str, times: int | None, start: str
) -> None:
    timing = heard(words)
    assert (str(timing.until), timing.times, str(timing.start)) == (until, times, start)


def test_no_end_is_heard_as_one() -> None:
    assert heard("cada mes hasta que yo cancele").endless
    assert heard("cada mes hasta nuevo aviso").endless


@pytest.mark.parametrize(
    "words",
    ["cada día", "cinco diarios", "cada tres semanas", "trimestralmente", "cada dos meses"],
)
def test_a_rhythm_that_nobody_can_schedule_here_is_no_other_one(words: str) -> None:
    timing = heard(words)
    assert timing.impossible
    assert timing.frequency is None


@pytest.mark.parametrize(
    "words",
    [
        "envíe 50 a Anna",
        "envíe 50 a Domingo",
        "envíe 50 para la cena del viernes",
        "envíelo desde la segunda cuenta",
        "el segundo",
        "la mitad de mi saldo",
        "el 20 por ciento",
        "1,200.50",
        "once dólares",
        "gracias por la mañana",
        "pague la cuenta de cheques",
    ],
)
def test_what_says_nothing_of_time_is_read_as_nothing(words: str) -> None:
    assert heard(words) == Timing()


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("15", "2026-12-15"), ("el 15", "2026-12-15"), ("el día 15", "2026-12-15"),
        ("el primero", "2026-12-01"), ("viernes", "2026-11-27"), ("el viernes", "2026-11-27"),
        ("mañana", "2026-11-27"), ("4 de diciembre", "2026-12-04"),
    ],
)  # fmt: skip
def test_an_answer_to_which_day_may_be_short(answer: str, day: str) -> None:
    found = read_day(answer, THURSDAY, "es_US")
    assert found is not None
    assert str(found.day) == day


def test_the_one_number_that_is_no_part_of_a_day_is_the_amount() -> None:
    words = "páguele a la niñera 60 cada viernes hasta el 18 de diciembre"
    assert bare_amount(words, THURSDAY, "es_US") == "60"


def test_the_british_write_the_day_before_the_month() -> None:
    assert str(read_timing("pay 100 on 4/12", THURSDAY, locale="en_GB").start) == "2026-12-04"
    assert str(read_timing("pay 100 on 4/12", THURSDAY, locale="en_US").start) == "2027-04-12"
    british = read_timing("50 a fortnight from 4 December", THURSDAY, locale="en_GB")
    assert (british.frequency, str(british.start)) == (Frequency.EVERY_TWO_WEEKS, "2026-12-04")


@given(st.text(max_size=80))
def test_no_words_are_an_error(words: str) -> None:
    assert isinstance(heard(words), Timing)
    read_day(words, THURSDAY, "es_US")
    bare_amount(words, THURSDAY, "es_US")
