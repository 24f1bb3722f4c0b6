"""Currencies by the names, signs and small coins that customers use for them (codes: ISO 4217)."""

from __future__ import annotations

from decimal import Decimal

HOME = {
    "en_US": "USD", "es_US": "USD", "en_GB": "GBP", "es_ES": "EUR", "en_AU": "AUD",
    "en_IN": "INR", "en_ZA": "ZAR", "en_NZ": "NZD", "en_IE": "EUR", "es_MX": "MXN",
    "de_DE": "EUR", "fr_FR": "EUR", "it_IT": "EUR", "fr_CA": "CAD",
}  # fmt: skip
"""The currency of a bare number, by locale."""

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB",
    "₪": "ILS", "₺": "TRY", "₿": "BTC", "₫": "VND", "₱": "PHP", "₴": "UAH", "元": "CNY",
    "₡": "CRC", "₾": "GEL", "₭": "LAK", "₦": "NGN",
}  # fmt: skip
PREFIXES = {
    "us": "USD", "u.s": "USD", "u.s.": "USD", "usd": "USD", "c": "CAD", "ca": "CAD", "cad": "CAD",
    "a": "AUD", "au": "AUD", "aud": "AUD", "nz": "NZD", "nzd": "NZD", "mex": "MXN", "hk": "HKD",
    "s": "SGD",
}  # fmt: skip
"""What may stand before a dollar sign."""

CODES = frozenset(
    "USD EUR GBP JPY CHF CAD AUD NZD CNY HKD SGD INR KRW SEK NOK DKK PLN CZK HUF TRY ILS ZAR MXN"
    " BRL ARS CLP COP PEN PHP THB MYR IDR VND AED SAR QAR KWD BHD OMR JOD EGP LBP PKR BDT LKR NGN"
    " KES GHS MAD TND UAH RUB RON BGN ISK BTC".split()
)
_NAMES = {
    "USD": "dollar dollars buck bucks us$ usd$", "EUR": "euro euros eur",
    "GBP": "pound pounds quid sterling", "JPY": "yen", "CHF": "franc francs",
    "CNY": "yuan rmb renminbi kuai", "INR": "rupee rupees rs rs.",
    "KRW": "won", "SEK": "krona kronor", "DKK": "krone kroner", "PLN": "zloty zlotys",
    "TRY": "lira", "ILS": "shekel shekels", "ZAR": "rand", "MXN": "peso pesos", "BRL": "real reais",
    "RUB": "ruble rubles rouble roubles", "THB": "baht", "MYR": "ringgit ringgits rm",
    "AED": "dirham dirhams", "SAR": "riyal riyals", "EGP": "l.e l.e.", "KWD": "dinar dinars",
    "BTC": "bitcoin bitcoins", "IDR": "rupiah", "VND": "dong", "UAH": "hryvnia hryvnias",
    "KES": "shilling shillings", "NGN": "naira", "GHS": "cedi cedis",
    "BDT": "taka", "CZK": "koruna korunas",
    "HUF": "forint",
    "RON": "leu lei", "BGN": "lev leva", "GEL": "lari", "LAK": "kip",
    "PEN": "soles", "GTQ": "quetzal quetzals", "KZT": "tenge", "ESP": "peseta pesetas",
}  # fmt: skip
UNITS = {name: code for code, names in _NAMES.items() for name in names.split()} | {
    code.lower(): code for code in CODES
}
"""Words that make an amount of the number beside them."""

MILLIONS = {f"m{code}": code.upper() for code in "usd eur gbp aud cad chf sek nok dkk".split()}
"""Codes for millions, as reports write them: 30 MUSD."""
UNITS |= MILLIONS

NATIONS = {
    "us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "hong kong": "HKD",
    "singapore": "SGD", "new zealand": "NZD", "swiss": "CHF", "british": "GBP", "mexican": "MXN",
    "turkish": "TRY", "malaysian": "MYR", "malaysia": "MYR", "qatari": "QAR", "indian": "INR",
    "philippine": "PHP", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK", "omani": "OMR",
}  # fmt: skip
"""Words that say whose dollars or pesos they are."""

COINS = {
    "cent": Decimal("0.01"), "cents": Decimal("0.01"), "c": Decimal("0.01"), "¢": Decimal("0.01"),
    "penny": Decimal("0.01"), "pennies": Decimal("0.01"), "pence": Decimal("0.01"),
    "p": Decimal("0.01"), "sen": Decimal("0.01"), "sens": Decimal("0.01"),
    "nickel": Decimal("0.05"), "nickels": Decimal("0.05"), "dime": Decimal("0.10"),
    "dimes": Decimal("0.10"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25"),
}  # fmt: skip
PENCE = frozenset({"pence", "p"})
