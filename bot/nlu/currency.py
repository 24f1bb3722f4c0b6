"""AMAZON.Currency: "fifty dollars", "$1.5k", "20 bucks" become "USD 50.00" and so on.

Source: Lex V2 developer guide, AMAZON.Currency: the code, a blank, the amount with two decimals,
never converted; "five fifteen" is USD 515.00. Inferred: a bare number takes the locale's own
currency; of a number that could mean two amounts ("1.500", "1,50", "5-10") the words are kept and
no value is given, so that whoever knows the customer can ask; a minus stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from bot.engine.recogniser import SlotMatch
from bot.nlu.currencies import COINS, HOME, NATIONS, PENCE, PREFIXES, SIGNS, UNITS
from bot.nlu.lines import Found
from bot.nlu.utterance import Finder, Span, Utterance


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_UNIT = rf"(?:(?P<whose>{_any(NATIONS)}) )?(?P<unit>{_any(UNITS)})"
_SIGN = rf"(?:(?P<prefix>{_any(PREFIXES)}) )?(?P<sign>{_any(SIGNS)})"
_BEFORE = rf"(?:(?P<code>{_any(UNITS)}) (?:\$ )?|{_SIGN} )"
_AFTER = rf"(?: (?P<own>{_any(PREFIXES)}) \$| (?P<behind>{_any(SIGNS)})(?: dollars)?| {_UNIT})"
# "15 dollars and 15" ends with its cents; "$4.25 and 32 of them" does not.
_COINS = rf"(?P<coins>\d{{1,2}}) (?P<coin>{_any(COINS)})(?= |$)"
_COIN = rf"(?: and)? (?:{_COINS}|(?P<rest>\d\d)(?=(?: [.!?])*$))"
_HALF = r" and (?P<above>\d) / (?P<below>\d)"
_AMOUNT = re.compile(
    rf"(?<![\w.])(?:{_BEFORE}(?P<a>{_NUMBER})(?:{_AFTER.replace('?P<', '?P<x_')})?"
    rf"|(?P<b>{_NUMBER})(?:{_AFTER.replace('?P<', '?P<y_')}| (?P<small>{_any(COINS)})(?= |$)))"
    rf"(?:{_HALF}|{_COIN})?(?= |$)"
)
_HUNDREDS = re.compile(r"(?<![\w.])(?P<h>[1-9]\d?) (?P<t>[1-9]\d)(?= |$)")
_BARE = re.compile(rf"(?<![\w.])(?P<n>{_NUMBER})(?= |$)")
_MINUS = re.compile(r"(?:^|\s)((?:[-−]|minus |negative ) ?)$", re.IGNORECASE)
_JOINED_BEFORE = re.compile(r"[$€£]?\d[\d.,]*[-.,]$")
_JOINED = re.compile(r"[-.,][\d.,-]*\d")
_BOUND_BEFORE = re.compile(r"[/:] ?$")
_BOUND_BEHIND = re.compile(r"^ (?:[/:] ?\d|%|percent\b)")
_GLUED_BEFORE = re.compile(r"(?:\w|[^\W\d]-)$")
_GLUED_BEHIND = re.compile(r"\w|-[^\W\d]")
_COUNTED = re.compile(
    r"(?:ending(?: in| with)?|ends in|number|digits|last|past|next|first|card|x|\*) ?$"
)
COUNTED = 0.3
"""How sure a number is to be money where it seems to count or name something else."""
_MAX = Decimal(10) ** 13


def currency_finder(locale_id: str) -> Finder:
    """Finds every amount in an utterance."""
    home = HOME.get(locale_id, "USD")

    def find(utterance: Utterance) -> list[Span]:
        spans: list[Span] = []
        for found, code, amount, weight in _readings(utterance, home):
            span = _span(utterance, found, code, amount, weight)
            if span and not any(span.start < s.end and s.start < span.end for s in spans):
                spans.append(span)
        return sorted(spans, key=lambda s: s.start)

    return find


def _span(
    utterance: Utterance, found: Found, code: str, amount: Decimal | None, weight: float
) -> Span | None:
    if _belongs_elsewhere(utterance, found):
        return None
    start, end, sign = _whole_figure(utterance.text, found)
    covered = utterance.covered(start, end)
    if covered is None:
        return None
    original = utterance.text[start:end]
    exact = _to_the_cent(amount) if (start, end) == (found.start, found.end) or sign else None
    if exact is None:
        return Span(*covered, SlotMatch(original, None, ()), min(weight, 0.8))
    value = f"{code} {sign}{exact}"
    return Span(*covered, SlotMatch(original, value, (value,)), weight)


def _to_the_cent(amount: Decimal | None) -> Decimal | None:
    if amount is None or amount > _MAX:
        return None
    exact = amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return exact if exact == amount else None


def _whole_figure(text: str, found: Found) -> tuple[int, int, str]:
    """The characters of the figure that the number is part of, and its minus if it has one.

    "5" in "1,5" or in "5-10" is not the amount; the whole of it is what was said.
    """
    minus = _MINUS.search(text[: found.start])
    before, behind = _JOINED_BEFORE.search(text[: found.start]), _JOINED.match(text[found.end :])
    if minus and not before:
        return minus.start(1), found.end + (behind.end() if behind else 0), "" if behind else "-"
    start = before.start() if before else found.start
    return start, found.end + (behind.end() if behind else 0), ""


def _readings(utterance: Utterance, home: str) -> list[tuple[Found, str, Decimal | None, float]]:
    """What the line may say, surest first: amounts with a currency, then bare numbers."""
    line = utterance.line
    readings = [(found, *_marked(found.match, home), 1.0) for found in line.find(_AMOUNT)]
    for found in line.find(_HUNDREDS):
        if found.spoken:
            hundreds = Decimal(found.match["h"]) * 100 + Decimal(found.match["t"])
            readings.append((found, home, hundreds, 0.8))
    for found in line.find(_BARE):
        amount = _exact(found.match["n"])
        small = found.spoken and amount is not None and amount < 10
        counted = _COUNTED.search(line.text[: found.match.start()]) is not None
        weight = COUNTED if counted else 0.5 if small else 0.8
        readings.append((found, home, amount, weight))
    return readings


def _marked(match: re.Match[str], home: str) -> tuple[str, Decimal | None]:
    """The currency and amount of a number with a sign, a unit or a coin beside it."""
    found = {name: text for name, text in match.groupdict().items() if text}
    amount = _exact(found.get("a") or found["b"])
    if amount is None:
        return home, None
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
    return _code(found, home), amount


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


def _exact(digits: str) -> Decimal | None:
    """The number, unless "1.500" leaves open whether the point parts thousands."""
    whole, _, parts = digits.partition(".")
    if len(parts) == 3 and whole not in ("", "0"):
        return None
    return Decimal(digits)


def _belongs_elsewhere(utterance: Utterance, found: Found) -> bool:
    """Whether the number is part of something else: a date, a time, a code, a share."""
    text = utterance.text
    if _GLUED_BEFORE.search(text[: found.start]) or _GLUED_BEHIND.match(text[found.end :]):
        return True
    before = utterance.line.text[: found.match.start()]
    behind = utterance.line.text[found.match.end() :]
    return bool(_BOUND_BEFORE.search(before) or _BOUND_BEHIND.search(behind))
