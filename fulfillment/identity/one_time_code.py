"""One-time codes: read from what was said, sealed before they are stored, and opened by a guess.

A seal is bound to what its code is for, so that a code for one payment opens nothing else. It is an
HMAC under the session-token key and a salt of its own: six digits behind a plain hash are guessed
in a moment by whoever reads the table.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta

from fulfillment.identity.keys import TokenKey

CODE_LIFETIME = timedelta(minutes=5)
"""EU 2018/389, article 4(3)(d) and OWASP ASVS 6.5.5: five minutes, not more than ten."""
MOST_GUESSES = 5
"""EU 2018/389, article 4(3)(b): no more than five failed attempts in a row."""
CODE_DIGITS = 6
CUSTOMER_NUMBER_DIGITS = 8

_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9])*(?![0-9])")
_ALONE = re.compile(rf"[\s\"'(]*[0-9](?:[ -]?[0-9]){{{CODE_DIGITS - 1}}}[\s\"').!]*")
_PURPOSE = b"teller one-time code"


def read_code(said: str) -> str | None:
    """The six digits in `said` ("123 456", "it's 123-456"), or None: no such number, or several."""
    return _only_number(said, CODE_DIGITS)


def is_a_code_alone(said: str) -> bool:
    """Whether `said` is six digits and no more ("123 456", "123-456."), and so no sum."""
    return bool(_ALONE.fullmatch(unicodedata.normalize("NFKC", said)))


def read_customer_number(said: str) -> str | None:
    """The eight digits in `said`, or None when there is no such number, or more than one."""
    return _only_number(said, CUSTOMER_NUMBER_DIGITS)


def seal(code: str, bound_to: str, salt: str, key: TokenKey) -> str:
    """What is stored of `code`: the key's id, the salt and the keyed hash."""
    return f"{key.kid}:{salt}:{_digest(code, bound_to, salt, key)}"


def opens(sealed: str, code: str, bound_to: str, keys: Iterable[TokenKey]) -> bool:
    """Whether `code` is the one behind `sealed` and was made for `bound_to`; never raises."""
    kid, _, rest = sealed.partition(":")
    salt, _, digest = rest.partition(":")
    for key in keys:
        if key.kid == kid:
            return hmac.compare_digest(_digest(code, bound_to, salt, key), digest)
    return False


def _digest(code: str, bound_to: str, salt: str, key: TokenKey) -> str:
    material = b"\0".join((_PURPOSE, salt.encode(), bound_to.encode(), code.encode()))
    return hmac.new(key.secret.encode(), material, hashlib.sha256).hexdigest()


def _only_number(said: str, digits: int) -> str | None:
    plain = unicodedata.normalize("NFKC", said)
    found = {re.sub(r"[^0-9]", "", match) for match in _DIGITS.findall(plain)}
    fitting = [number for number in found if len(number) == digits]
    return fitting[0] if len(fitting) == 1 else None
