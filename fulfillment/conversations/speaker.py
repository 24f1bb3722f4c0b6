"""Who is speaking in this turn, and whether that was so until a moment ago.

Two things prove it, and neither can be written by a caller: the channel's signed token, and the
session's record in the bank's table, which a right one-time code opens. The record also ends what
either began: after ten quiet minutes, after an hour, or when the customer logs out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fulfillment.conversations.deps import Deps
from fulfillment.identity import Identity, anonymous, verify
from fulfillment.identity.session_policy import ABSOLUTE, VERIFIED, session_key
from fulfillment.identity.token import REQUEST_ATTRIBUTE, key_id
from fulfillment.lex import Turn
from fulfillment.store.sessions import Lapsed, Proof, SessionRecord


class Ending(StrEnum):
    """Why somebody who was verified is not any more; told once."""

    QUIET = "quiet"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Speaker:
    """`ending` is set in the turn that finds the session lapsed."""

    identity: Identity
    ending: Ending | None = None


def key_of(turn: Turn) -> str:
    """Where the record of this turn's session lies."""
    bot = turn.event.bot
    return session_key(bot.id, bot.alias_id, turn.session_id)


def recognise(deps: Deps, turn: Turn, now: datetime) -> Speaker:
    """Who speaks, and a note in the session's record that they spoke. One write, two at first."""
    proof = _proof(deps, turn, now)
    sessions, key = deps.proofs.sessions, key_of(turn)
    stranger = anonymous(turn.session_id)
    found = sessions.hear(key, now, proof)
    if isinstance(found, SessionRecord):
        return Speaker(_identity(turn, Proof(found.customer_id, found.level, found.proved_at)))
    if isinstance(found, Lapsed):
        if found.record.ended:
            return Speaker(stranger)
        sessions.end(key, now)
        is_long = now - found.record.proved_at >= ABSOLUTE
        return Speaker(stranger, Ending.LONG if is_long else Ending.QUIET)
    if proof is None:
        return Speaker(stranger)
    if now - proof.at >= ABSOLUTE:
        return Speaker(stranger, Ending.LONG)
    # The first turn after a sign-in: the session begins with its proof, not with the turn.
    return Speaker(_identity(turn, proof) if sessions.begin(key, proof, now) else stranger)


def _proof(deps: Deps, turn: Turn, now: datetime) -> Proof | None:
    """What the channel's token proves."""
    token = (turn.event.request_attributes or {}).get(REQUEST_ATTRIBUTE)
    keys = deps.keys.keys_with(key_id(token)) if token else ()
    proved = verify(token, turn.session_id, keys, now)
    if proved.customer_id is None or proved.proved_at is None:
        return None
    return Proof(proved.customer_id, proved.level, proved.proved_at)


def _identity(turn: Turn, proof: Proof) -> Identity:
    # Level 3 is of one action and never of a session.
    level = min(proof.level, VERIFIED)
    return Identity(proof.customer_id, level, turn.session_id, proof.at)
