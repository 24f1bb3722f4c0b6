"""Words that point back: "send her another 20", "lo mismo otra vez", or a bare "no"."""

from __future__ import annotations

import re

_SAME = (
    r"the same(?: (?:amount|sum|thing))?(?: again| as (?:last time|before))?"
    r"|same again|same (?:amount|sum)"
    r"|lo mismo(?: de (?:siempre|antes))?(?: que (?:la [uú]ltima vez|antes))?"
    r"|la misma cantidad|el mismo monto"
)
_AGAIN = re.compile(
    rf"\b(?:{_SAME}|as (?:last time|before)|one more time|once more|once again|another|again|more"
    r"|too|as well|please|una vez m[aá]s|otra vez|de nuevo|nuevamente|otr[oa]s?|m[aá]s|tambi[eé]n"
    r"|por favor)(?=\W|$)",
    re.IGNORECASE,
)
_SAME_AMOUNT = re.compile(rf"\b(?:{_SAME}|as much (?:again|as last time))(?=\W|$)", re.IGNORECASE)
_REPEATS = re.compile(
    r"\b(?:send|pay|do|make|repeat|redo) (?:it|that|this|the same|that one|(?:that|this|the|my)"
    r"(?: same| last)? (?:payment|transfer)) (?:again|over|once more|once again|one more time)\b"
    r"|\b(?:repeat|redo) (?:that|the|my)(?: same| last)? (?:payment|transfer)\b"
    r"|\b(?:do|send) the same (?:thing|payment)\b"
    r"|\b(?:env[ií]|mand|p[aá]g|ha[gz]|h[aá]g|repit|rep[ií]t)\w*(?: (?:el|la|lo|ese|esa|mi))?"
    r"(?: mism[oa]| [uú]ltim[oa])?(?: pago| transferencia)?"
    r" (?:otra vez|de nuevo|una vez m[aá]s)(?=\W|$)"
    r"|\brep[ie]t\w* (?:el|la|ese|esa|mi)(?: mism[oa]| [uú]ltim[oa])? (?:pago|transferencia)\b",
    re.IGNORECASE,
)
_NO = frozenset(
    {
        "no", "nope", "nah", "no no", "no no no", "no thanks", "no thank you", "nope thanks",
        "nah thanks", "none", "none of them", "none of these", "none of those", "neither",
        "not really", "i dont want to", "i dont want that", "i changed my mind", "no gracias",
        "ninguno", "ninguna", "ninguno de ellos", "ninguna de ellas", "ninguno de esos", "mejor no",
        "ya no", "no quiero", "ya no quiero", "no muchas gracias", "cambié de opinión",
        "cambie de opinion",
    }
)  # fmt: skip
_YES = frozenset(
    {
        "yes", "yeah", "yep", "yup", "yes yes", "yes please", "yes it was", "yes it is", "sure",
        "correct", "right", "thats right", "of course", "si", "sí", "claro", "sí fue", "así es",
        "correcto",
    }
)  # fmt: skip
_POINTS_TO_SOMEBODY = frozenset(
    {
        "her", "him", "them", "it", "that person", "the same person", "same person", "that one",
        "ella", "él", "el", "ellos", "ellas", "a ella", "a él", "a el", "esa persona",
        "la misma persona", "misma persona", "la misma", "al mismo", "le", "les",
    }
)  # fmt: skip


def plain_name(said: str) -> str:
    """The name in `said`, without "another" or "the same again"; "" when nothing else was said."""
    return " ".join(_AGAIN.sub(" ", said).split())


_PURPOSE = re.compile(r"\s+(?:for|because|since|para|por|porque)\s.*", re.IGNORECASE | re.DOTALL)


def without_purpose(said: str) -> str:
    """The name in `said` before what it is for: of "Anna for her birthday" it is "Anna"."""
    return _PURPOSE.sub("", plain_name(said))


