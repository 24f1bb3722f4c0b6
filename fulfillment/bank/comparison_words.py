"""The words in which a language compares one sum with another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """The patterns of one language. `mark` has its words in the group `mark` or `than`;
    `before` and `year_ago` are whole phrases, `coming` is a time of which no history tells.
    """

    has_accents: bool
    mark: re.Pattern[str]
    leading: re.Pattern[str]
    usual: re.Pattern[str]
    a_month: re.Pattern[str]
    before: re.Pattern[str]
    year_ago: re.Pattern[str]
    coming: re.Pattern[str]


@cache
def comparison_words(locale: str) -> ComparisonWords:
    """The words of a Lex locale id; English where there are none yet."""
    return _spanish() if locale[:2] == "es" else _english()


@cache
def _english() -> ComparisonWords:
    return ComparisonWords(
        has_accents=False,
        mark=re.compile(
            r"\b(?P<mark>compared?\b(?: \w+)? (?:to|with|against)|versus|vs|against|relative to"
            r"|(?:up|down) (?:from|on)|than)\b",
        ),
        leading=re.compile(r"^(?:(?:in|during|for|what|it|was|i|did|spent|my|the total of) )+"),
        usual=re.compile(r"\b(?:usual|usually|normal|normally|average|typical|typically|always)\b"),
        a_month=re.compile(r"\b(?:(?:a|per|each|every) month|monthly)\b"),
        before=re.compile(r"^(?:the )?(?:(?:month|year|week|one|period|time) )?before(?: that)?$"),
        year_ago=re.compile(
            r"^(?:(?:at |in |of )*(?:the )?same (?:month|period|time|week|days?|quarter)(?: of)? )?"
            r"(?:last year|the year before|a year (?:ago|earlier|before))$"
        ),
        coming=re.compile(
            r"\b(?:next|coming|upcoming|following) (?:day|week|weekend|month|quarter|year|summer"
            r"|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february"
            r"|march|april|may|june|july|august|september|october|november|december)\b|\btomorrow\b"
        ),
    )


@cache
def _spanish() -> ComparisonWords:
    """In letters without accents."""
    units = r"(?:dias?|semanas?|fin de semana|mes(?:es)?|trimestre|anos?)"
    return ComparisonWords(
        has_accents=True,
        mark=re.compile(
            r"\b(?P<mark>comparad[oa]s?(?: \w+)? (?:con|a|al)|compar\w+ con|en comparacion con"
            r"|contra|frente a|(?:con )?respecto al?|versus|vs)\b"
            r"|\b(?:mas|menos|igual|mismo|tanto)\b.*?\b(?P<than>que|como)\b"
        ),
        leading=re.compile(
            r"^(?:(?:en|durante|del?|el|la|lo|los|que|fue|gaste|recibi|mis?|gastos?|para) )+"
        ),
        usual=re.compile(
            r"\b(?:normal(?:mente)?|usual(?:mente)?|promedio|costumbre|habitual(?:mente)?|siempre"
            r"|suelo)\b"
        ),
        a_month=re.compile(r"\b(?:(?:al|por|cada) mes|mensual(?:mente|es)?)\b"),
        before=re.compile(
            r"^(?:(?:mes|ano|semana|periodo|vez|trimestre) )?(?:anterior|previ[oa]|de antes)$"
        ),
        year_ago=re.compile(
            rf"^(?:mism[oa]s? (?:periodo|epoca|{units})(?: del?)? )?"
            r"(?:(?:el )?ano (?:pasado|anterior)|hace un ano)$"
        ),
        coming=re.compile(
            rf"\b(?:proxim[oa]s?|siguientes?) {units}\b"
            rf"|\b(?:{units}|lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
            r" (?:que (?:viene|entra)|proxim[oa]|siguiente)\b|\b(?<!la )manana\b"
        ),
    )
