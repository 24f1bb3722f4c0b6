"""AMAZON.Currency: "fifty dollars", "$1.5k", "20 bucks" become "USD 50.00" and so on.

Source: Lex V2 developer guide, AMAZON.Currency: the code, a blank, the amount with two decimals,
never converted; "five fifteen" is USD 515.00. Inferred: a bare number takes the locale's own
currency; of a number that could mean two amounts ("1.500", "1,50", "5-10") the words are kept and
no value is given, so that whoever knows the customer can ask; a minus stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.nlu.currencies import COINS, HOME, MILLIONS, NATIONS, PENCE, PREFIXES, SIGNS, UNITS
from bot.nlu.currency_spans import COUNTED, Amount, amount_spans, counts, exact
from bot.nlu.days import MONTHS
from bot.nlu.lines import Line
from bot.nlu.utterance import Finder, Span, Utterance


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NOTES = {"fiver": Decimal(5), "tenner": Decimal(10)}
_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_UNIT = rf"(?:(?P<whose>{_any(NATIONS)}) )?(?P<unit>{_any(UNITS)})"
_SIGN = rf"(?:(?P<prefix>{_any(PREFIXES)}) )?(?P<sign>{_any(SIGNS)})"
# "dollar fifty" is not fifty dollars.
_ONES = ("dollar", "buck", "pound", "euro", "quid", "peso", "rupee", "franc")
_BEFORE = rf"(?:(?P<code>{_any(UNITS.keys() - set(_ONES))}) (?:\$ )?|{_SIGN} )"
_AFTER = rf"(?: (?P<own>{_any(PREFIXES)}) \$| (?P<behind>{_any(SIGNS)})(?: dollars)?| {_UNIT})"
# "15 dollars and 15" ends with its cents; "$4.25 and 32 of them" does not.
_COINS = rf"(?P<coins>\d{{1,2}}) (?P<coin>{_any(COINS)})(?= |$)"
_COIN = rf"(?: and)? (?:{_COINS}|(?P<rest>\d\d)(?=(?: [.!?])*$))"
_HALF = r" and (?P<above>\d) / (?P<below>\d)"
_AMOUNT = re.compile(
    rf"(?<![\w.])(?:{_BEFORE}(?P<neg>- )?(?P<a>{_NUMBER})(?:{_AFTER.replace('?P<', '?P<x_')})?"
    rf"|(?P<b>{_NUMBER})(?:{_AFTER.replace('?P<', '?P<y_')}| (?P<small>{_any(COINS)})(?= |$)))"
    rf"(?:{_HALF}|{_COIN})?(?= |$)"
)
_ONE = re.compile(
    rf"(?<![\w.])(?:(?P<a>an?) )?(?P<unit>{_any((*_ONES, *_NOTES))})"
    r"(?:(?: and)? (?P<rest>\d\d))?(?= |$)"
)
_HUNDREDS = re.compile(r"(?<![\w.])(?P<h>[1-9]\d?) (?P<t>[1-9]\d)(?= |$)")
_BARE = re.compile(rf"(?<![\w.])(?P<n>{_NUMBER})(?= |$)")
_COUNTED = re.compile(
    r"(?:ending(?: in| with)?|ends in|number|digits|last|past|next|first|card|pin|ssn|code|x|\*) ?$"
    rf"|(?<![a-z])(?:{'|'.join(MONTHS)}) ?$"
)


_THINGS = re.compile(
    r" (?:days?|weeks?|months?|years?|hours?|minutes?|mins?|seconds?|digits?|times?|cards?"
    r"|accounts?|transactions?|payments?|purchases|people|persons?)\b"
    rf"| (?:of )?(?:{'|'.join(MONTHS)})\b"
)


def currency_finder(locale_id: str) -> Finder:
    """Finds every amount in an English utterance."""
    home = HOME.get(locale_id, "USD")

    def find(utterance: Utterance) -> list[Span]:
        return amount_spans(utterance, utterance.line, _readings(utterance.line, home))

    return find


def _readings(line: Line, home: str) -> Iterator[Amount]:
    """What the line may say, surest first: amounts with a currency, then bare numbers."""
    for found in line.find(_AMOUNT):
        yield Amount(found, *_marked(found.match, home), 1.0)
    for found in line.find(_ONE):
        if found.match["a"] or found.match["rest"] or found.match["unit"] in _NOTES:
            yield Amount(found, *_single(found.match, home), 0.9)
    for found in line.find(_HUNDREDS):
        if found.spoken:
            hundreds = Decimal(found.match["h"]) * 100 + Decimal(found.match["t"])
            yield Amount(found, home, hundreds, 0.8)
    for found in line.find(_BARE):
        amount = exact(found.match["n"])
        small = found.spoken and amount is not None and amount < 10
        counted = counts(line, found, _COUNTED, _THINGS)
        weight = COUNTED if counted else 0.5 if small else 0.8
        yield Amount(found, home, amount, weight)


def _marked(match: re.Match[str], home: str) -> tuple[str, Decimal | None]:
    """The currency and amount of a number with a sign, a unit or a coin beside it."""
    found = {name: text for name, text in match.groupdict().items() if text}
    amount = exact(found.get("a") or found["b"])
    if amount is None:
        return home, None
    if any(found.get(unit) in MILLIONS for unit in ("code", "x_unit", "y_unit")):
        amount *= 10**6
    if "small" in found:
        code = "GBP" if found["small"] in PENCE else home
        return code, amount * COINS[found["small"]]
    if "above" in found and found["below"] != "0":
        amount += Decimal(found["above"]) / Decimal(found["below"])
    small_change = Decimal(found.get("coins", "0")) * COINS[found.get("coin", "cent")]
    small_change += Decimal(found.get("rest", "0")) / 100
    if small_change and amount % 1:
        return home, None
    amount += small_change
    return _code(found, home), -amount if "neg" in found else amount


def _single(match: re.Match[str], home: str) -> tuple[str, Decimal]:
    """ "a dollar fifty", "a quid", "a tenner"."""
    cents = Decimal(match["rest"] or 0) / 100
    note = _NOTES.get(match["unit"])
    if note is not None:
        return home, note + cents
    return _dollars_of(UNITS[match["unit"]], match["unit"], home), 1 + cents


def _code(found: dict[str, str], home: str) -> str:
    """The most telling mark decides: a nation, then a prefix or code, a unit, a sign."""
    for part in ("whose", "prefix", "own"):
        for name in (part, f"x_{part}", f"y_{part}"):
            if name in found:
                return (NATIONS | PREFIXES)[found[name]]
    for name in ("code", "x_unit", "y_unit"):
        if name in found and found[name] in UNITS:
            return _dollars_of(UNITS[found[name]], found[name], home)
    sign = found.get("sign") or found.get("x_behind") or found.get("y_behind") or "$"
    return _dollars_of(SIGNS[sign], sign, home)


def _dollars_of(code: str, word: str, home: str) -> str:
    """Dollars are the home country's own where it has dollars."""
    plain = word in ("$", "dollar", "dollars", "buck", "bucks")
    return home if plain and home in ("AUD", "CAD", "NZD", "SGD", "HKD") else code
