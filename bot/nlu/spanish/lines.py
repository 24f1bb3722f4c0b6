"""A Spanish utterance as a line that grammars can read: figures, no case, no accents.

"Mueve veinticinco dólares el día primero" reads "mueve 25 dolares el dia 1th".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from bot.nlu.lines import Line, Piece, plain, tokens_of
from bot.nlu.spanish.numbers import read_digits, read_number

_ENDING = r"(?:er|r?[oa]|d[oa]|t[oa]|m[oa]|v[oa]|n[oa]|°)"
_TOKEN = re.compile(
    rf"\d+\.?{_ENDING}(?!\w)|\d{{1,3}}(?: \d{{3}}){{2,}}(?:[.,]\d+)?(?![\d ]*\d)"
    r"|(?<![\d.,])[.,]\d+|\d+(?:[.,]\d+)*"
    r"|[^\W\d_]\.[^\W\d_]\.?(?![^\W\d_])|[^\W\d_]+|[^\s\w]"
)
_ORDINAL = re.compile(rf"(\d+)\.?{_ENDING}")
_ORDINALS = {"primero": 1, "primer": 1, "primera": 1, "tercero": 3, "tercer": 3, "tercera": 3}
_COMMA_DECIMALS = frozenset({"es_ES", "es_AR", "es_CL", "es_CO"})


def comma_line(text: str) -> Line:
    """The line where the locale's decimals stand behind a comma."""
    return Line(_folded(_tokens(text), ","))


def point_line(text: str) -> Line:
    """The line where they stand behind a point: the United States, Mexico, Latin America."""
    return Line(_folded(_tokens(text), "."))


def has_decimal_comma(locale_id: str) -> bool:
    return locale_id in _COMMA_DECIMALS


def _tokens(text: str) -> list[Piece]:
    return tokens_of("".join(map(_without_accent, text)), _TOKEN)


def _without_accent(letter: str) -> str:
    return letter if letter.isascii() else unicodedata.normalize("NFD", letter)[0]


def _folded(tokens: list[Piece], mark: str) -> Iterator[Piece]:
    texts = [token.text for token in tokens]
    at = 0
    while at < len(tokens):
        ordinal = _ORDINAL.fullmatch(texts[at])
        if ordinal or texts[at] in _ORDINALS:
            day = ordinal[1] if ordinal else str(_ORDINALS[texts[at]])
            yield Piece(f"{day}th", tokens[at].start, tokens[at].end)
            at += 1
            continue
        # "por ciento" is a share, not a hundred.
        share = texts[at] in ("cien", "ciento") and texts[max(at - 1, 0)] == "por"
        read = None if share else read_number(texts, at, mark)
        if read is None:
            yield tokens[at]
            at += 1
            continue
        value, end = read
        digits = read_digits(texts[at], mark)
        alone = digits is not None and end - at == 1
        shown = _as_written(texts[at], value) if alone else plain(value)
        yield Piece(shown, tokens[at].start, tokens[end - 1].end, spoken=digits is None)
        at = end


def _as_written(figure: str, value: Decimal) -> str:
    """The digits as they stand: the zeros of "05" and of "1,500" tell how they are meant."""
    return figure if figure.isdigit() else f"{value:f}"
