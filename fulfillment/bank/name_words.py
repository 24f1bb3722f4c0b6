"""The words around a name: what is left when case, accents and small talk are taken away."""

from __future__ import annotations

import re
import unicodedata

_NOISE = frozenset(
    "my the our a an account accounts card cards one ones ending ends in with number last four "
    "digits from to into out of for at use using take it its is i mean meant guess think want "
    "would like that this just please thanks okay ok no yes um uh well balance balances".split()
)
_POLITE = frozenset({"mr", "mrs", "ms", "dr", "friend", "called", "named"})
_ALL = frozenset({"all", "everything", "every", "each", "both", "lot", "any"})
# Words that customers use for one another.
_SAME_AS = {
    "mother": "mom", "mum": "mom", "mommy": "mom", "mummy": "mom",
    "father": "dad", "daddy": "dad",
    "flatmate": "roommate", "housemate": "roommate", "sitter": "babysitter",
    "shared": "joint", "household": "joint", "company": "business", "work": "business",
    "vacation": "holiday", "holidays": "holiday", "taxes": "tax", "cheque": "checking",
    "chequing": "checking",
}  # fmt: skip


def readings(text: str) -> tuple[str, ...]:
    """`text` without noise, in one case and without accents: with a possessive s, and without.

    A name that is all noise ("The One") stays as it is.
    """
    plain = [_plain(text, joint) for joint in ("s", "")]
    return tuple(dict.fromkeys(bare(one) or one for one in plain))


def bare(plain: str) -> str:
    """`plain` without the words that name nothing."""
    words = [_SAME_AS.get(word, word) for word in plain.split()]
    kept = [word for word in words if word not in _NOISE and word not in _POLITE]
    return " ".join(kept)


def everything_but_quantifier(text: str) -> tuple[str | None, bool]:
    """What "all" or "both" is said of ("" for the lot, None when neither is said); if "both"."""
    words = bare(_plain(text, "s")).split()
    rest = [word for word in words if word not in _ALL and word != "them"]
    if not _ALL & set(words):
        return None, False
    return " ".join(rest), "both" in words


def _plain(text: str, possessive: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    letters = "".join(char for char in apart if not unicodedata.combining(char))
    joined = re.sub(r"['’]s\b", possessive, letters)
    return " ".join(re.sub(r"[^\w\s&]|_", " ", joined).split())
