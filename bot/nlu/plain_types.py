"""Built-in types that read marks and digits: e-mail, telephones, postcodes.

Source of the forms: Lex V2 developer guide, "Built-in slot types".
"""

from __future__ import annotations

import re

from bot.nlu.utterance import Span, Utterance, apart, span_of

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPOKEN_EMAIL = re.compile(
    r"([\w.+-]+(?: (?:dot|punto) [\w-]+)*) (?:at|arroba) ((?:[\w-]+ (?:dot|punto) )+[a-z]{2,})"
    r"(?!\w)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w+$€£.,])(\+?)((?:\(\d{1,5}\)|\d{1,5})(?:[ .-]{0,2}(?:\(\d{1,5}\)|\d{1,5})){0,7})(?!\w)"
)
_OVERSEAS = "ascn|sthl|tdcu|bbnd|biqq|fiqq|pcrn|siqq|tkca|gir"
_POSTCODE = re.compile(
    rf"(?<!\w)([a-z]{{1,2}}\d[a-z\d]?|{_OVERSEAS}) ?(\d[a-z]{{2}})(?!\w)", re.IGNORECASE
)
_CODE = re.compile(r"(?<![\w.,$€£])(?=[\w-]*\d)[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*(?![\w%]|[.,]\d)")
_SPELT = re.compile(r"(?<!\w)\w(?:[ -]\w){2,}(?!\w)")
_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6",
    "siete": "7", "ocho": "8", "nueve": "9",
}  # fmt: skip
_SPOKEN_DIGITS = re.compile(
    rf"(?<!\w)(?:(?:(?:double|triple|doble) )?(?:{'|'.join(_DIGIT_WORDS)}|\d+)[ -]*){{2,}}(?!\w)",
    re.IGNORECASE,
)


def email_spans(utterance: Utterance) -> list[Span]:
    """AMAZON.EmailAddress, as written or as spelt out: "jo at example dot com"."""
    text, spans = utterance.text, []
    for match in _EMAIL.finditer(text):
        local, _, domain = match.group().rpartition("@")
        span = span_of(utterance, *match.span(), [f"{local}@{domain.lower()}"])
        spans += [span] if span else []
    for match in () if spans else _SPOKEN_EMAIL.finditer(text):
        local, domain = (
            re.sub(r" (?:dot|punto) ", ".", part, flags=re.IGNORECASE) for part in match.groups()
        )
        span = span_of(utterance, *match.span(), [f"{local}@{domain.lower()}"])
        spans += [span] if span else []
    return spans


def phone_spans(utterance: Utterance) -> list[Span]:
    """AMAZON.PhoneNumber: 7 to 15 digits, with the plus if it was said."""
    spans = []
    for match in _PHONE.finditer(utterance.text):
        digits = re.sub(r"\D", "", match[2])
        if 7 <= len(digits) <= 15:
            span = span_of(utterance, match.start(), match.end(), [match[1] + digits])
            spans += [span] if span else []
    for start, end, digits in _spoken_digits(utterance.text):
        if 7 <= len(digits) <= 15:
            span = span_of(utterance, start, end, [digits])
            spans += [span] if span else []
    return apart(spans)


def postcode_spans(utterance: Utterance) -> list[Span]:
    """AMAZON.UKPostalCode: upper case, a blank before the last three; not looked up."""
    spans = []
    for match in _POSTCODE.finditer(utterance.text):
        span = span_of(utterance, *match.span(), [f"{match[1]} {match[2]}".upper()])
        spans += [span] if span else []
    for spelt in _SPELT.finditer(utterance.text):
        code = _POSTCODE.fullmatch(re.sub(r"[ -]", "", spelt.group()))
        readings = [f"{code[1]} {code[2]}".upper()] if code else []
        span = span_of(utterance, *spelt.span(), readings)
        spans += [span] if span else []
    return apart(spans)


def alphanumeric_spans(utterance: Utterance) -> list[Span]:
    """AMAZON.AlphaNumeric: a word with a digit in it, or letters and digits spelt one by one."""
    spans = []
    for match in _SPELT.finditer(utterance.text):
        span = span_of(utterance, *match.span(), [re.sub(r"[ -]", "", match.group())])
        spans += [span] if span else []
    for start, end, digits in _spoken_digits(utterance.text):
        span = span_of(utterance, start, end, [digits])
        spans += [span] if span else []
    for match in _CODE.finditer(utterance.text):
        span = span_of(utterance, *match.span(), [match.group()])
        spans += [span] if span else []
    return apart(spans)


def _spoken_digits(text: str) -> list[tuple[int, int, str]]:
    """ "four two double one": places of the text and the digits that they spell."""
    runs = []
    for match in _SPOKEN_DIGITS.finditer(text):
        digits, times = "", 1
        for word in re.split(r"[ -]+", match.group().strip(" -").lower()):
            if word in ("double", "triple", "doble"):
                times = 3 if word == "triple" else 2
                continue
            digits += _DIGIT_WORDS.get(word, word) * times
            times = 1
        if len(digits) < 3:
            continue
        runs.append((match.start(), match.start() + len(match.group().rstrip(" -")), digits))
    return runs
