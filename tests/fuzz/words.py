"""What a walker says in each language, and by what a judge knows an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `values` are answers by slot; `leaving` and `calling` are the ways out."""

    values: Mapping[str, list[str]]
    answers: list[str]
    asides: list[str]
    leaving: str
    calling: str
    apologies: tuple[str, ...]
    handed_over: tuple[str, ...]
    """What an answer that gives a person says: a case, or to those who logged out, a number."""


_ENGLISH = Words(
    values={
        "amount": [
            "20", "$15.50", "fifty", "half of it", "1.5k", "0", "-5", "1,50", "all of it", "€20",
        ],
        "payee": ["anna", "Marcus Bell", "bob", "her", "the second one", "Ann@"],
        "sourceAccount": ["checking", "savings", "visa", "my account", "the other one"],
        "destinationAccount": ["savings", "checking", "everyday", "vacation"],
        "account": ["checking", "savings", "all of them", "visa", "that one"],
        "card": ["visa debit", "the credit card", "visa", "the first one", "platinum"],
        "merchant": ["Whole Foods", "netflix", "Shell", "zorblatt"],
        "category": ["groceries", "dining", "transport", "unicorns"],
        "period": [
            "last month", "in march", "yesterday", "since 2019", "next year", "last 10 days",
        ],
        "portion": ["minimum", "statement balance", "everything"],
        "reason": ["I didn't make it", "charged twice", "it never arrived"],
        "charge": ["the first one", "the fifth one", "Shell", "the big one"],
    },
    answers=["yes", "no", "yes please", "nope", "maybe", "the first one", "not that one", "ok"],
    asides=[
        "wait", "why do you ask?", "say that again", "start over", "what's in savings", "help",
        "show more", "and checking?", "no, 60", "from savings instead", "make it 80", "hello",
        "how much did I spend on groceries last month", "where were we", "thanks",
        "freeze my card",
    ],
    leaving="cancel",
    calling="talk to a human",
    apologies=("Something went wrong on our side", "I can't reach the bank's books"),
    handed_over=("case H-", "call the number on the back of your card"),
)  # fmt: skip
_BRITISH = Words(
    values={
        **_ENGLISH.values,
        "amount": ["20", "$15.50", "fifty", "half of it", "a tenner", "0", "1,50", "20 quid"],
        "sourceAccount": ["current account", "savings", "visa", "the other one"],
        "destinationAccount": ["savings", "current account", "everyday", "holiday"],
        "period": ["last month", "in march", "a fortnight ago", "since 2019", "5/12", "next year"],
    },
    answers=["yes", "no", "yes please", "no ta", "maybe", "the first one", "go on then", "ok"],
    asides=[
        "hang on", "why d'you ask?", "say that again", "start over", "what's in savings", "help",
        "show more", "and current account?", "no, 60", "from savings instead", "cheers",
        "cancel my standing order", "order a cheque book", "where were we", "freeze my card",
    ],
    leaving=_ENGLISH.leaving,
    calling=_ENGLISH.calling,
    apologies=_ENGLISH.apologies,
    handed_over=_ENGLISH.handed_over,
)  # fmt: skip
_SPANISH = Words(
    values={
        "amount": ["20", "$15.50", "cincuenta", "la mitad", "1.500,00", "0", "-5", "todo", "€20"],
        "payee": ["anna", "Marcus Bell", "bob", "a ella", "el segundo", "Ann@"],
        "sourceAccount": ["cheques", "ahorros", "visa", "mi cuenta", "la otra"],
        "destinationAccount": ["ahorros", "cheques", "everyday", "vacaciones"],
        "account": ["cheques", "ahorros", "todas", "visa", "esa"],
        "card": ["visa de débito", "la tarjeta de crédito", "visa", "la primera", "platinum"],
        "merchant": ["Whole Foods", "netflix", "Shell", "zorblatt"],
        "category": ["supermercado", "restaurantes", "transporte", "unicornios"],
        "period": ["el mes pasado", "en marzo", "ayer", "desde 2019", "el año que viene"],
        "portion": ["mínimo", "saldo del estado de cuenta", "todo"],
        "reason": ["Yo no lo hice", "me cobraron dos veces", "nunca llegó"],
        "charge": ["el primero", "el quinto", "Shell", "el grande"],
    },
    answers=["sí", "no", "sí por favor", "para nada", "quizás", "la primera", "esa no", "ok"],
    asides=[
        "espere", "¿por qué pregunta?", "repita", "empezar de nuevo", "cuánto tengo en ahorros",
        "ayuda", "mostrar más", "¿y cheques?", "no, 60", "mejor desde ahorros", "que sean 80",
        "hola", "cuánto gasté en supermercado el mes pasado", "en qué íbamos", "gracias",
        "congele mi tarjeta",
    ],
    leaving="cancelar",
    calling="hablar con una persona",
    apologies=("No logro comunicarme con los libros del banco",),
    handed_over=("caso H-", "al número que está al reverso de su tarjeta"),
)  # fmt: skip
WORDS: Mapping[str, Words] = {"en_US": _ENGLISH, "en_GB": _BRITISH, "es_US": _SPANISH}
"""By locale."""
