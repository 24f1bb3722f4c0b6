"""Says a reply in a locale: renders a template's macro with values, never with text glued in code.

A key names a file and a macro in it: "balance.one" is `one` in `<locale>/balance.j2`. A locale may
write only what it says otherwise than another one. Values are only ever variables of a template:
what a customer typed is never compiled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
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
WHOLE = {"en": "en_US", "es": "es_US"}
"""The locale of each language that says everything; the others of a language borrow from it."""
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@cache
def locales() -> frozenset[str]:
    """The locales that have templates."""
    return frozenset(path.name for path in FOLDER.iterdir() if any(path.glob("*.j2")))


def spoken_locale(locale: str) -> str:
    """`locale` where replies are written in it, else its language's, else `FALLBACK_LOCALE`."""
    return locale if locale in locales() else WHOLE.get(locale[:2], FALLBACK_LOCALE)


def lenders(locale: str) -> tuple[str, ...]:
    """Where the replies of a locale with templates are looked up: its own first."""
    return tuple(dict.fromkeys((locale, WHOLE.get(locale[:2], FALLBACK_LOCALE))))


@cache
def _environment(locale: str, lender: str, spoken: bool) -> Environment:
    # Replies are plain text: HTML escaping would put &amp; before a customer. Pages escape.
    environment = Environment(
        # The second folder is for what a locale takes over from another: "en_US/tasks.j2".
        loader=FileSystemLoader([FOLDER / lender, FOLDER]),
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
def _macros(locale: str, lender: str, name: str, spoken: bool) -> Any:
    return _environment(locale, lender, spoken).get_template(f"{name}.j2").module


@cache
def _macro(locale: str, name: str, macro: str, spoken: bool) -> Any:
    """The macro as `locale` says it, with the money and days of that locale wherever it is from.

    Raises TemplateNotFound and AttributeError for a reply that nobody wrote.
    """
    own, *others = lenders(locale)
    if others and (FOLDER / own / f"{name}.j2").exists():
        found = getattr(_macros(locale, own, name, spoken), macro, None)
        if found is not None:
            return found
    return getattr(_macros(locale, lenders(locale)[-1], name, spoken), macro)


def words_in(locale: str, key: str, *, aloud: bool = False, **view: Any) -> str:
    """The reply `key` as `locale`, one with templates, says it; `aloud` to be read by a voice."""
    name, _, macro = key.partition(".")
    shown = with_marks(view) if aloud else view
    said: str = _macro(locale, name, macro, aloud)(**shown)
    # "p. m." and "Inc." end in a stop of their own, which a sentence may end in as well.
    said = _TWO_STOPS.sub(".", said)
    return "\n".join(" ".join(line.split()) for line in said.strip().splitlines())


class Speech:
    """How to speak in one turn: the locale, and the customer's own calendar day.

    With `aloud` a voice will read it: sums and days in words, and marks about what is spelt.
    """

    def __init__(self, locale: str, zone: str, now: datetime, *, aloud: bool = False) -> None:
        self.aloud = aloud
        self.locale = spoken_locale(locale)
        self.zone = ZoneInfo(zone)
        self.today = now.astimezone(self.zone).date()

    def words(self, key: str, **view: Any) -> str:
        """The reply `key` as a string."""
        return words_in(self.locale, key, aloud=self.aloud, **view)

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

    def month(self, day: date) -> str:
        """The calendar month of `day`, with its year."""
        return formats.month(day, self.locale)

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
        """A period in dates: "Oct 1 to Oct 31", or one day. `end` is exclusive."""
        last = end - timedelta(days=1)
        if last == start:
            return self.calendar_day(start)
        ends = {"first": self.calendar_day(start), "last": self.calendar_day(last)}
        return self.words("common.span", **ends)

    def listing(self, values: Sequence[str]) -> str:
        return formats.listing(values, self.locale)
