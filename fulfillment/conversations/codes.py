"""Sends one-time codes and judges guesses; the same work for a customer who does not exist.

Codes are counted before they are sent and guesses before they are compared, for the customer and
for the session they come from. So neither a loop of codes nor a search for one gets far, and many
sessions against one customer get no further than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from fulfillment.alerts.events import Lockout, security_event
from fulfillment.alerts.phone import PhoneMessage
from fulfillment.conversations.desk import Desk
from fulfillment.identity.one_time_code import CODE_LIFETIME, MOST_GUESSES, opens, seal
from fulfillment.store.allowances import Allowance
from fulfillment.store.challenges import Challenge

CODES_LOCKED_OUT = "codes_locked_out"
"""Too many wrong codes for one customer number, or in one session."""
WINDOW = timedelta(minutes=15)
"""How long too many codes, or wrong guesses, keep the door shut."""
_CODES = Allowance(3, WINDOW)
_CODES_A_SESSION = Allowance(5, WINDOW)
_GUESSES = Allowance(MOST_GUESSES, WINDOW)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A code to send: for whom (who may not exist), in which session, and what it is to open.

    `subject` is a digest of what the code is good for, `what` its words; `reply_key` words the
    message around the code. `confirmed`: the customer has said yes to it already.
    """

    session: str
    purpose: str
    customer_id: str
    subject: str
    reply_key: str
    view: dict[str, object]
    quote_id: str | None = None
    what: str = ""
    confirmed: bool = False


class Guess(Enum):
    """What became of a guess. `WRONG` says nothing about who was asked for."""

    RIGHT = auto()
    WRONG = auto()
    NOTHING_OPEN = auto()
    """No code was sent, or it is used, or older than five minutes, or guessed at too often."""
    LOCKED = auto()


def send_code(desk: Desk, wanted: Wanted) -> bool:
    """Send a new code, which voids the one before; False when there were too many."""
    allowances, now = desk.proofs.allowances, desk.now
    counted = (
        allowances.spend(f"codes:session:{wanted.session}", _CODES_A_SESSION, now),
        allowances.spend(f"codes:customer:{wanted.customer_id}", _CODES, now),
    )
    keys = desk.deps.keys.keys()
    if not all(counted) or not keys:
        return False
    code = desk.deps.new_code()
    sealed = seal(code, _bound_to(wanted.session, wanted.subject), desk.deps.new_id(), keys[0])
    desk.proofs.challenges.put(
        Challenge(
            session=wanted.session,
            purpose=wanted.purpose,
            customer_id=wanted.customer_id,
            subject=wanted.subject,
            sealed=sealed,
            expires_at=now + CODE_LIFETIME,
            quote_id=wanted.quote_id,
            what=wanted.what,
            confirmed=wanted.confirmed,
        )
    )
    text = desk.speech.words(wanted.reply_key, code=code, **wanted.view)
    desk.deps.phones.send(PhoneMessage(customer_id=wanted.customer_id, text=text))
    return True


def judge(desk: Desk, session: str, purpose: str, code: str) -> tuple[Guess, Challenge | None]:
    """Count and judge a guess at the open code. A right one still has to be used, once."""
    now = desk.now
    challenge = desk.proofs.challenges.guess(session, purpose, MOST_GUESSES, now)
    if challenge is None:
        return Guess.NOTHING_OPEN, None
    counts = [
        desk.proofs.allowances.spend(name, _GUESSES, now)
        for name in _guessers(session, challenge.customer_id)
    ]
    if not all(counts):
        return Guess.LOCKED, None
    bound_to = _bound_to(session, challenge.subject)
    if opens(challenge.sealed, code, bound_to, desk.deps.keys.keys()):
        return Guess.RIGHT, challenge
    if max(counts) < MOST_GUESSES:
        return Guess.WRONG, None
    told = Lockout(customer_id=challenge.customer_id, session=session, what=CODES_LOCKED_OUT)
    cause = f"{session}:{challenge.customer_id}:{now.isoformat()}"
    desk.proofs.events.record(security_event(told, cause, now, source="identity"))
    return Guess.LOCKED, None


def forgive(desk: Desk, session: str, customer_id: str) -> None:
    """After a right code the wrong ones before it count no more."""
    for name in _guessers(session, customer_id):
        desk.proofs.allowances.forgive(name)


def _guessers(session: str, customer_id: str) -> tuple[str, str]:
    return f"guesses:session:{session}", f"guesses:customer:{customer_id}"


def _bound_to(session: str, subject: str) -> str:
    return f"{session}:{subject}"
