"""Hears in a customer's own words why a charge is wrong."""

from __future__ import annotations

import re

from fulfillment.bank.disputes import DisputeReason

_NOT = r"(?:did\s?n[o']?t|do\s?n[o']?t|never|have\s?n[o']?t|did not|do not|have not)"
_ENGLISH = (
    (DisputeReason.CHARGED_TWICE, r"\b(?:twice|duplicate[ds]?|double[- ]?(?:charged?|billed))\b"),
    (
        DisputeReason.WRONG_AMOUNT,
        r"\b(?:over-?charged|too much|wrong (?:amount|sum|price|total))\b",
    ),
    (
        DisputeReason.NOT_RECEIVED,
        rf"\b(?:not|{_NOT}) (?:arrived?|came|come|(?:been )?delivered|received?|got it)\b",
    ),
    (DisputeReason.CANCELLED, r"\b(?:cancell?ed|returned it|sent it back)\b"),
    (
        DisputeReason.NOT_MINE,
        rf"\b{_NOT} (?:make|made|buy|bought|authori[sz]ed?|recogni[sz]e|do|did|know|spen[dt])\b"
        r"|\b(?:isn'?t|not|wasn'?t) (?:mine|me)\b"
        r"|\b(?:un-?authori[sz]ed|fraudulent|some(?:one|body)(?: else)? (?:used|made|bought))\b",
    ),
)
_SPANISH = (
    (
        DisputeReason.CHARGED_TWICE,
        r"\b(?:dos veces|doble(?:mente)?|duplicad[oa]s?|repetid[oa]s?)\b",
    ),
    (
        DisputeReason.WRONG_AMOUNT,
        r"\b(?:de m[aá]s|demasiado|(?:monto|cantidad|precio|total)(?: est[aá])?"
        r" (?:equivocad[oa]|incorrect[oa]|mal)|cobraron mal)\b",
    ),
    (
        DisputeReason.NOT_RECEIVED,
        r"\b(?:no|nunca|jam[aá]s) (?:(?:me|lo|la|ha|he) )*(?:lleg[oó]|llegaron|llegado"
        r"|recib[ií]|recibido|entregaron)\b",
    ),
    (
        DisputeReason.CANCELLED,
        r"\b(?:(?:lo|la|ya|hab[ií]a) (?:hab[ií]a )?(?:cancel[eé]|cancelado|cancelada|devolv[ií])"
        r"|devuelto|cancelad[oa])\b",
    ),
    (
        DisputeReason.NOT_MINE,
        r"\b(?:no|nunca|jam[aá]s) (?:(?:lo|la|los|las|he|hab[ií]a) )*(?:hice|hecho|compr[eé]"
        r"|comprado|autoric[eé]|autorizado|reconozco|conozco|gast[eé])\b"
        r"|\b(?:no es m[ií][oa]|no fui yo|no autorizad[oa]|fraudulent[oa]"
        r"|alguien (?:m[aá]s )?(?:us[oó]|hizo|compr[oó]))\b",
    ),
)
_PATTERNS = {
    language: [(reason, re.compile(words)) for reason, words in reasons]
    for language, reasons in (("en", _ENGLISH), ("es", _SPANISH))
}


def reason_in(words: str, locale: str) -> DisputeReason | None:
    """The reason that `words` give, or None. `locale` is a Lex locale id.

    >>> reason_in("they charged me twice", "en_US").value
    'charged_twice'
    """
    said = words.casefold().replace("\u2019", "'")
    patterns = _PATTERNS.get(locale[:2], [])
    return next((reason for reason, pattern in patterns if pattern.search(said)), None)
