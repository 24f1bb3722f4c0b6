"""How long a session may last, whatever Lex remembers of it, and the name it is kept under.

Lex revives a session under the same id, so the end of one is decided here and not there. PSD2's
technical standard (EU 2018/389, article 4(3)(d)) leaves five minutes of quiet for access to
payments; a bank that must follow it sets `IDLE` so.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

IDLE = timedelta(minutes=10)
"""After so much quiet a customer has to prove again who they are."""
ABSOLUTE = timedelta(minutes=60)
"""So long after the proof it has to be given again, however busy the session is."""
VERIFIED = 2
"""The level of a customer who signed in, or who gave a one-time code."""


def session_key(bot_id: str, alias_id: str, session_id: str) -> str:
    """Where a Lex session's record lies. A hash: session ids may hold what a key may not."""
    # A length before each part, so that no part's text can pass for the border of two.
    parts = "".join(f"{len(part)}:{part}" for part in (bot_id, alias_id, session_id))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]
