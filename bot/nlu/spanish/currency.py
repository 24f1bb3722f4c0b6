"""AMAZON.Currency in Spanish: "cincuenta dólares", "1.234,50 €", "20 euros con 50", "medio millón".

The form is Lex's own (`EUR 20.50`, never converted). Inferred: a bare number takes the locale's own
currency; a figure that could be thousands or decimals ("1,500" in Spain) keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from bot.nlu.currencies import CODES, HOME, SIGNS
from bot.nlu.currency_spans import COUNTED, Amount, amount_spans, counts, exact
from bot.nlu.lines import Line
from bot.nlu.spanish.calendar import MONTHS
from bot.nlu.spanish.lines import has_decimal_comma
from bot.nlu.utterance import Finder, Span, Utterance

_NAMES = {
    "USD": "dolar dolares verdes us$ u$s", "EUR": "euro euros eur pavos", "GBP": "libra libras",
    "JPY": "yen yenes", "CHF": "franco francos", "CNY": "yuan yuanes", "INR": "rupia rupias",
    "MXN": "peso pesos", "BRL": "real reales", "PEN": "sol soles", "CRC": "colon colones",
    "GTQ": "quetzal quetzales", "HNL": "lempira lempiras", "PYG": "guarani guaranies",
    "VES": "bolivar bolivares", "BOB": "boliviano bolivianos", "RUB": "rublo rublos",
    "SEK": "corona coronas", "TRY": "lira liras", "KRW": "won", "ILS": "shekel shekels",
    "BTC": "bitcoin bitcoins", "ESP": "peseta pesetas pts pta ptas pt", "AED": "dirham dirhams",
    "KWD": "dinar dinares", "SAR": "riyal riales", "ZAR": "rand",
}  # fmt: skip
_UNITS = {name: code for code, names in _NAMES.items() for name in names.split()} | {
    code.lower(): code for code in CODES
}
_NATIONS = {
    "estadounidenses": "USD", "americanos": "USD", "estadounidense": "USD", "americano": "USD",
    "canadienses": "CAD", "canadiense": "CAD", "australianos": "AUD", "australiano": "AUD",
    "neozelandeses": "NZD", "neozelandes": "NZD", "de hong kong": "HKD", "de singapur": "SGD",
    "mexicanos": "MXN", "mexicano": "MXN", "colombianos": "COP", "argentinos": "ARS",
    "chilenos": "CLP", "uruguayos": "UYU", "dominicanos": "DOP", "cubanos": "CUP",
    "filipinos": "PHP", "suizos": "CHF", "suizo": "CHF", "esterlinas": "GBP", "esterlina": "GBP",
    "britanicas": "GBP", "egipcias": "EGP", "suecas": "SEK", "noruegas": "NOK", "danesas": "DKK",
    "turcas": "TRY", "brasilenos": "BRL", "japoneses": "JPY", "chinos": "CNY",
}  # fmt: skip
_PREFIXES = {
    "us": "USD", "usd": "USD", "c": "CAD", "ca": "CAD", "cad": "CAD", "a": "AUD", "au": "AUD",
    "aud": "AUD", "nz": "NZD", "nzd": "NZD", "mx": "MXN", "mxn": "MXN", "hk": "HKD", "ar": "ARS",
}  # fmt: skip
_COINS = {
    "centavo": "0.01", "centavos": "0.01", "centimo": "0.01", "centimos": "0.01", "cent": "0.01",
    "cents": "0.01", "penique": "0.01", "peniques": "0.01", "c": "0.01", "¢": "0.01",
}  # fmt: skip
_THINGS = re.compile(
    r" (?:dias?|semanas?|mes|meses|anos?|horas?|minutos?|segundos?|digitos?|veces|vez|tarjetas?"
    r"|cuentas?|transacciones|pagos?|compras|personas?)\b"
    rf"| de (?:{'|'.join(MONTHS)})\b"
)
AmountOf = Callable[[str], Decimal | None]
"""What a figure amounts to; None when that is open."""
_PESOS = {"es_MX": "MXN", "es_CO": "COP", "es_AR": "ARS", "es_CL": "CLP"}
_HOMES = HOME | _PESOS


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_N = r"\d+(?:\.\d+)?"
_SIGN = rf"(?:u \$ [sd]|(?:(?P<prefix>{_any(_PREFIXES)}) )?(?P<sign>{_any(SIGNS)}))"
_UNIT = rf"(?:de )?(?P<unit>{_any(_UNITS)})(?: (?P<whose>{_any(_NATIONS)}))?(?: \$)?"
_BEHIND = rf"(?: (?P<behind>{_any(SIGNS)})| {_UNIT})"
_COIN = rf"(?: (?:con|y|,))? (?P<coins>\d{{1,2}}) (?P<coin>{_any(_COINS)})(?= |$)"
_REST = r"(?: con (?P<with>\d{1,2})(?= |$)|(?: y)? (?P<rest>\d\d)(?=(?: [.!?])*$))"
_HALF = r" y (?P<half>medi[oa]|pico)"
_AMOUNT = re.compile(
    rf"(?<![\w.])(?:(?:{_SIGN}|(?P<code>{_any(_UNITS)})) (?P<neg>- )?(?P<a>{_N})"
    rf"(?:{_BEHIND.replace('?P<', '?P<x_')})?"
    rf"|(?P<b>{_N})(?P<part> y medi[oa])?(?P<million> millon(?:es)?)?"
    rf"(?:{_BEHIND.replace('?P<', '?P<y_')}| (?P<small>{_any(_COINS)})(?= |$))"
    rf"|(?P<c>medio) millon(?:{_BEHIND.replace('?P<', '?P<z_')})?)"
    rf"(?:{_HALF}|{_COIN}|{_REST})?(?= |$)"
)
_BARE_HALF = re.compile(rf"(?<![\w.])(?P<n>{_N}) y medi[oa](?= |$)")
_DECIMALS = re.compile(r"(?<![\w.])(?P<n>\d+) con (?P<parts>\d\d)(?= |$)")
_TWO = re.compile(rf"(?<![\w.]){_N} {_N}(?= |$)")
_BARE = re.compile(rf"(?<![\w.])(?P<n>{_N})(?= |$)")
_COUNTED = re.compile(
    r"(?:terminad[oa] en|termina en|acabad[oa] en|acaba en|que acaba|numero|digitos|ultim[oa]s?"
    r"|proxim[oa]s?|primer[oa]s?|pasad[oa]s?|tarjeta|pin|x|\*|dia) ?$"
)


def currency_finder(locale_id: str, reading: Callable[[str], Line]) -> Finder:
    """Finds every amount in a Spanish utterance."""
    home = _HOMES.get(locale_id, "USD")
    amount_of = exact if has_decimal_comma(locale_id) else _in_thousands

    def find(utterance: Utterance) -> list[Span]:
        line = utterance.line_by(reading)
        return amount_spans(utterance, line, _readings(line, home, amount_of))

    return find


def _in_thousands(digits: str) -> Decimal | None:
    """ "1.500" is fifteen hundred in Spanish even where decimals have a point: no sum has three."""
    sure = exact(digits)
    return Decimal(digits.replace(".", "")) if sure is None else sure


def _readings(line: Line, home: str, amount_of: AmountOf) -> Iterator[Amount]:
    """What the line may say, surest first: amounts with a currency, then bare numbers."""
    for found in line.find(_AMOUNT):
        yield Amount(found, *_marked(found.match, home, amount_of), 1.0)
    for found in line.find(_BARE_HALF):
        yield Amount(found, home, _with_half(found.match["n"]), 0.8)
    for found in line.find(_DECIMALS):
        yield Amount(found, home, Decimal(f"{found.match['n']}.{found.match['parts']}"), 0.8)
    for found in line.find(_TWO):
        if found.spoken:
            # "cinco quince" may be 515, 5.15 or two amounts.
            yield Amount(found, home, None, 0.8)
    for found in line.find(_BARE):
        amount = amount_of(found.match["n"])
        small = found.spoken and amount is not None and amount < 10
        if found.spoken and found.match["n"] == "1" and len(line.pieces) > 1:
            continue  # "una compra": an article, and no dollar
        counted = counts(line, found, _COUNTED, _THINGS)
        yield Amount(found, home, amount, COUNTED if counted else 0.5 if small else 0.8)


def _marked(match: re.Match[str], home: str, amount_of: AmountOf) -> tuple[str, Decimal | None]:
    """The currency and amount of a number with a sign, a unit or a coin beside it."""
    found = {name: text for name, text in match.groupdict().items() if text}
    code = _code(found, home)
    if "c" in found:
        return code, Decimal(500_000)
    amount = amount_of(found.get("a") or found["b"])
    if amount is None:
        return code, None
    if "small" in found:
        return home, amount * Decimal(_COINS[found["small"]])
    if "part" in found or found.get("half", "").startswith("medi"):
        amount = _with_half(str(amount))
    if "million" in found:
        amount *= 10**6
    small_change = Decimal(found.get("coins", "0")) * Decimal(_COINS[found.get("coin", "cent")])
    small_change += Decimal(f"0.{found.get('with') or found.get('rest') or 0}")
    if small_change and amount % 1:
        return code, None
    amount += small_change
    return code, -amount if "neg" in found else amount


def _with_half(digits: str) -> Decimal:
    amount = Decimal(digits)
    return amount + Decimal("0.5") * (10**6 if amount and amount % 10**6 == 0 else 1)


def _code(found: dict[str, str], home: str) -> str:
    """The most telling mark decides: a nation, then a prefix, a unit, a sign."""
    for side in ("x_whose", "y_whose", "z_whose"):
        if side in found:
            return _NATIONS[found[side]]
    if "prefix" in found:
        return _PREFIXES[found["prefix"]]
    for side in ("code", "x_unit", "y_unit", "z_unit"):
        if side in found:
            return _own(_UNITS[found[side]], found[side], home)
    sign = found.get("sign") or found.get("x_behind") or found.get("y_behind")
    if sign is None:
        return "USD" if "z_behind" not in found and "a" in found else home
    return _own(SIGNS[sign], sign, home)


def _own(code: str, word: str, home: str) -> str:
    """Pesos are the home country's own where it has pesos, and so is their sign."""
    if word in ("peso", "pesos", "$") and home in _PESOS.values():
        return home
    return code
