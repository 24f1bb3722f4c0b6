"""Values said in other languages than English. The clock stands on Wednesday, 25 November 2020."""

import pytest

from bot.nlu.confirmation import read_confirmation
from bot.nlu.training import train
from tests.unit.nlu.bots import NOW, found_in, intent, locale
from tests.unit.nlu.bots import reader_of as reader


@pytest.mark.parametrize(
    ("locale_id", "said", "day"),
    [
        ("es_US", "mañana", "2020-11-26"),
        ("es_ES", "pasado mañana", "2020-11-27"),
        ("es_419", "el viernes", "2020-11-27"),
        ("es_ES", "para el 15 de marzo de 2022", "2022-03-15"),
        ("es_US", "dentro de dos semanas", "2020-12-09"),
        ("pt_BR", "sexta-feira", "2020-11-27"),
        ("pt_PT", "3 de maio", "2021-05-03"),
        ("fr_FR", "le 3 mars", "2021-03-03"),
        ("fr_CA", "aujourd'hui", "2020-11-25"),
        ("de_DE", "am 3. März", "2021-03-03"),
        ("de_AT", "übermorgen", "2020-11-27"),
        ("it_IT", "domani", "2020-11-26"),
        ("nl_NL", "over drie dagen", "2020-11-28"),
        ("ja_JP", "3月15日", "2021-03-15"),
        ("ja_JP", "明日の午後3時", "2020-11-26"),
        ("ko_KR", "내일", "2020-11-26"),
        ("zh_CN", "星期五", "2020-11-27"),
    ],
)
def test_days_are_read_in_the_language_of_the_locale(locale_id: str, said: str, day: str) -> None:
    assert found_in(said, "AMAZON.Date", locale_id=locale_id)[0].interpreted == day


@pytest.mark.parametrize(
    ("locale_id", "said", "time"),
    [
        ("es_US", "a las 3 de la tarde", "15:00"),
        ("es_US", "a las diez y media de la mañana", "10:30"),
        ("pt_BR", "às 15h", "15:00"),
        ("fr_FR", "à 15 heures", "15:00"),
        ("de_DE", "um 15:30 Uhr", "15:30"),
        ("it_IT", "alle tre del pomeriggio", "15:00"),
        ("ja_JP", "明日の午後3時", "15:00"),
        ("ko_KR", "오후 3시", "15:00"),
        ("zh_CN", "下午3点半", "15:30"),
    ],
)
def test_times_are_read_in_the_language_of_the_locale(locale_id: str, said: str, time: str) -> None:
    assert found_in(said, "AMAZON.Time", locale_id=locale_id)[0].interpreted == time


@pytest.mark.parametrize(
    ("locale_id", "said", "number"),
    [
        ("es_US", "treinta y cinco", "35"),
        ("es_US", "dos mil quinientos", "2500"),
        ("pt_BR", "vinte e um", "21"),
        ("fr_FR", "vingt-cinq", "25"),
        ("de_DE", "einundzwanzig", "21"),
        ("it_IT", "trentacinque", "35"),
    ],
)
def test_numbers_are_read_in_the_language_of_the_locale(
    locale_id: str, said: str, number: str
) -> None:
    assert found_in(said, "AMAZON.Number", locale_id=locale_id)[0].interpreted == number


def test_a_counter_right_behind_a_figure_leaves_it_a_number() -> None:
    assert found_in("2名です", "AMAZON.Number", locale_id="ja_JP")[0].interpreted == "2"
    assert (
        found_in("2031年3月12日", "AMAZON.Date", locale_id="ja_JP")[0].interpreted == "2031-03-12"
    )


def test_an_article_is_no_number_unless_it_is_all_that_is_said() -> None:
    said = found_in("uma mesa para quatro", "AMAZON.Number", locale_id="pt_BR")
    assert [match.interpreted for match in said] == ["4"]
    assert found_in("uma", "AMAZON.Number", locale_id="pt_BR")[0].interpreted == "1"


def test_a_value_is_given_back_in_the_customers_own_words() -> None:
    (match,) = found_in("llegamos pasado mañana, creo", "AMAZON.Date", locale_id="es_US")
    assert match.original == "pasado mañana"


def test_the_words_around_a_name_are_left_out_in_the_language_of_the_locale() -> None:
    for locale_id, said in (("es_US", "me llamo Lucía"), ("pt_BR", "meu nome é Lucía")):
        reply = reader("AMAZON.FirstName", locale_id=locale_id).reply("AMAZON.FirstName", said, NOW)
        assert reply is not None
        assert reply.original == "Lucía"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("claro que sí", True),
        ("sim", True),
        ("não, obrigado", False),
        ("bien sûr", True),
        ("nein danke", False),
        ("はい", True),
        ("いいえ", False),
        ("네", True),
        ("아니요", False),
        ("是的", True),
    ],
)
def test_a_yes_or_no_is_heard_in_other_languages(said: str, meant: bool) -> None:
    assert read_confirmation(said) is meant


@pytest.mark.parametrize(
    ("locale_id", "samples", "said"),
    [
        ("ja_JP", ("部屋を予約したい", "ホテルの予約"), "部屋を予約したいのですが"),
        ("ko_KR", ("방을 예약하고 싶어요", "호텔 예약"), "호텔을 예약하고 싶어요"),
        ("de_DE", ("ich möchte ein Zimmer buchen",), "bitte ein Zimmer buchen"),
    ],
)
def test_paraphrases_are_recognised_in_any_script(
    locale_id: str, samples: tuple[str, ...], said: str
) -> None:
    other = intent("Other", ["1234"])
    bot = locale([intent("Book", samples), other], locale_id=locale_id)
    best = train(bot).intents(said, NOW)[0]
    assert best.name == "Book"
    assert best.score >= 0.4
