"""Says a reply in a locale: renders a template's macro with values, never with text glued in code.

A key names a file and a macro in it: "balance.one" is `one` in `<locale>/balance.j2`. Values are
only ever variables of a template: what a customer typed is never compiled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fulfillment.bank.money import Money
from fulfillment.lex import Message, text
from fulfillment.replies import formats
from fulfillment.replies.spoken import with_marks

FOLDER = Path(__file__).parent
FALLBACK_LOCALE = "en_US"


@cache
def locales() -> frozenset[str]:
    """The locales that have templates."""
    return frozenset(path.name for path in FOLDER.iterdir() if any(path.glob("*.j2")))


@cache
def _environment(locale: str, spoken: bool) -> Environment:
    # Replies are plain text: HTML escaping would put &amp; before a customer. Pages escape.
    environment = Environment(
        loader=FileSystemLoader(FOLDER / locale),
        autoescape=False,  # noqa: S701 - plain text, see above
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    write_money = formats.spoken_money if spoken else formats.money
    environment.filters["money"] = lambda value: write_money(value, locale)
    environment.filters["percent"] = lambda value: formats.percent(value, locale)
    environment.filters["count"] = lambda value: formats.count(value, locale)
    environment.filters["listing"] = lambda values: formats.listing(values, locale)
    environment.filters["any_of"] = lambda values: formats.listing(values, locale, "or")
    return environment


@cache
def _macros(locale: str, name: str, spoken: bool) -> Any:
    return _environment(locale, spoken).get_template(f"{name}.j2").module


class Speech:
    """How to speak in one turn: the locale, and the customer's own calendar day.

    With `aloud` a voice will read it: sums and days in words, and marks about what is spelt.
    """

    def __init__(self, locale: str, zone: str, now: datetime, *, aloud: bool = False) -> None:
        self.aloud = aloud
        self.locale = locale if locale in locales() else FALLBACK_LOCALE
        self.zone = ZoneInfo(zone)
        self.today = now.astimezone(self.zone).date()

    def words(self, key: str, **view: Any) -> str:
        """The reply `key` as a string."""
        name, _, macro = key.partition(".")
        shown = with_marks(view) if self.aloud else view
        said: str = getattr(_macros(self.locale, name, self.aloud), macro)(**shown)
        return "\n".join(" ".join(line.split()) for line in said.strip().splitlines())

    def say(self, key: str, **view: Any) -> Message:
        """The reply `key` as a message."""
        return text(self.words(key, **view))

    def money(self, value: Money) -> str:
        write = formats.spoken_money if self.aloud else formats.money
        return write(value, self.locale)

    def day(self, instant: datetime) -> str:
        """The customer's day of `instant`."""
        return self.calendar_day(instant.astimezone(self.zone).date())

    def time(self, instant: datetime) -> str:
        """The customer's time of day of `instant`."""
        return formats.time_of_day(instant.astimezone(self.zone).time(), self.locale)

    def calendar_day(self, day: date) -> str:
        """A day of the calendar."""
        return formats.day(day, self.today, self.locale, spoken=self.aloud)

    def full_day(self, day: date) -> str:
        """A day of the calendar with its weekday."""
        return formats.full_day(day, self.today, self.locale, spoken=self.aloud)

    def weekday(self, day: date) -> str:
        return formats.weekday(day, self.locale)

    @property
    def zone_name(self) -> str:
        """The customer's time zone as people call it."""
        return formats.zone_name(self.zone, self.locale)

    def span(self, start: date, end: date) -> str:
        return formats.span(start, end, self.today, self.locale, spoken=self.aloud)

    def listing(self, values: Sequence[str]) -> str:
        return formats.listing(values, self.locale)
