"""A bank that is spoken to in Spanish: the same ears, other small words."""

import pytest

from bot.definition.model import BotLocale
from bot.engine.recogniser import IntentScore
from bot.nlu import train
from bot.nlu.confirmation import read_answer, read_confirmation
from bot.nlu.recogniser import TrainedRecogniser
from tests.unit.nlu.bots import NOW, intent, locale, slot_type

_ACCOUNTS = slot_type(
    "Cuenta",
    {
        "corriente": ["cuenta corriente", "cheques"],
        "ahorros": ["cuenta de ahorros", "ahorro"],
        "nómina": [],
    },
)


def _bank() -> BotLocale:
    return locale(
        [
            intent(
                "Saldo",
                [
                    "cuál es mi saldo",
                    "saldo por favor",
                    "cuánto dinero tengo",
                    "cuánto hay en mi cuenta {cuenta}",
                    "saldo de {cuenta}",
                ],
                {"cuenta": "Cuenta"},
            ),
            intent(
                "Mover",
                [
                    "mover dinero",
                    "mueve {monto} de {origen} a {destino}",
                    "transfiere {monto} a mi {destino}",
                    "pasa {monto} desde {origen} a {destino}",
                    "quiero mover dinero entre mis cuentas",
                ],
                {"monto": "AMAZON.Currency", "origen": "Cuenta", "destino": "Cuenta"},
            ),
            intent(
                "Pagar",
                [
                    "pagar a alguien",
                    "envía {monto} a {persona}",
                    "mándale {monto} a {persona}",
                    "paga {monto} a {persona} el {fecha}",
                    "quiero pagarle a {persona}",
                ],
                {
                    "monto": "AMAZON.Currency",
                    "persona": "AMAZON.FirstName",
                    "fecha": "AMAZON.Date",
                },
            ),
        ],
        [_ACCOUNTS],
        locale_id="es_US",
    )


@pytest.fixture(scope="module")
def ears() -> TrainedRecogniser:
    return train(_bank())


def _heard(ears: TrainedRecogniser, said: str) -> tuple[IntentScore, dict[str, str | None]]:
    top = ears.intents(said, NOW)[0]
    return top, {name: match.interpreted for name, match in top.slots.items()}


@pytest.mark.parametrize(
    ("said", "source", "target"),
    [
        ("mueve cien dólares de ahorros a corriente", "ahorros", "corriente"),
        ("mueve $100 a corriente desde mis ahorros", "ahorros", "corriente"),
        ("por favor pasa 100 desde la cuenta corriente a nomina", "cuenta corriente", "nómina"),
    ],
)
def test_accounts_are_told_apart_by_de_and_a(
    ears: TrainedRecogniser, said: str, source: str, target: str
) -> None:
    top, slots = _heard(ears, said)
    assert top.name == "Mover"
    assert (slots["origen"], slots["destino"]) == (source, target)
    assert slots["monto"] == "USD 100.00"


def test_several_slots_of_one_sentence_are_filled(ears: TrainedRecogniser) -> None:
    top, slots = _heard(ears, "paga doscientos cincuenta dólares a Lucía el 3 de marzo")
    assert top.name == "Pagar"
    assert slots == {"monto": "USD 250.00", "persona": "Lucía", "fecha": "2021-03-03"}


def test_accents_may_be_left_out(ears: TrainedRecogniser) -> None:
    top, _ = _heard(ears, "cual es mi saldo")
    assert (top.name, top.score) == ("Saldo", 1.0)


@pytest.mark.parametrize(
    ("said", "value"),
    [("desde mi cuenta de ahorros por favor", "ahorros"), ("la corriente", "corriente")],
)
def test_an_account_is_taken_out_of_the_words_around_it(
    ears: TrainedRecogniser, said: str, value: str
) -> None:
    match = ears.slot(said, "Mover", "origen", NOW)
    assert match is not None
    assert match.resolved == (value,)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("sí", "Yes"),
        ("si, claro", "Yes"),
        ("vale", "Yes"),
        ("de acuerdo gracias", "Yes"),
        ("no, gracias", "No"),
        ("para nada", "No"),
        ("quizás", "Maybe"),
        ("tal vez", "Maybe"),
        ("no sé", "Don't know"),
        ("ni idea", "Don't know"),
        ("sí, pero que sean 60", None),
    ],
)
def test_yes_and_no_are_heard_in_spanish(said: str, answer: str | None) -> None:
    assert read_answer(said) == answer
    assert read_confirmation(said) is {"Yes": True, "No": False}.get(answer or "")
