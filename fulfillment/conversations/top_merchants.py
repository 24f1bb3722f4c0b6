"""Where the most was spent: the customer's merchants in order, by the books' own sums."""

from __future__ import annotations

import re

from fulfillment.bank.money import Money
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.totals_asked import Question
from fulfillment.lex import Message
from fulfillment.store.ranking import MOST_SUMS, months_of, spent_by_party

USUAL, MOST = 5, 10
"""How many are named unless a number is said, and at most."""
_MOST_CURRENCIES = 2
_PLACES_EN = r"(?:merchants|shops|stores|retailers|vendors|businesses|places)"
_PLACE_EN = rf"(?:{_PLACES_EN}|merchant|shop|store|place)"
_PLACES_ES = r"(?:comercios|tiendas|negocios|establecimientos|lugares)"
_SAID = re.compile(
    rf"\b(?:top|biggest|largest|main)\b.*\b{_PLACES_EN}\b"
    rf"|\b(?:which|what) {_PLACE_EN}\b.*\bmost\b"
    r"|\bwhere (?:do|did|have|am) i\b.*\b(?:spen[dt]|spending|shop|shopped)\b.*\bmost\b"
    rf"|\b(?:principales|mayores|top)\b.*\b{_PLACES_ES}\b"
    rf"|\b{_PLACES_ES} (?:principales|m[aá]s grandes)\b"
    rf"|\bqu[eé] {_PLACES_ES}\b.*\bm[aá]s\b"
    rf"|\b{_PLACES_ES} (?:en|a|donde|a los|en los|en las|en donde)\b.*\bm[aá]s\b"
    r"|\b(?:a )?d[oó]nde (?:he )?(?:gasto|gast[eé]|gastado|compro|compr[eé]|estoy gastando)\b"
    r".*\bm[aá]s\b",
    re.IGNORECASE,
)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10,
}  # fmt: skip
_NUMBER = re.compile(rf"\b(?:(?P<digits>[1-9]\d?)|(?P<word>{'|'.join(_NUMBERS)}))\b", re.IGNORECASE)


def ranked_said(sentence: str) -> int:
    """How many merchants a sentence wants in order, 0 when it wants none.

    >>> ranked_said("Top 3 stores in October"), ranked_said("¿Dónde gasto más?")
    (3, 5)
    >>> ranked_said("how much did I spend at the store")
    0
    """
    said = _SAID.search(sentence)
    if said is None:
        return 0
    number = _NUMBER.search(said[0])
    if number is None:
        # "The 3 biggest shops", "mis cinco tiendas principales".
        number = re.search(rf"{_NUMBER.pattern} *$", sentence[: said.start()], re.IGNORECASE)
    if number is None:
        return USUAL
    return min(MOST, int(number["digits"] or _NUMBERS[number["word"].casefold()]))


def ranking(desk: Desk, asked: Question) -> list[Message]:
    """The merchants of the period in order, in each of the customer's currencies."""
    names = desk.books.totals.names(desk.customer_id)
    currencies = list(dict.fromkeys(one.posted.currency for one in desk.open_accounts()))
    months = months_of(asked.period, desk.speech.today)
    if len(names) * len(currencies) * len(months) > MOST_SUMS:
        most = max(1, MOST_SUMS // max(1, len(names) * len(currencies)))
        return [desk.say("spending.too_long_to_rank", months=most)]
    reader = desk.books.totals.reader
    spent = spent_by_party(reader, desk.customer_id, names, currencies, asked.period, months)
    days = desk.speech.span(asked.start, asked.end)
    told = []
    for currency in currencies[:_MOST_CURRENCIES]:
        lines = [
            {"name": name, "amount": Money(minor, currency)}
            for name, minor in spent.get(currency, ())[: asked.ranked]
        ]
        if lines:
            told.append(desk.say("spending.merchants", lines=lines, period=days))
    if not told:
        return [desk.say("spending.nothing", where="", period=days)]
    narrowed = asked.category or asked.account
    return [*told, desk.say("spending.over_all")] if narrowed else told
