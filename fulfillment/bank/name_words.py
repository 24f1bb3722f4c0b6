"""The words around a name: what is left when case, accents and small talk are taken away.

English and Spanish stand side by side: the bank's accounts have English names, and whoever speaks
Spanish in the United States says "mi cuenta de savings" and "la Everyday Checking".
"""

from __future__ import annotations

import re
import unicodedata

_NOISE = frozenset(
    "my the our a an account accounts acct accts acc card cards one ones ending ends in with "
    "number last four yeah yep yea do sure "
    "digits from to into out of for at use using take it its is i mean meant guess think want "
    "would like that this just please thanks okay ok no yes um uh well balance balances "
    "el la los las lo un una unos unas mi mis su sus nuestra nuestro de del al desde hacia hasta "
    "para por con en que cuenta cuentas tarjeta tarjetas terminada terminado termina terminan "
    "numero ultimos cuatro digitos usar use usando quiero quisiera es son esa ese esta este si "
    "favor gracias saldo saldos dinero digo".split()
)
_POLITE = frozenset(
    "mr mrs ms dr friend called named sr sra srta senor senora senorita don dona amigo amiga "
    "llamado llamada".split()
)
_ALL = frozenset(
    "all everything every each both lot any todo toda todos todas cada ambos ambas".split()
)
_BOTH = frozenset({"both", "ambos", "ambas"})
_THEM = frozenset({"them", "ellas", "ellos"})
# Words that customers use for one another.
_SAME_AS = {
    "mother": "mom", "mum": "mom", "mommy": "mom", "mummy": "mom",
    "father": "dad", "daddy": "dad",
    "flatmate": "roommate", "housemate": "roommate", "sitter": "babysitter",
    "shared": "joint", "household": "joint", "company": "business", "work": "business",
    "vacation": "holiday", "holidays": "holiday", "taxes": "tax", "cheque": "checking",
    "chequing": "checking",
    "mama": "mom", "mami": "mom", "madre": "mom", "papa": "dad", "papi": "dad", "padre": "dad",
    "hermano": "brother", "hermana": "sister", "casero": "landlord", "casera": "landlord",
    "arrendador": "landlord", "ninera": "babysitter", "companero": "roommate",
    "companera": "roommate", "conjunta": "joint", "compartida": "joint", "negocio": "business",
    "empresa": "business", "trabajo": "business", "vacaciones": "holiday", "impuestos": "tax",
    "emergencia": "emergency", "emergencias": "emergency", "renta": "rent", "alquiler": "rent",
    "cheques": "checking", "corriente": "checking", "ahorros": "savings", "ahorro": "savings",
    "credito": "credit", "debito": "debit", "prestamo": "loan", "principal": "main",
    "diaria": "everyday",
}  # fmt: skip
_POSSESSIVE = re.compile(r"['’]s\b")
_NO_WORD = re.compile(r"[^\w\s&]|_")


def readings(text: str) -> tuple[str, ...]:
    """`text` without noise, in one case and without accents: with a possessive s, and without.

    A name that is all noise ("The One") stays as it is.
    """
    joints = ("s", "") if "'" in text or "’" in text else ("s",)
    plain = [_plain(text, joint) for joint in joints]
    return tuple(dict.fromkeys(bare(one) or one for one in plain))


def names_nothing(text: str) -> bool:
    """Whether `text` is noise alone: "my card", "de la cuenta". Without a word it is not noise."""
    plain = _plain(text, "s")
    return bool(plain) and not bare(plain)


def bare(plain: str) -> str:
    """`plain` without the words that name nothing."""
    words = [_SAME_AS.get(word, word) for word in plain.split()]
    kept = [word for word in words if word not in _NOISE and word not in _POLITE]
    return " ".join(kept)


def everything_but_quantifier(text: str) -> tuple[str | None, bool]:
    """What "all" or "both" is said of ("" for the lot, None when neither is said); if "both"."""
    words = bare(_plain(text, "s")).split()
    rest = [word for word in words if word not in _ALL and word not in _THEM]
    if not _ALL & set(words):
        return None, False
    return " ".join(rest), bool(_BOTH & set(words))


def _plain(text: str, possessive: str) -> str:
    joined = _POSSESSIVE.sub(possessive, _without_marks(text))
    return " ".join(_NO_WORD.sub(" ", joined).split())


def _without_marks(text: str) -> str:
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
