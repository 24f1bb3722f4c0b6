"""Which countries somebody names, in their own words. Names are the Unicode CLDR's, by Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from fulfillment.bank.letters import without_accents

_LANGUAGES = ("en", "es")
"""Who speaks Spanish at home may still write "Mexico trip", and the other way about."""
_ALSO: Mapping[str, str] = {
    "america": "US", "usa": "US", "the states": "US", "eeuu": "US", "ee uu": "US",
    "uk": "GB", "britain": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "inglaterra": "GB", "escocia": "GB", "gales": "GB",
    "holland": "NL", "holanda": "NL", "uae": "AE", "emirates": "AE", "emiratos": "AE",
    "turkey": "TR", "czech republic": "CZ", "republica checa": "CZ", "ivory coast": "CI",
    "costa de marfil": "CI", "hong kong": "HK", "macao": "MO", "macau": "MO", "burma": "MM",
    "myanmar": "MM", "birmania": "MM", "korea": "KR", "corea": "KR", "ireland": "IE",
    "congo": "CD", "cape verde": "CV", "bahamas": "BS", "palestine": "PS", "palestina": "PS",
    "new mexico": "US", "new jersey": "US", "new england": "US", "nuevo mexico": "US",
    "nueva jersey": "US", "baja california": "MX",
}  # fmt: skip
"""What a country is called besides, and parts of one that sound like another."""


def countries_in(place: str) -> frozenset[str]:
    """The ISO 3166 codes of the countries that `place` names; none for a city or a nickname.

    The longest name counts: Papua New Guinea is not Guinea.
    """
    names = _names()
    return frozenset(names[found] for found in _pattern().findall(_plain(place)))


def home_country(locale: str) -> str:
    """The country of a customer's locale: US of en_US."""
    return locale.rpartition("_")[2].upper()


@cache
def _names() -> Mapping[str, str]:
    known = {
        _plain(name): code
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    return {**known, **_ALSO}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _plain(text: str) -> str:
    spelt = without_accents(text.casefold()).replace("&", " and ").replace("\u2019", "'")
    return " ".join(re.sub(r"[^\w' ]", " ", spelt).split())
