"""Money, days and lists as the customer's locale writes them (CLDR, by Babel)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, tzinfo
from decimal import Decimal
from typing import Literal

from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from fulfillment.bank.money import Money


def money(value: Money, locale: str) -> str:
    """ "$1,234.50"; a minus stands before the sign: "-$12.00"."""
    return str(format_currency(value.amount, value.currency, locale=locale))


def spoken_money(value: Money, locale: str) -> str:
    """ "1,234.50 US dollars", "20 US dollars": the sign of a currency is read in many ways."""
    amount = value.amount
    whole = amount == amount.to_integral_value()
    return str(
        format_currency(
            # "1 dollar" and "1.00 dollars": the plural goes by the decimals that are shown.
            amount.to_integral_value() if whole else amount,
            value.currency,
            "#,##0" if whole else None,
            locale=locale,
            format_type="name",
            currency_digits=not whole,
        )
    )


def percent(value: Decimal, locale: str) -> str:
    """ "21.99%"; a whole number without decimals."""
    return str(format_percent(value / 100, locale=locale, decimal_quantization=False))


def rate(value: Decimal, locale: str) -> str:
    """An exchange rate with all of its decimals: "0.92155"."""
    return str(format_decimal(value, locale=locale, decimal_quantization=False))


def count(value: int, locale: str) -> str:
    """ "1,204"."""
    return str(format_decimal(value, locale=locale))


def day(value: date, today: date, locale: str, *, spoken: bool = False) -> str:
    """ "Nov 3", for a voice "November 3"; with the year when it is another one."""
    skeleton = ("MMMMd" if spoken else "MMMd") if value.year == today.year else "yMMMd"
    if spoken and value.year != today.year:
        return str(format_date(value, "long", locale))
    return str(format_skeleton(skeleton, value, locale=locale))


def month(value: date, locale: str) -> str:
    """ "October 2026"."""
    return str(format_skeleton("yMMMM", value, locale=locale))


def short_date(value: date, locale: str) -> str:
    """ "Oct 3, 2026"."""
    return str(format_date(value, "medium", locale))


def time_of_day(value: time, locale: str) -> str:
    """ "9:30 AM"."""
    return str(format_time(value, "short", locale=locale)).replace("\u202f", " ")


def weekday(value: date, locale: str) -> str:
    """ "Friday"."""
    return str(format_date(value, "EEEE", locale))


def full_day(value: date, today: date, locale: str, *, spoken: bool = False) -> str:
    """ "Fri, Nov 27", for a voice "Friday, November 27"; with the year when it is another one."""
    if spoken:
        return f"{weekday(value, locale)}, {day(value, today, locale, spoken=True)}"
    skeleton = "MMMEd" if value.year == today.year else "yMMMEd"
    return str(format_skeleton(skeleton, value, locale=locale))


def zone_name(zone: tzinfo, locale: str) -> str:
    """ "Eastern Time", whatever the season."""
    return str(get_timezone_name(zone, "long", locale=locale, zone_variant="generic"))


def listing(
    values: Sequence[str], locale: str, style: Literal["standard", "or"] = "standard"
) -> str:
    """ "a, b and c"; with style "or": "a, b or c"."""
    return str(format_list(list(values), style=style, locale=locale))
