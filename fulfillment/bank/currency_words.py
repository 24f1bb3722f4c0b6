"""What a currency is called: its sign, its code, its words, and its hundredths."""

from __future__ import annotations

_DOLLAR = frozenset({"USD", "CAD", "AUD", "NZD", "HKD", "SGD"})
_PESO = frozenset({"MXN", "ARS", "CLP", "COP", "DOP", "UYU"})
_CODES = (
    "USD CAD AUD NZD HKD SGD EUR GBP JPY CHF CNY INR MXN ARS CLP COP DOP UYU BRL SEK NOK DKK PLN "
    "CZK HUF TRY ZAR KRW THB PHP NGN KES BHD KWD"
).split()


def _only(code: str) -> frozenset[str]:
    return frozenset({code})


UNITS: dict[str, frozenset[str]] = {
    **{code.casefold(): _only(code) for code in _CODES},
    "$": _DOLLAR, "dollar": _DOLLAR, "dollars": _DOLLAR, "buck": _DOLLAR, "bucks": _DOLLAR,
    "dólar": _DOLLAR, "dólares": _DOLLAR, "dolar": _DOLLAR, "dolares": _DOLLAR,
    "us$": _only("USD"), "ca$": _only("CAD"), "c$": _only("CAD"), "a$": _only("AUD"),
    "au$": _only("AUD"), "nz$": _only("NZD"), "hk$": _only("HKD"), "mx$": _only("MXN"),
    "€": _only("EUR"), "euro": _only("EUR"), "euros": _only("EUR"),
    "£": _only("GBP"), "pound": _only("GBP"), "pounds": _only("GBP"), "quid": _only("GBP"),
    "libra": _only("GBP"), "libras": _only("GBP"),
    "¥": frozenset({"JPY", "CNY"}), "yen": _only("JPY"), "yuan": _only("CNY"),
    "franc": _only("CHF"), "francs": _only("CHF"), "rupee": _only("INR"), "rupees": _only("INR"),
    "peso": _PESO, "pesos": _PESO, "real": _only("BRL"), "reais": _only("BRL"),
}  # fmt: skip
"""Which currencies a word or sign may mean."""

_CENT = _DOLLAR | _only("EUR")
HUNDREDTHS: dict[str, frozenset[str]] = {
    "cent": _CENT, "cents": _CENT, "¢": _CENT, "c": _CENT, "centavo": _CENT | _PESO,
    "centavos": _CENT | _PESO, "céntimo": _CENT, "céntimos": _CENT,
    "centimo": _CENT, "centimos": _CENT,
    "penny": _DOLLAR | _only("GBP"), "pennies": _DOLLAR | _only("GBP"),
    "pence": _only("GBP"), "p": _only("GBP"),
}  # fmt: skip
"""Words for a hundredth, and of which currencies."""

COUNTRIES: dict[str, frozenset[str]] = {
    "us": _only("USD"), "american": _only("USD"), "canadian": _only("CAD"),
    "australian": _only("AUD"), "british": _only("GBP"), "mexican": _only("MXN"),
}  # fmt: skip
"""Words that narrow the unit behind them: "canadian dollars"."""