def points_back(said: str) -> bool:
    """Whether `said` names nobody, but the one who was spoken of last."""
    rest = plain_name(said).casefold()
    return not rest or rest in _POINTS_TO_SOMEBODY


def same_amount(said: str) -> bool:
    """Whether `said` asks for the amount of the last time."""
    return _SAME_AMOUNT.search(said) is not None


def repeats_last(said: str) -> bool:
    """Whether `said` asks for the last payment once more: the same receiver and amount."""
    return _REPEATS.search(said) is not None


_ANOTHER = re.compile(
    r"\b(?:another|again|once more|(?:an )?extra|(?:\d[\d.,]*|some) more|otr[oa]s?|de nuevo"
    r"|(?:una vez )?m[aá]s)(?=\W|$)",
    re.IGNORECASE,
)


def asks_for_another(said: str) -> bool:
    """Whether `said` wants the like of what was done last: "another 10", "10 more"."""
    return _ANOTHER.search(said) is not None


_STOP = frozenset(
    {
        "cancel", "cancel it", "cancel that", "cancel this", "stop", "stop it", "stop this",
        "never mind", "nevermind", "forget it", "cancelar", "cancele", "cancélelo", "pare",
        "detener", "olvídelo", "olvídalo", "olvidalo",
    }
)  # fmt: skip
"""What an open question that takes any text would take for its answer."""


def is_bare_no(said: str) -> bool:
    """Whether `said` refuses and says nothing else: "no", "nah thanks", "none of them"."""
    return _letters(said) in _NO


def is_bare_yes(said: str) -> bool:
    """Whether `said` agrees and says nothing else: "yes", "yep", "that's right"."""
    return _letters(said) in _YES


def is_bare_stop(said: str) -> bool:
    """Whether `said` stops what is going on and says nothing else: "cancel", "never mind"."""
    return _letters(said) in _STOP


_STOPS_AND_LEAVES = re.compile(
    r"\W*(?:(?:no|oh|ok|okay|actually|sorry|bueno|mejor)\W+)*"
    r"(?:nvm|never ?mind|forget (?:it|that|about it)|cancel(?: it| that)?|stop(?: it)?|leave it"
    r"|drop it|no,? thanks?|olv[ií]d[ae]l[oa]|cancel[ae](?:l[oa])?|cancelar|d[eé]j[ae]l[oa]"
    r"|ya no|no,? gracias)\W+"
    r"(?:(?:thanks?(?: you)?|cheers|gracias|then|i(?:'m| am) done|entonces|and|y)\W+)*"
    r"(?:(?:good ?)?bye(?:[ -]?bye)?|see (?:you|ya)(?: later)?|cya|talk to you later|good night"
    r"|adi[oó]s|cha[ou]|hasta (?:luego|pronto|ma[nñ]ana)|nos vemos|buenas noches)"
    r"(?:\W+(?:thanks?(?: you)?|gracias|then|now))*\W*",
    re.IGNORECASE,
)


def stops_and_leaves(said: str) -> bool:
    """Whether `said` stops what is going on and says goodbye in one: "nvm. bye"."""
    return _STOPS_AND_LEAVES.fullmatch(said) is not None


_LAST_FOUR = re.compile(
    r"\W*(?:(?:the|my|it'?s|la|mi|es) )*(?:(?:account|card|one|cuenta|tarjeta|que) )*(?:that )?"
    r"(?:(?:number(?:ed)?|ending|ends|ended|termina(?:da)?|terminaci[oó]n) )?(?:(?:in|en|con) )?"
    r"(\d{4})\W*",
    re.IGNORECASE,
)


def last_four(said: str) -> str | None:
    """The four digits by which `said` names an account or a card and says nothing else."""
    found = _LAST_FOUR.fullmatch(said)
    return found[1] if found else None


def _letters(said: str) -> str:
    return " ".join("".join(c for c in said.casefold() if c.isalnum() or c.isspace()).split())
