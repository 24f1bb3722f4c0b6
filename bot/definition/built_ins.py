"""What Lex V2 brings along: slot types, intents and languages, by the names that exports use.

Source: Lex V2 developer guide, "Built-in slot types", "Built-in intents", "Supported languages".
"""

from __future__ import annotations

import re

SLOT_TYPES = frozenset(
    f"AMAZON.{name}"
    for name in (
        "AlphaNumeric", "City", "Confirmation", "Country", "Currency", "Date", "Duration",
        "EmailAddress", "FirstName", "FreeFormInput", "LastName", "Number", "Percentage",
        "PhoneNumber", "State", "StreetName", "Time", "UKPostalCode",
    )
)  # fmt: skip

INTENTS = frozenset(
    f"AMAZON.{name}"
    for name in (
        "BedrockAgentIntent", "CancelIntent", "FallbackIntent", "HelpIntent",
        "KendraSearchIntent", "PauseIntent", "QInConnectIntent", "QnAIntent", "RepeatIntent",
        "ResumeIntent", "StartOverIntent", "StopIntent",
    )
)  # fmt: skip

RENAMED_SLOT_TYPES = {
    "AMAZON.DATE": "AMAZON.Date",
    "AMAZON.DURATION": "AMAZON.Duration",
    "AMAZON.NUMBER": "AMAZON.Number",
    "AMAZON.TIME": "AMAZON.Time",
    "AMAZON.PERCENTAGE": "AMAZON.Percentage",
    "AMAZON.US_FIRST_NAME": "AMAZON.FirstName",
    "AMAZON.US_LAST_NAME": "AMAZON.LastName",
    "AMAZON.US_CITY": "AMAZON.City",
    "AMAZON.US_STATE": "AMAZON.State",
    "AMAZON.UkPostalCode": "AMAZON.UKPostalCode",
    "AMAZON.Airport": None,
    "AMAZON.SpeedUnit": None,
    "AMAZON.WeightUnit": None,
}
"""Names from Lex V1 and misspellings, and what they are called now (None: they are gone)."""

ENGLISH_WITH_GRAMMAR = frozenset({"en_AU", "en_GB", "en_US"})
"""Locales with grammar slot types and with the higher quotas."""

LOCALES = frozenset(
    """
    af_ZA ar_AE ar_SA bg_BG ca_ES cs_CZ cy_GB da_DK de_AT de_CH de_DE en_AB en_AU en_GB en_IE
    en_IN en_NZ en_US en_WL en_ZA es_419 es_ES es_MX es_US et_ET fa_IR fi_FI fr_BE fr_CA fr_FR
    he_IL hi_IN hr_HR hu_HU id_ID is_IS it_IT ja_JP km_KH ko_KR lt_LT lv_LV ms_MY nl_BE nl_NL
    no_NO pl_PL pt_BR pt_PT sv_SE zh_CN zh_HK
    """.split()
)
LOCALE_PATTERN = re.compile(r"[a-z]{2}_(?:[A-Z]{2}|419)")

FALLBACK_ID = "FALLBCKINT"
"""The id of the fallback intent in every bot and locale: Lex makes it with the locale."""


def is_built_in(name: str) -> bool:
    return name.startswith("AMAZON.")


def serves(type_name: str, locale_id: str) -> bool:
    """Whether a built-in slot type works in a locale."""
    if type_name == "AMAZON.UKPostalCode":
        return locale_id == "en_GB"
    return type_name != "AMAZON.AlphaNumeric" or locale_id != "ko_KR"
