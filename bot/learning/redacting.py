"""Takes out of an utterance what is somebody's own: figures, addresses, names.

Nothing that is taken out tells intents apart, so what is left teaches as much.
"""

from __future__ import annotations

import re

from bot.nlu.names import FIRST_NAMES

_ADDRESS = re.compile(r"\S+@\S+|\bhttps?://\S+", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
# A first name that is also a word of its own is left: nobody is known by "will" or "mark".
_WORDS_TOO = frozenset("will mark grace rose bill rob sue art may dan sam pat rich max".split())
MAX_LENGTH = 200


def redacted(text: str) -> str:
    """`text` with `#` for figures, `<address>` and `<name>`; at most `MAX_LENGTH` characters.

    >>> redacted("send 250 to Anna at anna@example.com")
    'send # to <name> at <address>'
    """
    plain = " ".join(text.split())[:MAX_LENGTH]
    plain = _FIGURES.sub("#", _ADDRESS.sub("<address>", plain))
    return _WORD.sub(_without_name, plain)


def _without_name(found: re.Match[str]) -> str:
    word = found[0]
    before = found.string[: found.start()]
    if before.endswith("<"):
        return word
    in_the_middle = word[:1].isupper() and bool(before.strip()) and before.rstrip()[-1] not in ".!?"
    known = word.casefold() in FIRST_NAMES and word.casefold() not in _WORDS_TOO
    return "<name>" if known or (in_the_middle and not word.isupper()) else word
