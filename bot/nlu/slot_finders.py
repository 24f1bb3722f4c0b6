"""The readers of built-in slot types that depend on the language, for one locale."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.nlu.currency import currency_finder
from bot.nlu.dates import date_finder
from bot.nlu.durations import duration_spans
from bot.nlu.figures import number_finder, percentage_finder
from bot.nlu.languages import LANGUAGES, reader_of
from bot.nlu.lines import english_line
from bot.nlu.number_words import english_wording
from bot.nlu.times import time_spans
from bot.nlu.utterance import Finder, Span, Utterance, span_of

_PART_OF_DAY = re.compile("MO|AF|EV|NI|AM|PM")
_NUMBER = r"\d+(?:\.\d+)?"
_ISO_DURATION = re.compile(rf"P(?=.)(?:{_NUMBER}[YMWD])*(?:T(?:{_NUMBER}[HMS])+)?")
_MONTH_FIRST = ("en_US", "es_US", "en_PH")


def is_spanish(locale_id: str) -> bool:
    return locale_id.partition("_")[0] == "es"


def finders_for(locale_id: str) -> Mapping[str, Finder]:
    """Finders of dates, times, durations, numbers, shares and amounts, by the type's name.

    A locale in a language without lists of its own is read in English.
    """
    if is_spanish(locale_id):
        return _spanish(locale_id)
    language = locale_id.partition("_")[0]
    if language not in LANGUAGES:
        return _english(locale_id)
    reads = reader_of(language)
    return {name: reads(finder) for name, finder in _english(locale_id).items()}


def _or_as_written(finder: Finder, form: re.Pattern[str]) -> Finder:
    """`finder`, which also takes a value in Lex's own form, as a button sends it."""

    def find(utterance: Utterance) -> list[Span]:
        written = form.fullmatch(utterance.text)
        if written is None:
            return finder(utterance)
        value = written.group()
        span = span_of(utterance, 0, len(value), [value])
        return [span] if span else []

    return find


def _english(locale_id: str) -> dict[str, Finder]:
    return {
        "AMAZON.Currency": currency_finder(locale_id),
        "AMAZON.Date": date_finder(day_first=locale_id not in _MONTH_FIRST),
        "AMAZON.Time": _or_as_written(time_spans, _PART_OF_DAY),
        "AMAZON.Duration": _or_as_written(duration_spans, _ISO_DURATION),
        "AMAZON.Number": number_finder(english_line, english_wording),
        "AMAZON.Percentage": percentage_finder(english_line),
    }


def _spanish(locale_id: str) -> dict[str, Finder]:
    # A bot that has no Spanish does not wait for its grammars.
    from bot.nlu.spanish.currency import currency_finder as amount_finder
    from bot.nlu.spanish.dates import date_finder as day_finder
    from bot.nlu.spanish.durations import duration_finder
    from bot.nlu.spanish.lines import comma_line, has_decimal_comma, point_line
    from bot.nlu.spanish.number_words import spanish_wording
    from bot.nlu.spanish.times import time_finder

    line = comma_line if has_decimal_comma(locale_id) else point_line
    return {
        "AMAZON.Currency": amount_finder(locale_id, line),
        "AMAZON.Date": day_finder(line, day_first=locale_id not in _MONTH_FIRST),
        "AMAZON.Time": _or_as_written(time_finder(line), _PART_OF_DAY),
        "AMAZON.Duration": _or_as_written(duration_finder(line), _ISO_DURATION),
        "AMAZON.Number": number_finder(line, spanish_wording(line)),
        "AMAZON.Percentage": percentage_finder(line),
    }
