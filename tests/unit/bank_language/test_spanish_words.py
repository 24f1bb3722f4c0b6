"""What a customer says in Spanish is read as exactly as in English."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.account_numbers import ReceivingAccount, read_account_number
from fulfillment.bank.amount_phrases import find_amount
from fulfillment.bank.amount_ranges import find_range
from fulfillment.bank.amounts import AmountProblem, AmountQuestion, parse_amount
from fulfillment.bank.categories import category_named
from fulfillment.bank.charges import by_place
from fulfillment.bank.comparisons import average_said, coming_said, comparison_said
from fulfillment.bank.dispute_words import reason_in
from fulfillment.bank.fee_words import fees_asked
from fulfillment.bank.mentions import is_bare_no, plain_name, points_back, repeats_last, same_amount
from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_account, match_card, match_payee
from fulfillment.bank.periods import parse_period, period_words
from fulfillment.bank.transaction_search import Flow, flow_said, pending_said
from fulfillment.conversations.payday import asks_whether_paid
from tests.unit.bank_language.test_naming import ACCOUNTS, _card, _payee

MONDAY = date(2026, 11, 23)
AVAILABLE = Money(10_001, "USD")


def amount(text: str) -> object:
    read = parse_amount(text, "es_US", "USD", AVAILABLE)
    return read.problem if isinstance(read, AmountQuestion) else read.minor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", 5_000),
        ("$50", 5_000),
        ("50 dólares", 5_000),
        ("50 dolares por favor", 5_000),
        ("cincuenta dólares", 5_000),
        ("mil quinientos", 150_000),
        ("mil quinientos dólares", 150_000),
        ("dos mil", 200_000),
        ("1.5 mil", 150_000),
        ("1.5k", 150_000),
        ("un dólar", 100),
        ("medio dólar", 50),
        ("cinco dólares y medio", 550),
        ("cinco dólares con cincuenta centavos", 550),
        ("cinco dólares con cincuenta", 550),
        ("50 centavos", 50),
        ("veintidos dolares", 2_200),
        ("dieciséis", 1_600),
        ("doscientas", 20_000),
        ("once", 1_100),
        ("1,500", 150_000),
        ("1,250.50", 125_050),
        ("５０", 5_000),
        ("la mitad de mi saldo", 5_000),
        ("la mitad", 5_000),
        ("todo mi saldo", 10_001),
        ("todo", 10_001),
        ("todo lo que tengo", 10_001),
        ("la cuarta parte", 2_500),
        ("1,50", AmountProblem.AMBIGUOUS),
        ("1.500,00", AmountProblem.AMBIGUOUS),
        ("1.500", AmountProblem.AMBIGUOUS),
        ("1 500", AmountProblem.AMBIGUOUS),
        ("un millón y medio", AmountProblem.AMBIGUOUS),
        ("-50", AmountProblem.NOT_POSITIVE),
        ("menos cincuenta", AmountProblem.NOT_POSITIVE),
        ("0", AmountProblem.NOT_POSITIVE),
        ("cero dólares", AmountProblem.NOT_POSITIVE),
        ("0.0001", AmountProblem.TOO_MANY_DECIMALS),
        ("10.123456", AmountProblem.TOO_MANY_DECIMALS),
        ("1000000000000000", AmountProblem.TOO_LARGE),
        ("50 euros", AmountProblem.OTHER_CURRENCY),
        ("cincuenta libras", AmountProblem.OTHER_CURRENCY),
        ("50 pesos", AmountProblem.OTHER_CURRENCY),
        ("5²", AmountProblem.NOT_AN_AMOUNT),
        ("mucho", AmountProblem.NOT_AN_AMOUNT),
        ("", AmountProblem.NOT_AN_AMOUNT),
    ],
)
def test_an_amount_is_read_exactly_or_asked_about(text: str, expected: object) -> None:
    assert amount(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fifty quid", 5_000),
        ("£50", 5_000),
        ("fifty pence", 50),
        ("a fiver", AmountProblem.NOT_AN_AMOUNT),
        ("1,50", AmountProblem.AMBIGUOUS),
        ("0.001", AmountProblem.TOO_MANY_DECIMALS),
        ("0.0001", AmountProblem.TOO_MANY_DECIMALS),
        ("$50", AmountProblem.OTHER_CURRENCY),
        ("10 euros", AmountProblem.OTHER_CURRENCY),
    ],
)
def test_british_pounds_are_read_exactly_or_asked_about(text: str, expected: object) -> None:
    read = parse_amount(text, "en_GB", "GBP", None)
    assert (read.problem if isinstance(read, AmountQuestion) else read.minor) == expected


@given(st.integers(min_value=1, max_value=999_999), st.sampled_from(["es_US", "en_GB"]))
def test_every_whole_sum_in_words_reads_as_what_babel_would_write(whole: int, locale: str) -> None:
    from babel.numbers import format_decimal

    written = format_decimal(whole, locale=locale)
    assert parse_amount(written, locale, "USD") == Money(whole * 100, "USD")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("envíe cincuenta dólares a Anna el 3 de diciembre", 5_000),
        ("mande 50 a Anna el 15", 5_000),
        ("páguele 50 a Anna en 3 días", 5_000),
        ("envíe 20 por Zelle", 2_000),
        ("pase mil quinientos a ahorros", 150_000),
        ("pase la mitad de mi saldo a ahorros", 5_000),
        ("envíele otros 20 más", 2_000),
        ("desde la cuenta terminada en 4412 envíe 60", 6_000),
        ("mil gracias", None),
        ("una transferencia", None),
        ("por medio de mi cuenta", None),
        ("el 50 por ciento", None),
        ("20 o 30 dólares", AmountProblem.AMBIGUOUS),
    ],
)
def test_a_sentence_names_one_amount(sentence: str, expected: object) -> None:
    found = find_amount(sentence, "es_US", "USD", AVAILABLE)
    if sentence.startswith("20 o 30"):
        assert found is not None
        assert found.amount == Money(3_000, "USD")  # the one with its currency outweighs the other
        return
    assert (found.amount.minor if found and isinstance(found.amount, Money) else None) == expected


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("compras de más de $50", 5_001, None),
        ("cargos mayores de 100 dólares", 10_001, None),
        ("al menos 20 dólares", 2_000, None),
        ("menos de 30", None, 2_999),
        ("hasta 40 dólares", None, 4_000),
        ("no más de 40", None, 4_000),
        ("entre 20 y 40", 2_000, 4_000),
        ("de 20 a 40 dólares", 2_000, 4_000),
        ("alrededor de $100", 9_000, 11_000),
        ("de 50 dólares o más", 5_000, None),
        ("el de 12.50", 1_250, 1_250),
    ],
)
def test_a_range_of_sums_is_heard(words: str, low: int | None, high: int | None) -> None:
    found = find_range(words, "es_US", "USD")
    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("hoy", "2026-11-23", "2026-11-23"),
        ("ayer", "2026-11-22", "2026-11-22"),
        ("anteayer", "2026-11-21", "2026-11-21"),
        ("esta semana", "2026-11-23", "2026-11-23"),
        ("la semana pasada", "2026-11-16", "2026-11-22"),
        ("este mes", "2026-11-01", "2026-11-23"),
        ("el mes pasado", "2026-10-01", "2026-10-31"),
        ("el último mes", "2026-10-01", "2026-10-31"),
        ("este año", "2026-01-01", "2026-11-23"),
        ("el año pasado", "2025-01-01", "2025-12-31"),
        ("el fin de semana pasado", "2026-11-21", "2026-11-22"),
        ("en lo que va del año", "2026-01-01", "2026-11-23"),
        ("los últimos 30 días", "2026-10-25", "2026-11-23"),
        ("las últimas dos semanas", "2026-11-10", "2026-11-23"),
        ("los últimos tres meses", "2026-08-24", "2026-11-23"),
        ("hace dos meses", "2026-09-01", "2026-09-30"),
        ("en marzo", "2026-03-01", "2026-03-31"),
        ("marzo de 2025", "2025-03-01", "2025-03-31"),
        ("octubre pasado", "2026-10-01", "2026-10-31"),
        ("el 3 de octubre", "2026-10-03", "2026-10-03"),
        ("el primero de octubre", "2026-10-01", "2026-10-01"),
        ("el día 3", "2026-11-03", "2026-11-03"),
        ("el lunes", "2026-11-16", "2026-11-16"),
        ("el viernes pasado", "2026-11-20", "2026-11-20"),
        ("desde marzo", "2026-03-01", "2026-11-23"),
        ("desde el principio del año", "2026-01-01", "2026-11-23"),
        ("entre el 1 y el 15 de octubre", "2026-10-01", "2026-10-15"),
        ("del 1 al 15 de octubre", "2026-10-01", "2026-10-15"),
        ("de enero a marzo", "2026-01-01", "2026-03-31"),
        ("desde enero hasta marzo de 2025", "2025-01-01", "2025-03-31"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_is_read_in_whole_days(words: str, first: str, last: str) -> None:
    period = parse_period(words, MONDAY, "es_US")
    assert period is not None
    assert (str(period.start), str(date.fromordinal(period.end.toordinal() - 1))) == (first, last)


@pytest.mark.parametrize("words", ["la próxima semana", "algún día", "", "el año 3000", "marzo 40"])
def test_what_is_no_period_of_a_history_is_none(words: str) -> None:
    assert parse_period(words, MONDAY, "es_US") is None


@given(st.text(max_size=90))
def test_no_period_is_an_error(words: str) -> None:
    parse_period(words, MONDAY, "es_US")


def test_the_year_and_the_since_around_a_listed_month_are_found_again() -> None:
    assert period_words("marzo", "¿cuánto gasté desde marzo de 2025?") == "desde marzo de 2025"


@pytest.mark.parametrize(
    ("sentence", "words", "before"),
    [
        ("¿gasté más en mayo que en abril?", "abril", "gaste mas en mayo"),
        ("comparado con el mes pasado", "mes pasado", ""),
        ("¿cuánto gasté este mes comparado con octubre?", "octubre", "cuanto gaste este mes"),
        ("¿gasté más de lo normal?", None, None),
        ("comparado con lo normal", "", ""),
    ],
)
def test_what_a_sum_is_compared_with(sentence: str, words: str | None, before: str | None) -> None:
    found = comparison_said(sentence, "es_US")
    assert (found and found.words, found and found.before) == (words, before)


def test_the_period_before_and_the_year_before_have_their_words() -> None:
    october = parse_period("octubre", MONDAY, "es_US")
    assert october is not None
    for words, first in (("el mes anterior", "2026-09-01"), ("el año pasado", "2025-10-01")):
        compared = comparison_said(f"comparado con {words}", "es_US")
        assert compared is not None
        other = compared.period(october, MONDAY, "es_US")
        assert other is not None
        assert str(other.start) == first


def test_what_is_usual_and_what_is_to_come_are_heard() -> None:
    assert average_said("¿cuánto gasto normalmente?", "es_US")
    assert average_said("¿cuánto gasto al mes?", "es_US")
    assert not average_said("¿cuánto gasté el mes pasado?", "es_US")
    assert coming_said("¿cuánto gastaré la próxima semana?", "es_US")
    assert coming_said("el mes que viene", "es_US")
    assert not coming_said("el café de la mañana", "es_US")


@pytest.mark.parametrize(
    ("sentence", "flow"),
    [
        ("muéstreme mis depósitos", Flow.IN), ("¿qué compré en Target?", Flow.PURCHASES),
        ("retiros de efectivo", Flow.CASH), ("mis reembolsos", Flow.REFUNDS),
        ("las comisiones de este mes", Flow.FEES), ("mi última nómina", Flow.SALARY),
        ("los cargos de ayer", Flow.OUT), ("mis movimientos", None),
        ("retiros y depósitos", None),
    ],
)  # fmt: skip
def test_the_way_of_the_money_is_heard(sentence: str, flow: Flow | None) -> None:
    assert flow_said(sentence) == flow


def test_what_is_pending_and_whether_pay_came_are_heard() -> None:
    assert pending_said("mis compras pendientes")
    assert asks_whether_paid("¿ya me pagaron?")
    assert asks_whether_paid("¿ya me depositaron la nómina?")
    assert asks_whether_paid("¿llegó mi sueldo?")
    assert not asks_whether_paid("¿cuánto me pagaron este mes?")
    assert not asks_whether_paid("muéstreme mis movimientos")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("el primero", "a"), ("la segunda", "b"), ("el número 2", "b"), ("número tres", "c"),
        ("la tercera", "c"), ("el último", "a"), ("uno", "a"), ("2: Netflix", "b"),
        ("el de 12.50", None), ("Netflix", None),
    ],
)  # fmt: skip
def test_a_place_in_a_list_is_meant(words: str, place: str | None) -> None:
    assert by_place(words, ["a", "b", "c"]) == place


def test_words_that_point_back() -> None:
    assert points_back("ella")
    assert points_back("a él")
    assert plain_name("Anna otra vez") == "Anna"
    assert same_amount("envíele lo mismo a Anna")
    assert repeats_last("repita el último pago")
    assert repeats_last("envíelo otra vez")
    assert not repeats_last("envíe 50 a Anna")
    assert is_bare_no("no, gracias")
    assert is_bare_no("ya no quiero")
    assert not is_bare_no("no, 60")


@pytest.mark.parametrize(
    ("word", "category"),
    [
        ("supermercado", "groceries"), ("Víveres", "groceries"), ("restaurantes", "dining"),
        ("suscripción", "subscriptions"), ("regalos", "gifts"), ("groceries", "groceries"),
        ("unicornios", None),
    ],
)  # fmt: skip
def test_a_category_has_spanish_words(word: str, category: str | None) -> None:
    assert category_named(word) == category


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("me cobraron dos veces", "charged_twice"), ("me cobraron de más", "wrong_amount"),
        ("nunca me llegó", "not_received"), ("ya lo había cancelado", "cancelled"),
        ("yo no lo hice", "not_mine"), ("no reconozco ese cargo", "not_mine"),
        ("hola", None),
    ],
)  # fmt: skip
def test_a_reason_for_a_dispute_is_heard(words: str, reason: str | None) -> None:
    assert reason_in(words, "es_US") == reason


def test_the_fees_that_are_asked_about() -> None:
    assert fees_asked("¿cuánto cuesta retirar en un cajero?", "es_US") == {
        "own_atm_fee", "other_atm_fee",
    }  # fmt: skip
    assert fees_asked("¿cobran por sobregiro?", "es_US") == {"overdraft_fee"}
    assert fees_asked("¿qué comisiones tienen?", "es_US") == frozenset()


def test_a_receiving_account_is_found_among_spanish_words() -> None:
    said = "número de cuenta 12345678 y número de ruta 021000021"
    assert read_account_number(said) == ReceivingAccount("021000021-12345678")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("mi cuenta de cheques", ["Everyday Checking"]),
        ("la cuenta corriente", ["Everyday Checking"]),
        ("cheques", ["Everyday Checking"]),
        ("mi cuenta de ahorros", ["Rainy Day Savings", "Tax Pot"]),
        ("la tarjeta de crédito", ["Visa Platinum"]),
        ("la que termina en 4412", ["Everyday Checking"]),
        ("la Everyday Checking", ["Everyday Checking"]),
        (
            "todas mis cuentas",
            ["Everyday Checking", "Rainy Day Savings", "Tax Pot", "Visa Platinum"],
        ),
        ("mi cuenta secreta", []),
    ],
)
def test_an_account_with_an_english_name_is_found_by_what_it_is_called_in_spanish(
    said: str, names: list[str]
) -> None:
    assert [one.name for one in match_account(said, ACCOUNTS).found] == names


def test_a_card_and_a_payee_are_found_among_spanish_words() -> None:
    cards = [_card("Visa debit", "4412"), _card("Visa credit", "9021")]
    assert [one.last4 for one in match_card("mi tarjeta de débito", cards).found] == ["4412"]
    assert len(match_card("ambas tarjetas", cards).found) == 2
    payees = [_payee("Rosa Delgado", "Mom"), _payee("Tomás Vega")]
    assert [one.name for one in match_payee("mi mamá", payees).found] == ["Rosa Delgado"]
    assert [one.name for one in match_payee("a don Tomas", payees).found] == ["Tomás Vega"]
    assert match_payee("a la vecina", payees).found == ()
